import pandas as pd

from projectdata import measures


def spans(*rows):
    frame = pd.DataFrame(
        rows, columns=["collection", "start_year", "end_year", "is_planned", "projects"]
    )
    return frame.astype({"start_year": "Int64", "end_year": "Int64"})


def test_a_project_is_active_in_every_year_of_its_own_and_no_gap_is_left():
    active = measures.active_per_year(
        spans(("a", 2010, 2011, False, 2), ("a", 2013, 2014, True, 3), ("b", 2010, None, False, 9))
    )
    assert list(active["year"]) == [2010, 2011, 2012, 2013, 2014]
    assert list(active["begun"]) == [2, 2, 0, 0, 0]
    assert list(active["planned"]) == [0, 0, 0, 3, 3]


def test_a_start_counts_though_the_end_is_not_known():
    starts = measures.starts_per_year(
        spans(("a", 2010, None, False, 2), ("a", 2010, 2012, False, 1), ("b", None, 2012, False, 4))
    )
    assert starts.to_dict("records") == [{"collection": "a", "year": 2010, "projects": 3}]


def test_a_rate_is_missing_where_nobody_is_counted_or_nothing_is_published():
    rows = pd.DataFrame(
        {
            "projects": [5, 1, 2],
            "amount_eur": [1000.0, 10.0, float("nan")],
            "population": pd.array([200_000, None, 100_000], dtype="Int64"),
        }
    )
    rates = measures.per_inhabitants(rows, {"projects": "rate", "amount_eur": "euros"})
    assert rates["rate"].fillna(-1).tolist() == [2.5, -1, 2]
    assert rates["euros"].fillna(-1).tolist() == [500, -1, -1]
    assert "rate" not in rows
