"""One project of the timeline: the box that chooses it, its periods, events and milestones."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from projectdata.figures import timeline as figures
from projectdata.queries import timeline as queries
from projectdata.selection import Code
from projectdata.ui import address
from projectdata.ui.cards import figure_card
from projectdata.ui.options import draw, is_news, meant
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link


def chosen_project(here: Here, rows: pd.DataFrame, events: pd.DataFrame) -> None:
    """The list box that does what a click on a bar does, and the chosen project's own card."""
    words = here.words
    titles = dict(zip(events["project_id"], events["title"], strict=True)) | dict(
        zip(rows["project_id"], rows["title"], strict=True)
    )
    asked = address.own("chosen")
    if asked and asked[-1] not in titles:
        found = here.rows(queries.periods_of, Code(asked[-1]))
        titles |= dict(zip(found["project_id"], found["title"], strict=True))
    if not titles:
        return
    most = events["project_id"].value_counts()
    default = most.index[0] if len(most) else next(iter(titles))
    chosen = asked[-1] if asked and asked[-1] in titles else default
    key = "timeline-chosen"
    draw(key, chosen)
    st.selectbox(
        words("One project: choose it here or click its bar"),
        sorted(titles, key=lambda code: titles[code].casefold()),
        key=key,
        format_func=lambda code: titles.get(code, code),
        on_change=_choose_project,
        args=(key, titles),
    )
    st.markdown(
        page_link(
            words("Open the page of {project}", project=titles[chosen]),
            "project",
            ("project", chosen),
            ("lang", words.lang),
        )
    )
    _project_card(here, chosen, titles[chosen], events[events["project_id"] == chosen])


def _choose_project(key: str, titles: Mapping[str, str]) -> None:
    chosen = meant(st.session_state[key], titles)
    if chosen is not None and is_news(key, chosen):
        address.put_own("chosen", [chosen])


def _project_card(here: Here, project: str, title: str, events: pd.DataFrame) -> None:
    words = here.words
    periods = here.rows(queries.periods_of, Code(project))
    periods = periods[periods["start_date"].notna() | periods["end_date"].notna()]
    dated = events[events["start_date"].notna()]
    undated = events[events["start_date"].isna()]
    rows = _project_rows(here, periods, events)
    twin = words.plural("{n} statement of the period", "{n} statements of the period", len(periods))
    if len(events):
        twin += words(" and ") + words.plural(
            "{n} event with a date", "{n} events with a date", len(dated)
        )
    note = ""
    if len(undated):
        note = words("Without a date: {events}.", events="; ".join(undated["event"].astype(str)))
    figure_card(
        here,
        "project-events",
        words("{project}: period, events and milestones", project=title),
        rows if len(periods) else rows.head(0),
        partial(
            figures.project_events,
            events=events,
            words=words,
            colours=here.colours,
            day=here.selection.day,
        ),
        shape=periods,
        twin=twin + ".",
        columns={
            "kind_label": words("Kind"),
            "what": words("What"),
            "when": words("When"),
            "source_link": words("Source"),
        },
        note=note,
        table=lambda: rows.assign(
            source_link=[link(row.source_title, row.source_url) for row in rows.itertuples()]
        ),
        empty=words("Our sources give this project no date."),
    )


def _project_rows(here: Here, periods: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    words = here.words
    columns = ["start_date", "end_date", "precision", "source_id", "source_title", "source_url"]
    said = periods[["project_id", *columns]].assign(
        kind_label=[words("Period") for _ in periods.index],
        what=[_basis(here, row) for row in periods.itertuples()],
        when=[figures.period_text(row, words, "precision") for row in periods.to_dict("records")],
    )
    held = events[["project_id", *columns]].assign(
        kind_label=[words.label("event_kind", kind) for kind in events["kind"]],
        what=events["event"],
        when=[figures.event_date(row, words) for row in events.to_dict("records")],
    )
    return pd.concat([part for part in (said, held) if len(part)] or [said], ignore_index=True)


def _basis(here: Here, row: Any) -> str:
    label = here.words.label("period_basis", row.basis)
    return here.words("{basis}, shown", basis=label) if row.is_displayed else label
