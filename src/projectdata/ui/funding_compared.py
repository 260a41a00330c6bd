"""Amounts compared between the values of a dimension: sums and medians, and what the EU pays."""

from functools import partial

import pandas as pd

from projectdata import shares
from projectdata.figures import funding as figures
from projectdata.queries import funding as queries
from projectdata.selection import UNKNOWN, filter_label
from projectdata.ui import cards
from projectdata.ui.funding import coverage, short_amount, written_amounts
from projectdata.ui.page import Here
from projectdata.wording import in_sentence

MOST_BARS = 15


def comparison(here: Here, by: str, summary: pd.Series) -> None:
    """Sum, median and coverage of each value of a dimension."""
    words = here.words
    rows = shares.ranked(here.rows(queries.amounts_by, by), "sum_eur")
    drawn = rows.head(MOST_BARS)
    measure = words.label("measure", here.selection.measure)
    notes = []
    if by in queries.SEVERAL:
        total = here.totals[f"{here.selection.measure}_eur"]
        notes.append(
            words(
                "A project counts in each of its values, so the bars do not add up; no source "
                "divides the money. Each project counted once, the sum is {total}.",
                total=short_amount(here, total),
            )
        )
    else:
        notes.append(words("Each project stands in one bar; the bars add up to the sum above."))
    if len(rows) > MOST_BARS:
        notes.append(
            words(
                "The first {n} of {m} are drawn; the table and the download have all.",
                n=MOST_BARS,
                m=len(rows),
            )
        )
    cards.figure_card(
        here,
        f"amounts-by-{by}",
        words(
            "{measure} by {dimension}",
            measure=measure,
            dimension=in_sentence(filter_label(by, words)),
        ),
        rows,
        partial(figures.amounts_by, words=words, colours=here.colours, by=by),
        shape=drawn,
        twin=_twin_of_comparison(here, rows, by),
        columns={
            "value": filter_label(by, words),
            "projects": words("Projects"),
            "with_amount": words("Have this amount"),
            "zero": words("of which zero"),
            "rounded": words("of which rounded"),
            "sum_eur": words("Sum"),
            "median_eur": words("Median"),
        },
        coverage=coverage(here, summary),
        note=" ".join(notes),
        table=lambda: rows.assign(
            value=[figures.value_name(by, v, words) for v in rows["value"]],
            sum_eur=written_amounts(here, rows["sum_eur"]),
            median_eur=written_amounts(here, rows["median_eur"]),
        ),
    )


def _twin_of_comparison(here: Here, rows: pd.DataFrame, by: str) -> str:
    words = here.words
    some = rows[rows["sum_eur"].notna() & (rows["value"] != UNKNOWN)]
    if some.empty:
        return words("No bar: none of these projects has this amount.")
    parts = [
        words(
            "{name} {amount} ({n} of {m} have it)",
            name=figures.value_name(by, row.value, words),
            amount=words.money_short(row.sum_eur),
            n=words.number(row.with_amount),
            m=words.number(row.projects),
        )
        for row in some.head(3).itertuples()
    ]
    said = words("Greatest sums: {parts}.", parts="; ".join(parts))
    silent = rows[rows["sum_eur"].isna() & (rows["value"] != UNKNOWN)]
    if len(silent):
        names = [figures.value_name(by, v, words) for v in silent["value"][:3]]
        if len(silent) > 3:
            names.append(words.plural("{n} other", "{n} others", len(silent) - 3))
        said += " " + words(
            "Nothing published in this measure: {names}.", names=words.all_of(names)
        )
    return said


def eu_share(here: Here, by: str) -> None:
    """The EU contribution as a share of the total budget, where both are exact."""
    words = here.words
    known = here.rows(queries.cofinancing_coverage).iloc[0]
    rows = here.rows(queries.cofinancing, by)
    medians = shares.ranked(here.rows(queries.cofinancing_medians, by), "projects").head(MOST_BARS)
    drawn = rows[rows["value"].isin(medians["value"])]
    with_share = int(known.with_share)
    rounded = int(known.both - known.exact)
    notes = [
        words(
            "The EU contribution divided by the total budget of the same project, drawn in steps "
            "of five percentage points; a wider circle is more projects, the upright line is the "
            "median. This figure does not depend on the amount chosen above."
        )
    ]
    if rounded:
        notes.append(
            words.plural(
                "{n} project has both amounts, but one is rounded: it is left out.",
                "{n} projects have both amounts, but one is rounded: they are left out.",
                rounded,
            )
        )
    if known.above_total:
        notes.append(
            words.plural(
                "{n} project whose EU contribution is above its total is left out.",
                "{n} projects whose EU contribution is above their total are left out.",
                int(known.above_total),
            )
        )
    median = "" if pd.isna(known.median_share) else words.percent(known.median_share)
    cards.figure_card(
        here,
        f"eu-share-by-{by}",
        words(
            "How much of the budget the EU pays, by {dimension}",
            dimension=in_sentence(filter_label(by, words)),
        ),
        rows,
        partial(figures.cofinancing, medians=medians, words=words, colours=here.colours, by=by),
        shape=drawn,
        twin=words.plural(
            "In {n} project both amounts are exact: the EU pays {median} of its budget.",
            "In {n} projects both amounts are exact; the median share the EU pays is {median}.",
            with_share,
            median=median,
        ),
        columns={
            "value": filter_label(by, words),
            "low": words("EU share"),
            "projects": words("Projects"),
        },
        coverage=cards.Coverage(
            with_share, here.projects, words("without an exact total and an exact EU contribution")
        ),
        note=" ".join(notes),
        empty=words(
            "No project here has both an exact total budget and an exact EU contribution, so the "
            "EU share cannot be told."
        ),
        table=lambda: rows.assign(
            value=[figures.value_name(by, v, words) for v in rows["value"]],
            low=[
                f"{words.percent(v)} – {words.percent(v + queries.SHARE_STEP)}" for v in rows["low"]
            ],
        ),
    )
