"""How the lens decides: its official categories and its words, as tables."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from projectdata.exports import csv_of_frame
from projectdata.importers import lens
from projectdata.importers.lens import Keyword
from projectdata.queries.lens import split
from projectdata.ui import address, cards
from projectdata.ui.page import Here
from projectdata.ui.prose import plain
from projectdata.wording import Wording

READ_IN = "words"
"""The parameter of the address that says which language's words are shown."""


def section(here: Here) -> None:
    """Which projects are social services: the rule, the categories, the words of a language."""
    words = here.words
    st.header(words("Which projects are social services"))
    found = split(here.catalog, here.selection.cleared())
    if found.other:
        st.markdown(
            plain(
                words(
                    "{n} of the {m} projects here are about social services. The others are kept "
                    "and found with the switch “Social services only” turned off.",
                    n=words.number(found.social),
                    m=words.number(found.all),
                )
            )
        )
    rules = (
        words("All curated projects belong here: people chose them."),
        words(
            "An imported project belongs here where an official category of its register says so."
        ),
        words("It also belongs here where its title holds a word that tells of a social service."),
        words(
            "Or where title and summary together hold two such words that mean different things, "
            "at least one of them a service. One word in a summary is not enough."
        ),
    )
    st.markdown("\n".join(f"- {plain(rule)}" for rule in rules))
    st.markdown(
        plain(
            words(
                "The page of an imported project names the category or shows the words. What is "
                "read from words can be wrong, and projects that say nothing are missed."
            )
        )
    )
    _categories(here)
    _keywords(here)


def _categories(here: Here) -> None:
    words = here.words
    cards.heading(words("Official categories"), 3)
    st.markdown(
        plain(
            words(
                "Categories that name a service or a group of people. Those that are not enough on "
                "their own only say for whom a project is."
            )
        )
    )
    schemes = _schemes(words)
    rows = pd.DataFrame(
        [
            {
                "scheme": schemes.get(one.scheme, one.scheme),
                "code": one.code,
                "label": one.label_fi if words.lang == "fi" else one.label_en,
                "meaning": _meaning(words, one.service, one.target_group),
                "counts": words("yes") if one.is_social else words("no"),
            }
            for one in lens.categories()
        ]
    )
    columns = {
        "code": words("Code"),
        "label": words("Category"),
        "meaning": words("Service or group"),
        "counts": words("Enough on its own"),
    }
    for scheme in dict.fromkeys(rows["scheme"]):
        with st.expander(plain(scheme)):
            cards.data_table(rows[rows["scheme"] == scheme], columns, alt=scheme)
    _download(here, "lens-categories", pd.DataFrame(lens.categories()))


def _schemes(words: Wording) -> dict[str, str]:
    return {
        "intervention-2014": words("Fields of intervention 2014–2020 (structural funds)"),
        "intervention-2021": words("Fields of intervention 2021–2027 (structural funds)"),
        "thematic-objective": words("Thematic objectives 2014–2020 (structural funds)"),
        "specific-objective": words("Specific objectives 2021–2027 (structural funds)"),
        "eura-2014-axis": words("Priority axes of Finland’s programme 2014–2020"),
        "eura-2021-objective": words("Specific objectives of Finland’s programme 2021–2027"),
        "keep-theme": words("Themes of keep.eu"),
        "erasmus-topic": words("Topics of Erasmus+"),
    }


def _keywords(here: Here) -> None:
    """The words of one language, those of one meaning in a row."""
    words, every = here.words, lens.keywords()
    cards.heading(words("Words that are read"), 3)
    languages = sorted({code for one in every for code in one.languages}, key=words.language)
    asked = (address.own(READ_IN) or [words.lang])[0]
    language = asked if asked in languages else words.lang
    st.markdown(
        plain(
            words(
                "{n} words and phrases in {m} languages; every text is read in all of them. "
                "“*” stands for the rest of a word.",
                n=words.number(len(every)),
                m=words.number(len(languages)),
            )
        )
    )
    key = "lens-language"
    if st.session_state.get(key) != language:
        st.session_state[key] = language
    st.selectbox(
        words("Words in"),
        languages,
        key=key,
        format_func=words.language,
        on_change=_choose_language,
        args=(key,),
    )
    rows = _by_meaning(words, [one for one in every if language in one.languages])
    cards.data_table(
        rows,
        {
            "meaning": words("Service or group"),
            "enough": words("Words that are enough on their own"),
            "other": words("Words that only name it"),
        },
        alt=words("Words that are read, {language}", language=words.language(language)),
    )
    _download(here, "lens-words", _plain_keywords(every))


def _by_meaning(words: Wording, keywords: Iterable[Keyword]) -> pd.DataFrame:
    rows: dict[str, dict[bool, list[str]]] = {}
    for one in keywords:
        meaning = _meaning(words, one.service, one.target_group)
        rows.setdefault(meaning, {True: [], False: []})[one.is_social].append(one.pattern)
    return pd.DataFrame(
        [
            {
                "meaning": meaning,
                "enough": ", ".join(sorted(said[True])),
                "other": ", ".join(sorted(said[False])),
            }
            for meaning, said in sorted(rows.items())
        ],
        columns=["meaning", "enough", "other"],
    )


def _meaning(words: Wording, service: str | None, group: str | None) -> str:
    said = [words.label("service", service)] if service else []
    said += [words.label("target_group", group)] if group else []
    return " · ".join(said) or words("no single one")


def _plain_keywords(every: Sequence[Keyword]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "language": " ".join(one.languages),
                "pattern": one.pattern,
                "service": one.service,
                "target_group": one.target_group,
                "is_social": one.is_social,
            }
            for one in every
        ]
    )


def _choose_language(key: str) -> None:
    address.put_own(READ_IN, [st.session_state[key]])


def _download(here: Here, name: str, rows: pd.DataFrame) -> None:
    st.download_button(
        here.words.plural("Download {n} row (CSV)", "Download {n} rows (CSV)", len(rows)),
        data=lambda: csv_of_frame(rows),
        file_name=f"projectdata-{name}.csv",
        mime="text/csv",
        key=f"download-{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
