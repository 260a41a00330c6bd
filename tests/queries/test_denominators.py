import pytest

from projectdata.measures import per_inhabitants
from projectdata.queries import denominators, places
from projectdata.selection import Selection

EVERYTHING = Selection()
RATES = {"projects": "projects_per_100000", "amount_eur": "eur_per_100000"}


def countries(data, selection=EVERYTHING):
    return per_inhabitants(data.rows(denominators.by_country, selection), RATES).set_index(
        "country"
    )


def counties(data, selection=EVERYTHING):
    return per_inhabitants(data.rows(denominators.by_county, selection), RATES).set_index(
        "wellbeing_county"
    )


def test_the_year_with_most_areas_is_that_of_the_comparison(catalog):
    rows = countries(catalog)
    assert set(rows["population_year"]) == {2022}
    assert rows.loc["FI", "population"] == 5_500_000


def test_a_country_without_a_population_of_that_year_has_no_rate(catalog):
    rows = countries(catalog)
    assert rows["population"].isna()["DE"]  # Germany's figure is of another year.
    assert rows["projects_per_100000"].isna()["DE"]
    assert rows.loc["DE", "projects"] == 2


def test_a_rate_is_projects_per_100000_people_and_names_its_source(catalog):
    rows = countries(catalog)
    assert rows.loc["FI", "projects_per_100000"] == pytest.approx(5 * 100_000 / 5_500_000)
    assert rows.loc["FI", "population_source"] == "Register of projects"
    assert rows.loc["FI", "population_url"] == "https://example.org/register"


def test_money_is_of_projects_in_the_country_alone_and_zero_stays_zero(catalog):
    rows = countries(catalog)
    assert rows.loc["FI", "eur_per_100000"] == pytest.approx(200_000 * 100_000 / 5_500_000)
    assert rows.loc["FR", "eur_per_100000"] == 0
    assert rows["eur_per_100000"].isna()["LV"]


def test_people_at_risk_stand_beside_with_year_and_precision(catalog):
    rows = countries(catalog)
    assert rows.loc["FI", "poverty_risk"] == 900_000
    assert rows.loc["FI", "poverty_risk_precision"] == "rounded"
    assert rows["poverty_risk"].isna()["FR"]


@pytest.mark.parametrize("data", ["catalog", "curated"])
@pytest.mark.parametrize("country", [[], ["FI"], ["unknown"]])
def test_people_change_neither_projects_nor_money(request, data, country):
    data = request.getfixturevalue(data)
    selection = Selection().choosing("country", country)
    beside = data.rows(denominators.by_country, selection)
    plain = data.rows(places.countries, selection)
    assert beside[list(plain.columns)].equals(plain)


def test_counties_have_their_own_year_and_a_missing_one_stays_missing(catalog):
    rows = counties(catalog)
    assert rows["projects"].to_dict() == {"lappi": 4, "keski-suomi": 2}
    assert set(rows["population_year"]) == {2024}
    assert rows.loc["lappi", "projects_per_100000"] == pytest.approx(4 * 100_000 / 176_000)
    assert rows["projects_per_100000"].isna()["keski-suomi"]
    assert rows.loc["lappi", "aged_65_plus_pct"] == 27.3
    assert set(rows["aged_65_plus_pct_year"]) == {2023}


def test_money_of_a_county_is_of_projects_nowhere_else(catalog):
    rows = counties(catalog)
    # Of Lapland's four, two reach other countries and one another county.
    assert rows.loc["lappi", "alone_projects"] == 1
    assert rows.loc["lappi", "amount_eur"] == 200_000


@pytest.mark.parametrize("kind", ["country", "wellbeing_county"])
def test_a_project_in_several_areas_counts_once(catalog, curated, kind):
    for data in (catalog, curated):
        counted = data.rows(denominators.counted, EVERYTHING, kind).iloc[0]
        query = denominators.by_country if kind == "country" else denominators.by_county
        rows = data.rows(query, EVERYTHING)
        assert counted["with_population"] <= counted["in_an_area"] <= rows["projects"].sum()
        assert counted["in_several"] <= counted["in_an_area"]


def test_nothing_selected_gives_no_row(catalog):
    nothing = Selection().choosing("country", ["IS"])
    assert countries(catalog, nothing).empty
    assert counties(catalog, nothing).empty
    assert catalog.rows(denominators.counted, nothing, "country").iloc[0]["in_an_area"] == 0


def test_the_curated_comparison_takes_2022_for_countries_and_2024_for_counties(curated):
    assert set(countries(curated)["population_year"]) == {2022}
    assert set(counties(curated)["population_year"]) == {2024}
    assert counties(curated)["population"].notna().all()
