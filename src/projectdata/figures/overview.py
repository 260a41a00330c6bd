"""Figures of the overview."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import base
from projectdata.palette import PATTERNS, Colours
from projectdata.wording import Wording

ROW = 74
OPEN = 0.05
"""Length of the open end of a bar to which unpublished amounts are missing, of the greatest."""


def money_by_collection(rows: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """One bar a collection under its name, its sum and how many projects have an amount.

    A bar that not all projects stand behind has an open, dotted end; a collection without any
    amount has words and no bar.
    """
    rows = rows.assign(y=[-float(n) for n in range(len(rows))])
    known = rows[rows["amount_eur"].notna()]
    greatest = float(known["amount_eur"].max()) if len(known) else 1.0
    sheet = base.empty_figure(colours, words, height=ROW * len(rows) + 34 + 16)
    sheet.update_layout(margin={"l": 4, "r": 12, "t": 4, "b": 8}, barmode="overlay")
    sheet.update_xaxes(visible=False, range=[0, greatest * (1 + 2 * OPEN)])
    sheet.update_yaxes(visible=False, range=[-len(rows) + 0.5, 0.62])
    for row in known.itertuples():
        sheet.add_bar(
            orientation="h", x=[row.amount_eur], y=[row.y - 0.24], width=0.24,
            marker={
                "color": colours.collections[row.collection],
                "pattern": {
                    "shape": PATTERNS[row.collection], "fillmode": "overlay",
                    "fgcolor": colours.paper, "fgopacity": 0.45, "size": 8, "solidity": 0.2,
                },
            },
            hovertext=base.safe(_said(row, words)), hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
        if row.with_amount < row.projects:
            sheet.add_shape(
                type="rect", x0=row.amount_eur, x1=row.amount_eur + greatest * OPEN,
                y0=row.y - 0.36, y1=row.y - 0.12,
                line={"color": colours.collections[row.collection], "width": 2, "dash": "dot"},
            )  # fmt: skip
    sheet.add_scatter(
        x=[0] * len(rows), y=rows["y"] - 0.1, mode="text", textposition="top right",
        text=[_label(row, words) for row in rows.itertuples()],
        textfont={"size": 14, "color": colours.ink}, hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip
    return sheet.figure()


def _label(row: Any, words: Wording) -> str:
    name = base.safe(words.label("collection", row.collection))
    return f"<b>{name}</b><br>{base.safe(_said(row, words))}"


def _said(row: Any, words: Wording) -> str:
    """'€9.2 million from 22 of 33 projects', or that none is published."""
    n, m = words.number(row.with_amount), words.number(row.projects)
    if pd.isna(row.amount_eur):
        return words("not published for any of {m}", m=m)
    return words("{sum} from {n} of {m}", sum=words.money_short(row.amount_eur), n=n, m=m)
