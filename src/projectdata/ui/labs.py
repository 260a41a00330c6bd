"""The cards of the labs page: where the labs are, each lab, for whom, how to set one up."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from projectdata.queries import labs as queries
from projectdata.queries import places
from projectdata.queries.rows import JOINED
from projectdata.selection import UNKNOWN
from projectdata.ui.cards import data_table, foot, heading
from projectdata.ui.map_legend import legend
from projectdata.ui.map_scene import EXACT_CELL, small_map
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain


def all_cards(here: Here) -> None:
    """Every card of the page, or a sentence where no project of the selection has a lab."""
    every = here.rows(queries.labs)
    if every.empty:
        st.markdown(
            plain(here.words("No project in this selection has a learning and innovation lab."))
        )
        return
    kept = _kept(here, every)
    definition_card(here)
    map_card(here, every, kept)
    lab_cards(here, kept)
    groups_card(here)
    guidelines_card(here)
    missing_card(here)


def definition_card(here: Here) -> None:
    """What a lab is, in the words of the project."""
    rows = _said(here, "definition")
    for row in rows.itertuples():
        with st.container(border=True, key=f"card-definition-{row.Index}"):
            heading(here.words("What a lab is"), 2)
            st.markdown(plain(row.text))
            _source(here, row)


def map_card(here: Here, every: pd.DataFrame, kept: pd.DataFrame) -> None:
    """The places of the labs on a small map, and all labs as a table."""
    words = here.words
    spots = here.rows(places.spots, "labs", EXACT_CELL)
    title = words("Where the labs are")
    with st.container(border=True, key="card-labs"):
        heading(title, 2)
        twin = _twin(here, every, spots)
        st.markdown(plain(twin))
        if len(kept) < len(every):
            st.markdown(
                plain(
                    words(
                        "{n} of them in the chosen countries and for the chosen groups; "
                        "only these are described below.",
                        n=words.number(len(kept)),
                    )
                )
            )
        lab_names = here.rows(queries.lab_places).set_index("name")["lab"].to_dict()
        if not spots.empty:
            with st.container(horizontal=True, key="labs-map"):
                drawn = small_map(
                    here,
                    "labs",
                    spots,
                    kind="labs",
                    tip=lambda spot: _tip(here, spot, lab_names),
                    alt=f"{title}. {twin}",
                    height=480,
                )
                with st.container(width=240, key="labs-aside"):
                    legend(here, drawn)
        foot(
            here,
            "labs",
            title,
            every,
            {
                "name": words("Lab"),
                "country_label": words("Country"),
                "place_list": words("Places"),
                "for_whom": words("For whom"),
                "host_label": words("Host"),
                "source_link": words("Source"),
            },
            table=lambda: every.assign(
                country_label=[words.country(code) for code in every["country"]],
                place_list=[_list(value) for value in every["places"]],
                host_label=[_host(here, row) for row in every.itertuples()],
                source_link=[link(row.source_title, row.source_url) for row in every.itertuples()],
            ),
            note=words(
                "Where a town lies is general knowledge; a star marks the town, not an address."
            ),
        )


def lab_cards(here: Here, rows: pd.DataFrame) -> None:
    """One calm card a lab."""
    words = here.words
    heading(words("The labs one by one"), 2)
    if rows.empty:
        st.markdown(plain(words("No lab is in the chosen countries and for the chosen groups.")))
    for row in rows.itertuples():
        with st.container(border=True, key=f"card-lab-{row.lab_id}"):
            heading(row.name, 3)
            where = (
                f"{words.country(row.country)} · {_list(row.places)}"
                if _list(row.places)
                else words.country(row.country)
            )
            st.markdown(plain(where))
            said = [
                (words("Objective"), row.objective),
                (words("For whom"), row.for_whom),
                (
                    words("Target groups"),
                    ", ".join(
                        words.label("target_group", code) for code in _codes(row.target_groups)
                    ),
                ),
                (words("Host"), _host(here, row)),
            ]
            st.markdown(
                "\n".join(
                    f"- **{plain(name)}**: {plain(text)}"
                    for name, text in said
                    if isinstance(text, str) and text
                )
            )
            quiet = [plain(row.note)] if isinstance(row.note, str) else []
            quiet.append(
                plain(words("Project:"))
                + " "
                + page_link(
                    row.project, "project", ("project", row.project_id), ("lang", words.lang)
                )
            )
            quiet.append(
                plain(words("Source:"))
                + f" {link(row.source_title, row.source_url)}, "
                + plain(words("read on {day}", day=words.date(row.accessed.date())))
            )
            st.caption(" · ".join(quiet))
    without = here.rows(queries.partners_without_lab)
    if not without.empty:
        named = [f"{row.name}, {words.country(row.country)}" for row in without.itertuples()]
        st.markdown(
            plain(
                words(
                    "Partners for which no lab is described: {partners}.", partners="; ".join(named)
                )
            )
        )


def groups_card(here: Here) -> None:
    """Which labs are for which groups, and from which words that is known."""
    words = here.words
    rows = here.rows(queries.target_groups)
    if rows.empty:
        return
    title = words("For whom the labs are")
    with st.container(border=True, key="card-lab-groups"):
        heading(title, 2)
        counted = rows["target_group"].value_counts()
        best = [code for code, n in counted.items() if n == counted.iloc[0]]
        st.markdown(
            plain(
                words(
                    "Named most often: {groups} ({n} labs).",
                    groups=words.all_of([words.label("target_group", code) for code in best]),
                    n=words.number(int(counted.iloc[0])),
                )
            )
        )
        table = rows.assign(
            group=[words.label("target_group", code) for code in rows["target_group"]],
            basis_label=[words.label("basis", code) for code in rows["basis"]],
        )
        columns = {
            "group": words("Target group"),
            "lab": words("Lab"),
            "basis_label": words("Basis"),
            "evidence": words("Words of the source"),
        }
        data_table(table, columns, alt=title)
        foot(here, "lab-groups", title, rows, columns, table=lambda: table)


def guidelines_card(here: Here) -> None:
    """How to set up a lab."""
    rows = _said(here, "guideline")
    if rows.empty:
        return
    words = here.words
    title = words("Guidelines for setting up a lab")
    with st.container(border=True, key="card-guidelines"):
        heading(title, 2)
        st.markdown(
            "\n".join(f"{n}. {plain(text)}" for n, text in enumerate(rows["text"], start=1))
        )
        st.caption(plain(words("In our words, from the source.")))
        _source(here, rows.iloc[0])


def missing_card(here: Here) -> None:
    """What is not known of the labs and their projects, and where sources disagree on them."""
    words = here.words
    for field, title in (
        ("missing", words("What is missing")),
        ("labs", words("What sources say differently of the labs")),
    ):
        rows = _said(here, field)
        if not rows.empty:
            with st.container(border=True, key=f"card-said-{field}"):
                heading(title, 2)
                st.markdown(
                    "\n".join(
                        f"- {plain(row.text)} ({link(row.source_title, row.source_url)})"
                        for row in rows.itertuples()
                    )
                )


def _kept(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    """The labs in the chosen countries and for the chosen groups; the filters choose projects."""
    chosen = here.selection
    places_ = [code for code in chosen.values("country") if code != UNKNOWN]
    groups = {code for code in chosen.values("target_group") if code != UNKNOWN}
    if places_:
        rows = rows[rows["country"].isin(places_)]
    if groups:
        rows = rows[[bool(groups & set(_codes(codes))) for codes in rows["target_groups"]]]
    return rows


def _twin(here: Here, rows: pd.DataFrame, spots: pd.DataFrame) -> str:
    words = here.words
    labs = words.plural("{n} lab", "{n} labs", len(rows))
    count = int(spots["places"].sum()) if not spots.empty else 0
    where = words.plural("in {n} place", "in {n} places", count)
    countries = words.all_of([words.country(code) for code in dict.fromkeys(rows["country"])])
    projects = words.all_of(list(dict.fromkeys(rows["project"])))
    return words(
        "{labs} of {projects} {places}: {countries}.",
        labs=labs,
        projects=projects,
        places=where,
        countries=countries,
    )


def _tip(here: Here, spot: Mapping[str, Any], lab_names: Mapping[str, str]) -> str:
    names = list(spot["names"])
    labs = dict.fromkeys(lab_names.get(name, "") for name in names)
    return "\n".join((*[name for name in labs if name], ", ".join(names)))


def _said(here: Here, field: str) -> pd.DataFrame:
    rows = here.rows(queries.said)
    return rows[rows["field"] == field].reset_index(drop=True)


def _source(here: Here, row: Any) -> None:
    if isinstance(row.source_title, str):
        source = here.words("Source:")
        st.caption(f"{plain(source)} {link(row.source_title, row.source_url)}")


def _host(here: Here, row: Any) -> str:
    if not isinstance(row.host, str):
        return here.words("not known")
    basis = here.words.label("basis", row.host_basis) if isinstance(row.host_basis, str) else ""
    return f"{row.host} ({basis.lower()})" if basis else row.host


def _codes(value: object) -> list[str]:
    return value.split(JOINED) if isinstance(value, str) else []


def _list(value: object) -> str:
    return ", ".join(_codes(value))
