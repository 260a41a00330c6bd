import pytest

from tests.app.test_funding_page import page, written


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_two_selections_stand_side_by_side(lang: str):
    app = page("compare", country="FI", lang=lang, **{"b.country": "SE"})
    assert not app.exception
    assert len(app.title) == 1
    assert len(app.get("plotly_chart")) == 5


def test_both_selections_are_said_in_words():
    text = written(page("compare", country="FI", lang="en", **{"b.country": "SE"}))
    assert "projects in Finland" in text
    assert "projects in Sweden" in text


def test_without_a_second_selection_pairs_are_offered():
    app = page("compare", lang="en")
    assert not app.exception
    assert "A and B are the same selection" in written(app)
    assert any(button.label == "Finland / Sweden" for button in app.button)


def test_a_preset_fills_both_sides():
    app = page("compare", lang="en")
    app.button(key="preset-0").click().run()
    assert not app.exception
    assert "FI" in app.query_params["country"]
    assert "SE" in app.query_params["b.country"]


def test_swapping_changes_places():
    app = page("compare", country="FI", lang="en", **{"b.country": "SE"})
    app.button(key="swap").click().run()
    assert "SE" in app.query_params["country"]
    assert "FI" in app.query_params["b.country"]


def test_an_empty_second_selection_speaks():
    app = page("compare", lang="en", **{"b.country": "IS", "b.fund": "jtf"})
    assert not app.exception
    assert "B holds no project" in written(app)


def test_an_odd_value_of_b_is_named_and_ignored():
    app = page("compare", country="FI", lang="en", **{"b.country": ["SE", "ZZ"]})
    assert not app.exception
    assert any("ZZ" in warning.value for warning in app.warning)


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_projects_are_compared_field_by_field(lang: str):
    app = page("compare", compare=["near", "link"], lang=lang)
    assert not app.exception
    assert app.table
    table = app.table[0].value
    assert list(table.columns)[1:] == ["NEAR", "LINK"]


def test_a_stale_project_is_named():
    app = page("compare", compare=["near", "link", "gone"], lang="en")
    assert not app.exception
    assert any("gone" in warning.value for warning in app.warning)


def test_one_project_alone_asks_for_another():
    app = page("compare", compare=["near"], lang="en")
    assert not app.exception
    assert "Choose two projects or more" in written(app)
