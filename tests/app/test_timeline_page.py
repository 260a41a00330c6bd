import pytest
from streamlit.testing.v1 import AppTest

from projectdata import paths


def opened(name, /, **query):
    at = AppTest.from_file(str(paths.PACKAGE / "ui" / "frame.py"), default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    if name != "overview":
        at.switch_page(str(paths.pages_folder() / f"{name}.py"))
    at.run()
    assert not at.exception, at.exception
    return at


def text(at):
    said = " ".join(str(m.value) for m in [*at.markdown, *at.caption, *at.title])
    return said.replace("\\", "")


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_timeline_draws_its_figures(lang):
    at = opened("timeline", lang=lang)
    assert len(at.get("plotly_chart")) == 5
    assert "NEAR" in text(at)


def test_lanes_and_page_come_from_the_address():
    at = opened("timeline", lang="en", lanes="target_group", page="2", chosen="link")
    assert "Bars 31–60" in text(at)
    assert "LINK: period, events and milestones" in text(at)


@pytest.mark.parametrize("page", ["0", "9" * 5000, "-1", "x", "²"])
def test_a_page_that_does_not_exist_is_no_trouble(page):
    opened("timeline", lang="en", page=page, lanes="nothing", chosen="nobody")


def test_the_conflict_of_near_is_told_with_both_statements():
    told = text(opened("timeline", lang="en", project="near"))
    assert "2023–2026" in told
    assert "2023–2027" in told


@pytest.mark.parametrize("page", ["timeline", "overview"])
@pytest.mark.parametrize("lang", ["en", "fi"])
def test_an_empty_selection_speaks(page, lang):
    at = opened(page, lang=lang, country="IS", fund="jtf")
    assert at.info
    assert not at.get("plotly_chart")
