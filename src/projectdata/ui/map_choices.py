"""Choosing on the map: the switches over it, and the boxes that do what a click does."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from projectdata.maps import scene
from projectdata.queries import places as queries
from projectdata.selection import value_label
from projectdata.ui import address
from projectdata.ui.map_address import Shown, joined, one_of
from projectdata.ui.options import counted, draw, is_news, meant
from projectdata.ui.page import Here


def switches(here: Here) -> None:
    """What colours the countries, and what the marks are."""
    words = here.words
    with st.container(horizontal=True, key="map-choices"):
        _switch(
            here,
            "layer",
            words("Countries coloured by"),
            {
                "projects": words("Projects"),
                "money": words("Money"),
                "projects_per_100000": words("Projects per 100,000 inhabitants"),
                "money_per_100000": words("Money per 100,000 inhabitants"),
                "none": words("Nothing"),
            },
        )
        _switch(
            here,
            "marks",
            words("Marks"),
            {
                "places": words("Project places"),
                "seats": words("Partner seats"),
                "labs": words("Labs"),
                "none": words("None"),
            },
        )


def _switch(here: Here, name: str, title: str, options: Mapping[str, str]) -> None:
    """A choice that lives in the address; the first option is the default and stays out of it."""
    default = next(iter(options))
    value, key = one_of(name, tuple(options)), f"map-{name}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value

    def put() -> None:
        picked = st.session_state[key]
        address.put_own(name, [] if picked in (None, default) else [picked])
        if name == "marks":
            address.put_own("spot", [])

    st.segmented_control(
        title,
        list(options),
        key=key,
        format_func=lambda option: options.get(option, option),
        on_change=put,
        required=True,
        wrap=True,
    )


def country_box(here: Here, rows: pd.DataFrame) -> None:
    """The box that sets the country filter."""
    words, chosen = here.words, here.selection.values("country")
    counts = dict(zip(rows["country"], rows["projects"], strict=True))
    options = ["", *dict.fromkeys([*chosen, *counts])]
    key, value = "map-country", chosen[0] if len(chosen) == 1 else ""
    draw(key, value)

    several = words("Several countries") if len(chosen) > 1 else words("All countries")
    names = {code: value_label("country", code, words) if code else several for code in options}

    def label(code: str) -> str:
        name = names.get(code, code)
        return counted(name, words.number(counts.get(code, 0))) if code else name

    st.selectbox(
        words("Choose a country"),
        options,
        key=key,
        format_func=label,
        on_change=_choose_country_in_box,
        args=(key, names),
        help=words("A click on the map does the same."),
    )


def _choose_country_in_box(key: str, names: Mapping[str, str]) -> None:
    code = meant(st.session_state[key], names)
    if code is not None and is_news(key, code):
        put_country(code)


def put_country(code: str) -> None:
    """Let one country be the filter; none with an empty code."""
    address.change(lambda chosen: chosen.choosing("country", [code] if code else []))


def spot_box(here: Here, wanted: Shown, made: Sequence[scene.Mark]) -> None:
    """The box that opens the list of a mark, and the way back from a closer view."""
    if not made:
        return
    words = here.words
    ordered = sorted(made, key=lambda mark: (-mark.places, mark.name))
    value = joined(wanted.spot) if wanted.spot else ""
    names = {
        "": words("No mark chosen"),
        **({value: words("The chosen mark")} if value else {}),
        **{joined(mark.bounds): mark.name for mark in ordered},
    }
    places = {joined(mark.bounds): words.number(mark.places) for mark in ordered}

    def label(spot: str) -> str:
        name = names.get(spot, spot)
        return counted(name, places[spot]) if spot in places else name

    key = "map-spot"
    draw(key, value)
    st.selectbox(
        words("List what is at a mark"),
        list(names),
        key=key,
        format_func=label,
        on_change=_put_one,
        args=("spot", key, names),
        help=words(
            "A click on the mark does the same. The number says how many places it stands for."
        ),
    )
    if wanted.close:
        st.button(
            words("Back to the whole selection"),
            key="map-back",
            icon=":material/zoom_out_map:",
            on_click=address.put_own,
            args=("view", []),
        )


def lines_box(here: Here, wanted: Shown) -> None:
    """The box that chooses whose partner lines are drawn."""
    rows = here.rows(queries.connected_projects)
    words = here.words
    names = dict(zip(rows["project_id"], rows["title"], strict=True))
    if not names and not wanted.lines:
        return
    value = wanted.lines
    names = {
        "": words("No project chosen"),
        **({value: names.get(value, value)} if value else {}),
        **names,
    }
    key = "map-lines"
    draw(key, value)
    st.selectbox(
        words("Draw the partner lines of a project"),
        list(names),
        key=key,
        format_func=lambda code: names.get(code, code),
        on_change=_put_one,
        args=("lines", key, names),
    )


def _put_one(name: str, key: str, names: Mapping[str, str]) -> None:
    value = meant(st.session_state[key], names)
    if value is not None and is_news(key, value):
        address.put_own(name, [value] if value else [])
