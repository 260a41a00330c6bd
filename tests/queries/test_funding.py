import pytest

from projectdata.catalog import Catalog
from projectdata.queries import funding
from projectdata.selection import Selection


def test_the_four_states_of_an_amount_add_up_to_the_projects(catalog: Catalog):
    row = catalog.rows(funding.amount_summary, Selection()).iloc[0]
    assert row.published + row.zero + row.other_currency + row.not_published == row.projects == 16
    assert (row.zero, row.other_currency, row.rounded) == (1, 1, 1)


def test_states_by_collection_add_up_to_the_whole(catalog: Catalog):
    rows = catalog.rows(funding.amount_states, Selection())
    whole = catalog.rows(funding.amount_summary, Selection()).iloc[0]
    for state in ("projects", "published", "zero", "other_currency", "not_published", "rounded"):
        assert rows[state].sum() == whole[state]


@pytest.mark.parametrize("by", ["collection", "fund"])
def test_bars_of_single_values_add_up_to_the_sum(catalog: Catalog, by: str):
    rows = catalog.rows(funding.amounts_by, Selection(), by)
    whole = catalog.rows(funding.amount_summary, Selection()).iloc[0]
    assert rows["projects"].sum() == whole.projects
    assert rows["sum_eur"].sum() == pytest.approx(whole.sum_eur)


def test_a_project_counts_in_each_of_its_target_groups(catalog: Catalog):
    rows = catalog.rows(funding.amounts_by, Selection(), "target_group").set_index("value")
    assert rows.loc["older-people", "projects"] == 5
    assert rows["projects"].sum() > 16
    assert "unknown" in rows.index


def test_a_sum_over_no_amount_is_missing_and_zero_is_an_amount(catalog: Catalog):
    rows = catalog.rows(funding.amounts_by, Selection(), "target_group").set_index("value")
    assert rows.loc["families", ["sum_eur", "median_eur"]].isna().all()
    assert rows.loc["families", "with_amount"] == 0
    only = catalog.rows(
        funding.amounts_by, Selection().choosing("project", ["zero"]), "collection"
    ).iloc[0]
    assert (only.sum_eur, only.median_eur, only.with_amount, only.zero) == (0, 0, 1, 1)


def test_the_eu_share_is_told_only_where_both_amounts_are_exact(catalog: Catalog):
    known = catalog.rows(funding.cofinancing_coverage, Selection()).iloc[0]
    assert known.both - known.exact == 1
    rounded = Selection().choosing("project", ["roundly"])
    assert catalog.rows(funding.cofinancing, rounded, "collection").empty
    full = Selection().choosing("project", ["lodz"])
    row = catalog.rows(funding.cofinancing, full, "collection").iloc[0]
    assert (row["low"], row["projects"]) == (0.95, 1)


def test_the_eu_share_does_not_depend_on_the_measure(catalog: Catalog):
    shares = [
        catalog.rows(funding.cofinancing_coverage, Selection(measure=measure)).iloc[0].to_dict()
        for measure in ("total_budget", "grant")
    ]
    assert shares[0] == shares[1]


def test_classes_hold_every_amount_above_zero_once(catalog: Catalog):
    rows = catalog.rows(funding.distribution, Selection())
    whole = catalog.rows(funding.amount_summary, Selection()).iloc[0]
    assert rows["projects"].sum() == whole.published
    lows = rows.groupby("low")["projects"].sum()
    assert lows[10_000.0] == 1  # odd-name, exactly on the border
    assert lows[1_000_000.0] == 1


def test_the_flow_carries_each_euro_once(catalog: Catalog):
    rows = catalog.rows(funding.flow, Selection())
    whole = catalog.rows(funding.amount_summary, Selection()).iloc[0]
    assert rows["sum_eur"].sum() == pytest.approx(whole.sum_eur)
    assert rows["projects"].sum() == whole.published
    two = catalog.rows(funding.flow, Selection().choosing("project", ["two-ways"])).iloc[0]
    assert (two.country, two.target_group) == ("several", "several")


def test_the_biggest_come_first_and_zero_is_not_among_them(catalog: Catalog):
    rows = catalog.rows(funding.biggest, Selection(), 3)
    assert rows["project_id"].tolist() == ["two-ways", "three-countries", "lodz"]
    everyone = catalog.rows(funding.biggest, Selection(), 50)
    assert "zero" not in set(everyone["project_id"])


def test_other_currencies_are_listed_and_never_converted(catalog: Catalog):
    rows = catalog.rows(funding.other_currencies, Selection(), 10)
    assert rows[["project_id", "amount", "currency"]].to_numpy().tolist() == [
        ["krona", 1_500_000, "SEK"]
    ]
    assert not rows["in_euros"].iloc[0]


def test_each_measure_has_its_own_coverage(catalog: Catalog):
    rows = catalog.rows(funding.measure_coverage, Selection())
    known = rows.groupby("measure")["with_amount"].sum()
    assert known["grant"] == 2
    assert known["public_funding_realised"] == 1
    assert rows.groupby("measure")["projects"].sum().eq(16).all()


@pytest.mark.parametrize("measure", ["total_budget", "grant"])
def test_an_empty_selection_answers_with_no_row_or_missing_sums(catalog: Catalog, measure: str):
    nothing = Selection(measure=measure).choosing("country", ["IS"])
    assert catalog.rows(funding.amounts_by, nothing, "country").empty
    assert catalog.rows(funding.flow, nothing).empty
    row = catalog.rows(funding.amount_summary, nothing).iloc[0]
    assert row.projects == 0
    assert row[["sum_eur", "median_eur"]].isna().all()
