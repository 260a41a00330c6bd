"""The lists of the timeline: projects that end soon, that ended lately, that have no date."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from projectdata.catalog import Query
from projectdata.figures import timeline as figures
from projectdata.queries import timeline as queries
from projectdata.ui import cells
from projectdata.ui.cards import Rows, foot_of_many, heading
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

MOST_LISTED = 25
"""Projects named in a list; the rest are counted and stand in the download."""


def endings_cards(here: Here) -> None:
    """What ends within twelve months of the day, and what ended in the twelve before it."""
    words, day = here.words, here.words.date(here.selection.day)
    left, right = st.columns(2)
    with left:
        _list_card(
            here,
            "ending-soon",
            words("Ending soon"),
            queries.ending_soon,
            lambda n: words.plural(
                "{n} running project ends within twelve months of {day}.",
                "{n} running projects end within twelve months of {day}.",
                n,
                day=day,
            ),
            words("No running project ends within twelve months of {day}.", day=day),
        )
    with right:
        _list_card(
            here,
            "recently-ended",
            words("Recently ended"),
            queries.recently_ended,
            lambda n: words.plural(
                "{n} project ended in the twelve months before {day}.",
                "{n} projects ended in the twelve months before {day}.",
                n,
                day=day,
            ),
            words("No project ended in the twelve months before {day}.", day=day),
        )


def undated_card(here: Here) -> None:
    """Projects that no bar can stand for."""
    words = here.words
    _list_card(
        here,
        "undated",
        words("Projects without any date"),
        queries.undated,
        lambda n: words.plural(
            "{n} project has neither a start nor an end in our sources, so no bar stands for it.",
            "{n} projects have neither a start nor an end in our sources, so no bar stands for "
            "them.",
            n,
        ),
        words("Every project in this selection has a start or an end."),
    )


def _list_card(
    here: Here,
    key: str,
    title: str,
    query: Query,
    said: Callable[[int], str],
    nothing: str,
) -> None:
    """A card whose figure is a list of links to projects, with their ends where they have one."""
    words = here.words
    n = int(here.rows(queries.count_of, query)["n"].iloc[0])
    with st.container(border=True, key=f"card-{key}"):
        heading(title, 2)
        if n == 0:
            st.markdown(plain(nothing))
            return
        first = here.rows(queries.first_of, query, MOST_LISTED)
        st.markdown(plain(said(n)))
        listed = zip(cells.to_projects(first, words), first.itertuples(), strict=True)
        st.markdown("\n".join(f"- {project}{_end(here, row)}" for project, row in listed))
        count_the_rest(here, n)
        columns = {"project_link": words("Project"), "collection_label": words("Collection")}
        if "end_date" in first:
            columns["period"] = words("Period")
        rows = Rows(
            n,
            lambda most: here.rows(queries.first_of, query, most),
            lambda: here.rows(query),
        )
        foot_of_many(here, key, title, rows, columns, lambda some: _listed(here, some))


def _listed(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a list card with links and labels."""
    words = here.words
    table = rows.assign(
        collection_label=[words.label("collection", code) for code in rows["collection"]],
        project_link=cells.to_projects(rows, words),
    )
    if "end_date" not in rows:
        return table
    return table.assign(period=[figures.period_text(row, words) for row in rows.to_dict("records")])


def _end(here: Here, row: Any) -> str:
    if not hasattr(row, "end_date") or pd.isna(row.end_date):
        return ""
    words = here.words
    precision = row.period_precision if isinstance(row.period_precision, str) else "day"
    text = "· " + words("ends {date}", date=words.date(row.end_date, precision))
    if row.end_date.date() < here.selection.day:
        text = "· " + words("ended {date}", date=words.date(row.end_date, precision))
    if row.has_period_conflict:
        text += ", " + words("sources disagree")
    return " " + plain(text)


def count_the_rest(here: Here, listed: int) -> None:
    """Say how many projects a list leaves out, where it does."""
    rest = listed - MOST_LISTED
    if rest > 0:
        words = here.words
        st.markdown(
            plain(
                words.plural(
                    "And {n} more, in the table and the download.",
                    "And {n} more, in the table and the download.",
                    rest,
                )
            )
        )
