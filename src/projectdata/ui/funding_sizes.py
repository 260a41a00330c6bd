"""How large amounts are: their distribution, and the projects with the greatest."""

from functools import partial

import pandas as pd

from projectdata.figures import funding as figures
from projectdata.queries import funding as queries
from projectdata.ui import cards, cells
from projectdata.ui.funding import coverage
from projectdata.ui.page import Here
from projectdata.wording import in_sentence

BIGGEST = 20


def distribution(here: Here, summary: pd.Series) -> None:
    """How large the amounts are: a column a class."""
    words = here.words
    rows = here.rows(queries.distribution)
    measure = words.label("measure", here.selection.measure)
    zero = int(summary.zero)
    above = int(summary.published)
    twin = ""
    if len(rows):
        classes = rows.groupby("low")["projects"].sum()
        low = float(classes.idxmax())
        twin = words(
            "{n} amounts above zero; most often {span} ({most}).",
            n=words.number(above),
            span=figures.class_name(low, words),
            most=words.number(int(classes.max())),
        )
    note = words(
        "Columns are classes of 1, 2 and 5 times a power of ten, as amounts differ a thousandfold."
    )
    if zero:
        note += " " + words.plural(
            "{n} amount of zero is not drawn, but counts in the median.",
            "{n} amounts of zero are not drawn, but count in the median.",
            zero,
        )
    cards.figure_card(
        here,
        "amount-distribution",
        words("How large the amounts are: {measure}", measure=in_sentence(measure)),
        rows,
        partial(
            figures.distribution,
            words=words,
            colours=here.colours,
            median=None if pd.isna(summary.median_eur) else summary.median_eur,
        ),
        twin=twin,
        columns={
            "low": words("Class"),
            "collection": words("Collection"),
            "projects": words("Projects"),
        },
        coverage=coverage(here, summary),
        note=note,
        empty=words("No project of this selection has an amount above zero in this measure."),
        table=lambda: rows.assign(
            collection=[words.label("collection", code) for code in rows["collection"]],
            low=[figures.class_name(low, words) for low in rows["low"]],
        ),
    )


def biggest(here: Here, summary: pd.Series) -> None:
    """The projects with the greatest amounts, as links."""
    words = here.words
    rows = here.rows(queries.biggest, BIGGEST)
    sums = here.totals[f"{here.selection.measure}_eur"]
    twin = ""
    if len(rows):
        share = rows["amount_eur"].sum() / sums
        twin = words.plural(
            "{n} project, {share} of the sum of this selection.",
            "These {n} projects hold {share} of the sum of this selection.",
            len(rows),
            share=words.percent(share),
        )
    table = pd.DataFrame(
        {
            "place": [words.number(n + 1) for n in range(len(rows))],
            "title_link": cells.to_projects(rows, words),
            "amount": [
                words("about {amount}, rounded by the source", amount=words.money(row.amount_eur))
                if row.precision == "rounded"
                else words.money(row.amount_eur)
                for row in rows.itertuples()
            ],
            "collection": [words.label("collection", c) for c in rows["collection"]],
            "countries": [
                words("not known") if pd.isna(c) else ", ".join(words.country(x) for x in c.split())
                for c in rows["countries"]
            ],
        }
    )
    cards.table_card(
        here,
        "biggest",
        words(
            "The greatest amounts: {measure}",
            measure=in_sentence(words.label("measure", here.selection.measure)),
        ),
        rows,
        table,
        {
            "place": words("Rank"),
            "title_link": words("Project"),
            "amount": words("Amount"),
            "collection": words("Collection"),
            "countries": words("Countries"),
        },
        twin=twin,
        coverage=coverage(here, summary),
        empty=words("No project of this selection has an amount above zero in this measure."),
    )
