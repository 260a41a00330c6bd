"""The cards of what was chosen on the map: the places at a mark, the partners of a project."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from projectdata.maps import view
from projectdata.queries import places as queries
from projectdata.selection import Code
from projectdata.ui import address, cells
from projectdata.ui.cards import MOST_TABLE_ROWS, foot, heading
from projectdata.ui.map_address import joined, shown
from projectdata.ui.map_scene import HEIGHT, WIDTH, read_ground
from projectdata.ui.page import Here
from projectdata.ui.prose import plain
from projectdata.wording import in_sentence


def spot_card(here: Here) -> None:
    """The places of the mark that was chosen, on the map or in the box."""
    words, wanted = here.words, shown()
    if not wanted.spot or wanted.marks == "none":
        return
    rows = here.rows(queries.records, wanted.marks, _padded(wanted.spot))
    with st.container(border=True, key="card-spot"):
        title = words("At the chosen mark")
        heading(title, 2)
        if rows.empty:
            st.markdown(plain(words("No place of this selection lies here any more.")))
        else:
            towns = list(dict.fromkeys(rows["town"].dropna()))
            named = words.all_of(towns[:6]) if len(towns) <= 6 else ", ".join(towns[:6]) + " …"
            count = words.plural("{n} place", "{n} places", len(rows))
            projects = words.plural(
                "of {n} project", "of {n} projects", rows["project_id"].nunique()
            )
            st.markdown(plain(f"{count} {projects}: {named}."))
            st.markdown(_listed(here, rows.head(MOST_TABLE_ROWS)))
            if len(rows) > MOST_TABLE_ROWS:
                st.caption(
                    plain(
                        words(
                            "The first {n} are listed; all are in the table of places below.",
                            n=MOST_TABLE_ROWS,
                        )
                    )
                )
        with st.container(horizontal=True, key="spot-buttons"):
            if rows[["latitude", "longitude"]].drop_duplicates().shape[0] > 1:
                st.button(
                    words("Look closer"),
                    key="closer",
                    on_click=_look_closer,
                    args=(wanted.spot,),
                    icon=":material/zoom_in:",
                )
            st.button(
                words("Close this list"),
                key="close-spot",
                on_click=address.put_own,
                args=("spot", []),
            )


def _listed(here: Here, rows: pd.DataFrame) -> str:
    """Places as a list of links, each with what its mark stands for; it fits a phone."""
    words = here.words
    lines = []
    for row, project in zip(rows.itertuples(), cells.to_projects(rows, words), strict=True):
        said = [row.name, in_sentence(words.label("place_kind", row.place_kind))]
        said.append(cells.collection(row.collection, words))
        lines.append(f"- {project} – {plain(' · '.join(said))}")
    return "\n".join(lines)


def _padded(spot: Sequence[float]) -> tuple[float, float, float, float]:
    west, south, east, north = spot
    return west - 0.0001, south - 0.0001, east + 0.0001, north + 0.0001


def _look_closer(spot: Sequence[float]) -> None:
    west, south, east, north = spot
    window = view.fit(
        [(west, south), (east, north)],
        read_ground().window,
        width=WIDTH,
        height=HEIGHT,
        margin=120,
        closest=9,
    )
    address.put_own("view", [joined((window.longitude, window.latitude, round(window.zoom, 2)))])
    address.put_own("spot", [])


def partners_card(here: Here) -> None:
    """Who works together in the project whose partner lines are drawn."""
    words, wanted = here.words, shown()
    if not wanted.lines:
        return
    rows = here.rows(queries.partners_of, Code(wanted.lines))
    name = here.catalog.wording(here.selection.choosing("project", [wanted.lines])).label(
        "project", wanted.lines
    )
    title = words("Partners of {project}", project=name)
    with st.container(border=True, key="card-partners"):
        heading(title, 2)
        if rows.empty:
            st.markdown(
                plain(words("This project is not in the selection, or nobody is named in it."))
            )
            return
        seated = rows.dropna(subset=["latitude"])
        leads = list(rows.loc[rows["is_lead"], "name"])
        said = words.plural("{n} organisation", "{n} organisations", len(rows)) + " · "
        said += (
            words("lines run from the lead, {lead}", lead=words.all_of(leads))
            if leads
            else words("no lead is named, so no line is drawn")
        )
        if len(seated) < len(rows):
            said += " · " + words.plural(
                "the seat of {n} is not known",
                "the seats of {n} are not known",
                len(rows) - len(seated),
            )
        st.markdown(plain(said + "."))
        foot(
            here,
            "partners",
            title,
            rows,
            {
                "name": words("Organisation"),
                "role_label": words("Role"),
                "town": words("Town"),
                "country_label": words("Country"),
            },
            table=lambda: rows.assign(
                role_label=[words.label("role", role) for role in rows["role"]],
                country_label=[words.label("country", code) for code in rows["country"]],
            ),
            note=words(
                "Those who do the work: leads, beneficiaries, partners, associated partners."
            ),
        )
