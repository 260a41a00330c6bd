"""The data page: the rows on screen, the same rows as files and as an address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd
import streamlit as st

from projectdata.catalog import title
from projectdata.exports import Order
from projectdata.exports.notes import MOST_SHEET_ROWS, meaning
from projectdata.exports.order import default_columns
from projectdata.queries.coverage import table_sizes
from projectdata.queries.rows import COLUMNS, JOINED, project_page
from projectdata.queries.summary import MEASURES
from projectdata.ui import address, cards
from projectdata.ui.page import Here
from projectdata.ui.prose import escaped, page_link, plain
from projectdata.wording import Wording

PAGE_ROWS = 500
"""Rows that the table holds at a time; the rest is a page away."""

READABLE = (
    "collection",
    "countries",
    "start_date",
    "end_date",
    "period_precision",
    "{measure}",
    "target_groups",
    "services",
    "lead_organisations",
)
"""The columns of the table where none are chosen; {measure} is the one shown."""

NAME = "name_link"
LISTS = {
    "countries": "country",
    "lead_countries": "country",
    "regions": "region",
    "wellbeing_counties": "wellbeing_county",
    "target_groups": "target_group",
    "services": "service",
}
CODES = {
    "collection": "collection",
    "programme_id": "programme",
    "fund": "fund",
    "programming_period": "programming_period",
    "code_scheme": "code_scheme",
    "scope": "scope",
    "status": "status",
    "reliability": "reliability",
    "period_precision": "date_precision",
    "name_en_basis": "text_basis",
    "name_fi_basis": "text_basis",
    **{f"{measure}_precision": "amount_precision" for measure in MEASURES},
}
"""Columns whose cells are codes, and the list that labels them."""


def chosen_columns(here: Here) -> tuple[str, ...]:
    """The columns that the address asks for; none where it asks for none."""
    asked = [c.strip() for value in address.own("columns") for c in value.split(",")]
    known = tuple(dict.fromkeys(column for column in asked if column in COLUMNS))
    for column in dict.fromkeys(c for c in asked if c and c not in COLUMNS):
        said = here.words(
            "{parameter} = “{value}”: {reason}",
            parameter="columns",
            value=column[:60],
            reason=here.words("there is no such column"),
        )
        st.warning(plain(said), icon=":material/link_off:")
    return known


def column_choice(here: Here, chosen: tuple[str, ...]) -> None:
    """The columns of table and files, written to the address."""
    words = here.words
    key = "data-columns"
    if st.session_state.get(key) != list(chosen):
        st.session_state[key] = list(chosen)
    st.multiselect(
        words("Columns of the table and of the files"),
        COLUMNS,
        key=key,
        format_func=lambda column: meaning(here.catalog, words, column).label,
        placeholder=words("The main ones in the table, all of them in the files"),
        help=words("The order in which you choose them is the order in which they stand."),
        filter_mode="contains",
        on_change=_choose_columns,
        args=(key,),
    )


def _choose_columns(key: str) -> None:
    chosen = st.session_state[key]
    address.put_own("columns", [",".join(chosen)] if chosen else [])


def table(here: Here, chosen: tuple[str, ...]) -> None:
    """The rows of the selection, a page at a time."""
    words = here.words
    columns = chosen or tuple(c.format(measure=here.selection.measure) for c in READABLE)
    number = _page_number(here)
    rows = here.rows(project_page, number * PAGE_ROWS, PAGE_ROWS)
    first = number * PAGE_ROWS + 1
    last = number * PAGE_ROWS + len(rows)
    said = words(
        "Rows {a}–{b} of {n}, one a project. A name opens the project with all its sources.",
        a=words.number(first),
        b=words.number(last),
        n=words.number(here.projects),
    )
    st.markdown(plain(said))
    alt = words("Table of the selected projects")
    if len(rows) <= cards.MOST_TABLE_ROWS and here.projects <= cards.MOST_TABLE_ROWS:
        if not chosen:  # The dates are written to their precision here.
            columns = tuple(column for column in columns if column != "period_precision")
        labels = {NAME: words("Project")} | {c: _label(here, c) for c in columns}
        with st.container(key="data-table"):
            cards.data_table(_readable(here, rows, columns), labels, alt=alt)
    else:
        _grid(here, rows, columns, alt)
    _pager(here, number)


def _label(here: Here, column: str) -> str:
    return meaning(here.catalog, here.words, column).label


def _readable(here: Here, rows: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Cells as people read them, for a table of HTML."""
    cells = {NAME: [_link(here, row) for row in rows.to_dict(orient="records")]}
    for column in columns:
        cells[column] = [
            _cell(here, column, row[column], row["period_precision"])
            for row in rows[[*dict.fromkeys([column, "period_precision"])]].to_dict(
                orient="records"
            )
        ]
    return pd.DataFrame(cells)


def _link(here: Here, row: Mapping[str, Any]) -> str:
    name = title(row, here.words.lang)
    return page_link(
        name, "project", ("project", str(row["project_id"])), ("lang", here.words.lang)
    )


def _cell(here: Here, column: str, value: Any, precision: Any) -> str:
    words = here.words
    if value is None or pd.isna(value):
        return ""
    if column in ("start_date", "end_date"):
        return words.date(value, precision if isinstance(precision, str) else "day")
    if column in MEASURES:
        return words.money(float(value))
    if column == "has_period_conflict":
        return words("yes") if value else words("no")
    return _worded(here, column, value)


def _worded(here: Here, column: str, value: Any) -> Any:
    """Codes by their labels, lists by commas."""
    words = here.words
    if not isinstance(value, str):
        return value
    if column in LISTS:
        return ", ".join(words.label(LISTS[column], code) for code in value.split(JOINED))
    if column in CODES:
        return words.label(CODES[column], value)
    return value.replace(JOINED, ", ")


def _grid(here: Here, rows: pd.DataFrame, columns: tuple[str, ...], alt: str) -> None:
    """Many rows as a grid that scrolls and sorts, described by the data package."""
    words = here.words
    shown = pd.DataFrame(
        {
            NAME: [_address_with_name(here, row) for row in rows.to_dict(orient="records")],
            **{c: rows[c].map(lambda value, c=c: _worded(here, c, value)) for c in columns},
        }
    )
    config: dict[str, Any] = {
        NAME: st.column_config.LinkColumn(
            words("Project"), display_text=r"#(.*)$", width="large", pinned=True
        )
    }
    day = "D.M.YYYY" if words.lang == "fi" else "D MMM YYYY"
    for column in columns:
        said = meaning(here.catalog, words, column)
        if column in MEASURES:
            config[column] = st.column_config.NumberColumn(
                said.label, help=said.description, format="localized"
            )
        elif column in ("start_date", "end_date"):
            config[column] = st.column_config.DateColumn(
                said.label, help=said.description, format=day
            )
        elif column in ("url", "source_url"):
            config[column] = st.column_config.LinkColumn(said.label, help=said.description)
        else:
            config[column] = st.column_config.Column(said.label, help=said.description)
    st.dataframe(shown, column_config=config, hide_index=True, alt=alt, height=560, placeholder="–")


def _address_with_name(here: Here, row: Mapping[str, Any]) -> str:
    """A project's page; the grid shows what stands after the #."""
    name = " ".join(title(row, here.words.lang).split())
    project = quote(str(row["project_id"]))
    return f"/project?project={project}&lang={here.words.lang}#{quote(name, safe='')}"


def _page_number(here: Here) -> int:
    last = max(0, (here.projects - 1) // PAGE_ROWS)
    asked = (address.own("page") or ["1"])[0]
    return min(int(asked) - 1, last) if asked.isascii() and asked.isdigit() and int(asked) else 0


def _pager(here: Here, number: int) -> None:
    words = here.words
    pages = -(-here.projects // PAGE_ROWS)
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="data-pager"):
        for label, key, target, off in (
            (words("Earlier rows"), "earlier", number, number == 0),
            (words("Further rows"), "further", number + 2, number + 1 == pages),
        ):
            st.button(
                label,
                key=f"data-{key}",
                disabled=off,
                on_click=address.put_own,
                args=("page", [str(target)]),
            )
        st.caption(plain(words("Page {n} of {m}", n=number + 1, m=pages)))


def downloads(here: Here, chosen: tuple[str, ...]) -> None:
    """A link for each format; each says how many projects it gives."""
    words = here.words
    st.header(words("Download the rows"))
    st.markdown(
        plain(
            words.plural(
                "Each file holds the {n} project of your selection, with codes and plain numbers"
                " as in the dataset and the source of the row.",
                "Each file holds the {n} projects of your selection, with codes and plain numbers"
                " as in the dataset and the source of every row.",
                here.projects,
            )
        )
    )
    formats = _formats(words)
    for first in range(0, len(formats), 3):
        columns = st.columns(3)
        for column, (name, format, separator, use) in zip(
            columns, formats[first : first + 3], strict=True
        ):
            order = _order(here, format, chosen, separator)
            text = words.plural(
                "Download {n} project ({format})",
                "Download {n} projects ({format})",
                here.projects,
                format=name,
            )
            with column, st.container(border=True, height="stretch"):
                _file_link(here, text, f"/api/v1/projects.{format}?{order.query}".rstrip("?"))
                st.caption(plain(use))
    if here.projects >= MOST_SHEET_ROWS:
        st.caption(
            plain(
                words(
                    "A sheet of Excel holds {rows} rows: the workbook goes on on further sheets "
                    "and takes minutes to write. CSV and Parquet have no limit.",
                    rows=words.number(MOST_SHEET_ROWS),
                )
            )
        )
    notes = words("CSV with notes on sources, licence and columns, in a ZIP")
    order = Order(here.selection, "csv", chosen or COLUMNS, ",", True)
    _file_link(here, notes, f"/api/v1/projects.csv?{order.query}")


def _formats(words: Wording) -> list[tuple[str, str, str, str]]:
    """Name, format, separator and use of each file."""
    return [
        ("CSV", "csv", ",", words("For programs: commas, decimal points, UTF-8.")),
        (
            words("CSV for Finnish Excel"),
            "csv",
            ";",
            words("Semicolons and decimal commas: a Finnish Excel opens it as it is."),
        ),
        (
            "XLSX",
            "xlsx",
            ",",
            words("An Excel workbook; a second sheet tells sources, licence and columns."),
        ),
        ("GeoJSON", "geojson", ",", words("Places of the projects, for a map program.")),
        ("JSON", "json", ",", words("For programs on the web.")),
        ("Parquet", "parquet", ",", words("For analysis of many rows.")),
    ]


def _order(here: Here, format: str, chosen: tuple[str, ...], separator: str) -> Order:
    return Order(here.selection, format, chosen or default_columns(format), separator)


def _file_link(here: Here, text: str, href: str, *, opens: bool = False) -> None:
    """A link in the colour of links that stays in this tab, where the browser saves the file."""
    saved = "" if opens else " download"
    colour = here.colours.accent
    st.html(f'<a href="{escaped(href)}" style="color: {colour}"{saved}>{escaped(text)}</a>')


def api(here: Here, chosen: tuple[str, ...]) -> None:
    """The same rows as an address for scripts."""
    words = here.words
    st.header(words("The same as an address"))
    st.markdown(
        plain(
            words(
                "A script or a spreadsheet that fetches this address gets the same rows, today's"
                " data each time. The address of this page does the same for a reader."
            )
        )
    )
    parts = urlsplit(st.context.url or "")
    home = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    order = _order(here, "csv", chosen, ",")
    st.code(f"{home}/api/v1/projects.csv?{order.query}".rstrip("?"), language=None, wrap_lines=True)
    summary = Order(here.selection).selection_query
    st.caption(plain(words("Only the counts and sums of the selection:")))
    st.code(f"{home}/api/v1/summary.json?{summary}".rstrip("?"), language=None, wrap_lines=True)
    described = words("Description of the API (OpenAPI)")
    _file_link(here, described, "/api/v1/openapi.json", opens=True)


def raw_tables(here: Here) -> None:
    """Every table of the dataset as it is curated, with its size."""
    words, package = here.words, here.catalog.package
    st.header(words("Whole tables"))
    st.markdown(
        plain(
            words(
                "The dataset itself, one CSV a table, whatever is selected. The data package"
                " describes every column."
            )
        )
    )
    sizes = here.rows(table_sizes).set_index("table_name")["records"]
    tables = pd.DataFrame(
        {
            "file_link": [
                f"[{plain(t.titles[words.lang])}](/api/v1/tables/{name}.csv)"
                for name, t in package.tables.items()
            ],
            "meaning": [t.descriptions[words.lang] for t in package.tables.values()],
            "records": [words.number(sizes[name]) for name in package.tables],
        }
    )
    cards.data_table(
        tables,
        {
            "file_link": words("Table (CSV)"),
            "records": words("Rows"),
            "meaning": words("What it holds"),
        },
        alt=words("Tables of the dataset"),
    )
    described = words("Description of all tables (datapackage.json)")
    _file_link(here, described, "/datapackage.json", opens=True)
