import pytest

from projectdata.queries import project as queries
from projectdata.selection import Selection


def one(project: str, lang: str = "en") -> Selection:
    return Selection(lang=lang).choosing("project", [project])


@pytest.mark.parametrize("record", ["same-kohesio", "same-register"])
def test_either_record_of_a_confirmed_pair_is_the_project(catalog, record):
    assert catalog.rows(queries.project, one(record))["project_id"].tolist() == ["same-kohesio"]


def test_a_dossier_holds_the_rows_of_both_records(catalog):
    rows = catalog.rows(queries.about, one("same-kohesio"), "projects")
    assert set(rows["record_id"]) == {"same-kohesio", "same-register"}


@pytest.mark.parametrize("table", queries.DOSSIER)
def test_every_table_answers_for_every_project(catalog, table):
    for project in ("two-ways", "quiet"):
        rows = catalog.rows(queries.about, one(project), table)
        assert len(catalog.rows(queries.stated, one(project), table)) == len(rows)


def test_counts_are_those_of_the_tables(catalog):
    counts = catalog.rows(queries.row_counts, one("two-ways"))
    for row in counts.itertuples():
        assert row.rows == len(catalog.rows(queries.about, one("two-ways"), row.table))


def test_the_displayed_amount_stands_first(curated):
    rows = curated.rows(queries.stated, one("lapin-sote-savotta"), "amounts")
    budget = rows[rows["measure"] == "total_budget"]
    assert budget["is_displayed"].tolist() == [True, False]


def test_disagreements_stand_before_oddities(curated):
    kinds = curated.rows(queries.conflicts, one("near"))["kind"].tolist()
    assert kinds == sorted(kinds, key=["disagreement", "different_basis", "oddity"].index)


def test_an_undated_event_is_no_part_of_the_time_line(catalog):
    rows = catalog.rows(queries.statements_of_period, one("two-ways"))
    assert (rows["what"] == "event").sum() == 2
    assert rows["what"].iloc[0] == "period"
    assert rows["is_displayed"].iloc[0]


def test_leads_come_first(catalog):
    rows = catalog.rows(queries.taking_part, one("two-ways", "fi"))
    assert rows[["name", "role"]].iloc[0].tolist() == ["Kuuntelijat ry", "lead"]


def test_similar_projects_share_a_target_group_or_a_service_and_say_which(curated):
    rows = curated.rows(queries.similar, one("near"))
    assert len(rows) == 6
    assert "near" not in set(rows["project_id"])
    assert (rows["target_group"].notna() | rows["service"].notna()).all()
    assert rows["likeness"].is_monotonic_decreasing
    assert rows["likeness"].between(1, 100).all()


def test_a_project_without_groups_and_services_is_like_none(catalog):
    assert catalog.rows(queries.similar, one("quiet")).empty


def test_suggestions_pass_over_accents_and_fall_back_to_the_in_depth(catalog):
    found = catalog.rows(queries.suggestions, Selection(), "jyvaskyla")
    assert "by-month" in set(found["project_id"])
    assert catalog.rows(queries.suggestions, Selection(), "")["is_in_depth"].all()
