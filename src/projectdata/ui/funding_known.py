"""What is known of amounts: in which measures, in which states, in which other currencies."""

from functools import partial

import pandas as pd

from projectdata.figures import funding as figures
from projectdata.queries import funding as queries
from projectdata.queries.summary import MEASURES
from projectdata.ui import cards, cells
from projectdata.ui.page import Here
from projectdata.wording import in_sentence

MOST_FOREIGN = 60


def measures_card(here: Here) -> None:
    """Which measure has amounts in which collection."""
    words = here.words
    rows = here.rows(queries.measure_coverage)
    collections = list(
        rows.groupby("collection")["projects"].max().sort_values(ascending=False).index
    )
    table = []
    for measure in MEASURES:
        some = rows[rows["measure"] == measure].set_index("collection")
        cells = {"measure": words.label("measure", measure)}
        cells["all"] = _of(here, some["with_amount"].sum(), some["projects"].sum())
        for collection in collections:
            cells[collection] = _of(
                here, some.loc[collection, "with_amount"], some.loc[collection, "projects"]
            )
        table.append(cells)
    columns = {"measure": words("Amount"), "all": words("All")}
    columns |= {name: words.label("collection", name) for name in collections}
    cards.table_card(
        here,
        "measures",
        words("Which amounts can be compared here"),
        rows,
        pd.DataFrame(table),
        columns if collections else {},
        twin=_comparable(here, rows),
        note=words(
            "Each cell: projects that have the amount, of all. A measure compares only the "
            "collections in which it is common."
        ),
    )


def _of(here: Here, n: float, m: float) -> str:
    words = here.words
    return words("{n} of {m}", n=words.number(int(n)), m=words.number(int(m))) if n else "–"


def _comparable(here: Here, rows: pd.DataFrame) -> str:
    """Between which collections the chosen measure compares: those where half have it."""
    words = here.words
    measure = words.label("measure", here.selection.measure)
    some = rows[rows["measure"] == here.selection.measure]
    common = some[some["with_amount"] * 2 >= some["projects"]].sort_values(
        "projects", ascending=False
    )
    rare = some[(some["with_amount"] * 2 < some["projects"]) & (some["with_amount"] > 0)]
    names = words.all_of([words.label("collection", c) for c in common["collection"]])
    others = words.all_of([words.label("collection", c) for c in rare["collection"]])
    if len(common) and len(rare):
        pattern = words(
            "{measure} is known for at least half of the projects in {names}, but for few in "
            "{others}."
        )
        return pattern.format(measure=measure, names=names, others=others)
    if len(common):
        return words("{measure} is known for at least half of the projects in {names}.").format(
            measure=measure, names=names
        )
    if len(rare):
        return words("{measure} is known only for few projects, in {others}.").format(
            measure=measure, others=others
        )
    best = max(MEASURES, key=lambda m: here.totals[f"{m}_projects"])
    known = int(here.totals[f"{best}_projects"])
    if not known:
        return words("No project of this selection has an amount in any measure.")
    return words(
        "{measure} is not known for any project of this selection. Best known is “{best}”, for "
        "{n} of {m}."
    ).format(
        measure=measure,
        best=words.label("measure", best),
        n=words.number(known),
        m=words.number(here.projects),
    )


def states_card(here: Here) -> None:
    """Published, zero, another currency, not published: never one for the other."""
    words = here.words
    rows = here.rows(queries.amount_states)
    counted = [
        f"{words.number(int(rows[state].sum()))} {in_sentence(figures.state_name(state, words))}"
        for state in figures.STATES
        if len(rows) and rows[state].sum()
    ]
    rounded = int(rows["rounded"].sum())
    twin = ""
    if counted:
        measure = words.label("measure", here.selection.measure)
        twin = words("{measure}: {counts}.", measure=measure, counts=words.all_of(counted))
    if rounded:
        twin += " " + words.plural(
            "{n} published amount is rounded.", "{n} published amounts are rounded.", rounded
        )
    cards.figure_card(
        here,
        "amount-states",
        words("What is known of the amount"),
        rows,
        partial(figures.amount_states, words=words, colours=here.colours),
        twin=twin,
        columns={
            "collection": words("Collection"),
            "projects": words("Projects"),
            **{state: figures.state_name(state, words) for state in figures.STATES},
            "rounded": words("of which rounded"),
        },
        table=lambda: rows.assign(
            collection=[words.label("collection", code) for code in rows["collection"]]
        ),
        note=words(
            "Each bar is one collection, all its projects. Zero is an amount; not published is a "
            "gap."
        ),
    )


def other_currencies(here: Here) -> None:
    """Amounts that sources give in another currency: listed, never converted."""
    words = here.words
    rows = here.rows(queries.other_currencies, MOST_FOREIGN)
    table = pd.DataFrame(
        {
            "title_link": cells.to_projects(rows, words),
            "measure": [words.label("measure", m) for m in rows["measure"]],
            "amount": [
                words.money(amount, currency)
                for amount, currency in zip(rows["amount"], rows["currency"], strict=True)
            ],
            "in_euros": [
                words("yes, from another statement")
                if known
                else words("no, only in this currency")
                for known in rows["in_euros"]
            ],
        }
    )
    cards.table_card(
        here,
        "other-currencies",
        words("Amounts in other currencies"),
        rows,
        table,
        {
            "title_link": words("Project"),
            "measure": words("Measure"),
            "amount": words("Amount"),
            "in_euros": words("Known in euros as well"),
        },
        twin=words.plural(
            "{n} amount is in another currency than the euro.",
            "{n} amounts are in other currencies than the euro.",
            len(rows),
        ),
        note=words(
            "They are not converted and are in no sum of this page; all measures are listed."
        ),
        empty=words("All amounts of this selection are in euros."),
    )
