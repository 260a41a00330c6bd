"""Figures of projects beside the people who live where they are."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import base
from projectdata.palette import Colours
from projectdata.wording import Wording

HEAD = 78
"""Room above the bars for what they count and for the button of the picture, in pixels."""

NAMES, PANELS = 0.43, ((0.45, 0.68), (0.73, 1.0))
"""Where the names end and where the two panels lie, as parts of the width: a phone's holds them."""


def counties(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """Two bars a county on one line: projects, and projects per 100,000 inhabitants.

    A county whose population is not known has words instead of its second bar.
    """
    sheet = base.empty_figure(colours, words, height=HEAD + base.BAR * len(rows) + 16)
    sheet.update_layout(margin={"l": 4, "r": 4, "t": HEAD, "b": 8}, bargap=0.35)
    names = [base.safe(name) for name in rows["county"]]
    rates = rows["projects_per_100000"]
    panels = (
        (rows["projects"], words.number, colours.ramp[3], words("Projects")),
        (rates, words.rate, colours.accent, words("Per 100,000 inhabitants")),
    )
    for place, (values, text, colour, heading) in enumerate(panels):
        written = [words("not known") if pd.isna(v) else text(v) for v in values]
        axis = ("x", "x2")[place]
        sheet.add_bar(
            orientation="h", y=names, x=values.fillna(0).astype("float64"), xaxis=axis,
            text=written, textposition="outside", cliponaxis=False,
            textfont={"color": colours.ink, "size": 13}, marker={"color": colour},
            hovertext=[base.safe(_said(row, words)) for row in rows.itertuples()],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
        known = values.dropna()
        greatest = float(known.max()) if len(known) else 1.0
        sheet.update_layout(
            **{
                axis.replace("x", "xaxis"): {
                    "domain": PANELS[place],
                    "range": [0, (greatest or 1.0) * 1.35],
                    "visible": False,
                    "fixedrange": True,
                }
            }
        )
        sheet.add_annotation(
            text=f"<b>{base.wrapped(heading, 12, 3)}</b>", xref=f"{axis} domain", x=0,
            yref="paper", y=1, yshift=6, xanchor="left", yanchor="bottom", align="left",
            showarrow=False, font={"size": 13, "color": colours.ink},
        )  # fmt: skip
    for name in names:
        sheet.add_annotation(
            text=name, xref="paper", x=NAMES, y=name, xanchor="right", yanchor="middle",
            align="right", showarrow=False, font={"size": 13, "color": colours.ink},
        )  # fmt: skip
    sheet.update_yaxes(autorange="reversed", visible=False)
    return sheet.figure()


def _said(row: Any, words: Wording) -> str:
    """One line of a tooltip: county, projects, people, share of older people."""
    said = [row.county, words.plural("{n} project", "{n} projects", row.projects)]
    if pd.notna(row.population):
        said.append(
            words(
                "{n} inhabitants in {year}",
                n=words.number(row.population),
                year=str(int(row.population_year)),
            )
        )
    if pd.notna(row.aged_65_plus_pct):
        share = words.percent(row.aged_65_plus_pct / 100, 1)
        year = str(int(row.aged_65_plus_pct_year))
        said.append(words("{share} aged 65 or over in {year}", share=share, year=year))
    return " · ".join(said)
