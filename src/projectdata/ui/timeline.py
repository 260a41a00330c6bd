"""The cards of the timeline page: each asks one question and draws its answer."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from projectdata import measures
from projectdata.catalog import Query
from projectdata.figures import timeline as figures
from projectdata.queries import timeline as queries
from projectdata.selection import UNKNOWN, filter_label
from projectdata.ui import address
from projectdata.ui.cards import (
    Coverage,
    Rows,
    figure_card,
    foot,
    foot_of_many,
    heading,
    of_projects,
)
from projectdata.ui.options import draw, is_news, meant
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain

BARS = 30
"""Bars on one page of the figure."""
MOST_LISTED = 25
"""Projects named in a list; the rest are counted and stand in the download."""
MOST_LANES_NAMED = 12
CLICKED = "_timeline_clicked"
SEVERAL = ("country", "target_group", "lead")
"""Lanes in which one project can stand more than once."""


def bars_card(here: Here) -> None:
    """One bar a project, a page of them, parted into lanes as the address says."""
    words, counts = here.words, _counts(here)
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
            project_link=[_project_link(here, row) for row in rows.itertuples()],
            period=_periods(here, rows),
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
    _chosen(here, rows, events)


def years_cards(here: Here) -> None:
    """Projects active and begun per year, side by side."""
    words, counts, day = here.words, _counts(here), here.selection.day
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


def money_card(here: Here) -> None:
    """Money of the chosen measure, spread evenly over the days of each project."""
    words, counts = here.words, _counts(here)
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


def conflicts_card(here: Here) -> None:
    """Projects whose sources give different periods: every statement with its source."""
    words = here.words
    rows = here.rows(queries.period_statements)
    title = words("Where sources disagree on the period")
    with st.container(border=True, key="card-period-conflicts"):
        heading(title, 2)
        if rows.empty:
            st.markdown(
                plain(words("In this selection no two sources give a project different periods."))
            )
            return
        projects = list(rows.groupby("project_id", sort=False))
        st.markdown(
            plain(
                words.plural(
                    "{n} project has sources that differ. The first statement is the one shown; "
                    "the others are kept beside it.",
                    "{n} projects have sources that differ. The first statement of each is the "
                    "one shown; the others are kept beside it.",
                    len(projects),
                )
            )
        )
        for _, said in projects[:MOST_LISTED]:
            first = next(said.itertuples())
            lines = [_statement(here, row) for row in said.to_dict("records")]
            st.markdown(
                f"**{_project_link(here, first)}**\n\n" + "\n".join(f"- {line}" for line in lines)
            )
        _rest(here, len(projects))
        foot(
            here,
            "period-conflicts",
            title,
            rows,
            {
                "project_link": words("Project"),
                "period": words("Period"),
                "basis_label": words("Basis"),
                "shown": words("Shown"),
                "source_link": words("Source"),
            },
            table=lambda: rows.assign(
                project_link=[_project_link(here, row) for row in rows.itertuples()],
                period=_periods(here, rows, "precision"),
                basis_label=[words.label("period_basis", basis) for basis in rows["basis"]],
                shown=[words("yes") if flag else words("no") for flag in rows["is_displayed"]],
                source_link=[link(row.source_title, row.source_url) for row in rows.itertuples()],
            ),
            coverage=Coverage(len(projects), here.projects),
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


def _counts(here: Here) -> dict[str, int]:
    """Projects by what is known of their dates; a sum over nothing is no project."""
    row = here.rows(queries.period_counts).iloc[0]
    return {name: 0 if pd.isna(value) else int(value) for name, value in row.items()}


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


def _chosen(here: Here, rows: pd.DataFrame, events: pd.DataFrame) -> None:
    """The list box that does what a click on a bar does, and the chosen project's own card."""
    words = here.words
    titles = dict(zip(events["project_id"], events["title"], strict=True)) | dict(
        zip(rows["project_id"], rows["title"], strict=True)
    )
    asked = address.own("chosen")
    if asked and asked[-1] not in titles:
        found = here.rows(queries.periods_of, asked[-1])
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
    periods = here.rows(queries.periods_of, project)
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
        when=_periods(here, periods, "precision"),
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
        st.markdown(
            "\n".join(
                f"- {_project_link(here, row)}{_end(here, row)}" for row in first.itertuples()
            )
        )
        _rest(here, n)
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
    table = _with_collection(here, rows).assign(
        project_link=[_project_link(here, row) for row in rows.itertuples()]
    )
    return table.assign(period=_periods(here, rows)) if "end_date" in rows else table


def _rest(here: Here, listed: int) -> None:
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


def _statement(here: Here, row: dict) -> str:
    words = here.words
    period = figures.period_text(row, words, "precision")
    basis = words.label("period_basis", row["basis"])
    shown = words("shown here") if row["is_displayed"] else words("another statement")
    text = f"**{plain(period)}** {plain(f'({basis.lower()}, {shown})')}"
    if isinstance(row["source_title"], str):
        text += " · " + link(row["source_title"], row["source_url"])
    if isinstance(row["note"], str):
        text += " · " + plain(row["note"])
    return text


def _project_link(here: Here, row: Any) -> str:
    return page_link(row.title, "project", ("project", row.project_id), ("lang", here.words.lang))


def _periods(here: Here, rows: pd.DataFrame, precision: str = "period_precision") -> list[str]:
    return [figures.period_text(row, here.words, precision) for row in rows.to_dict("records")]


def _with_collection(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        collection_label=[here.words.label("collection", code) for code in rows["collection"]]
    )
