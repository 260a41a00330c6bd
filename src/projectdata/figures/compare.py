"""Two selections, or some projects, on the same axes: A is a full mark, B a hollow one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import base, funding
from projectdata.palette import Colours
from projectdata.wording import Wording

MARKS = ("●", "◇")
"""A and B as characters in text."""

PATTERNS = ("", "/", "x", ".")
"""The first, second, third and fourth thing compared."""


@dataclass(frozen=True)
class Panel:
    """Bars that share a scale: its title, and a name, a value and a label each."""

    title: str
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


def shares(rows: pd.DataFrame, words: Wording, colours: Colours, by: str) -> go.Figure:
    """One line a value between A's share and B's: a full circle and a hollow diamond."""
    sheet = funding.rows_figure(colours, words, len(rows), legend=True)
    heights = [place + 0.2 for place in range(len(rows))]
    for height, row in zip(heights, rows.itertuples(), strict=True):
        if pd.notna(row.a_share) and pd.notna(row.b_share):
            sheet.add_scatter(
                mode="lines",
                x=[row.a_share, row.b_share],
                y=[height, height],
                line={"color": colours.quiet, "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )
    for side, symbol, size in (("a", "circle", 13), ("b", "diamond-open", 14)):
        sheet.add_scatter(
            mode="markers",
            name=f"{side.upper()}",
            x=rows[f"{side}_share"],
            y=heights,
            marker={
                "symbol": symbol,
                "size": size,
                "color": colours.accent if side == "a" else colours.ink,
                "line": {"width": 3 if side == "b" else 0},
            },
            customdata=[words.number(n) for n in rows[side]],
            hovertemplate=side.upper() + ": %{customdata}<extra></extra>",
            cliponaxis=False,
        )
    for place, row in enumerate(rows.itertuples()):
        detail = " · ".join(
            f"{name} {words.number(n)}" + ("" if pd.isna(share) else f" ({words.percent(share)})")
            for name, n, share in (("A", row.a, row.a_share), ("B", row.b, row.b_share))
        )
        funding.row_label(sheet, place, funding.value_name(by, row.value, words), detail, colours)
    greatest = float(rows[["a_share", "b_share"]].max().max())
    steps = [step for step in base.round_steps(greatest) if step <= 1]
    sheet.update_xaxes(
        range=[0, max(greatest, steps[-1]) * 1.04],
        tickvals=steps,
        ticktext=[
            words.percent(step, 0 if round(step * 100, 6).is_integer() else 1) for step in steps
        ],
    )
    return sheet.figure()


def amounts(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """A pair of columns a class of amounts, as shares of the projects that have the amount."""
    sheet = base.empty_figure(colours, words, height=380)
    sheet.update_layout(margin={"t": 44}, showlegend=True, legend=funding.legend_above(colours))
    borders = funding.class_borders(rows["value"])
    for side, colour, pattern in (("a", colours.accent, ""), ("b", colours.ink, "/")):
        sheet.add_bar(
            name=side.upper(),
            x=[borders.index(low) + 0.5 for low in rows["value"]],
            y=rows[f"{side}_share"],
            marker=funding.hatched(colour, pattern, colours),
            customdata=[
                [funding.class_name(row.value, words), words.number(getattr(row, side))]
                for row in rows.itertuples()
            ],
            hovertemplate=side.upper() + "<br>%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
    sheet.update_layout(barmode="group", bargap=0.15)
    funding.classes_axis(sheet, borders, words)
    greatest = float(rows[["a_share", "b_share"]].max().max())
    steps = [step for step in base.round_steps(greatest) if step <= 1]
    sheet.update_yaxes(tickvals=steps, ticktext=[words.percent(step) for step in steps])
    return sheet.figure()


def bars(panels: Sequence[Panel], words: Wording, colours: Colours) -> go.Figure:
    """Bars in groups, each group with a scale of its own from zero; every bar says its value."""
    count = sum(len(panel.names) + 1 for panel in panels)
    sheet = base.empty_figure(colours, words, height=count * 34 + 24 + funding.CAPTION)
    sheet.update_layout(margin={"l": 8, "r": 16, "t": 8, "b": 16}, bargap=0)
    row = 0
    for panel in panels:
        sheet.add_annotation(
            text=f"<b>{base.safe(panel.title)}</b>",
            xref="paper",
            x=0,
            y=row,
            xanchor="left",
            showarrow=False,
            font={"size": 14, "color": colours.ink},
        )
        greatest = max((v for v in panel.values if v is not None), default=0) or 1
        for place, (name, value, label) in enumerate(
            zip(panel.names, panel.values, panel.labels, strict=True)
        ):
            row += 1
            pattern = PATTERNS[place % len(PATTERNS)]
            colour = colours.accent if place % 2 == 0 else colours.ink
            sheet.add_bar(
                orientation="h",
                y=[row],
                x=[(value or 0) / greatest],
                width=0.62,
                marker=funding.hatched(colour, pattern, colours),
                hovertext=f"{base.safe(name)}: {base.safe(label)}",
                hoverinfo="text",
            )
            sheet.add_annotation(
                text=f"{base.safe(name)}: {base.safe(label)}",
                x=(value or 0) / greatest,
                y=row,
                xanchor="left",
                xshift=6,
                showarrow=False,
                font={"size": 13, "color": colours.ink if value is not None else colours.quiet},
            )
        row += 1
    sheet.update_yaxes(range=[row - 0.4, -0.6], showgrid=False, showticklabels=False)
    sheet.update_xaxes(range=[0, 2.1], showgrid=False, showticklabels=False)
    return sheet.figure()


def periods(rows: pd.DataFrame, words: Wording, colours: Colours, day: date) -> go.Figure:
    """One bar a project on one time axis; an unknown end or only a year is hatched."""
    sheet = funding.rows_figure(colours, words, len(rows))
    last = max([day, *(d.date() for d in rows["end_date"].dropna())])
    for place, row in enumerate(rows.itertuples()):
        open_end = pd.isna(row.end_date)
        funding.row_label(sheet, place, row.title, row.period, colours)
        if pd.isna(row.start_date):
            continue
        end = pd.Timestamp(last) if open_end else row.end_date
        sheet.add_bar(
            orientation="h",
            y=[place + 0.2],
            base=[row.start_date.isoformat()],
            x=[(end - row.start_date).total_seconds() * 1000],
            width=0.3,
            marker=funding.hatched(
                colours.collections[row.collection],
                "/" if open_end or row.period_precision == "year" else "",
                colours,
            ),
            hovertext=f"{base.safe(row.title)}<br>{base.safe(row.period)}",
            hoverinfo="text",
        )
    sheet.add_vline(x=day.isoformat(), line={"color": colours.ink, "width": 1, "dash": "dot"})
    sheet.update_xaxes(type="date", tickformat="%Y", nticks=6)
    return sheet.figure()
