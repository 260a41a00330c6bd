"""A figure's card: title, twin sentence, figure, coverage, note, and the rows behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from projectdata.exports import csv_of_frame
from projectdata.ui import drawn
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

MOST_TABLE_ROWS = 60
"""Above this a table scrolls in a grid instead of standing on the page as HTML."""

MOST_SHOWN_ROWS = 1_000
"""Rows of a table on a page, where there may be any number; the file holds all."""


@dataclass(frozen=True)
class Coverage:
    """How many projects of the selection a figure is based on."""

    based_on: int
    out_of: int
    missing: str = ""
    """What the rest lack, e.g. 'not published in this measure'."""

    def sentence(self, here: Here) -> str:
        """As in 'Based on 70 of 139 projects; 69 not published in this measure.'."""
        words = here.words
        n, m = words.number(self.based_on), words.number(self.out_of)
        text = words("Based on {n} of {m} projects", n=n, m=m)
        rest = self.out_of - self.based_on
        if rest > 0 and self.missing:
            text += f"; {words.number(rest)} {self.missing}"
        return text + "."


def money_coverage(here: Here) -> Coverage:
    """Coverage of figures that show the chosen measure."""
    known = int(here.totals[f"{here.selection.measure}_projects"])
    return Coverage(known, here.projects, here.words("not published in this measure"))


def of_projects(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The rows about the projects of others: a figure is given no more than it draws."""
    return rows[rows["project_id"].isin(others["project_id"])]


def figure_card(
    here: Here,
    key: str,
    title: str,
    rows: pd.DataFrame,
    draw: partial[go.Figure],
    *,
    shape: Any = None,
    twin: str,
    columns: Mapping[str, str],
    coverage: Coverage | None = None,
    note: str = "",
    empty: str = "",
    alt: str = "",
    table: Callable[[], pd.DataFrame] | None = None,
    level: int = 2,
    selectable: bool = False,
) -> Any:
    """Draw one card. Returns what the chart reports of a selection in it, or None.

    With `selectable` a mark of the figure can be chosen by a click.

    `rows` are what is drawn and what is downloaded; `shape` is given where the figure needs them
    in another shape. `columns` names those of the rows that the table shows, with their labels;
    `table` is given where the table reads better than the rows (labels for codes, written-out
    amounts). With no row there is a sentence, never an empty axis.
    """
    words = here.words
    with st.container(border=True, key=f"card-{key}"):
        heading(title, level)
        if rows.empty:
            st.markdown(
                plain(empty or words("No project in this selection has what this figure shows."))
            )
            return None
        st.markdown(plain(twin))
        report = plot(
            here,
            key,
            title,
            partial(draw, rows if shape is None else shape),
            alt=alt or f"{title}. {twin}",
            selectable=selectable,
        )
        foot(here, key, title, rows, columns, coverage=coverage, note=note, table=table)
        return report


def plot(
    here: Here,
    key: str,
    title: str,
    maker: partial[go.Figure],
    *,
    alt: str,
    selectable: bool = False,
) -> Any:
    """Draw a figure, or bring the one that was drawn of the same; gives what is chosen in it."""
    setting = drawn.Setting(key, alt, _small_print(here, title), here.colours, here.catalog.version)
    if not selectable:
        drawn.show(maker, setting)
        return None
    return st.plotly_chart(
        drawn.figure(maker, setting),
        on_select="rerun",
        selection_mode="points",
        **setting.how(),
    )


def foot(
    here: Here,
    key: str,
    title: str,
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    coverage: Coverage | None = None,
    note: str = "",
    table: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """The quiet line under a figure: coverage, note, source, the table, the download."""
    words = here.words
    _quiet_line(here, coverage, note)
    with st.container(horizontal=True, key=f"foot-{key}", vertical_alignment="center"):
        opened = st.toggle(words("As a table"), key=f"table-{key}", help=title)
        download_rows(here, key, rows)
    if opened:
        data_table(table() if table is not None else rows, columns, alt=title)


def _quiet_line(here: Here, coverage: Coverage | None, note: str) -> None:
    said = [coverage.sentence(here)] if coverage else []
    said += [note] if note else []
    said.append(
        here.words(
            "Source: the documents named in each row; data version {version}.",
            version=here.catalog.package.version,
        )
    )
    st.caption(plain(" ".join(said)))


@dataclass(frozen=True)
class Rows:
    """Rows that may be too many to hold for a page: they are asked for when they are wanted."""

    count: int
    first: Callable[[int], pd.DataFrame]
    """So many of them."""

    all: Callable[[], pd.DataFrame]


def foot_of_many(
    here: Here,
    key: str,
    title: str,
    rows: Rows,
    columns: Mapping[str, str],
    table: Callable[[pd.DataFrame], pd.DataFrame],
    *,
    coverage: Coverage | None = None,
    note: str = "",
) -> None:
    """`foot` for rows that are only read when the table is opened or the file is taken."""
    words = here.words
    _quiet_line(here, coverage, note)
    with st.container(horizontal=True, key=f"foot-{key}", vertical_alignment="center"):
        opened = st.toggle(words("As a table"), key=f"table-{key}", help=title)
        _download(here, key, rows.count, rows.all)
    if opened:
        if rows.count > MOST_SHOWN_ROWS:
            st.caption(
                plain(
                    words(
                        "The first {n} of {m} rows; the file holds them all.",
                        n=words.number(MOST_SHOWN_ROWS),
                        m=words.number(rows.count),
                    )
                )
            )
        data_table(table(rows.first(MOST_SHOWN_ROWS)), columns, alt=title)


def download_rows(here: Here, key: str, rows: pd.DataFrame) -> None:
    """The button that gives the very rows of a figure as CSV, saying how many they are."""
    _download(here, key, len(rows), lambda: rows)


def _download(here: Here, key: str, count: int, rows: Callable[[], pd.DataFrame]) -> None:
    st.download_button(
        here.words.plural("Download {n} row (CSV)", "Download {n} rows (CSV)", count),
        data=lambda: csv_of_frame(rows()),
        file_name=f"projectdata-{key}.csv",
        mime="text/csv",
        key=f"download-{key}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def data_table(rows: pd.DataFrame, columns: Mapping[str, str], alt: str = "") -> None:
    """Rows as a real HTML table where they are few, else as a grid that scrolls.

    Text cells are shown as they are written. A column whose name ends in `_link` holds Markdown
    that our own code made with `prose.link` or `prose.page_link`.
    """
    shown = rows[list(columns)]
    if len(shown) > MOST_TABLE_ROWS:
        st.dataframe(shown.rename(columns=dict(columns)), hide_index=True, alt=alt, height=480)
        return
    cells = pd.DataFrame(
        {
            label: [
                value if name.endswith("_link") else ("" if pd.isna(value) else plain(value))
                for value in shown[name]
            ]
            for name, label in columns.items()
        }
    )
    st.table(cells, border="horizontal", hide_index=True, alt=alt)


def table_card(
    here: Here,
    key: str,
    title: str,
    rows: pd.DataFrame,
    table: pd.DataFrame,
    columns: dict[str, str],
    *,
    twin: str,
    coverage: Coverage | None = None,
    note: str = "",
    empty: str = "",
    level: int = 2,
) -> None:
    """A card whose figure is a table: title, sentence, table, coverage, download."""
    words = here.words
    with st.container(border=True, key=f"card-{key}"):
        heading(title, level)
        if rows.empty:
            st.markdown(
                plain(empty or words("No project in this selection has what this figure shows."))
            )
            return
        st.markdown(plain(twin))
        data_table(table, columns, alt=title)
        said = [coverage.sentence(here)] if coverage else []
        said += [note] if note else []
        if said:
            st.caption(plain(" ".join(said)))
        download_rows(here, key, rows)


def heading(text: str, level: int) -> None:
    """A heading whose text comes from data."""
    st.markdown(f"{'#' * level} {plain(text)}")


def strip(here: Here, figures: Sequence[tuple[str, str, str]]) -> None:
    """A row of figures: label, value, help."""
    with st.container(horizontal=True, key="strip"):
        for label, value, meaning in figures:
            # Where a value takes two lines, it breaks behind its slash and not within a number.
            broken = value.replace("/", "/\u200b")
            st.metric(label, broken, help=meaning or None, border=True)


def _small_print(here: Here, title: str) -> tuple[str, ...]:
    """Title, selection, source and date: the picture of a figure carries them."""
    words = here.words
    sentence = here.sentence if len(here.sentence) <= 480 else here.sentence[:479] + "…"
    source = f"{words('Source:')} projectdata {here.catalog.package.version}"
    return title, sentence, source, words.date(date.today())
