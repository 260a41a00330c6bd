import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projectdata import measures


def periods(*rows):
    frame = pd.DataFrame(rows, columns=["start_date", "end_date", "amount_eur", "projects"])
    return frame.assign(
        start_date=pd.to_datetime(frame["start_date"]), end_date=pd.to_datetime(frame["end_date"])
    )


@pytest.mark.parametrize(
    ("start", "end", "amount", "expected"),
    [
        ("2020-01-01", "2020-12-31", 366.0, {2020: 366.0}),
        ("2020-12-31", "2021-01-01", 10.0, {2020: 5.0, 2021: 5.0}),
        ("2019-12-31", "2021-01-01", 368.0, {2019: 1.0, 2020: 366.0, 2021: 1.0}),
        ("2020-06-01", "2020-06-01", 7.0, {2020: 7.0}),
        ("2020-06-01", "2020-07-01", 0.0, {2020: 0.0}),
    ],
)
def test_each_year_gets_its_days(start, end, amount, expected):
    spread = measures.spread_over_years(periods((start, end, amount, 1)))
    assert dict(zip(spread["year"], spread["amount_eur"], strict=True)) == expected


def test_what_is_not_known_is_left_out_of_the_spread():
    rows = periods(
        ("2020-01-01", None, 5.0, 1),
        (None, "2020-01-01", 5.0, 1),
        ("2020-01-01", "2020-02-01", None, 1),
    )
    assert measures.spread_over_years(rows).empty


def test_spreading_leaves_its_argument_alone():
    rows = periods(("2020-01-01", "2021-12-31", 100.0, 2))
    before = rows.copy()
    measures.spread_over_years(rows)
    pd.testing.assert_frame_equal(rows, before)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.dates(pd.Timestamp("1995-01-01").date(), pd.Timestamp("2035-01-01").date()),
            st.integers(0, 4000),
            st.floats(0, 1e9),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_years_add_up_to_the_amounts(given):
    rows = periods(
        *[
            (start, pd.Timestamp(start) + pd.Timedelta(days=days), eur, 1)
            for start, days, eur in given
        ]
    )
    spread = measures.spread_over_years(rows)
    assert spread["amount_eur"].sum() == pytest.approx(rows["amount_eur"].sum())


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
