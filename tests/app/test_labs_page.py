import pytest

from tests.app.test_funding_page import page, written


def said(app) -> str:
    return written(app).replace("\\", "")


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_all_six_labs_are_described(lang):
    app = page("labs", lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    assert len(app.get("deck_gl_json_chart")) == 1
    headings = [part.value for part in app.markdown if part.value.startswith("### ")]
    assert len(headings) == 6


def test_the_partner_without_a_lab_and_the_gaps_are_named():
    text = said(page("labs", lang="en"))
    assert "6 labs of LINK in 10 places" in text
    assert "European Social Network (ESN), Belgium" in text
    assert "our reading" in text
    assert "What is missing" in text


def test_a_chosen_country_keeps_its_lab():
    app = page("labs", lang="en", country="NO")
    headings = [part.value for part in app.markdown if part.value.startswith("### ")]
    assert len(headings) == 1
    assert "FamWel" in headings[0]


def test_a_chosen_group_keeps_its_labs():
    app = page("labs", lang="en", target_group="older-people")
    headings = [part.value for part in app.markdown if part.value.startswith("### ")]
    assert len(headings) == 1


def test_a_selection_without_labs_speaks():
    app = page("labs", lang="en", collection="kohesio")
    assert not app.exception
    assert "No project in this selection has a learning and innovation lab" in said(app)


def test_an_empty_selection_says_what_to_drop():
    app = page("labs", lang="en", country="IS", fund="jtf")
    assert not app.exception
    assert app.info
