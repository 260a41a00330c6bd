import math

import pytest

from projectdata.queries import places
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection

EVERYTHING = Selection()
CHOICES = [
    Selection(),
    Selection(measure="eu_contribution"),
    Selection().choosing("country", ["FI"]),
    Selection().choosing("collection", ["kohesio"]),
    Selection().choosing("country", ["unknown"]),
]


def by_country(catalog, selection=EVERYTHING):
    return catalog.rows(places.countries, selection).set_index("country")


def test_a_project_in_three_countries_counts_in_each(catalog):
    rows = by_country(catalog, Selection().choosing("project", ["three-countries"]))
    assert len(rows) == 3
    assert list(rows["projects"]) == [1, 1, 1]
    assert list(rows["alone_projects"]) == [0, 0, 0]


def test_money_of_several_countries_belongs_to_none_of_them(catalog):
    rows = by_country(catalog, Selection().choosing("project", ["three-countries"]))
    assert rows["amount_eur"].isna().all()


def test_zero_is_zero_and_not_published_is_missing(catalog):
    rows = by_country(catalog)
    assert rows.loc["FR", "amount_eur"] == 0
    assert math.isnan(rows.loc["PT", "amount_eur"])
    assert rows.loc["PT", "projects"] == 1


@pytest.mark.parametrize("selection", CHOICES)
@pytest.mark.parametrize("data", ["catalog", "curated"])
def test_the_money_of_the_parts_is_the_money_of_the_whole(request, data, selection):
    data = request.getfixturevalue(data)
    countries = data.rows(places.countries, selection)
    rest = data.rows(places.outside_countries, selection).iloc[0]
    totals = data.rows(measure_totals, selection).iloc[0]
    parts = countries["amount_eur"].sum() + sum(
        rest[name] for name in ("several_eur", "nowhere_eur") if not math.isnan(rest[name])
    )
    whole = totals[f"{selection.measure}_eur"]
    assert parts == pytest.approx(0 if math.isnan(whole) else whole)
    known = countries["published"].sum() + rest["several_published"] + rest["nowhere_published"]
    assert known == totals[f"{selection.measure}_projects"]
    projects = countries["alone_projects"].sum() + rest["several_projects"]
    assert projects + rest["nowhere_projects"] == totals["projects"]


@pytest.mark.parametrize("kind", ["places", "seats", "labs"])
@pytest.mark.parametrize("cell", [0.0001, 1.0, 5.0])
def test_no_place_is_lost_in_a_spot(curated, kind, cell):
    spots = curated.rows(places.spots, EVERYTHING, kind, cell)
    records = curated.rows(places.records, EVERYTHING, kind)
    counted = curated.rows(places.spot_count, EVERYTHING, kind).iloc[0]
    assert spots["places"].sum() == len(records) == counted["places"]


def test_every_project_is_placed_or_listed_with_a_reason(curated):
    placed = curated.rows(places.records, EVERYTHING, "places")["project_id"]
    unplaced = curated.rows(places.unplaced, EVERYTHING)
    total = curated.rows(measure_totals, EVERYTHING)["projects"].iloc[0]
    assert placed.nunique() + len(unplaced) == total
    assert not set(placed) & set(unplaced["project_id"])
    assert set(unplaced["reason"]) <= {"seats", "country", "nothing"}


def test_the_reason_says_that_only_the_country_is_known(catalog):
    rows = catalog.rows(places.unplaced, EVERYTHING).set_index("project_id")
    assert rows.loc["quiet", "reason"] == "country"
    assert rows.loc["quiet", "countries"] == "LV"


def test_the_places_of_a_spot_are_found_by_its_bounds(catalog):
    rows = catalog.rows(places.records, EVERYTHING, "places", (25.7, 66.4, 25.8, 66.6))
    assert set(rows["name"]) == {"Rovaniemi"}
    assert len(rows) == 3


def test_those_who_pay_have_no_seat_on_the_map(curated):
    rows = curated.rows(places.partners_of, EVERYTHING, "near")
    assert "lab-uas" in set(rows["organisation_id"])
    assert set(rows["role"]) <= set(places.TAKING_PART)


def test_the_lead_comes_first(curated):
    rows = curated.rows(places.partners_of, EVERYTHING, "link")
    assert rows.iloc[0]["is_lead"]
    assert rows["is_lead"].sum() == 1


def test_a_project_outside_the_selection_has_no_partners(curated):
    rows = curated.rows(places.partners_of, Selection().choosing("collection", ["kohesio"]), "link")
    assert rows.empty


def test_an_empty_selection_gives_empty_rows(catalog):
    nothing = Selection().choosing("country", ["IS"])
    assert catalog.rows(places.countries, nothing).empty
    assert catalog.rows(places.spots, nothing, "places", 1.0).empty
    assert catalog.rows(places.unplaced, nothing).empty
    assert catalog.rows(places.spot_count, nothing, "places").iloc[0]["places"] == 0


@pytest.mark.parametrize("chosen", [EVERYTHING, Selection().choosing("country", ["FI"])])
@pytest.mark.parametrize("kind", ["places", "seats", "labs"])
def test_counts_of_places_are_those_of_their_rows(curated, chosen, kind):
    rows = curated.rows(places.records, chosen, kind)
    kinds = curated.rows(places.kinds, chosen, kind)
    counted = dict(zip(kinds["place_kind"], kinds["places"], strict=True))
    assert counted == rows["place_kind"].value_counts().to_dict()
    assert curated.rows(places.first_records, chosen, kind, 3).equals(rows.head(3))


@pytest.mark.parametrize("chosen", [EVERYTHING, Selection().choosing("country", ["FI"])])
def test_reasons_are_counted_as_they_stand_in_the_rows(curated, chosen):
    rows = curated.rows(places.unplaced, chosen)
    reasons = curated.rows(places.unplaced_reasons, chosen)
    counted = dict(zip(reasons["reason"], reasons["projects"], strict=True))
    assert counted == rows["reason"].value_counts().to_dict()
    assert curated.rows(places.first_unplaced, chosen, 2).equals(rows.head(2))
