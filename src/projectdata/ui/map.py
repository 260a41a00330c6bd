"""The card of the map: the map, its legend, the boxes beside it, its picture to take away."""

from datetime import date

import streamlit as st

from projectdata.maps import deck, picture, scene
from projectdata.queries import denominators
from projectdata.queries import places as queries
from projectdata.ui import address, people
from projectdata.ui.cards import heading
from projectdata.ui.map_address import joined, name_odd_values, shown
from projectdata.ui.map_choices import country_box, lines_box, put_country, spot_box, switches
from projectdata.ui.map_legend import legend
from projectdata.ui.map_scene import HEIGHT, WIDTH, read_ground, scene_of_selection
from projectdata.ui.map_words import foot_of_countries, title_of_map, twin_of_map
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

ASIDE = 260
"""Pixels of what stands beside the map."""
TURN = "_map_turn"


def map_card(here: Here) -> None:
    """Countries and marks on one map, its legend, the boxes that do what a click does."""
    words, wanted = here.words, shown()
    name_odd_values(here, wanted)
    rows = people.with_rates(here.rows(denominators.by_country))
    outside = here.rows(queries.outside_countries).iloc[0]
    title = title_of_map(here, wanted)
    with st.container(border=True, key="card-map"):
        heading(title, 2)
        if here.projects == 0:
            st.markdown(plain(words("No project in this selection, so nothing stands on the map.")))
            return
        twin = twin_of_map(here, wanted, rows)
        st.markdown(plain(twin))
        switches(here)
        drawn = scene_of_selection(here, wanted, rows)
        with st.container(horizontal=True, key="map-and-legend"):
            _map(here, drawn, title)
            with st.container(width=ASIDE, key="map-aside"):
                country_box(here, rows)
                spot_box(here, wanted, drawn.marks)
                lines_box(here, wanted)
                legend(here, drawn)
        foot_of_countries(here, wanted, title, rows, outside)
        _picture_button(here, drawn, title, twin)


def _map(here: Here, drawn: scene.Scene, title: str) -> None:
    turn = st.session_state.get(TURN, 0)
    st.pydeck_chart(
        deck.draw(drawn, read_ground(), here.colours, turn=turn),
        key="figure-map",
        width=WIDTH,
        height=HEIGHT,
        alt=here.words("{title}. The same as a table below the map.", title=title),
        on_select=lambda: _clicked(here),
        selection_mode="single-object",
    )


def _clicked(here: Here) -> None:
    """A click on a country sets the filter, a click on a mark opens its list."""
    picked = st.session_state["figure-map"]["selection"]["objects"]
    for layer, objects in picked.items():
        if not objects:
            continue
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        if layer.startswith("countries"):
            _choose_country(here, objects[0]["properties"]["country"])
        elif layer.startswith("marks"):
            address.put_own("spot", [joined(objects[0]["bounds"])])


def _choose_country(here: Here, code: str) -> None:
    """Set the country filter; the country that is chosen alone is let go."""
    alone = here.selection.values("country") == (code,)
    put_country("" if alone else code)


def _picture_button(here: Here, drawn: scene.Scene, title: str, twin: str) -> None:
    words = here.words
    package = here.catalog.package

    def draw() -> bytes:
        return picture.draw(
            drawn,
            read_ground(),
            here.colours,
            title=title,
            said=[here.sentence + ".", twin],
            foot=[
                words(
                    "projectdata {version} · {day} · data: the sources named in the dataset · "
                    "land: Natural Earth, public domain",
                    version=package.version,
                    day=words.date(date.today()),
                )
            ],
        ).encode()

    st.download_button(
        words("Download the map as a picture (SVG)"),
        data=draw,
        file_name="projectdata-map.svg",
        mime="image/svg+xml",
        key="download-map-picture",
        on_click="ignore",
        type="tertiary",
        icon=":material/image:",
    )
