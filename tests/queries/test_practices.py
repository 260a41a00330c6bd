import pandas as pd

from projectdata.queries import practices as queries
from projectdata.selection import Selection


def test_planned_and_found_stand_side_by_side(catalog):
    rows = catalog.rows(queries.planned_and_found, Selection()).set_index("kind")
    assert rows.loc["good_practice", ["planned", "found"]].tolist() == [4, 1]
    assert pd.isna(rows.loc["guide", "found"])


def test_the_named_practices_of_near_are_counted_by_source(curated):
    near = Selection().choosing("project", ["near"])
    rows = curated.rows(queries.planned_and_found, near).set_index("kind")
    assert rows.loc["good_practice", ["planned", "found"]].tolist() == [20, 10]
    assert rows.loc["good_practice", "found_in_one_source"] == 8


def test_undated_events_stand_last(catalog):
    rows = catalog.rows(queries.events, Selection())
    assert rows["start_date"].isna().tolist() == [False, False, True]


def test_only_what_was_found_is_listed(catalog):
    rows = catalog.rows(queries.outputs, Selection(), ("good_practice", "guide"))
    assert rows["output_id"].tolist() == ["two-ways-found-1"]


def test_nothing_in_an_empty_selection(catalog):
    nothing = Selection(q="no such words anywhere")
    assert catalog.rows(queries.planned_and_found, nothing).empty
    assert catalog.rows(queries.events, nothing).empty
