"""Figures that were drawn before, for whoever asks for the same picture.

Drawing is most of what a page costs the server, and most pages are asked for more than once: by
other readers, and by the same reader who takes a choice back. A figure depends on nothing but what
its maker is given, so the same maker with the same rows, words and colours has the same figure.
"""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from projectdata.figures import base
from projectdata.palette import Colours
from projectdata.wording import Wording

KEPT = 200
"""Figures, of all readers together: some 100 kB each."""


def _told(maker: "partial[go.Figure]") -> tuple[Any, ...]:
    return (
        maker.func.__module__,
        maker.func.__qualname__,
        maker.args,
        sorted(maker.keywords.items()),
    )


def _spoken(words: Wording) -> tuple[Any, ...]:
    # Its labels are those of the data, which `version` names.
    return words.lang, sorted(words.names.items())


@st.cache_resource(
    max_entries=KEPT,
    show_spinner=False,
    hash_funcs={partial: _told, Wording: _spoken, Colours: hash},
)
def figure(
    maker: "partial[go.Figure]", said: Sequence[str], colours: Colours, version: Hashable
) -> go.Figure:
    """What a maker draws, under it in small print what was `said`. Nobody may change the figure.

    `version` names the data whose labels the maker's words hold.
    """
    drawn = maker()
    base.small_print(drawn, said, colours)
    return drawn
