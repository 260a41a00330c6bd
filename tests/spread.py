"""Money spread over years with pandas: what the query is held against."""

import numpy as np
import pandas as pd


def spread_over_years(rows: pd.DataFrame, amount: str, by: tuple[str, ...]) -> pd.DataFrame:
    """Money spread evenly over the days of each period: one row a year (and group), by year.

    `rows` have start_date, end_date, projects and the amount; `projects` in the answer are those
    with a day in the year. Both ends of a period count as days. Rows without a date or an amount
    are left out; the amounts of the answer add up to those of the rows that are left.
    """
    known = rows.dropna(subset=["start_date", "end_date", amount])
    known = known[known["end_date"] >= known["start_date"]]
    columns = [*by, "year", amount, "projects"]
    if known.empty:
        return pd.DataFrame(columns=columns)
    start = known["start_date"].to_numpy(dtype="datetime64[D]")
    end = known["end_date"].to_numpy(dtype="datetime64[D]")
    length = (end - start).astype(int) + 1
    parts = []
    for year in range(known["start_date"].dt.year.min(), known["end_date"].dt.year.max() + 1):
        first, last = np.datetime64(f"{year}-01-01"), np.datetime64(f"{year}-12-31")
        days = (np.minimum(end, last) - np.maximum(start, first)).astype(int) + 1
        within = days > 0
        part = known.loc[within, [*by, "projects"]]
        parts.append(
            part.assign(
                year=year,
                **{amount: known.loc[within, amount] * days[within] / length[within]},
            )
        )
    spread = pd.concat(parts).groupby([*by, "year"], as_index=False)[[amount, "projects"]].sum()
    return spread[columns].sort_values([*by, "year"], ignore_index=True)
