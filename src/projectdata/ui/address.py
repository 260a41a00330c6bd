"""The address bar is the state: what is chosen is read from it and written to it, nowhere else.

Widgets are not bound with `bind="query-params"`: it writes an option's label into the address
(`?country=Suomi (24)`), and the parameters are a contract of codes (`?country=FI`).
"""

from collections.abc import Callable, Iterable

import streamlit as st

from projectdata import store
from projectdata.catalog import Catalog
from projectdata.paths import MISSING_PAGE
from projectdata.queries.lens import holds_others
from projectdata.selection import OTHER, PARAMETERS, SOCIAL, Problem, Selection, parse

LAST_ADDRESS = "_last_address"
LAST_PAGE = "_last_page"
ONE_PROJECT = "project"
"""The page whose `project` says what it is about: no filter to bring along to another page."""

TWO_SELECTIONS = "compare"
"""The page whose address holds a second selection, its parameters marked with `SECOND`."""

SECOND = "b."
VIEW = ("lang", "measure", "on")
"""The parameters of a selection that narrow nothing."""


def pairs() -> list[tuple[str, str]]:
    """All parameters of the address, repeated ones as often as they stand there."""
    return [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]


def selection(catalog: Catalog) -> tuple[Selection, list[Problem]]:
    """The selection of the address, and what in it means nothing."""
    return parse(_with_language(pairs()), catalog.known)


def put(chosen: Selection) -> None:
    """Write a selection to the address; what pages keep there of their own stays."""
    put_pairs(chosen.parameters())


def change(made: Callable[[Selection], Selection]) -> None:
    """Change one thing about the selection that the address holds now.

    Two clicks may come in one message, or one may come before the page has followed another: what
    was chosen when a widget was drawn is not yet what is chosen when it is used.
    """
    put(made(now()))


def now() -> Selection:
    """The selection that the address holds, with all that was written."""
    catch_up()
    return selection(store.catalog())[0]


def catch_up() -> None:
    """Hold what was written last, where a click came before the browser had heard of that."""
    last = st.session_state.get(LAST_ADDRESS)
    if last is not None and _grouped(last) != _grouped(pairs()):
        st.query_params.from_dict(_grouped(last))


def put_pairs(parameters: Iterable[tuple[str, str]]) -> None:
    """Write the parameters of a selection to the address as they are, bad values included.

    Whoever takes the last filter away has looked at all projects and goes on doing so: the address
    says that, because one that says nothing opens on the lens.
    """
    catch_up()
    parameters = list(parameters)
    if not _narrows(parameters) and holds_others(store.catalog()):
        parameters = [("relevance", OTHER), ("relevance", SOCIAL), *parameters]
    kept = [(key, value) for key, value in pairs() if key not in PARAMETERS]
    if not any(key == "lang" for key, _ in parameters):
        kept += [(key, value) for key, value in pairs() if key == "lang"]
    _write([*parameters, *kept])


def put_own(key: str, values: Iterable[str]) -> None:
    """Write a parameter of a page's own (how lanes are cut, what is compared) to the address."""
    catch_up()
    rest = [(name, value) for name, value in pairs() if name != key]
    _write([*rest, *((key, value) for value in values)])


def own(key: str) -> list[str]:
    """The values of a page's own parameter."""
    return st.query_params.get_all(key)


def open_on_lens(catalog: Catalog, page: str) -> None:
    """Where the address narrows nothing, show the projects about social services, and say so in it.

    Link, file and screen agree that way. Where nothing else was imported there is nothing to say.
    """
    if _narrows(pairs()) or not holds_others(catalog):
        return
    said = {"relevance": SOCIAL}
    if page == TWO_SELECTIONS and not any(key.startswith(SECOND) for key, _ in pairs()):
        said[f"{SECOND}relevance"] = SOCIAL
    st.query_params.update(said)
    st.session_state[LAST_ADDRESS] = pairs()


def _narrows(parameters: Iterable[tuple[str, str]]) -> bool:
    return any(key in PARAMETERS and key not in VIEW for key, _ in parameters)


def remember(page: str) -> None:
    """Bring the selection along when the reader turns to another page.

    Streamlit empties the address on a page switch. An address that holds parameters is left alone:
    it is a link that somebody followed.
    """
    turned = st.session_state.get(LAST_PAGE) not in (None, page)
    if turned and not any(key in PARAMETERS for key, _ in pairs()):
        kept = [p for p in st.session_state.get(LAST_ADDRESS, []) if p[0] in PARAMETERS]
        if st.session_state[LAST_PAGE] == ONE_PROJECT:
            kept = [p for p in kept if p[0] != "project"]
        _write([*kept, *pairs()])
    st.session_state[LAST_PAGE] = page
    st.session_state[LAST_ADDRESS] = pairs()


def _write(parameters: list[tuple[str, str]]) -> None:
    # What page is missing is said once; the next choice takes it away.
    written = _grouped((key, value) for key, value in parameters if key != MISSING_PAGE)
    if written != _grouped(pairs()):
        st.query_params.from_dict(written)
    st.session_state[LAST_ADDRESS] = pairs()


def _grouped(parameters: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, value in parameters:
        grouped.setdefault(key, []).append(value)
    return grouped


def _with_language(given: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A reader whose browser speaks Finnish gets Finnish until the address says otherwise."""
    if any(key == "lang" for key, _ in given):
        return given
    locale = st.context.locale or ""
    return [*given, ("lang", "fi")] if locale.lower().startswith("fi") else given
