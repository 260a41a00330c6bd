"""Order, shares and folding of small frames: what SQL does badly."""

from collections.abc import Sequence

import pandas as pd

from projectdata.wording import UNKNOWN

REST = "rest"
"""The value that stands for all that is not shown by itself."""

SEVERAL_VALUES = "several"
"""Stands for the countries or target groups of a project that has more than one."""

CLASS_BORDERS = tuple(float(m * 10**power) for power in range(2, 10) for m in (1, 2, 5))
"""Lower borders of the classes of amounts: 1, 2 and 5 times each power of ten, about even on a
logarithmic scale and easy to read."""

SHARE_STEP = 0.05


def ranked(rows: pd.DataFrame, weight: str, value: str = "value") -> pd.DataFrame:
    """The greatest first, then those without an amount by projects; 'unknown' last."""
    order = rows.assign(_last=rows[value] == UNKNOWN, _weight=rows[weight].astype("float64"))
    order = order.sort_values(
        ["_last", "_weight", "projects", value],
        ascending=[True, False, False, True],
        na_position="last",
    )
    return order.drop(columns=["_last", "_weight"]).reset_index(drop=True)


def folded(
    rows: pd.DataFrame, column: str, keep: int, always: Sequence[str] = (UNKNOWN,)
) -> pd.DataFrame:
    """All but the greatest values of a column as 'rest', by sum_eur; some stay themselves always.

    One more than `keep` is not worth folding.
    """
    sums = rows[~rows[column].isin(always)].groupby(column)["sum_eur"].sum()
    if len(sums) <= keep + 1:
        return rows
    kept = {*sums.nlargest(keep).index, *always}
    return rows.assign(**{column: rows[column].where(rows[column].isin(kept), REST)})


def side_by_side(one: pd.DataFrame, other: pd.DataFrame, projects: Sequence[int]) -> pd.DataFrame:
    """Two frames of value and projects as one row a value: a, b, a_share, b_share, difference.

    Shares are of the projects of each side, missing where a side has none; a value that only one
    side has is 0 on the other, as it was asked the same question.
    """
    both = one[["value", "projects"]].merge(
        other[["value", "projects"]], on="value", how="outer", suffixes=("_a", "_b")
    )
    rows = pd.DataFrame(
        {
            "value": both["value"],
            "a": both["projects_a"].fillna(0).astype("int64"),
            "b": both["projects_b"].fillna(0).astype("int64"),
        }
    )
    for side, total in zip(("a", "b"), projects, strict=True):
        rows[f"{side}_share"] = rows[side] / total if total else float("nan")
    rows["difference"] = rows["a_share"] - rows["b_share"]
    rows["projects"] = rows[["a", "b"]].max(axis=1)
    rows["_share"] = rows[["a_share", "b_share"]].max(axis=1)
    return ranked(rows, "_share").drop(columns=["_share", "projects"])
