import pandas as pd
import pytest

from projectdata import shares


def test_the_greatest_come_first_missing_after_and_unknown_last():
    rows = pd.DataFrame(
        {
            "value": ["a", "unknown", "b", "c"],
            "projects": [1, 9, 2, 5],
            "sum_eur": [10.0, 99.0, None, 20.0],
        }
    )
    assert shares.ranked(rows, "sum_eur")["value"].tolist() == ["c", "a", "b", "unknown"]


def test_folding_keeps_the_sum():
    rows = pd.DataFrame({"country": [*"abcde", "unknown"], "sum_eur": [5.0, 4, 3, 2, 1, 0.5]})
    folded = shares.folded(rows, "country", 2)
    assert folded["country"].tolist() == ["a", "b", "rest", "rest", "rest", "unknown"]
    assert folded["sum_eur"].sum() == rows["sum_eur"].sum()
    assert rows["country"].tolist() == [*"abcde", "unknown"]


def test_one_more_than_the_limit_is_not_folded():
    rows = pd.DataFrame({"country": [*"abc"], "sum_eur": [3.0, 2, 1]})
    assert shares.folded(rows, "country", 2)["country"].tolist() == [*"abc"]


def test_sides_are_shares_of_their_own_projects():
    one = pd.DataFrame({"value": ["x", "y"], "projects": [2, 8]})
    other = pd.DataFrame({"value": ["x"], "projects": [3]})
    rows = shares.side_by_side(one, other, (10, 3)).set_index("value")
    assert rows.loc["x", ["a_share", "b_share", "difference"]].tolist() == pytest.approx(
        [0.2, 1.0, -0.8]
    )
    assert rows.loc["y", "b"] == 0


def test_a_side_without_projects_has_no_shares():
    one = pd.DataFrame({"value": ["x"], "projects": [2]})
    rows = shares.side_by_side(one, one.head(0), (2, 0))
    assert rows["b_share"].isna().all()
