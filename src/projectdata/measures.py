"""Frame to frame: what SQL does badly. No function changes its argument."""

from collections.abc import Mapping

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
    years = range(int(known["start_year"].min()), int(known["end_year"].max()) + 1)
    begun, planned = known[~known["is_planned"]], known[known["is_planned"]]
    counted = pd.DataFrame(
        {
            "year": list(years),
            "begun": [_active(begun, year) for year in years],
            "planned": [_active(planned, year) for year in years],
        }
    )
    return counted.assign(projects=counted["begun"] + counted["planned"])[columns]


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


def _active(spans: pd.DataFrame, year: int) -> int:
    within = (spans["start_year"] <= year) & (spans["end_year"] >= year)
    return int(spans.loc[within, "projects"].sum())
