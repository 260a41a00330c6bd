"""Other words to search by, offered under the selection with the hits they give."""

import streamlit as st

from projectdata import synonyms
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection, value_label
from projectdata.ui import address
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

MOST = 5


def offer(here: Here) -> None:
    """Buttons that replace a word of the search by one that means the same."""
    words = here.words
    if not here.selection.q:
        return
    found = [(way, _projects(here, way)) for way in synonyms.ways(here.selection)]
    found = [(way, n) for way, n in found if n]
    if not found and here.projects == 0:
        tried = ((way, _projects(here, way)) for way in synonyms.shorter(here.selection))
        first = next(((way, n) for way, n in tried if n), None)
        found = [first] if first else []
    if not found:
        return
    found.sort(key=lambda pair: (not pair[0].parameter, -pair[1]))
    with st.container(horizontal=True, gap="small", key="search-also", vertical_alignment="center"):
        st.markdown(plain(words("Search also:")), width="content")
        for number, (way, n) in enumerate(found[:MOST]):
            st.button(
                plain(f"{_label(here, way)} ({words.number(n)})"),
                key=f"also-{number}",
                help=words("Puts this in place of your word"),
                on_click=_take,
                args=(way,),
            )


def _take(offered: synonyms.Way) -> None:
    """Search so, in what the address holds now; if its word is gone by then, nothing changes."""

    def made(chosen: Selection) -> Selection:
        every = (*synonyms.ways(chosen), *synonyms.shorter(chosen))
        return next((way.selection for way in every if way.means(offered)), chosen)

    address.change(made)


def _projects(here: Here, way: synonyms.Way) -> int:
    return int(here.catalog.rows(measure_totals, way.selection)["projects"].iloc[0])


def _label(here: Here, way: synonyms.Way) -> str:
    if way.parameter:
        return value_label(way.parameter, way.value, here.words)
    return here.words("“{beginning}…”", beginning=way.stem)
