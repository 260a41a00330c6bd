from projectdata.queries import coverage
from projectdata.selection import Selection

EVERYTHING = Selection()


def known(catalog, field, selection=EVERYTHING):
    rows = catalog.rows(coverage.known_fields, selection)
    rows = rows[rows["known_field"] == field]
    return int(rows["known"].sum()), int(rows["projects"].sum())


def test_what_is_known_is_counted_per_project(catalog):
    assert known(catalog, "period") == (15, 16)
    assert known(catalog, "both_dates") == (14, 16)
    assert known(catalog, "target_group") == (14, 16)  # not: quiet, only-eu
    assert known(catalog, "total_budget") == (9, 16)


def test_zero_is_known_and_not_published_is_not(catalog):
    assert known(catalog, "any_amount", EVERYTHING.choosing("project", ["zero"])) == (1, 1)
    assert known(catalog, "any_amount", EVERYTHING.choosing("project", ["unsaid"])) == (0, 1)
    assert known(catalog, "any_amount", EVERYTHING.choosing("project", ["krona"])) == (0, 1)


def test_a_rounded_amount_gives_no_share(catalog):
    assert known(catalog, "both_exact", EVERYTHING.choosing("project", ["roundly"])) == (0, 1)
    assert known(catalog, "both_exact", EVERYTHING.choosing("project", ["two-ways"])) == (1, 1)


def test_nothing_selected_gives_no_row(catalog):
    nothing = EVERYTHING.choosing("country", ["IS"])
    assert catalog.rows(coverage.known_fields, nothing).empty
    assert catalog.rows(coverage.conflicts, nothing).empty


def test_a_conflict_has_its_statements_with_the_displayed_one_first(catalog):
    rows = catalog.rows(coverage.conflict_statements, Selection(lang="fi"))
    assert list(rows["is_displayed"]) == [True, False]
    assert rows["said"][0] == "Maaliskuusta 2023 toukokuuhun 2027"


def test_a_source_counts_the_projects_it_speaks_of(catalog):
    rows = catalog.rows(coverage.sources, EVERYTHING).set_index("source_id")
    assert rows.loc["home-page", "projects"] == 1
    assert len(rows) == 3


def test_every_table_of_the_package_is_counted(catalog):
    rows = catalog.rows(coverage.table_sizes, EVERYTHING).set_index("table_name")
    assert set(rows.index) == set(catalog.package.tables)
    assert rows.loc["projects", "records"] == 17
