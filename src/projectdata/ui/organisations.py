"""The parts of the page about organisations: the table, one organisation, the network."""

import math
from functools import partial

import pandas as pd
import streamlit as st

from projectdata.exports import csv_of_frame
from projectdata.figures import organisations as figures
from projectdata.queries import organisations as queries
from projectdata.queries.rows import JOINED
from projectdata.selection import Code
from projectdata.ui import address, cells
from projectdata.ui.cards import data_table, figure_card, heading
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain, web_address
from projectdata.ui.seats import seat_map
from projectdata.wording import Wording, in_sentence

PAGE = 25
"""Organisations on one page of the table."""


def asked_for(here: Here) -> pd.Series | None:
    """The organisation that the address names; None where it names none that exists."""
    for wanted in address.own("org")[:1]:
        rows = here.rows(queries.organisation, Code(wanted[:200]))
        if len(rows):
            return rows.iloc[0]
    return None


def counts(here: Here) -> None:
    """Organisations, participations and projects: three numbers that are not the same."""
    words = here.words
    for wanted in address.own("org")[:1]:
        st.info(
            plain(
                words(
                    "No organisation here has the id “{id}”. The table below can be searched.",
                    id=wanted[:80],
                )
            )
        )
    row = here.rows(queries.participation_counts).iloc[0]
    if row["organisations"] == 0:
        return
    said = words.plural("{n} organisation", "{n} organisations", int(row["organisations"]))
    st.markdown(
        plain(
            words(
                "{organisations} in {with_names} of the {projects} projects; the others name "
                "none. {n} participations: each organisation counted once in each of its "
                "projects, so the projects of the table do not add up to the projects of the "
                "selection.",
                organisations=said,
                with_names=words.number(row["projects_with"]),
                projects=words.number(row["projects"]),
                n=words.number(row["participations"]),
            )
        )
    )
    st.markdown(
        plain(
            words(
                "Looking for a partner? Choose a target group and a service in the filters: the "
                "table then holds those who have worked on them, with their roles and the last "
                "year they were active."
            )
        )
    )


def table(here: Here) -> None:
    """The organisations of the selection, searched, sorted and paged."""
    words = here.words
    with st.container(border=True, key="card-organisations"):
        heading(words("Organisations"), 2)
        text, order = _controls(here)
        page = _page_number()
        rows = here.rows(queries.organisations, text, order, PAGE, (page - 1) * PAGE)
        if rows.empty and page > 1:
            page, rows = 1, here.rows(queries.organisations, text, order, PAGE, 0)
        if rows.empty:
            st.markdown(plain(_nothing(text, words)))
            return
        total = int(rows["matches"].iloc[0])
        first = (page - 1) * PAGE + 1
        st.markdown(
            plain(
                words(
                    "Rows {a}–{b} of {n}.",
                    a=words.number(first),
                    b=words.number(first + len(rows) - 1),
                    n=words.number(total),
                )
            )
        )
        data_table(_readable(rows, here), _columns(words), alt=words("Organisations"))
        _pages(page, total)
        st.caption(
            plain(
                words(
                    "“Implements” counts projects as lead, beneficiary, partner or collaborator; "
                    "“in other roles” as funder, authority or stakeholder. Years are those of the "
                    "projects, where they are known."
                )
            )
        )
        st.download_button(
            words.plural("Download {n} row (CSV)", "Download {n} rows (CSV)", total),
            data=lambda: csv_of_frame(
                here.rows(queries.organisations, text, order).drop(columns="matches")
            ),
            file_name="projectdata-organisations.csv",
            mime="text/csv",
            key="download-organisations",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _controls(here: Here) -> tuple[str, str]:
    words = here.words
    text = next(iter(address.own("find")), "")[:200]
    order = next((v for v in address.own("sort") if v in queries.ORDERS), queries.ORDERS[0])
    for key, value in (("own-find", text), ("own-sort", order)):
        if st.session_state.get(key) != value:
            st.session_state[key] = value
    names = {
        "projects": words("most projects first"),
        "name": words("name"),
        "country": words("country"),
        "last_active": words("active last"),
        "first_active": words("active first"),
    }
    left, right = st.columns(2)
    left.text_input(
        words("Search by name or town"),
        key="own-find",
        max_chars=200,
        on_change=_own,
        args=("find", "own-find"),
    )
    right.selectbox(
        words("Sort by"),
        queries.ORDERS,
        key="own-sort",
        format_func=names.__getitem__,
        on_change=_own,
        args=("sort", "own-sort"),
    )
    return text, order


def _own(name: str, key: str) -> None:
    value = st.session_state[key]
    address.put_own(name, [str(value)] if value and value != queries.ORDERS[0] else [])
    address.put_own("page", [])


def _page_number() -> int:
    value = next(iter(address.own("page")), "1")
    return int(value) if value.isdecimal() and int(value[:6]) > 0 else 1


def _pages(page: int, total: int) -> None:
    pages = math.ceil(total / PAGE)
    if pages < 2:
        return
    # A widget of its own for each page: pagination takes its value from `default` alone.
    key = f"own-page-{page}"
    st.pagination(
        pages,
        default=min(page, pages),
        key=key,
        on_change=lambda: address.put_own("page", [str(st.session_state[key])]),
    )


def _nothing(text: str, words: Wording) -> str:
    if text:
        return words(
            "No organisation in this selection has “{text}” in its name or town.", text=text
        )
    return words("No project in this selection names an organisation.")


def _columns(words: Wording) -> dict[str, str]:
    return {
        "name_link": words("Organisation"),
        "does": words("Implements"),
        "leads": words("Leads"),
        "others": words("In other roles"),
        "place": words("Place"),
        "type": words("Type"),
        "roles": words("Roles"),
        "years": words("Years active"),
    }


def _readable(rows: pd.DataFrame, here: Here) -> pd.DataFrame:
    words = here.words
    records = rows.to_dict(orient="records")
    return pd.DataFrame(
        {
            "name_link": [to_organisation(row, here) for row in records],
            "type": [words.label("organisation_type", row["organisation_type"]) for row in records],
            "place": [place(row, words) for row in records],
            "does": [words.number(row["does"]) for row in records],
            "leads": [words.number(row["leads"]) for row in records],
            "others": [words.number(row["projects"] - row["does"]) for row in records],
            "roles": [_roles(row["roles"], words) for row in records],
            "years": [_years(row, words) for row in records],
        }
    )


def to_organisation(row: dict, here: Here) -> str:
    """A Markdown link to an organisation, under the same selection."""
    name = cells.organisation(row, here.words)
    return page_link(name, "organisations", ("org", row["organisation_id"]), *_address(here))


def _address(here: Here) -> list[tuple[str, str]]:
    rest = [(key, value) for key, value in here.selection.parameters() if key != "lang"]
    return [*rest, ("lang", here.words.lang)]


def place(row: dict, words: Wording) -> str:
    """Town and country, as far as they are known."""
    country = words.country(row["country"]) if cells.has(row["country"]) else ""
    return ", ".join(part for part in (cells.text(row["city"]), country) if part) or words(
        "not known"
    )


def _roles(roles: object, words: Wording) -> str:
    named = [words.label("role", code) for code in cells.text(roles).split(JOINED) if code]
    return ", ".join(in_sentence(name) if place else name for place, name in enumerate(named))


def _years(row: dict, words: Wording) -> str:
    first, last = cells.day(row["first_active"]), cells.day(row["last_active"])
    return words.period(first, last, "year") if first or last else words("not known")


def network(here: Here) -> None:
    """Who works with whom: drawn only when asked for."""
    words = here.words
    with st.container(border=True, key="card-network-switch"):
        heading(words("Who works with whom"), 2)
        st.markdown(
            plain(
                words(
                    "Organisations are joined where they do the work of a common project. Funders "
                    "and authorities are left out, since they are joined to everybody."
                )
            )
        )
        wanted = address.own("network") == ["on"]
        if st.session_state.get("own-network") != wanted:
            st.session_state["own-network"] = wanted
        st.toggle(
            words("Draw the network"),
            key="own-network",
            on_change=lambda: address.put_own(
                "network", ["on"] if st.session_state["own-network"] else []
            ),
        )
    if wanted:
        _network(here)


def _network(here: Here) -> None:
    words = here.words
    rows = here.rows(queries.cooperation)
    records = rows.to_dict(orient="records")
    organisations = {row[f"{side}_id"] for row in records for side in ("a", "b")}
    several = int((rows["projects"] > 1).sum())
    twin = words(
        "{organisations} organisations with the most partners, {pairs} pairs with a common "
        "project; {several} of the pairs share more than one.",
        organisations=words.number(len(organisations)),
        pairs=words.number(len(rows)),
        several=words.number(several),
    )
    figure_card(
        here,
        "network",
        words("Network of co-operation"),
        rows,
        partial(figures.cooperation, words=words, colours=here.colours),
        twin=twin,
        columns={
            "a_link": words("Organisation"),
            "b_link": words("Works with"),
            "projects": words("Projects in common"),
        },
        table=lambda: pd.DataFrame(
            {
                "a_link": [_side(row, "a", here) for row in records],
                "b_link": [_side(row, "b", here) for row in records],
                "projects": [words.number(row["projects"]) for row in records],
            }
        ).head(60),
        note=words(
            "At most the {n} best connected are drawn. A mark grows with the projects of its "
            "organisation; a dark line is more than one common project. Nearness on the picture "
            "has no other meaning. The table shows the first 60 pairs; the download holds all.",
            n=queries.MOST_IN_NETWORK,
        ),
        empty=words("No two organisations of this selection do the work of a common project."),
        level=3,
    )


def _side(row: dict, side: str, here: Here) -> str:
    return to_organisation(
        {"name": row[f"{side}_name"], "organisation_id": row[f"{side}_id"]}, here
    )


def one(here: Here, row: pd.Series) -> None:
    """One organisation: its names and place, its projects and roles, its partners."""
    words = here.words
    st.title(plain(cells.organisation(row, words)))
    st.markdown(
        page_link(words("All organisations of the selection"), "organisations", *_address(here))
    )
    _identity(here, row)
    projects = here.rows(queries.projects_of, Code(row["organisation_id"]))
    _projects(here, projects)
    partners = here.rows(queries.partners_of, Code(row["organisation_id"]))
    _partners(here, partners)
    own = row.to_frame().T.assign(is_lead=True)[[*_PLACED, "is_lead"]]
    others = partners.assign(is_lead=False)[[*_PLACED, "is_lead"]]
    placed = pd.concat([own, others]) if len(others) else own
    placed = placed.astype({"latitude": "float", "longitude": "float"})
    seat_map(here, "organisation-map", words("Where it and its partners are"), placed, level=2)


_PLACED = ("organisation_id", "name", "country", "city", "latitude", "longitude")


def _identity(here: Here, row: pd.Series) -> None:
    words = here.words
    names = []
    for column in ("name_original", "name_en", "name_fi"):
        if cells.has(row[column]) and row[column] not in names:
            names.append(row[column])
    lines = [
        (words("Names"), plain(" · ".join(names))),
        (words("Type"), plain(words.label("organisation_type", row["organisation_type"]))),
        (words("Place"), plain(place(row, words))),
        (
            words("Business id"),
            plain(row["business_id"])
            if cells.has(row["business_id"])
            else plain(words("not known")),
        ),
        (
            words("Web page"),
            link(row["url"], row["url"]) if web_address(row["url"]) else plain(words("not known")),
        ),
        (words("Source"), cells.source(row, words) if cells.has(row["source_title"]) else ""),
    ]
    data_table(
        pd.DataFrame(lines, columns=["fact", "value_link"]),
        {"fact": words("Fact"), "value_link": words("What is known")},
        alt=words("Key facts"),
    )


def _projects(here: Here, rows: pd.DataFrame) -> None:
    words = here.words
    st.header(words("Projects"))
    records = rows.to_dict(orient="records")
    selected = int(rows["is_selected"].sum())
    st.markdown(
        plain(
            words.plural(
                "{n} project in the whole data, {selected} of them in the selection.",
                "{n} projects in the whole data, {selected} of them in the selection.",
                len(rows),
                selected=words.number(selected),
            )
        )
    )
    data_table(
        pd.DataFrame(
            {
                "title_link": [cells.to_project(row, words, row["title"]) for row in records],
                "roles": [_roles(row["roles"], words) for row in records],
                "collection": [cells.collection(row["collection"], words) for row in records],
                "when": [cells.period(row, words) for row in records],
                "selected": [
                    words("yes") if row["is_selected"] else words("no") for row in records
                ],
            }
        ),
        {
            "title_link": words("Project"),
            "roles": words("Roles"),
            "collection": words("Collection"),
            "when": words("Period"),
            "selected": words("In the selection"),
        },
        alt=words("Projects"),
    )


def _partners(here: Here, rows: pd.DataFrame) -> None:
    words = here.words
    st.header(words("Works with"))
    if rows.empty:
        st.markdown(plain(words("No partner is named in its projects.")))
        return
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "name_link": [to_organisation(row, here) for row in records],
                "type": [
                    words.label("organisation_type", row["organisation_type"]) for row in records
                ],
                "place": [place(row, words) for row in records],
                "projects": [words.number(row["projects"]) for row in records],
            }
        ).head(60),
        {
            "name_link": words("Organisation"),
            "type": words("Type"),
            "place": words("Place"),
            "projects": words("Projects in common"),
        },
        alt=words("Works with"),
    )
