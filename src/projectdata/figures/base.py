"""What all figures share: type, colour, gridlines, axes of money, text from data."""

import copy
import math
import textwrap
from functools import lru_cache

import plotly.graph_objects as go

from projectdata.palette import Colours
from projectdata.wording import Wording

FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, system-ui, sans-serif"
BAR = 26
"""Height of one horizontal bar with its gap, in pixels."""


def empty_figure(colours: Colours, words: Wording, *, height: int) -> go.Figure:
    """A figure in the look of the dashboard, with nothing drawn yet."""
    figure = copy.deepcopy(_blank(colours, words.lang))
    figure.update_layout(height=height)
    return figure


@lru_cache(maxsize=8)
def _blank(colours: Colours, lang: str) -> go.Figure:
    """The look, made once: plotly takes seven times longer to check it than to copy it."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        font={"family": FONT, "size": 14, "color": colours.ink},
        paper_bgcolor=colours.paper,
        plot_bgcolor=colours.paper,
        margin={"l": 8, "r": 16, "t": 8, "b": 40},
        separators=",\u00a0" if lang == "fi" else ".,",
        hoverlabel={
            "bgcolor": colours.paper,
            "bordercolor": colours.line,
            "font": {"color": colours.ink, "family": FONT},
        },
        showlegend=False,
        dragmode=False,
        barcornerradius=3,
    )
    figure.update_xaxes(
        gridcolor=colours.line, zeroline=False, automargin=True, fixedrange=True, showline=False
    )
    figure.update_yaxes(
        gridcolor=colours.line, zeroline=False, automargin=True, fixedrange=True, showline=False
    )
    return figure


def money_axis(figure: go.Figure, words: Wording, greatest: float, *, axis: str = "x") -> None:
    """Label an axis from zero in money as people read it, with four to six round steps."""
    steps = round_steps(greatest)
    update = figure.update_xaxes if axis == "x" else figure.update_yaxes
    update(
        tickvals=steps,
        ticktext=[words.money_short(v) if v else "0" for v in steps],
        range=[0, max(steps[-1], greatest) * 1.02],
        rangemode="tozero",
    )


def count_axis(figure: go.Figure, words: Wording, greatest: float, *, axis: str = "x") -> None:
    """Label an axis from zero in whole numbers."""
    steps = [step for step in round_steps(greatest) if float(step).is_integer()]
    update = figure.update_xaxes if axis == "x" else figure.update_yaxes
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
