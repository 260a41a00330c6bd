"""What stands around a page: the menu, the language switch, notices, the footer."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from projectdata import paths, store
from projectdata.ui import address, filters, imports
from projectdata.ui.page import Here
from projectdata.ui.prose import escaped, plain

FILTERED = (
    "",
    "map",
    "timeline",
    "funding",
    "compare",
    "organisations",
    "labs",
    "practices",
    "data",
)
"""The pages that the filters apply to; the overview is the empty path."""


def pages(here: Here) -> list[st.Page]:
    """All pages in the order of the menu, titled in the reader's language."""
    words, folder = here.words, paths.pages_folder()
    titles = {
        "overview": words("Overview"),
        "map": words("Map"),
        "timeline": words("Timeline"),
        "funding": words("Funding"),
        "compare": words("Compare"),
        "organisations": words("Organisations"),
        "labs": words("Labs"),
        "practices": words("Practices"),
        "data": words("Data"),
        "about": words("About"),
        "project": words("Project"),
    }
    return [
        st.Page(
            folder / f"{name}.py",
            title=title,
            url_path=name,
            default=name == "overview",
            visibility="hidden" if name == "project" else "visible",
        )
        for name, title in titles.items()
    ]


def header(here: Here, *, filtered: bool) -> None:
    """The filters' button, the language switch, and faults of the address or newer data."""
    words = here.words
    other = "fi" if words.lang == "en" else "en"
    name = {"fi": "Suomeksi", "en": "In English"}[other]
    rest = [(key, value) for key, value in address.pairs() if key != "lang"]
    href = "?" + urlencode([*rest, ("lang", other)])
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="top"
    ):
        if filtered:
            filters.opener(here)
        # A real link, so that the page loads anew and its `lang` attribute follows.
        st.html(
            f'<a href="{escaped(href)}" target="_self" lang="{other}" hreflang="{other}"'
            f' style="color: {here.colours.accent}">{name}</a>',
            width="content",
        )
    for asked in address.own(paths.MISSING_PAGE)[:1]:
        st.warning(
            plain(words("There is no page “{page}” here. This is the overview.", page=asked[:80])),
            icon=":material/link_off:",
        )
    for problem in here.problems:
        st.warning(plain(problem.sentence(words)), icon=":material/link_off:")
    if store.STORE.problems:
        told = plain(" ".join(store.STORE.problems[:3]))
        st.warning(
            plain(words("The newest data has a fault, so the last good data is shown."))
            + " "
            + told,
            icon=":material/warning:",
        )


def opening(here: Here, title: str, lead: str = "") -> None:
    """The top of a page: its one h1, a sentence that says what it answers, and the selection.

    The filters follow the count, because the count is what a reader who clicks looks for.
    """
    st.title(plain(title))
    if lead:
        st.markdown(plain(lead))
    filters.summary(here)
    beside(here)


def beside(here: Here) -> None:
    """The filters, in the sidebar."""
    with st.sidebar:
        filters.sidebar(here)


def footer(here: Here) -> None:
    """Version, licence and what this is."""
    words, package, named = here.words, here.catalog.package, imports.named(here)
    what = words("a sample of projects, no programme totals")
    if named:
        what = words(
            "a curated sample beside {registers}, no programme totals",
            registers=words.all_of(named),
        )
    st.divider()
    st.caption(
        plain(
            words(
                "projectdata {version} · data of {day} · {licence} · {what}",
                version=package.version,
                day=words.date(date.fromisoformat(package.created)),
                licence=package.licence["title"],
                what=what,
            )
        )
    )
