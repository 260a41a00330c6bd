"""The flow of money from fund to country to target group."""

from functools import partial

import pandas as pd

from projectdata import shares
from projectdata.figures import funding as figures
from projectdata.queries import funding as queries
from projectdata.selection import UNKNOWN
from projectdata.ui import cards
from projectdata.ui.funding import coverage, written_amounts
from projectdata.ui.page import Here
from projectdata.wording import in_sentence

FLOW_NODES = {"fund": 4, "country": 8, "target_group": 8}
"""How many funds, countries and target groups the flow shows by themselves."""


def flow(here: Here, summary: pd.Series) -> None:
    """From fund to country to target group, each euro once."""
    words = here.words
    rows = here.rows(queries.flow)
    always = (UNKNOWN, queries.SEVERAL_VALUES)
    drawn = rows
    for column in ("fund", "country", "target_group"):
        drawn = shares.folded(drawn, column, FLOW_NODES[column], always)
    total = float(rows["sum_eur"].sum())
    twin = ""
    if len(rows):
        twin = words("{total} in all.", total=words.money_short(total))
    known = rows[rows["fund"] != UNKNOWN]
    if len(known):
        funds = known.groupby("fund")["sum_eur"].sum().sort_values(ascending=False)
        twin += " " + words(
            "The fund that gives most is {fund}: {amount}.",
            amount=words.money_short(float(funds.iloc[0])),
            fund=figures.value_name("fund", str(funds.index[0]), words),
        )
    several = rows["country"].eq(queries.SEVERAL_VALUES) | rows["target_group"].eq(
        queries.SEVERAL_VALUES
    )
    note = words("Each project flows once with its whole amount.")
    if several.any():
        note += " " + words.plural(
            "{n} project has several countries or target groups; no source divides its money "
            "between them, so it stands under “several”.",
            "{n} projects have several countries or target groups; no source divides their money "
            "between them, so they stand under “several”.",
            int(rows.loc[several, "projects"].sum()),
        )
    cards.figure_card(
        here,
        "flow",
        words(
            "From fund to country to target group: {measure}",
            measure=in_sentence(words.label("measure", here.selection.measure)),
        ),
        rows,
        partial(figures.flow, words=words, colours=here.colours),
        shape=drawn,
        twin=twin,
        columns={
            "fund": words("Fund"),
            "country": words("Country"),
            "target_group": words("Target group"),
            "projects": words("Projects"),
            "sum_eur": words("Sum"),
        },
        coverage=coverage(here, summary),
        note=note,
        empty=words("No project of this selection has an amount above zero in this measure."),
        table=lambda: rows.assign(
            sum_eur=written_amounts(here, rows["sum_eur"]),
            **{
                name: [figures.value_name(name, v, words) for v in rows[name]]
                for name in ("fund", "country", "target_group")
            },
        ),
    )
