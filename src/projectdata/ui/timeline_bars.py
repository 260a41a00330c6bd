"""The bars of the timeline: one a project, in lanes and pages, and a click that chooses one."""

import re
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from projectdata.figures import timeline as figures
from projectdata.queries import timeline as queries
from projectdata.selection import UNKNOWN, filter_label
from projectdata.ui import address, cells
from projectdata.ui.cards import Coverage, figure_card, of_projects
from projectdata.ui.page import Here
from projectdata.ui.timeline_project import chosen_project
from projectdata.ui.timeline_years import counts_of_dates

BARS = 30
"""Bars on one page of the figure."""
MOST_LANES_NAMED = 12
CLICKED = "_timeline_clicked"
SEVERAL = ("country", "target_group", "lead")
"""Lanes in which one project can stand more than once."""


def bars_card(here: Here) -> None:
    """One bar a project, a page of them, parted into lanes as the address says."""
    words, counts = here.words, counts_of_dates(here)
    lanes = _lanes(here)
    sizes = here.rows(queries.lane_sizes, lanes)
    total = int(sizes["projects"].sum())
    page = _page(-(-total // BARS))
    rows = _labelled(here, lanes, here.rows(queries.bars, lanes, (page - 1) * BARS, BARS))
    events = here.rows(queries.events)
    report = figure_card(
        here,
        "timeline",
        words("When each project runs"),
        rows,
        partial(
            figures.bars,
            words=words,
            colours=here.colours,
            day=here.selection.day,
            statements=of_projects(here.rows(queries.period_statements), rows),
            events=of_projects(events, rows),
        ),
        twin=_bars_twin(here, counts, len(rows), total, page, lanes),
        columns={
            "lane_label": _lane_name(here, lanes),
            "project_link": words("Project"),
            "period": words("Period"),
            "conflict": words("Sources"),
        },
        table=lambda: rows.assign(
            project_link=cells.to_projects(rows, words),
            period=[figures.period_text(row, words) for row in rows.to_dict("records")],
            conflict=[
                words("disagree") if flag else words("agree or only one")
                for flag in rows["has_period_conflict"]
            ],
        ),
        coverage=Coverage(counts["dated"], here.projects, words("have no date, listed below")),
        note=_lanes_note(here, lanes, sizes),
        empty=words("No project in this selection has a start or an end, so there is no bar."),
        alt=words("Horizontal bars in time, one for each project"),
        selectable=True,
    )
    _pages(-(-total // BARS), page)
    _follow_click(report)
    chosen_project(here, rows, events)


def _bars_twin(
    here: Here, counts: dict[str, int], shown: int, total: int, page: int, lanes: str
) -> str:
    words = here.words
    first = (page - 1) * BARS + 1
    said = [
        words(
            "Bars {first}–{last} of {total} are shown, the newest start of each lane first.",
            first=words.number(first),
            last=words.number(first + shown - 1),
            total=words.number(total),
        )
        if total > shown
        else words.plural("{n} bar is shown.", "All {n} bars are shown.", total)
    ]
    day = words.date(here.selection.day)
    said.append(
        words.plural(
            "{n} project runs on {day}.", "{n} projects run on {day}.", counts["running"], day=day
        )
    )
    if counts["one"]:
        said.append(
            words.plural(
                "{n} has an open end: its start or end is not known.",
                "{n} have an open end: their start or end is not known.",
                counts["one"],
            )
        )
    if lanes in SEVERAL and total > counts["dated"]:
        said.append(
            words(
                "A project stands in every lane that it belongs to, so there are more bars than "
                "projects."
            )
        )
    return " ".join(said)


def _lanes_note(here: Here, lanes: str, sizes: pd.DataFrame) -> str:
    words = here.words
    named = [
        f"{_lane_label(here, lanes, row.lane, row.lane_name)} {words.number(row.projects)}"
        for row in sizes.head(MOST_LANES_NAMED).itertuples()
    ]
    rest = len(sizes) - len(named)
    if rest > 0:
        named.append(words.plural("{n} more lane", "{n} more lanes", rest))
    counted = words("Bars in each lane: {lanes}.", lanes=", ".join(named))
    return (
        counted
        + " "
        + words(
            "A dotted end with a question mark is not known; a thin hatched bar is what another "
            "source says; small marks are events."
        )
    )


def _lanes(here: Here) -> str:
    words = here.words
    asked = address.own("lanes")
    lanes = asked[-1] if asked and asked[-1] in queries.LANES else queries.LANES[0]
    key = "timeline-lanes"
    if st.session_state.get(key) != lanes:
        st.session_state[key] = lanes
    st.segmented_control(
        words("Lanes by"),
        queries.LANES,
        key=key,
        format_func=lambda value: _lane_name(here, value),
        required=True,
        on_change=_choose_lanes,
        args=(key,),
    )
    return lanes


def _choose_lanes(key: str) -> None:
    chosen = st.session_state[key]
    address.put_own("lanes", [chosen] if chosen and chosen != queries.LANES[0] else [])
    address.put_own("page", [])


def _lane_name(here: Here, lanes: str) -> str:
    return here.words("Lead organisation") if lanes == "lead" else filter_label(lanes, here.words)


def _labelled(here: Here, lanes: str, rows: pd.DataFrame) -> pd.DataFrame:
    words = here.words
    labels = [
        words.plural(
            "{lane} · {n} project",
            "{lane} · {n} projects",
            int(row.lane_projects),
            lane=_lane_label(here, lanes, row.lane, row.lane_name),
        )
        for row in rows.itertuples()
    ]
    return rows.assign(lane_label=pd.Series(labels, index=rows.index, dtype="str"))


def _lane_label(here: Here, lanes: str, lane: str, name: object) -> str:
    if lane == UNKNOWN:
        return here.words("Not known")
    if lanes == "lead":
        return str(name)
    return here.words.label(lanes, lane)


def _page(pages: int) -> int:
    asked = (address.own("page") or [""])[-1]
    number = int(asked) if re.fullmatch("[0-9]{1,9}", asked) else 1
    return min(max(number, 1), max(pages, 1))


def _pages(pages: int, page: int) -> None:
    """The pages of the bars; the address says which."""
    if pages < 2:
        return
    key = "timeline-page"
    if st.session_state.get(key, 1) != page:
        st.session_state[key] = page
    st.pagination(pages, key=key, on_change=_turn, args=(key,))


def _turn(key: str) -> None:
    page = st.session_state[key]
    address.put_own("page", [str(page)] if page and page > 1 else [])


def _follow_click(report: Any) -> None:
    """A bar clicked anew is the chosen project; an old click changes nothing."""
    points = report["selection"]["points"] if report else []
    clicked = next((p["customdata"][0] for p in points if p.get("customdata")), None)
    if clicked == st.session_state.get(CLICKED):
        return
    st.session_state[CLICKED] = clicked
    if clicked:
        address.put_own("chosen", [clicked])
