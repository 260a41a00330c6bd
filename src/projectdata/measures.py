"""Frame to frame: what SQL does badly. No function changes its argument."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

INHABITANTS = 100_000
"""What a rate is set against: so many people."""


def active_per_year(spans: pd.DataFrame) -> pd.DataFrame:
    """Projects with a day in each year, begun or planned: one row a year, without gaps.

    `spans` have start_year, end_year, is_planned and projects; a span without both years is left
    out, because nobody knows in which years it runs.
    """
    known = spans.dropna(subset=["start_year", "end_year"])
    columns = ["year", "begun", "planned", "projects"]
    if known.empty:
        return pd.DataFrame(columns=columns)
    years = np.arange(int(known["start_year"].min()), int(known["end_year"].max()) + 1)
    begun, planned = (
        _active(known[known["is_planned"] == is_planned], years) for is_planned in (False, True)
    )
    counted = {"year": years, "begun": begun, "planned": planned, "projects": begun + planned}
    return pd.DataFrame(counted, columns=columns)


def starts_per_year(spans: pd.DataFrame) -> pd.DataFrame:
    """Projects that start in each year: one row per collection and year with a start."""
    known = spans.dropna(subset=["start_year"])
    counted = known.groupby(["collection", "start_year"], as_index=False)["projects"].sum()
    return counted.rename(columns={"start_year": "year"}).astype({"year": int, "projects": int})


def per_inhabitants(rows: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows with each column of `columns` set against 100,000 people, under its new name.

    Where `population` is missing, or nobody lives there, the rate is missing and never 0.
    """
    people = rows["population"].astype("float64")
    people = people.where(people > 0)
    return rows.assign(
        **{
            name: rows[column].astype("float64") * INHABITANTS / people
            for column, name in columns.items()
        }
    )


def _active(spans: pd.DataFrame, years: np.ndarray) -> np.ndarray:
    """Of each year the projects that have a day in it: those begun by then, less those ended."""
    changes = np.zeros(len(years) + 1, np.int64)
    for column, later, sign in (("start_year", 0, 1), ("end_year", 1, -1)):
        places = spans[column].to_numpy(np.int64) - years[0] + later
        np.add.at(changes, places, sign * spans["projects"].to_numpy(np.int64))
    return changes.cumsum()[:-1]
