from projectdata.queries import organisations as queries
from projectdata.selection import Selection


def test_each_organisation_stands_once_with_its_projects_and_roles(catalog):
    rows = catalog.rows(queries.organisations, Selection()).set_index("organisation_id")
    assert rows.index.is_unique
    assert rows.loc["lead-fi", "roles"] == "lead | managing_authority"
    assert rows.loc["lead-fi", "projects"] == rows.loc["lead-fi", "does"] == 4
    assert rows.loc["ely", "does"] == 0
    assert rows.loc["ely", "projects"] == 2


def test_two_organisations_of_one_name_stay_two(catalog):
    rows = catalog.rows(queries.organisations, Selection(), "caritas")
    assert sorted(rows["organisation_id"]) == ["caritas-at", "caritas-de"]


def test_search_passes_over_accents_and_knows_every_name(catalog):
    for text in ("malmo", "stad"):
        rows = catalog.rows(queries.organisations, Selection(), text)
        assert rows["organisation_id"].tolist() == ["kommun-se"]


def test_pages_hold_every_row_once(catalog):
    whole = catalog.rows(queries.organisations, Selection())["organisation_id"].tolist()
    parts = [
        catalog.rows(queries.organisations, Selection(), "", "projects", 3, start)
        for start in range(0, len(whole), 3)
    ]
    assert [key for part in parts for key in part["organisation_id"]] == whole
    assert {n for part in parts for n in part["matches"]} == {len(whole)}


def test_every_order_holds_the_same_rows(catalog):
    sets = [
        set(catalog.rows(queries.organisations, Selection(), "", order)["organisation_id"])
        for order in queries.ORDERS
    ]
    assert all(found == sets[0] for found in sets)


def test_participations_are_more_than_the_projects_that_name_somebody(catalog):
    row = catalog.rows(queries.participation_counts, Selection()).iloc[0]
    assert row["projects_with"] < row["projects"]
    assert row["participations"] > row["projects_with"]


def test_funders_are_no_partners(catalog):
    pairs = catalog.rows(queries.cooperation, Selection())
    assert "ely" not in {*pairs["a_id"], *pairs["b_id"]}
    both = pairs[(pairs["a_id"] == "kommun-se") & (pairs["b_id"] == "lead-fi")]
    assert both["projects"].tolist() == [2]


def test_a_pair_stands_once(catalog):
    pairs = catalog.rows(queries.cooperation, Selection())
    assert (pairs["a_id"] < pairs["b_id"]).all()
    assert not pairs.duplicated(["a_id", "b_id"]).any()


def test_one_organisation_keeps_all_its_projects_under_a_selection(catalog):
    narrowed = Selection().choosing("project", ["two-ways"])
    rows = catalog.rows(queries.projects_of, narrowed, "lead-fi")
    assert len(rows) == 4
    assert rows[rows["is_selected"]]["project_id"].tolist() == ["two-ways"]


def test_an_unknown_organisation_has_no_row(catalog):
    assert catalog.rows(queries.organisation, Selection(), "' or 1=1 --").empty
