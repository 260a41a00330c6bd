"""The cards of the funding page: each asks, says in a sentence what it found, and draws."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from projectdata import shares
from projectdata.figures import funding as figures
from projectdata.queries import funding as queries
from projectdata.queries.summary import MEASURES
from projectdata.selection import UNKNOWN, filter_label
from projectdata.ui import address, cards
from projectdata.ui.options import counted
from projectdata.ui.page import Here
from projectdata.ui.prose import page_link, plain
from projectdata.wording import in_sentence

MOST_BARS = 15
MOST_FOREIGN = 60
BIGGEST = 20
FLOW_NODES = {"fund": 4, "country": 8, "target_group": 8}
"""How many funds, countries and target groups the flow shows by themselves."""


def measure_switch(here: Here) -> None:
    """Which amount is shown, with how many projects have it; it writes the address."""
    words = here.words

    def label(measure: str) -> str:
        known = words.number(int(here.totals[f"{measure}_projects"]))
        return counted(words.label("measure", measure), known)

    key = "funding-measure"
    if st.session_state.get(key) != here.selection.measure:
        st.session_state[key] = here.selection.measure
    st.segmented_control(
        words("Amount shown, with the number of projects that have it"),
        MEASURES,
        key=key,
        format_func=label,
        required=True,
        wrap=True,
        on_change=_choose_measure,
        args=(key,),
    )
    measure = here.selection.measure
    st.markdown(
        f"**{plain(words.label('measure', measure))}**: "
        + plain(in_sentence(words.description("measure", measure)))
        + "."
    )


def _choose_measure(key: str) -> None:
    measure = st.session_state[key]
    # A browser that is still drawing the page anew may say that nothing is chosen.
    if measure is not None:
        address.change(lambda chosen: replace(chosen, measure=measure))


def by_switch(here: Here, default: str = "collection") -> str:
    """What the amounts are compared between; the parameter `by` of the address."""
    words = here.words
    asked = address.own("by")
    by = asked[0] if asked and asked[0] in queries.DIMENSIONS else default
    if asked and asked[0] not in queries.DIMENSIONS:
        st.warning(
            plain(
                words(
                    "by = “{value}”: this value does not exist here; it was left out",
                    value=asked[0],
                )
            ),
            icon=":material/link_off:",
        )
    key = "funding-by"
    if st.session_state.get(key) != by:
        st.session_state[key] = by
    st.segmented_control(
        words("Compare between"),
        queries.DIMENSIONS,
        key=key,
        format_func=lambda name: filter_label(name, words),
        required=True,
        wrap=True,
        on_change=lambda: address.put_own("by", [st.session_state[key]]),
    )
    return by


def key_figures(here: Here) -> pd.Series:
    """The strip: sum, median, and the three states counted."""
    words = here.words
    row = here.rows(queries.amount_summary).iloc[0]
    measure = words.label("measure", here.selection.measure)
    nothing = words("not published")
    n, m = int(row.published + row.zero), int(row.projects)
    cards.strip(
        here,
        [
            (
                words("Sum"),
                _short(here, row.sum_eur, nothing),
                words(
                    "{measure} of all projects that have it, each counted once. A sum over "
                    "nothing is not zero.",
                    measure=measure,
                ),
            ),
            (
                words("Median"),
                _short(here, row.median_eur, nothing),
                words("Half of the projects that have this amount have less, half more."),
            ),
            (
                words("Have this amount"),
                words("{n} of {m}", n=words.number(n), m=words.number(m)),
                words(
                    "Projects whose displayed amount in this measure is in euros, zero included."
                ),
            ),
            (
                words("Published as zero"),
                words.number(int(row.zero)),
                words("A source says 0 €. That is an amount, not a gap."),
            ),
            (
                words("Not published"),
                words.number(int(row.not_published)),
                words("No source of ours gives this amount."),
            ),
        ],
    )
    return row


def _short(here: Here, amount: float, nothing: str) -> str:
    return nothing if pd.isna(amount) else here.words.money_short(float(amount))


def coverage(here: Here, row: pd.Series) -> cards.Coverage:
    """How many projects a figure of the chosen measure is based on, from `key_figures`."""
    words = here.words
    missing = words("not published in this measure")
    if row.other_currency:
        missing = words("not published in euros in this measure")
    return cards.Coverage(int(row.published + row.zero), int(row.projects), missing)


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
    table_card(
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
        table=lambda: _labelled(here, rows, collection="collection"),
        note=words(
            "Each bar is one collection, all its projects. Zero is an amount; not published is a "
            "gap."
        ),
    )


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
                total=_short(here, total, words("not published")),
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
        table=lambda: _labelled(here, rows).assign(
            value=[figures.value_name(by, v, words) for v in rows["value"]],
            sum_eur=_written(here, rows["sum_eur"]),
            median_eur=_written(here, rows["median_eur"]),
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
        table=lambda: _labelled(here, rows, collection="collection").assign(
            low=[figures.class_name(low, words) for low in rows["low"]]
        ),
    )


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
            sum_eur=_written(here, rows["sum_eur"]),
            **{
                name: [figures.value_name(name, v, words) for v in rows[name]]
                for name in ("fund", "country", "target_group")
            },
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
            "title_link": _project_links(here, rows),
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
    table_card(
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


def other_currencies(here: Here) -> None:
    """Amounts that sources give in another currency: listed, never converted."""
    words = here.words
    rows = here.rows(queries.other_currencies, MOST_FOREIGN)
    table = pd.DataFrame(
        {
            "title_link": _project_links(here, rows),
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
    table_card(
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


def table_card(
    here: Here,
    key: str,
    title: str,
    rows: pd.DataFrame,
    table: pd.DataFrame,
    columns: dict[str, str],
    *,
    twin: str,
    coverage: cards.Coverage | None = None,
    note: str = "",
    empty: str = "",
    level: int = 2,
) -> None:
    """A card whose figure is a table: title, sentence, table, coverage, download."""
    words = here.words
    with st.container(border=True, key=f"card-{key}"):
        cards.heading(title, level)
        if rows.empty:
            st.markdown(
                plain(empty or words("No project in this selection has what this figure shows."))
            )
            return
        st.markdown(plain(twin))
        cards.data_table(table, columns, alt=title)
        said = [coverage.sentence(here)] if coverage else []
        said += [note] if note else []
        if said:
            st.caption(plain(" ".join(said)))
        cards.download_rows(here, key, rows)


def _project_links(here: Here, rows: pd.DataFrame) -> list[str]:
    lang = ("lang", here.words.lang)
    return [
        page_link(row.title, "project", ("project", row.project_id), lang)
        for row in rows.itertuples()
    ]


def _labelled(here: Here, rows: pd.DataFrame, **lists: str) -> pd.DataFrame:
    named = {
        column: [here.words.label(code_list, code) for code in rows[column]]
        for column, code_list in lists.items()
    }
    return rows.assign(**named)


def _written(here: Here, amounts: Sequence[float]) -> list[str]:
    nothing = here.words("not published")
    return [nothing if pd.isna(v) else here.words.money(round(float(v))) for v in amounts]
