"""The one switch of the lens: only projects about social services, or everything imported."""

import streamlit as st

from projectdata.queries import lens as queries
from projectdata.selection import OTHER, SOCIAL, Chip, Selection
from projectdata.ui import address
from projectdata.ui.page import Here
from projectdata.ui.prose import page_link, plain

LENS, EVERYTHING = (SOCIAL,), (OTHER, SOCIAL)
"""What `relevance` says with the switch on, and off."""


def switch(here: Here) -> None:
    """The switch, with the numbers of both sides; nothing where there is but one side."""
    if not queries.holds_others(here.catalog):
        return
    words, key = here.words, "lens"
    found = queries.split(here.catalog, here.selection)
    on = here.selection.values("relevance") == LENS
    if st.session_state.get(key) != on:
        st.session_state[key] = on
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="lens-row"):
        st.toggle(
            words("Social services only"),
            key=key,
            help=words(
                "The imported registers hold projects of every kind. With this on you see those "
                "that an official category or words of their own place among social services."
            ),
            width="content",
            on_change=_choose,
            args=(key,),
        )
        numbers = words(
            "{n} of {m} projects", n=words.number(found.social), m=words.number(found.all)
        )
        about = (("section", "lens"), ("lang", words.lang))
        how = page_link(words("How this is decided"), "about", *about)
        st.markdown(f"{plain(numbers)} · {how}", width="content")


def chips(here: Here) -> list[Chip]:
    """The chips of the selection, but for what the switch shows."""
    made = here.selection.chips(here.words)
    if here.selection.values("relevance") != LENS or not queries.holds_others(here.catalog):
        return made
    return [chip for chip in made if chip.parameter != "relevance"]


def cleared(selection: Selection) -> Selection:
    """A selection without its filters; the switch stays as it is."""
    kept = [value for value in selection.values("relevance") if value in EVERYTHING]
    return selection.cleared().choosing("relevance", kept)


def _choose(key: str) -> None:
    values = LENS if st.session_state[key] else EVERYTHING
    address.change(lambda chosen: chosen.choosing("relevance", values))
    second = f"{address.SECOND}relevance"
    if address.own(second):
        address.put_own(second, values)
