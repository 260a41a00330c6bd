import pytest

from tests.app.test_funding_page import page, written


@pytest.mark.parametrize("lang", ["en", "fi"])
@pytest.mark.parametrize("project", ["near", "link", "lapin-sote-savotta", "s20540"])
def test_each_project_in_depth_has_its_page(project: str, lang: str):
    app = page("project", project=project, lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    assert app.get("download_button")


def test_the_other_record_of_a_pair_leads_to_the_project():
    text = written(page("project", project="eura-a70203", lang="en"))
    assert "two records of the same project" in text
    assert "kohesio.ec.europa.eu/en/projects/Q3749304" in text


def test_conflicts_stand_side_by_side_with_the_reason():
    app = page("project", project="near", section="conflicts", lang="en")
    assert "When NEAR ends" in {part.value for part in app.subheader}
    assert "Figures are computed with 2026" in written(app)


def test_a_long_record_is_shown_a_section_at_a_time_or_whole():
    def headings(**chosen: str) -> set[str]:
        return {part.value for part in page("project", project="near", lang="en", **chosen).header}

    parts = {"What it is about", "Where sources disagree", "What was not found"}
    assert headings() & parts == {"What it is about"}
    assert headings(section="missing") & parts == {"What was not found"}
    assert headings(section="odd") & parts == {"What it is about"}
    assert headings(section="all") >= parts
    assert {"Key facts", "Time", "Who takes part", "What came out"} <= headings(section="missing")


def test_an_unknown_project_is_a_sentence_and_a_search():
    app = page("project", project="no-such-project", lang="en")
    assert not app.exception
    assert any("no-such-project" in info.value.replace("\\", "") for info in app.info)
    assert app.text_input(key="find-project") is not None


def test_without_a_project_the_ones_in_depth_are_offered():
    text = written(page("project", lang="en"))
    assert "project=near" in text


def test_filters_of_other_pages_do_not_hide_the_project():
    app = page("project", project="near", country="GR", lang="en")
    assert not app.exception
    assert "NEAR" in app.title[0].value


@pytest.mark.parametrize("lang", ["en", "fi"])
@pytest.mark.parametrize("name", ["organisations", "practices"])
def test_the_lists_are_drawn_in_both_languages(name: str, lang: str):
    app = page(name, lang=lang)
    assert not app.exception
    assert len(app.title) == 1


@pytest.mark.parametrize("name", ["organisations", "practices"])
def test_an_empty_selection_is_said(name: str):
    app = page(name, country="IS", fund="jtf", network="on", lang="en")
    assert not app.exception
    assert not app.get("plotly_chart")
    assert "Nothing matches all of these choices" in written(app)


def test_the_network_is_drawn_only_when_asked_for():
    assert not page("organisations", lang="en").get("plotly_chart")
    assert page("organisations", network="on", lang="en").get("plotly_chart")


def test_one_organisation_has_its_page():
    app = page("organisations", org="lahden-kaupunki", lang="fi")
    assert not app.exception
    assert app.title[0].value == "Lahden kaupunki"


def test_an_unknown_organisation_leads_to_the_table():
    app = page("organisations", org="no-such", lang="en", page="99", sort="odd", find="lahti")
    assert not app.exception
    assert any("no\\-such" in info.value for info in app.info)


def test_planned_practices_are_named_not_delivered():
    text = written(page("practices", project="near", lang="en"))
    assert "10 of 20 planned good practices are named" in text
    assert "8 of them in one source" in text
    assert "delivered" not in text
