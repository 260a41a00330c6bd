"""The years of the timeline: projects that are active, projects that start, money."""

from functools import partial

import pandas as pd
import streamlit as st

from projectdata import measures
from projectdata.figures import timeline as figures
from projectdata.queries import timeline as queries
from projectdata.ui.cards import Coverage, figure_card
from projectdata.ui.page import Here


def years_cards(here: Here) -> None:
    """Projects active and begun per year, side by side."""
    words, counts, day = here.words, counts_of_dates(here), here.selection.day
    spans = here.rows(queries.spans)
    active, starts = measures.active_per_year(spans), measures.starts_per_year(spans)
    left, right = st.columns(2)
    with left:
        figure_card(
            here,
            "active-per-year",
            words("How many projects are active in each year"),
            active,
            partial(figures.active_per_year, words=words, colours=here.colours, day=day),
            twin=_active_twin(here, active, counts),
            columns={
                "year": words("Year"),
                "begun": words("Begun"),
                "planned": words("Planned"),
                "projects": words("Projects"),
            },
            coverage=Coverage(counts["both"], here.projects, words("without both dates")),
            note=words(
                "A project counts in every year in which it has a day, so the years do not add up."
            ),
        )
    with right:
        figure_card(
            here,
            "starts-per-year",
            words("How many projects start in each year"),
            starts,
            partial(figures.starts_per_year, words=words, colours=here.colours),
            twin=_starts_twin(here, starts),
            columns={
                "collection_label": words("Collection"),
                "year": words("Year"),
                "projects": words("Projects"),
            },
            table=lambda: _with_collection(here, starts),
            coverage=Coverage(counts["started"], here.projects, words("without a start date")),
        )


def _active_twin(here: Here, rows: pd.DataFrame, counts: dict[str, int]) -> str:
    if rows.empty:
        return ""
    words, day = here.words, here.selection.day
    most = rows.loc[rows["projects"].idxmax()]
    text = words.plural(
        "Most were active in {year}: {n} project.",
        "Most were active in {year}: {n} projects.",
        int(most["projects"]),
        year=int(most["year"]),
    )
    if int(most["year"]) != day.year and (rows["year"] == day.year).any():
        now = int(rows.loc[rows["year"] == day.year, "projects"].iloc[0])
        text += " " + words.plural(
            "In {year} there is {n}.", "In {year} there are {n}.", now, year=day.year
        )
    if counts["planned"]:
        text += " " + words.plural(
            "{n} has not begun on {day}.",
            "{n} have not begun on {day}.",
            counts["planned"],
            day=words.date(day),
        )
    return text


def _starts_twin(here: Here, rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    years = rows.groupby("year")["projects"].sum()
    return here.words.plural(
        "Most started in {year}: {n} project.",
        "Most started in {year}: {n} projects.",
        int(years.max()),
        year=int(years.idxmax()),
    )


def money_card(here: Here) -> None:
    """Money of the chosen measure, spread evenly over the days of each project."""
    words, counts = here.words, counts_of_dates(here)
    held = here.rows(queries.spread_money).iloc[0]
    rows = here.rows(queries.money_by_year)
    measure = words.label("measure", here.selection.measure)
    figure_card(
        here,
        "money-per-year",
        words("{measure} per year, spread evenly over days", measure=measure),
        rows,
        partial(figures.money_per_year, words=words, colours=here.colours),
        twin=_money_twin(here, rows, held),
        columns={
            "collection_label": words("Collection"),
            "year": words("Year"),
            "amount": measure,
            "projects": words("Projects"),
        },
        table=lambda: _with_collection(here, rows).assign(
            amount=[words.money(round(value)) for value in rows["amount_eur"]]
        ),
        coverage=Coverage(
            counts["both_and_amount"],
            here.projects,
            words("lack an amount in this measure, or a date"),
        ),
        note=words(
            "This is a calculation, not payments: each amount is divided by the days of its "
            "project, both ends included, and each year gets its days. No source here tells when "
            "money was paid."
        ),
        empty=words(
            "No project in this selection has both dates and an amount in this measure. "
            "Another kind of money can be chosen in the filters."
        ),
    )


def _money_twin(here: Here, rows: pd.DataFrame, held: pd.Series) -> str:
    if rows.empty:
        return ""
    words = here.words
    years = rows.groupby("year")["amount_eur"].sum()
    return words.plural(
        "{sum} of {n} project, spread over {first}–{last}; most falls on {year}: {amount}.",
        "{sum} of {n} projects, spread over {first}–{last}; most falls on {year}: {amount}.",
        int(held["projects"]),
        sum=words.money_short(held["sum_eur"]),
        first=int(years.index.min()),
        last=int(years.index.max()),
        year=int(years.idxmax()),
        amount=words.money_short(years.max()),
    )


def _with_collection(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        collection_label=[here.words.label("collection", code) for code in rows["collection"]]
    )


def counts_of_dates(here: Here) -> dict[str, int]:
    """Projects by what is known of their dates; a sum over nothing is no project."""
    row = here.rows(queries.period_counts).iloc[0]
    return {name: 0 if pd.isna(value) else int(value) for name, value in row.items()}
