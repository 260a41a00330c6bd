"""The parts of the page about what came out: practices, outputs, events, publications, bridges."""

from functools import partial

import pandas as pd
import streamlit as st

from projectdata.figures import practices as figures
from projectdata.queries import practices as queries
from projectdata.ui import cells, outcomes
from projectdata.ui.cards import Coverage, data_table, download_rows, figure_card, heading
from projectdata.ui.page import Here
from projectdata.ui.prose import link, plain, web_address
from projectdata.wording import Wording, in_sentence

INNOKYLA = "https://innokyla.fi/"
GOOD_PRACTICES = "https://www.interregeurope.eu/good-practices"
ESN_PRACTICES = "https://www.esn-eu.org/practices"
SEARCH_WORDS = 6
"""So many target groups and services of the selection are suggested as search words."""


def good_practices(here: Here) -> None:
    """Good practices named in the sources, with owner, country and project."""
    words = here.words
    rows = here.rows(queries.outputs, ("good_practice",))
    with st.container(border=True, key="card-good-practices"):
        heading(words("Good practices"), 2)
        if rows.empty:
            st.markdown(plain(words("No good practice is named in the sources of these projects.")))
            return
        countries = sorted({words.country(code) for code in rows["country"].dropna()})
        st.markdown(
            plain(
                words.plural(
                    "{n} good practice is named, from {countries}.",
                    "{n} good practices are named, from {countries}.",
                    len(rows),
                    countries=words.all_of(countries) or words("countries not known"),
                )
            )
        )
        data_table(_practices(rows, words), _practice_columns(words), alt=words("Good practices"))
        _foot(here, "good-practices", rows)


def _practices(rows: pd.DataFrame, words: Wording) -> pd.DataFrame:
    records = rows.to_dict(orient="records")
    return pd.DataFrame(
        {
            "title_link": [_title(row, words) for row in records],
            "owner": [cells.text(row["owner"]) or words("not named") for row in records],
            "country": [
                words.country(row["country"]) if cells.has(row["country"]) else words("not known")
                for row in records
            ],
            "project_link": [cells.to_project(row, words, row["project"]) for row in records],
            "source_link": [cells.source(row, words) for row in records],
        }
    )


def _practice_columns(words: Wording) -> dict[str, str]:
    return {
        "title_link": words("Practice"),
        "owner": words("Owner"),
        "country": words("Country"),
        "project_link": words("Project"),
        "source_link": words("Source"),
    }


def _title(row: dict, words: Wording) -> str:
    title = cells.told(row, "title", words.lang) or cells.text(row["title"])
    original = cells.text(row["title"])
    shown = link(title, row["url"]) if web_address(row["url"]) else plain(title)
    return f"{shown} · *{plain(original)}*" if original and original not in title else shown


def outputs(here: Here) -> None:
    """Outputs planned against found, by project and kind."""
    rows = here.rows(queries.planned_and_found)
    with_plan = Coverage(
        rows["project_id"].nunique(),
        here.projects,
        here.words("with no plan of outputs in our sources"),
    )
    outcomes.planned_against_found(here, rows, coverage=with_plan)


def events(here: Here) -> None:
    """Events over time; the undated are listed."""
    words = here.words
    rows = here.rows(queries.events)
    dated = rows[rows["start_date"].notna()]
    undated = rows[rows["start_date"].isna()].to_dict(orient="records")
    records = rows.to_dict(orient="records")
    counted = rows[rows["attendance"].notna()]
    twin = words.plural("{n} event with a date", "{n} events with a date", len(dated))
    twin += ", " + words.plural("{n} without.", "{n} without.", len(undated))
    if len(counted):
        twin += " " + words.plural(
            "For {n} event a source says how many came: {people} in all.",
            "For {n} events a source says how many came: {people} in all.",
            len(counted),
            people=words.number(counted["attendance"].sum()),
        )
    figure_card(
        here,
        "events",
        words("Events"),
        dated,
        partial(figures.events, words=words, colours=here.colours, day=here.selection.day),
        twin=twin,
        columns={
            "when": words("When"),
            "title": words("Event"),
            "kind": words("Kind"),
            "place": words("Place"),
            "attendance": words("Attendance"),
            "project_link": words("Project"),
            "source_link": words("Source"),
        },
        table=lambda: pd.DataFrame(
            {
                "when": [cells.when(row, words) for row in records],
                "title": [cells.told(row, "title", words.lang) for row in records],
                "kind": [words.label("event_kind", row["kind"]) for row in records],
                "place": [cells.text(row["place"]) for row in records],
                "attendance": [outcomes.attendance(row, words) for row in records],
                "project_link": [cells.to_project(row, words, row["project"]) for row in records],
                "source_link": [cells.source(row, words) for row in records],
            }
        ),
        coverage=Coverage(
            rows["project_id"].nunique(), here.projects, words("with no event in our sources")
        ),
        empty=words("No event of these projects has a date in our sources."),
    )
    if undated:
        st.markdown(plain(words("Events without a date:")))
        st.markdown(
            "\n".join(
                f"- {plain(cells.told(row, 'title', words.lang))} "
                f"({cells.to_project(row, words, row['project'])}), {cells.source(row, words)}"
                for row in undated
            )
        )


def publications(here: Here) -> None:
    """Articles, blog posts, reports and guides, by year."""
    words = here.words
    rows = here.rows(queries.outputs, queries.PUBLICATIONS)
    with st.container(border=True, key="card-publications"):
        heading(words("Publications"), 2)
        if rows.empty:
            st.markdown(plain(words("No publication of these projects is named in our sources.")))
            return
        years = rows["date"].dt.year.astype("Int64")
        for year in sorted(set(years.dropna()), reverse=True):
            heading(str(year), 3)
            _lines(rows[years == year].sort_values("outlet", kind="stable"), words)
        if years.isna().any():
            heading(words("Year not known"), 3)
            _lines(rows[years.isna()], words)
        _foot(here, "publications", rows)


def media(here: Here) -> None:
    """Videos and other things on the web, as links; nothing is embedded."""
    words = here.words
    rows = here.rows(queries.outputs, queries.MEDIA)
    with st.container(border=True, key="card-media"):
        heading(words("Videos, platforms and models"), 2)
        if rows.empty:
            st.markdown(
                plain(
                    words("No video, platform or model of these projects is named in our sources.")
                )
            )
            return
        st.markdown(
            plain(words("The links lead to other sites; nothing of theirs is loaded here."))
        )
        for kind in dict.fromkeys(rows["kind"]):
            heading(words.label("output_kind", kind), 3)
            _lines(rows[rows["kind"] == kind], words)
        _foot(here, "media", rows)


def _lines(rows: pd.DataFrame, words: Wording) -> None:
    outcomes.output_lines(
        rows, words, lambda row: f" · {cells.to_project(row, words, row['project'])}"
    )


def bridges(here: Here) -> None:
    """Where more is to be found, and with which words to search there."""
    words = here.words
    heading(words("Where to find more"), 2)
    places = (
        (
            words("Innokylä"),
            INNOKYLA,
            words(
                "operating models and development work in Finnish social and health services, "
                "with conditions for taking them up"
            ),
        ),
        (
            words("Interreg Europe good practices"),
            GOOD_PRACTICES,
            words(
                "good practices that experts of the programme have validated, with the challenge, "
                "the resources and the evidence"
            ),
        ),
        (
            words("European Social Network, practices"),
            ESN_PRACTICES,
            words("practices of public social services in Europe"),
        ),
    )
    st.markdown("\n".join(f"- {link(name, url)}: {plain(what)}" for name, url, what in places))
    searched = search_words(here)
    if searched:
        st.markdown(
            plain(
                words(
                    "Words to search with, from this selection: {words}.", words=", ".join(searched)
                )
            )
        )


def search_words(here: Here) -> list[str]:
    """The chosen target groups and services, else those most common in the selection."""
    words = here.words
    chosen = [
        in_sentence(words.label(name, value))
        for name in ("target_group", "service")
        for value in here.selection.values(name)
        if value != "unknown"
    ]
    if chosen:
        return chosen
    rows = here.rows(queries.commonest, SEARCH_WORDS)
    return [
        in_sentence(words.label(row["parameter"], row["value"]))
        for row in rows.to_dict(orient="records")
    ]


def _foot(here: Here, key: str, rows: pd.DataFrame) -> None:
    words = here.words
    based = Coverage(rows["project_id"].nunique(), here.projects, words("with none in our sources"))
    st.caption(plain(based.sentence(here)))
    download_rows(here, key, rows)
