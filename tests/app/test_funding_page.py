import pytest
from streamlit.testing.v1 import AppTest

from projectdata import paths


def page(name: str, **parameters) -> AppTest:
    app = AppTest.from_file(str(paths.PACKAGE / "ui" / "frame.py"), default_timeout=60)
    for key, value in parameters.items():
        app.query_params[key] = value
    return app.switch_page(str(paths.pages_folder() / f"{name}.py")).run()


def written(app: AppTest) -> str:
    return " ".join(str(part.value) for part in [*app.markdown, *app.caption, *app.info])


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_page_runs_in_both_languages(lang: str):
    app = page("funding", lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    assert len(app.get("plotly_chart")) == 5


def test_the_measure_of_the_address_is_named_and_switches_the_figures():
    app = page("funding", measure="public_funding_planned", lang="en")
    assert not app.exception
    assert "Public funding, planned by collection" in written(app).replace("\\", "")


@pytest.mark.parametrize("by", ["country", "fund", "target_group", "service"])
def test_every_dimension_can_be_compared(by: str):
    app = page("funding", by=by, lang="en")
    assert not app.exception


def test_bars_that_do_not_add_up_say_so():
    text = written(page("funding", by="target_group", lang="en"))
    assert "the bars do not add up" in text


def test_an_odd_dimension_is_named_and_ignored():
    app = page("funding", by="nonsense", lang="en")
    assert not app.exception
    assert any("nonsense" in warning.value for warning in app.warning)


def test_an_empty_selection_says_what_to_drop():
    app = page("funding", country="IS", fund="jtf", lang="en")
    assert not app.exception
    assert app.info
    assert not app.get("plotly_chart")


def test_a_measure_without_amounts_says_which_is_known():
    app = page("funding", measure="eu_contribution", collection="erasmus", lang="en")
    assert not app.exception
    assert "is not known for any project of this selection" in written(app).replace("\\", "")
