"""The legend of a map: what its colours and marks mean."""

from base64 import b64encode

import streamlit as st

from projectdata.maps import scene
from projectdata.maps.swatch import SIZE, swatch
from projectdata.ui.page import Here
from projectdata.ui.prose import escaped


def legend(here: Here, drawn: scene.Scene) -> None:
    """What colours and marks mean, as a list beside the map."""
    if not drawn.legend:
        return
    parts = []
    for title, entries in drawn.legend:
        items = "".join(
            '<li style="display:flex;gap:0.6rem;align-items:flex-start;margin:0 0 0.3rem 0">'
            f'<img src="{_image(swatch(entry, here.colours))}" alt="" width="{SIZE}" '
            f'height="{SIZE}" style="flex:none;margin-top:2px">'
            f"<span>{escaped(entry.label)}</span></li>"
            for entry in entries
        )
        parts.append(
            f'<p style="margin:0.6rem 0 0.4rem 0"><strong>{escaped(title)}</strong></p>'
            f'<ul style="list-style:none;margin:0;padding:0">{items}</ul>'
        )
    st.html("".join(parts))


def _image(drawing: str) -> str:
    """A swatch as an image inside the page: Streamlit takes SVG elements out of HTML."""
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" '
        f'font-family="sans-serif">{drawing}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(whole.encode()).decode()
