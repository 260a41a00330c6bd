"""Rows whose label stands above the bar: legible at any width, a phone's too."""

from collections.abc import Sequence

import plotly.graph_objects as go

from projectdata.figures.base import wrapped
from projectdata.palette import Colours

WIDTH = 50
"""Characters in a line of a label: what a phone can show."""

LINE, BAND, HEADING = 18, 30, 30
"""Heights in pixels: a line of a label, the bar under it, a heading with its gap."""

THICK = 12
"""Height of a bar in pixels."""


def label(text: object, lines: int = 2) -> str:
    """A label wrapped to the width of a phone."""
    return wrapped(text, WIDTH, lines)


def places(labels: Sequence[str], headings: Sequence[bool] | None = None) -> list[int]:
    """Where the bar of each row lies, in pixels from the top; a heading has no bar."""
    found, top = [], 0
    for text, heading in zip(labels, headings or [False] * len(labels), strict=True):
        lines = LINE * (text.count("<br>") + 1)
        top += HEADING if heading else lines + BAND
        found.append(top - (0 if heading else BAND - LINE))
    return found


def write(figure: go.Figure, labels: Sequence[str], at: Sequence[int], colours: Colours) -> None:
    """Write each label above the place of its bar."""
    for text, place in zip(labels, at, strict=True):
        figure.add_annotation(
            text=text,
            x=0,
            xref="paper",
            xanchor="left",
            y=place - 9,
            yanchor="bottom",
            align="left",
            showarrow=False,
            font={"size": 13, "color": colours.ink},
        )
