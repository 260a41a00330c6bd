"""What all figures share: type, colour, gridlines, axes of money, text from data."""

import math
import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from projectdata.figures.sheet import Sheet
from projectdata.palette import Colours
from projectdata.wording import Wording

FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, system-ui, sans-serif"
BAR = 26
"""Height of one horizontal bar with its gap, in pixels."""

BARE = {"data": {"scatter": [{"type": "scatter"}]}}
"""Plotly's template "none": without one it puts in its own."""


def empty_figure(colours: Colours, words: Wording, *, height: int) -> Sheet:
    """A figure in the look of the dashboard, with nothing drawn yet."""
    axis = {
        "gridcolor": colours.line,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "showline": False,
    }
    return Sheet(
        {
            "height": height,
            "template": BARE,
            "font": {"family": FONT, "size": 14, "color": colours.ink},
            "paper_bgcolor": colours.paper,
            "plot_bgcolor": colours.paper,
            "margin": {"l": 8, "r": 16, "t": 8, "b": 40},
            "separators": ",\u00a0" if words.lang == "fi" else ".,",
            "hoverlabel": {
                "bgcolor": colours.paper,
                "bordercolor": colours.line,
                "font": {"color": colours.ink, "family": FONT},
            },
            "showlegend": False,
            "dragmode": False,
            "barcornerradius": 3,
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def money_axis(sheet: Sheet, words: Wording, greatest: float, *, axis: str = "x") -> None:
    """Label an axis from zero in money as people read it, with four to six round steps."""
    steps = round_steps(greatest)
    update = sheet.update_xaxes if axis == "x" else sheet.update_yaxes
    update(
        tickvals=steps,
        ticktext=[words.money_short(v) if v else "0" for v in steps],
        range=[0, max(steps[-1], greatest) * 1.02],
        rangemode="tozero",
    )


def count_axis(sheet: Sheet, words: Wording, greatest: float, *, axis: str = "x") -> None:
    """Label an axis from zero in whole numbers."""
    steps = [step for step in round_steps(greatest) if float(step).is_integer()]
    update = sheet.update_xaxes if axis == "x" else sheet.update_yaxes
    update(
        tickvals=steps,
        ticktext=[words.number(v) for v in steps],
        range=[0, max([*steps, greatest]) * 1.02],
    )


def round_steps(greatest: float) -> list[float]:
    """Zero and three to five round numbers up to or past the greatest value."""
    if not greatest or greatest <= 0:
        return [0, 1]
    rough = greatest / 4
    unit = 10 ** math.floor(math.log10(rough))
    step = next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= rough)
    return [step * n for n in range(math.ceil(greatest / step) + 1)]


def safe(text: object) -> str:
    """Text of data in a figure: plotly reads some tags, so none gets through."""
    return str(text).replace("<", "‹").replace(">", "›")


def wrapped(text: object, width: int = 34, lines: int = 2) -> str:
    """A label broken into at most so many lines, with an ellipsis where it is cut."""
    parts = textwrap.wrap(safe(text), width) or [""]
    if len(parts) > lines:
        parts = [*parts[: lines - 1], parts[lines - 1][: width - 1].rstrip() + "…"]
    return "<br>".join(parts)


def small_print(figure: go.Figure, said: Sequence[str], colours: Colours) -> None:
    """Write what is said under a figure, which grows by its lines."""
    # Short lines, because a phone shows no more than about 54 letters of this size.
    lines = wrapped(" · ".join(said), 54, 14)
    room = max(34, 14 * (lines.count("<br>") + 1) + 6)
    bottom = (figure.layout.margin.b or 40) + room
    figure.update_layout(margin_b=bottom, height=(figure.layout.height or 400) + room - 34)
    figure.add_annotation(
        text=lines,
        xref="paper",
        yref="paper",
        x=0,
        y=0,
        yshift=-(bottom - 6),
        xanchor="left",
        yanchor="bottom",
        align="left",
        showarrow=False,
        font={"size": 11, "color": colours.quiet},
    )
