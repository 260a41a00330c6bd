from projectdata.queries import labs
from projectdata.selection import Selection


def test_link_has_six_labs_in_ten_places(curated):
    rows = curated.rows(labs.labs, Selection())
    assert len(rows) == 6
    assert rows["place_count"].sum() == 10
    assert len(curated.rows(labs.lab_places, Selection())) == 10
    assert rows["objective"].notna().all()


def test_every_host_says_how_it_is_known(curated):
    rows = curated.rows(labs.labs, Selection())
    assert rows.loc[rows["host"].notna(), "host_basis"].notna().all()


def test_names_follow_the_language(curated):
    english = set(curated.rows(labs.labs, Selection(lang="en"))["name"])
    finnish = set(curated.rows(labs.labs, Selection(lang="fi"))["name"])
    assert "FamWel Lab (Family Welfare Lab)" in english
    assert any("perheiden hyvinvoinnin" in name for name in finnish)


def test_the_partner_without_a_lab_is_named(curated):
    rows = curated.rows(labs.partners_without_lab, Selection())
    assert list(rows["country"]) == ["BE"]


def test_groups_carry_the_words_of_the_source(curated):
    rows = curated.rows(labs.target_groups, Selection())
    assert len(rows) == 12
    assert rows["evidence"].notna().all()


def test_guidelines_and_gaps_come_in_order(curated):
    rows = curated.rows(labs.said, Selection())
    guidelines = rows[rows["field"] == "guideline"]
    assert list(guidelines["order"]) == sorted(guidelines["order"])
    assert {"definition", "guideline", "missing"} <= set(rows["field"])


def test_a_selection_without_labs_gives_none(curated):
    nothing = Selection().choosing("collection", ["kohesio"])
    for query in (labs.labs, labs.lab_places, labs.target_groups, labs.said):
        assert curated.rows(query, nothing).empty


def test_a_lab_without_groups_or_second_place_still_stands(catalog):
    rows = catalog.rows(labs.labs, Selection())
    assert list(rows["lab_id"]) == ["listening-lab"]
    assert rows.iloc[0]["place_count"] == 1
