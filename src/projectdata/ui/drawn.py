"""Figures that were drawn before, for whoever asks for the same picture.

Drawing is most of what a page costs the server, and most pages are asked for more than once: by
other readers, and by the same reader who takes a choice back. A figure depends on nothing but what
its maker is given, so the same maker with the same rows, words and colours has the same figure.
Rows are told by their content; above 50,000 Streamlit looks at some of them only, but no figure
draws a tenth of that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from projectdata.figures import base
from projectdata.palette import Colours
from projectdata.wording import Wording

KEPT = 300
"""Figures, of all readers together: some 50 kB each."""

CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "responsive": True,
    "scrollZoom": False,
}


@dataclass(frozen=True)
class Setting:
    """What a figure stands in."""

    key: str
    alt: str
    said: tuple[str, ...]
    """The small print under it."""

    colours: Colours
    version: str
    """Of the data, whose labels the words of the maker hold."""

    def how(self) -> dict[str, Any]:
        """The arguments of `st.plotly_chart` beside the figure."""
        picture = {"toImageButtonOptions": {"filename": self.key, "scale": 2}}
        return {
            "key": f"figure-{self.key}",
            "theme": None,
            "alt": self.alt,
            "config": CONFIG | picture,
        }


def _told(maker: "partial[go.Figure]") -> tuple[Any, ...]:
    return (
        maker.func.__module__,
        maker.func.__qualname__,
        maker.args,
        sorted(maker.keywords.items()),
    )


def _spoken(words: Wording) -> tuple[Any, ...]:
    # Its labels are those of the data, which the setting's version names.
    return words.lang, sorted(words.names.items())


HASHED: dict[str | type[Any], Callable[[Any], Any]] = {
    partial: _told,
    Wording: _spoken,
    Colours: hash,
}


@st.cache_data(max_entries=KEPT, show_spinner=False, hash_funcs=HASHED)
def show(maker: "partial[go.Figure]", setting: Setting) -> None:
    """Show what a maker draws. What was shown before is sent again as it left."""
    st.plotly_chart(_drawn(maker, setting), **setting.how())


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs=HASHED)
def figure(maker: "partial[go.Figure]", setting: Setting) -> go.Figure:
    """What a maker draws, for a chart that is a widget. Nobody may change the figure."""
    return _drawn(maker, setting)


def _drawn(maker: "partial[go.Figure]", setting: Setting) -> go.Figure:
    drawn = maker()
    base.small_print(drawn, setting.said, setting.colours)
    return drawn
