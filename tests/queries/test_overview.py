from projectdata.queries import overview, summary
from projectdata.selection import Selection

ALL = Selection()


def test_collections_add_up_to_the_whole(catalog):
    rows = catalog.rows(overview.money_by_collection, ALL)
    whole = catalog.rows(summary.measure_totals, ALL).iloc[0]
    assert rows["projects"].sum() == whole["projects"]
    assert rows["with_amount"].sum() == whole["total_budget_projects"]
    assert rows["amount_eur"].sum() == whole["total_budget_eur"]


def test_a_collection_without_an_amount_has_no_sum(catalog):
    rows = catalog.rows(overview.money_by_collection, Selection(measure="grant"))
    without = rows[rows["with_amount"] == 0]
    assert len(without)
    assert without["amount_eur"].isna().all()


def test_a_number_of_the_table_is_the_count_of_the_selection_it_leads_to(catalog):
    rows = catalog.rows(overview.groups_in_countries, ALL)
    assert len(rows)
    for row in rows.itertuples():
        chosen = ALL.choosing("country", [row.country]).choosing("target_group", [row.target_group])
        assert catalog.rows(summary.measure_totals, chosen)["projects"].iloc[0] == row.projects


def test_four_projects_stand_in_depth_in_both_languages(curated):
    for lang in ("en", "fi"):
        rows = curated.rows(overview.in_depth, Selection(lang=lang))
        assert list(rows["title"]) == ["NEAR", "LINK", "S20540", "Lapin Sote-savotta"]
        assert rows["summary"].notna().all()
