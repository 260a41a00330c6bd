"""Money compared, on one named basis, with how many projects say it beside every bar."""

import math
import re
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import base
from projectdata.figures.sheet import Sheet
from projectdata.palette import PATTERNS, Colours
from projectdata.shares import CLASS_BORDERS, REST, SEVERAL_VALUES, SHARE_STEP
from projectdata.wording import UNKNOWN, Wording

ROW = 54
"""Height of one bar with its two words above it, in pixels."""

CAPTION = 34
"""Room for the line that the card writes under a figure."""

LINE = 44
"""Letters of a quiet word that a phone shows in one line."""

MORE_LINE = 24
"""What a row grows by where its quiet word takes one more line, in pixels."""

LETTER, SMALLEST_TOLD = 8, 16
"""Width of a digit in a circle with a little air, and of the least circle that has one, in
pixels."""

MOST_TICKS = 5
"""Amounts named along an axis, so that a phone shows them side by side."""

STATES = ("published", "zero", "other_currency", "not_published")


def value_name(by: str, value: str, words: Wording) -> str:
    """The name of a value of a dimension, those that stand for several or for none included."""
    if value == UNKNOWN:
        return words("Not known")
    if value == REST:
        return {
            "country": words("Other countries"),
            "target_group": words("Other target groups"),
            "fund": words("Other funds"),
        }.get(by, words("Others"))
    if value == SEVERAL_VALUES:
        return {
            "country": words("Several countries"),
            "target_group": words("Several target groups"),
        }.get(by, words("Several"))
    return words.label(by, value)


def state_name(state: str, words: Wording) -> str:
    """What is known of an amount, in words."""
    return {
        "published": words("Published in euros"),
        "zero": words("Published as zero"),
        "other_currency": words("Only in another currency"),
        "not_published": words("Not published"),
    }[state]


def amounts_by(rows: pd.DataFrame, words: Wording, colours: Colours, by: str) -> go.Figure:
    """One bar a value for the sum; the median and the coverage stand above it.

    Where no amount is published there is no bar but a sentence, so that nothing looks like zero.
    """
    sheet = rows_figure(colours, words, len(rows))
    greatest = float(rows["sum_eur"].max()) if rows["sum_eur"].notna().any() else 0.0
    places = list(range(len(rows)))
    sheet.add_bar(
        orientation="h",
        y=[place + 0.2 for place in places],
        x=rows["sum_eur"].fillna(0),
        width=0.34,
        marker={"color": [_colour(by, value, colours) for value in rows["value"]]},
        text=["" if pd.isna(v) else words.money_short(v) for v in rows["sum_eur"]],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": colours.ink},
        customdata=[base.safe(value_name(by, v, words)) for v in rows["value"]],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    for place, row in zip(places, rows.itertuples(), strict=True):
        of = words(
            "{n} of {m} known",
            n=words.number(row.with_amount),
            m=words.number(row.projects),
        )
        if pd.notna(row.median_eur):
            of += " · " + words("median {amount}", amount=words.money_short(row.median_eur))
        row_label(sheet, place, value_name(by, row.value, words), of, colours)
        if pd.isna(row.sum_eur):
            sheet.add_annotation(
                text=words("nothing published in this measure"),
                x=0,
                y=place + 0.2,
                xanchor="left",
                showarrow=False,
                font={"color": colours.quiet, "size": 13},
            )
    base.money_axis(sheet, words, greatest)
    sheet.update_xaxes(range=[0, (greatest or 1) * 1.28], nticks=5)
    _sparse(sheet)
    return sheet.figure()


def amount_states(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """One bar a collection, as long as all its projects, cut by what is known of the amount."""
    said = [
        " · ".join(
            _state_count(state, int(getattr(row, state)), words)
            for state in STATES
            if getattr(row, state)
        )
        for row in rows.itertuples()
    ]
    lines = 2 if any(len(detail) > LINE for detail in said) else 1
    sheet = rows_figure(colours, words, len(rows), legend=True, lines=lines)
    looks = {
        "published": (colours.accent, ""),
        "zero": (colours.accent, "."),
        "other_currency": (colours.accent, "x"),
        "not_published": (colours.quiet, "/"),
    }
    for state in STATES:
        if not rows[state].sum():
            continue
        colour, pattern = looks[state]
        share = rows[state] / rows["projects"]
        sheet.add_bar(
            orientation="h",
            name=state_name(state, words),
            y=[place + 0.2 for place in range(len(rows))],
            x=share,
            width=0.34,
            marker=hatched(colour, pattern, colours),
            customdata=[[words.number(n)] for n in rows[state]],
            hovertemplate="%{fullData.name}: %{customdata[0]}<extra></extra>",
        )
    sheet.update_layout(barmode="stack")
    for place, (collection, detail) in enumerate(zip(rows["collection"], said, strict=True)):
        name = words.label("collection", collection)
        row_label(sheet, place, name, detail, colours, lines=lines)
    sheet.update_xaxes(
        range=[0, 1], tickvals=[0, 0.5, 1], ticktext=[words.percent(v) for v in (0, 0.5, 1)]
    )
    return sheet.figure()


def cofinancing(
    rows: pd.DataFrame, medians: pd.DataFrame, words: Wording, colours: Colours, by: str
) -> go.Figure:
    """One strip a value: a circle a class, its area the projects; an upright line at the median."""
    order = {value: place for place, value in enumerate(medians["value"])}
    sheet = rows_figure(colours, words, len(order))
    most = max(int(rows["projects"].max()), 1)
    sizes = [max(8.0, 24 * math.sqrt(n / most)) for n in rows["projects"]]
    sheet.add_scatter(
        mode="markers+text",
        x=rows["low"] + SHARE_STEP / 2,
        y=[order[value] + 0.2 for value in rows["value"]],
        marker={
            "size": sizes,
            "color": [_colour(by, value, colours) for value in rows["value"]],
            "line": {"color": colours.paper, "width": 1},
            "opacity": 1,
        },
        text=[_told_in(n, size, words) for n, size in zip(rows["projects"], sizes, strict=True)],
        textfont={
            "color": [colours.text_on(_colour(by, value, colours)) for value in rows["value"]],
            "size": 12,
        },
        customdata=[
            [
                base.safe(value_name(by, row.value, words)),
                f"{words.percent(row.low)} – {words.percent(row.low + SHARE_STEP)}",
                words.plural("{n} project", "{n} projects", int(row.projects)),
            ]
            for row in rows.itertuples()
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}: %{customdata[2]}<extra></extra>",
        cliponaxis=False,
    )
    sheet.add_scatter(
        mode="markers",
        x=medians["median_share"],
        y=[order[value] + 0.2 for value in medians["value"]],
        marker={
            "symbol": "line-ns-open",
            "size": 24,
            "color": colours.ink,
            "line": {"width": 3, "color": colours.ink},
        },
        hoverinfo="skip",
        cliponaxis=False,
    )
    for row in medians.itertuples():
        detail = words.plural("{n} project", "{n} projects", int(row.projects))
        detail += " · " + words("median {amount}", amount=words.percent(row.median_share))
        row_label(sheet, order[row.value], value_name(by, row.value, words), detail, colours)
    steps = (0, 0.25, 0.5, 0.75, 1)
    sheet.update_xaxes(
        range=[0, 1.03], tickvals=steps, ticktext=[words.percent(step) for step in steps]
    )
    return sheet.figure()


def distribution(
    rows: pd.DataFrame, words: Wording, colours: Colours, median: float | None
) -> go.Figure:
    """A column a class of amounts, stacked by collection, with the median as a line."""
    sheet = base.empty_figure(colours, words, height=400)
    sheet.update_layout(margin={"t": 52})
    borders = class_borders(rows["low"])
    for collection, some in rows.groupby("collection", sort=True):
        sheet.add_bar(
            name=words.label("collection", str(collection)),
            x=[borders.index(low) + 0.5 for low in some["low"]],
            y=some["projects"],
            width=0.94,
            marker=_textured(
                colours.collections[str(collection)], PATTERNS[str(collection)], colours
            ),
            customdata=[class_name(low, words) for low in some["low"]],
            hovertemplate="%{fullData.name}<br>%{customdata}: %{y}<extra></extra>",
        )
    sheet.update_layout(barmode="stack", showlegend=True, legend=legend_above(colours))
    classes_axis(sheet, borders, words)
    base.count_axis(sheet, words, float(rows.groupby("low")["projects"].sum().max()), axis="y")
    if median:
        place = _place(median, borders)
        sheet.add_vline(x=place, line={"color": colours.ink, "width": 2, "dash": "dash"})
        left = place < len(borders) / 2
        sheet.add_annotation(
            text=words("median {amount}", amount=words.money_short(median)),
            x=place,
            y=1,
            yref="paper",
            yanchor="top",
            xanchor="left" if left else "right",
            xshift=6 if left else -6,
            showarrow=False,
            bgcolor=colours.paper,
            font={"size": 13, "color": colours.ink},
        )
    return sheet.figure()


def flow(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """Money from fund to country and on to target group; the width of a band is its sum.

    The two steps stand under each other, so that labels have room on a phone as well.
    """
    steps = (("fund", "country"), ("country", "target_group"))
    nodes = [max(rows[column].nunique() for column in step) for step in steps]
    heights = [max(count, 4) * 44 for count in nodes]
    gap = 56
    whole = sum(heights) + gap
    sheet = base.empty_figure(colours, words, height=whole + 72 + 24 + CAPTION)
    sheet.update_layout(margin={"l": 8, "r": 8, "t": 72, "b": 24})
    spans = ((1 - heights[0] / whole, 1.0), (0.0, heights[1] / whole))
    titles = (words("From fund to country"), words("From country to target group"))
    for step, span, title in zip(steps, spans, titles, strict=True):
        sheet.add_sankey(**_step(rows, words, colours, *step), domain={"x": [0, 1], "y": span})
        sheet.add_annotation(
            text=f"<b>{base.safe(title)}</b>",
            xref="paper",
            yref="paper",
            x=0,
            y=span[1],
            xanchor="left",
            yanchor="bottom",
            yshift=10,
            showarrow=False,
            font={"size": 14, "color": colours.ink},
        )
    return sheet.figure()


def _step(
    rows: pd.DataFrame, words: Wording, colours: Colours, one: str, other: str
) -> dict[str, object]:
    """One step of the flow: the nodes of two columns, the greatest first, and the bands between."""
    bands = rows.groupby([one, other], as_index=False)["sum_eur"].sum()
    sums = {
        (column, value): amount
        for column in (one, other)
        for value, amount in rows.groupby(column)["sum_eur"]
        .sum()
        .sort_values(ascending=False)
        .items()
    }
    places = {node: place for place, node in enumerate(sums)}
    return {
        "arrangement": "snap",
        "node": {
            "label": [
                f"{base.safe(_cut(value_name(column, str(value), words), 28))}"
                f"<br>{words.money_short(amount)}"
                for (column, value), amount in sums.items()
            ],
            "color": [colours.ramp[5] if column == one else colours.ramp[3] for column, _ in sums],
            "pad": 30,
            "thickness": 12,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [places[(one, value)] for value in bands[one]],
            "target": [places[(other, value)] for value in bands[other]],
            "value": bands["sum_eur"],
            "color": "rgba(125, 145, 160, 0.28)",
            "customdata": [words.money_short(v) for v in bands["sum_eur"]],
            "hovertemplate": "%{source.label}<br>→ %{target.label}<br>%{customdata}<extra></extra>",
        },
        "textfont": {
            "color": colours.ink,
            "size": 12,
            "family": base.FONT,
            "shadow": f"0 0 3px {colours.paper}, 0 0 3px {colours.paper}",
        },
    }


def classes_axis(sheet: Sheet, borders: Sequence[float], words: Wording) -> None:
    """Name powers of ten along classes of amounts, so few that they stand side by side."""
    powers = [(place, low) for place, low in enumerate(borders) if _is_power(low)]
    if len(powers) > MOST_TICKS:
        powers = powers[1 :: math.ceil(len(powers) / MOST_TICKS)]
    sheet.update_xaxes(
        range=[0, len(borders)],
        showgrid=False,
        tickvals=[place for place, _ in powers],
        # "million" goes below its number.
        ticktext=[re.sub(r"\s(?=[a-z])", "<br>", round_money(low, words)) for _, low in powers],
        tickangle=0,
    )


def class_borders(lows: Sequence[float]) -> list[float]:
    """The lower borders of the classes from the first used to one past the last."""
    all_borders = [0.0, *CLASS_BORDERS]
    used = [all_borders.index(float(low)) for low in lows]
    return all_borders[min(used) : max(used) + 2]


def class_name(low: float, words: Wording) -> str:
    """A class of amounts: '€200,000 – €500,000'."""
    borders = [0.0, *CLASS_BORDERS]
    place = borders.index(float(low))
    if place + 1 == len(borders):
        return words("{amount} or more", amount=round_money(low, words))
    return f"{round_money(low, words)} – {round_money(borders[place + 1], words)}"


def row_label(
    sheet: Sheet, place: int, name: str, detail: str, colours: Colours, *, lines: int = 1
) -> None:
    """A name and a quiet word above a horizontal bar, so that a phone has the bar's full width."""
    said = base.wrapped(detail, LINE, lines) if lines > 1 else base.safe(detail)
    quiet = f"<span style='color:{colours.quiet}'>{said}</span>"
    sheet.add_annotation(
        text=f"<b>{base.safe(_cut(name, 44))}</b><br>{quiet}",
        xref="paper",
        x=0,
        y=place + 0.02,
        xanchor="left",
        yanchor="bottom",
        align="left",
        showarrow=False,
        font={"size": 13, "color": colours.ink},
    )


def rows_figure(
    colours: Colours, words: Wording, count: int, *, legend: bool = False, lines: int = 1
) -> Sheet:
    """A figure of labelled rows with one horizontal bar each, and nothing drawn yet.

    `lines` is how many the quiet word above a bar may take.
    """
    top = (64 if legend else 24) + (lines - 1) * MORE_LINE
    row = ROW + 12 + (lines - 1) * MORE_LINE
    sheet = base.empty_figure(colours, words, height=count * row + top + 40 + CAPTION)
    sheet.update_layout(margin={"l": 18, "r": 24, "t": top, "b": 40}, bargap=0)
    sheet.update_yaxes(range=[count - 0.5, -0.62], showgrid=False, showticklabels=False)
    if legend:
        sheet.update_layout(showlegend=True, legend=legend_above(colours))
    return sheet


def legend_above(colours: Colours) -> Mapping[str, object]:
    """A legend in a line above the figure, which does not switch things off."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "font": {"color": colours.ink, "size": 13},
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def hatched(colour: str, pattern: str, colours: Colours) -> dict[str, object]:
    """The look of a bar: full, or hatched where a pattern is given."""
    if not pattern:
        return {"color": colour}
    return {
        "color": colour,
        "pattern": {
            "shape": pattern,
            "fillmode": "replace",
            "fgcolor": colour,
            "bgcolor": colours.paper,
            "size": 7,
            "solidity": 0.4,
        },
        "line": {"color": colour, "width": 1},
    }


def _textured(colour: str, pattern: str, colours: Colours) -> dict[str, object]:
    """A full colour with a fine pattern in it, so that neighbours differ without colour too."""
    return {
        "color": colour,
        "pattern": {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": colours.paper,
            "size": 8,
            "solidity": 0.14,
        },
        "line": {"color": colours.paper, "width": 1},
    }


def _sparse(sheet: Sheet) -> None:
    """Leave out every other step of an axis that would crowd on a phone."""
    values, texts = sheet.layout["xaxis"]["tickvals"], sheet.layout["xaxis"]["ticktext"]
    if len(values) > 4:
        sheet.update_xaxes(tickvals=values[::2], ticktext=texts[::2])


def _colour(by: str, value: str, colours: Colours) -> str:
    if by == "collection" and value in colours.collections:
        return colours.collections[value]
    return colours.quiet if value == UNKNOWN else colours.accent


def _place(amount: float, borders: Sequence[float]) -> float:
    """Where an amount stands among classes, logarithmic within its class."""
    for place, low in enumerate(borders[:-1]):
        high = borders[place + 1]
        if low <= amount < high:
            if not low:
                return place + amount / high
            return place + math.log(amount / low) / math.log(high / low)
    return float(len(borders) - 1)


def _is_power(low: float) -> bool:
    """Whether a border of a class is a power of ten, which is labelled."""
    return low == 0 or math.log10(low).is_integer()


def round_money(low: float, words: Wording) -> str:
    """The border of a class as money."""
    return words.money_short(low) if low else words.money(0)


def _told_in(n: int, size: float, words: Wording) -> str:
    """The number in a circle so wide, where there are several and it has room for them."""
    text = words.number(n)
    return text if n > 1 and max(len(text) * LETTER, SMALLEST_TOLD) <= size else ""


def _state_count(state: str, n: int, words: Wording) -> str:
    """How many amounts are known how, in as few words as the legend allows."""
    told = {
        "published": words("{n} published"),
        "zero": words("{n} zero"),
        "other_currency": words("{n} in other currency"),
        "not_published": words("{n} not published"),
    }[state]
    return told.format(n=words.number(n)).replace(" ", "\u00a0")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
