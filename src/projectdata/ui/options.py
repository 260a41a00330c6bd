"""Options that say how many projects they give, and which of them a browser means.

A browser sends an option's label. The number in it changes with every choice, so whoever clicks
while the page is drawn anew sends a label of before: the name in it tells which option was meant.
"""

from collections.abc import Iterable, Mapping

import streamlit as st

from projectdata.selection import STATUSES, UNKNOWN, value_label
from projectdata.wording import Wording


def option_names(name: str, values: Iterable[str], words: Wording) -> dict[str, str]:
    """The name of each value of a filter, as its list of options says it."""
    return {
        value: words("Not known") if value == UNKNOWN else value_label(name, value, words)
        for value in values
    }


def in_order(name: str, hits: Mapping[str, int], names: Mapping[str, str]) -> list[str]:
    """By hits, then by name; statuses in their own order; "not known" last."""
    if name == "status":
        return [value for value in (*STATUSES, UNKNOWN) if value in hits]
    return sorted(hits, key=lambda value: (value == UNKNOWN, -hits[value], names[value]))


def counted(name: str, number: str) -> str:
    """The label of an option: its name, and how many it gives."""
    return f"{name} ({number})"


def option_label(
    value: str, names: Mapping[str, str], hits: Mapping[str, int], words: Wording
) -> str:
    """An option of a filter with its hits."""
    return counted(names.get(value, value), words.number(hits.get(value, 0)))


def meant(sent: str | None, names: Mapping[str, str]) -> str | None:
    """The option that was sent, by its value or by a label of before; None if it is neither."""
    if sent is None or sent in names:
        return sent
    named = sent, sent.rpartition(" (")[0]
    return next((value for value, known in names.items() if known in named), None)


def draw(key: str, value: str | list[str]) -> None:
    """Let a widget show a value, and remember that it does."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.session_state[_shown(key)] = value


def is_news(key: str, value: str | list[str]) -> bool:
    """Whether a reader chose another value than the widget showed or sent last.

    A label whose number has changed also looks like a change to Streamlit, and is none.
    """
    known = st.session_state.get(_shown(key))
    st.session_state[_shown(key)] = value
    return known != value


def _shown(key: str) -> str:
    return f"_shown_{key}"
