from datetime import date

from projectdata.catalog import Catalog
from projectdata.queries import compare
from projectdata.selection import Selection

ON = Selection(on=date(2024, 6, 1))


def test_statuses_add_up_to_the_projects(catalog: Catalog):
    row = catalog.rows(compare.at_a_glance, ON).iloc[0]
    assert row.running + row.ended + row.planned + row.status_unknown == row.projects == 16


def test_a_period_known_by_the_year_has_no_duration(catalog: Catalog):
    row = catalog.rows(compare.at_a_glance, ON.choosing("project", ["by-year"])).iloc[0]
    assert row.with_duration == 0
    month = catalog.rows(compare.at_a_glance, ON.choosing("project", ["by-month"])).iloc[0]
    assert round(month.median_months) == 13


def test_projects_in_both_selections_are_counted(catalog: Catalog):
    older = Selection().choosing("target_group", ["older-people"])
    sweden = Selection().choosing("country", ["SE"])
    both = older.choosing("country", ["SE"])
    expected = len(catalog.engine.frame(catalog.engine.compile(both.matching(catalog.tables))))
    assert compare.shared_projects(catalog, older, sweden) == expected == 2
    assert compare.shared_projects(catalog, older, older.choosing("country", ["IS"])) == 0


def test_values_of_a_status_and_of_a_filter(catalog: Catalog):
    status = catalog.rows(compare.values_of, ON, "status")
    assert status["projects"].sum() == 16
    groups = catalog.rows(compare.values_of, ON, "target_group").set_index("value")["projects"]
    assert groups["older-people"] == 5


def test_planned_outputs_without_a_number_stay_missing(curated: Catalog):
    link = Selection().choosing("project", ["link"])
    rows = curated.rows(compare.output_counts, link).set_index("kind")
    assert rows["planned"].isna().loc["lab"]
    assert rows.loc["lab", "found"] == 6


def test_only_displayed_amounts_are_compared(catalog: Catalog):
    rows = catalog.rows(compare.displayed_amounts, Selection().choosing("project", ["two-ways"]))
    assert rows["measure"].tolist() == ["eu_contribution", "total_budget"]
    assert rows["amount"].tolist() == [1_203_968, 1_504_960]
