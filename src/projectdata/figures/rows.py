"""Rows whose label stands above the bar: legible at any width, a phone's too."""

from collections.abc import Sequence

from projectdata.figures.base import safe, wrapped
from projectdata.figures.sheet import Sheet
from projectdata.palette import Colours

WIDTH = 44
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


def write(sheet: Sheet, labels: Sequence[str], at: Sequence[int], colours: Colours) -> None:
    """Write each label above the place of its bar."""
    look = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": colours.ink},
    }
    for text, y in zip(labels, at, strict=True):
        sheet.add_annotation(**look, text=text, y=y - 9)


def key(sheet: Sheet, entries: Sequence[tuple[str, str, str]], colours: Colours) -> None:
    """What the marks mean, written under the figure: (character, meaning, colour) each.

    A legend of plotly's own stacks over other text where the figure is narrow.
    """
    lines: list[list[str]] = [[]]
    width = 0
    for mark, meaning, colour in entries:
        if width and width + len(meaning) + 4 > WIDTH:
            lines.append([])
            width = 0
        width += len(meaning) + 4
        sign = f'<span style="color:{colour}">{mark}</span>'
        lines[-1].append(f"{sign} {safe(meaning)}")
    above = sheet.layout["margin"]["b"]
    sheet.add_annotation(
        text="<br>".join("   ".join(line) for line in lines),
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-above,
        align="left",
        showarrow=False,
        font={"size": 13, "color": colours.ink},
    )
    sheet.update_layout(
        margin={"b": above + 20 * len(lines) + 8},
        height=sheet.layout["height"] + 20 * len(lines) + 8,
    )
