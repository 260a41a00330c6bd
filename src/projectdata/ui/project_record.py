"""The long part of a project's page: what its sources say, one section at a time or all of it."""

from urllib.parse import urlencode

import streamlit as st

from projectdata.ui import address, project_statements
from projectdata.ui.project import One
from projectdata.ui.prose import plain

SECTION = "section"
EVERYTHING = "all"
LONG = 20
"""So many statements fill more than a screen; fewer are shown at once."""

PARTS = {
    "about": project_statements.about,
    "conflicts": project_statements.conflicts,
    "missing": project_statements.missing,
}


def record(one: One) -> None:
    """What it is about, where sources disagree, what was not found."""
    chosen = _chosen(one) if is_long(one) else EVERYTHING
    for name, draw in PARTS.items():
        if chosen in (name, EVERYTHING):
            draw(one)


def is_long(one: One) -> bool:
    """True where the sections are shown one at a time."""
    return len(one.statements) > LONG


def contents(one: One) -> None:
    """Links to the parts of the page."""
    words = one.words
    several = [("records", words("In several registers"))] if len(one.records) > 1 else []
    parts = (
        ("facts", words("Key facts")),
        *several,
        ("for-whom", words("For whom, and with what services")),
        ("money", words("Money")),
        ("time", words("Time")),
        ("partners", words("Who takes part")),
        ("outputs", words("What came out")),
        ("similar", words("Similar projects")),
        ("about", words("What it is about")),
        ("conflicts", words("Where sources disagree")),
        ("missing", words("What was not found")),
        ("links", words("Elsewhere")),
        ("take", words("Cite and download")),
    )
    st.markdown(" · ".join(f"[{plain(label)}]({_target(one, name)})" for name, label in parts))


def _target(one: One, name: str) -> str:
    if name not in PARTS or not is_long(one):
        return f"#{name}"
    asked = [("project", one.asked), (SECTION, name), ("lang", one.words.lang)]
    return f"/project?{urlencode(asked)}#{name}"


def _chosen(one: One) -> str:
    words = one.words
    names = {
        "about": words("What it is about"),
        "conflicts": words("Where sources disagree"),
        "missing": words("What was not found"),
        EVERYTHING: words("All of it, to print"),
    }
    asked = next((value for value in address.own(SECTION) if value in names), "about")
    key = "record-section"
    if st.session_state.get(key) != asked:
        st.session_state[key] = asked
    st.segmented_control(
        words("What its sources say"),
        list(names),
        key=key,
        format_func=names.__getitem__,
        required=True,
        on_change=lambda: address.put_own(SECTION, [st.session_state[key]]),
    )
    return asked
