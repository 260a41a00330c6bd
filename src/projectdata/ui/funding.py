"""The head of the funding page: the amount, what it is compared between, its key figures."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from projectdata.queries import funding as queries
from projectdata.queries.summary import MEASURES
from projectdata.selection import filter_label
from projectdata.ui import address, cards
from projectdata.ui.options import counted
from projectdata.ui.page import Here
from projectdata.ui.prose import plain
from projectdata.wording import in_sentence


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
    n, m = int(row.published + row.zero), int(row.projects)
    cards.strip(
        here,
        [
            (
                words("Sum"),
                short_amount(here, row.sum_eur),
                words(
                    "{measure} of all projects that have it, each counted once. A sum over "
                    "nothing is not zero.",
                    measure=measure,
                ),
            ),
            (
                words("Median"),
                short_amount(here, row.median_eur),
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


def coverage(here: Here, row: pd.Series) -> cards.Coverage:
    """How many projects a figure of the chosen measure is based on, from `key_figures`."""
    words = here.words
    missing = words("not published in this measure")
    if row.other_currency:
        missing = words("not published in euros in this measure")
    return cards.Coverage(int(row.published + row.zero), int(row.projects), missing)


def short_amount(here: Here, amount: float) -> str:
    """An amount in short; a sum over nothing is not published, never zero."""
    words = here.words
    return words("not published") if pd.isna(amount) else words.money_short(float(amount))


def written_amounts(here: Here, amounts: Sequence[float]) -> list[str]:
    """Amounts of a column in full, to the euro."""
    nothing = here.words("not published")
    return [nothing if pd.isna(v) else here.words.money(round(float(v))) for v in amounts]
