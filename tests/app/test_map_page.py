import json

import pytest

from projectdata import basemap, paths
from projectdata.palette import LIGHT
from projectdata.queries import denominators, places
from projectdata.selection import Selection
from projectdata.ui import people
from projectdata.ui.page import Here
from tests.app.test_funding_page import page, written


def said(app) -> str:
    return written(app).replace("\\", "")


def deck(app) -> dict:
    charts = app.get("deck_gl_json_chart")
    assert len(charts) == 1
    return json.loads(charts[0].proto.json)


def layer(app, name: str) -> dict:
    return next(part for part in deck(app)["layers"] if part["id"].startswith(name))


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_page_runs_in_both_languages(lang):
    app = page("map", lang=lang)
    assert not app.exception
    assert len(app.title) == 1
    names = {row["text"] for row in layer(app, "labels")["data"]}
    assert ("Saksa" if lang == "fi" else "Germany") in names or len(names) > 5


def test_the_twin_names_the_countries_with_most_projects_and_counts_the_unplaced():
    text = said(page("map", lang="en"))
    assert "Most projects are in Finland (" in text
    assert "have no place on the map" in text
    assert "only the country is known" in text


@pytest.mark.parametrize("marks", ["places", "seats", "labs", "none"])
@pytest.mark.parametrize(
    "colours", ["projects", "money", "projects_per_100000", "money_per_100000", "none"]
)
def test_every_combination_of_the_switches_draws(marks, colours):
    app = page("map", lang="en", marks=marks, layer=colours)
    assert not app.exception
    shown = layer(app, "marks")["data"]
    assert bool(shown) == (marks != "none")


def test_the_box_sets_the_country_filter_as_a_click_does():
    app = page("map", lang="en")
    app.selectbox(key="map-country").set_value("HU").run()
    assert not app.exception
    assert "HU" in app.query_params["country"]
    assert layer(app, "chosen")["data"]


def test_the_box_opens_the_list_of_a_mark():
    app = page("map", lang="en", country="HU")
    bounds = layer(app, "marks")["data"][0]["bounds"]
    spot = ",".join(f"{side:.10g}" for side in bounds)
    app.selectbox(key="map-spot").set_value(spot).run()
    assert not app.exception
    assert spot in app.query_params["spot"]
    assert "At the chosen mark" in said(app)
    assert "/project?project=" in written(app)


def test_a_link_to_a_spot_opens_its_list():
    app = page("map", lang="en", spot="24.5,60,25.5,60.5")
    assert not app.exception
    assert "At the chosen mark" in said(app)
    assert "Helsinki" in said(app)


@pytest.mark.parametrize("odd", ["nonsense", "1,2,3", "nan,1,2,3", "1,2,3,999", ""])
def test_an_odd_spot_or_view_breaks_nothing(odd):
    app = page("map", lang="en", spot=odd, view=odd, layer=odd, marks=odd, lines=odd)
    assert not app.exception


def test_an_odd_layer_is_named():
    app = page("map", lang="en", layer="rainbow")
    assert any("rainbow" in warning.value for warning in app.warning)


def test_what_lies_outside_the_map_is_said(curated):
    ground = basemap.read(paths.data_folder() / "basemap.geojson")
    rows = curated.rows(places.countries, Selection())
    text = said(page("map", lang="en", marks="seats"))
    for code in rows["country"]:
        if ground.country(code) is None:
            assert f"Outside the map, but in the table: {words_of(curated).country(code)}" in text


def words_of(curated):
    return curated.wording(Selection(lang="en"))


def test_partner_lines_of_a_project_are_drawn_and_listed():
    app = page("map", lang="en", lines="link")
    assert not app.exception
    assert layer(app, "lines")["data"]
    assert "Partners of LINK" in said(app)


def test_a_project_outside_the_selection_draws_no_line_and_says_so():
    app = page("map", lang="en", lines="link", collection="kohesio")
    assert not app.exception
    assert not layer(app, "lines")["data"]
    assert "not in the selection" in said(app)


def test_an_empty_selection_says_what_to_drop():
    app = page("map", lang="en", country="IS", fund="jtf")
    assert not app.exception
    assert app.info
    assert not app.get("deck_gl_json_chart")


def test_the_view_stays_when_only_the_colours_change():
    assert (
        deck(page("map", lang="en", country="FI"))["initialViewState"]
        == deck(page("map", lang="en", country="FI", layer="money"))["initialViewState"]
    )


def test_a_rate_names_its_year_what_a_sample_says_and_who_has_none(curated):
    text = said(page("map", lang="en", layer="projects_per_100000"))
    assert "Most projects per 100,000 inhabitants are in" in text
    assert "per 100,000 inhabitants of 2022 (Eurostat)" in said_of_legend(text, curated)
    assert "The projects are a sample" in text
    assert "Without a population of 2022, so hatched:" in text
    assert words_of(curated).country("GB") in text.partition("so hatched:")[2]


def said_of_legend(text: str, curated) -> str:
    """What the page says, with the title of the legend as the map's own module makes it."""
    rows = people.with_rates(curated.rows(denominators.by_country, Selection()))
    here = Here(curated, Selection(lang="en"), (), words_of(curated), LIGHT)
    return text + people.legend_title(here, rows, money=False)


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_counties_are_bars_and_links_that_choose_one(lang):
    app = page("map", lang=lang, country="FI")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert f"/map?country=FI&wellbeing_county=lappi&lang={lang}" in written(app)


def test_without_finnish_projects_there_are_no_counties():
    app = page("map", lang="en", **{"not.country": "FI"})
    assert not app.exception
    assert not app.get("plotly_chart")


def test_the_table_of_counties_carries_people_year_and_source():
    app = page("map", lang="en", country="FI")
    app.toggle(key="table-counties").set_value(True).run()
    assert not app.exception
    table = app.table[-1].value
    assert {"Population, 2024", "Aged 65 or over, 2023", "Source of the population"} <= set(table)
    assert "Ministry of Finance" in " ".join(table["Source of the population"])
