"""Figures of one project: when it runs by each statement, and what happened in it."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import rows as labelled
from projectdata.figures.base import empty_figure, wrapped
from projectdata.figures.sheet import Sheet
from projectdata.palette import Colours
from projectdata.wording import Wording, in_sentence

SHORT = timedelta(days=24)
"""An event shorter than this is a mark, since a bar would be a hair."""


def statements_of_period(
    rows: pd.DataFrame, words: Wording, colours: Colours, day: date
) -> go.Figure:
    """A row per stated period and per event, its label above it; what is displayed is solid.

    A date known to the month or year is hollow; a period without an end is drawn open.
    """
    first, last = _extent(rows)
    labels, drawn = _lines(rows, words)
    places = labelled.places(labels, [row is None for row in drawn])
    height = places[-1] + 14
    sheet = empty_figure(colours, words, height=height + 52)
    sheet.update_layout(margin={"l": 8, "r": 16, "t": 22, "b": 30})
    labelled.write(sheet, labels, places, colours)
    for place, row in zip(places, drawn, strict=True):
        if row is not None:
            _draw(sheet, row, place, colours, words, last)
    sheet.update_xaxes(type="date", range=[first, last], tickformat="%Y", dtick=_tick(first, last))
    sheet.update_yaxes(range=[height, 0], visible=False)
    if first <= day <= last:
        sheet.add_vline(x=day.isoformat(), line={"color": colours.quiet, "width": 1, "dash": "dot"})
        sheet.add_annotation(
            x=day.isoformat(), y=1, yref="paper", yanchor="bottom", showarrow=False,
            text=words("today"), font={"size": 12, "color": colours.quiet},
        )  # fmt: skip
    return sheet.figure()


def _lines(rows: pd.DataFrame, words: Wording) -> tuple[list[str], list[pd.Series | None]]:
    """The label of each row and what is drawn under it: nothing under the name of a level."""
    labels: list[str] = []
    drawn: list[pd.Series | None] = []
    before = None
    for _, row in rows.iterrows():
        level = row["level"] if isinstance(row["level"], str) else ""
        if row["what"] == "event" and level != before:
            heading = words.label("level", level) if level else words("Other events")
            labels.append(f"<b>{labelled.label(heading)}</b>")
            drawn.append(None)
            before = level
        labels.append(labelled.label(_label(row, words)))
        drawn.append(row)
    return labels, drawn


def _label(row: pd.Series, words: Wording) -> str:
    if row["what"] == "event":
        return f"{_when(row, words)}: {row['title']}"
    basis = in_sentence(words.label("period_basis", row["kind"]))
    if row["is_displayed"]:
        return words("Period, shown ({basis}): {source}", basis=basis, source=row["title"])
    return words("Period, beside it ({basis}): {source}", basis=basis, source=row["title"])


def _when(row: pd.Series, words: Wording) -> str:
    start, end = _day(row["start_date"]), _day(row["end_date"])
    if start and (start == end or row["precision"] in ("month", "year")):
        return words.date(start, row["precision"])
    return words.period(start, end, "day")


def _draw(
    sheet: Sheet, row: pd.Series, place: int, colours: Colours, words: Wording, last: date
) -> None:
    start, end = _day(row["start_date"]), _day(row["end_date"])
    is_period = row["what"] == "period"
    hover = wrapped(f"{row['title']}: {words.period(start, end, row['precision'])}", 40, 4)
    y = place
    begin, stop = start or end or last, end or last
    if not is_period and (end or begin) - begin < SHORT:
        middle = begin + ((end or begin) - begin) / 2
        sheet.add_scatter(
            x=[middle.isoformat()], y=[y], mode="markers", hovertext=[hover], hoverinfo="text",
            marker={"symbol": "diamond", "size": 13, "color": colours.accent},
        )  # fmt: skip
        return
    exact = row["precision"] == "day" and row["is_displayed"]
    filled = row["is_displayed"] and is_period
    sheet.add_bar(
        orientation="h", y=[y], base=[begin.isoformat()], width=labelled.THICK,
        x=[(stop - begin + timedelta(days=1)).days * 86_400_000],
        hovertext=[hover], hoverinfo="text",
        marker={
            "color": colours.accent if filled or exact else colours.paper,
            "line": {"color": colours.accent, "width": 1.5},
            "pattern": {
                "shape": "" if row["is_displayed"] else "/",
                "fgcolor": colours.accent, "bgcolor": colours.paper, "size": 6,
            },
        },
    )  # fmt: skip
    if end is None:
        sheet.add_annotation(
            x=last.isoformat(), y=y, text=words("end not known →"), showarrow=False,
            xanchor="right", bgcolor=colours.paper, font={"size": 12, "color": colours.ink},
        )  # fmt: skip


def _extent(rows: pd.DataFrame) -> tuple[date, date]:
    """Whole years around everything that is drawn."""
    days = pd.concat([rows["start_date"], rows["end_date"]]).dropna()
    return date(days.min().year, 1, 1), date(days.max().year + 1, 1, 1)


def _tick(first: date, last: date) -> str:
    years = last.year - first.year
    return f"M{12 * max(1, round(years / 8))}"


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()
