"""The about page: what this is, how much is known, where it comes from, and on what terms."""

from importlib.metadata import PackageNotFoundError, version

import pandas as pd
import streamlit as st

from projectdata.catalog import Query
from projectdata.folding import fold
from projectdata.queries import coverage
from projectdata.queries.lens import split
from projectdata.queries.summary import measure_totals
from projectdata.ui import address, cards, imports, lens_words
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain

SECTIONS = (
    "introduction",
    "coverage",
    "conflicts",
    "sources",
    "imports",
    "lens",
    "dictionary",
    "glossary",
    "accessibility",
    "terms",
)
CONFLICTS_AT_A_TIME = 10
SOURCES_AT_A_TIME = 30
SOFTWARE = ("projectdata", "streamlit", "duckdb", "ibis-framework", "pandas", "plotly", "pydeck")


def section_switch(here: Here) -> str:
    """Which part of the page is shown; the parameter `section` of the address."""
    words = here.words
    titles = {
        "introduction": words("What this is"),
        "coverage": words("Coverage"),
        "conflicts": words("Conflicts"),
        "sources": words("Sources"),
        "imports": words("Imports"),
        "lens": words("Social services"),
        "dictionary": words("Data dictionary"),
        "glossary": words("Glossary"),
        "accessibility": words("Accessibility"),
        "terms": words("Licences and privacy"),
    }
    asked = (address.own("section") or [SECTIONS[0]])[0]
    section = asked if asked in SECTIONS else SECTIONS[0]
    key = "about-section"
    if st.session_state.get(key) != section:
        st.session_state[key] = section
    st.segmented_control(
        words("Part of this page"),
        SECTIONS,
        key=key,
        format_func=lambda part: titles.get(part, part),
        required=True,
        wrap=True,
        on_change=_choose_section,
        args=(key,),
    )
    return section


def _choose_section(key: str) -> None:
    for other in ("page", "find", "table", lens_words.READ_IN):
        address.put_own(other, [])
    address.put_own("section", [st.session_state[key]])


def show(here: Here, section: str) -> None:
    """One part of the page."""
    {
        "introduction": introduction,
        "coverage": known,
        "conflicts": conflicts,
        "sources": sources,
        "imports": imports.section,
        "lens": lens_words.section,
        "dictionary": dictionary,
        "glossary": glossary,
        "accessibility": accessibility,
        "terms": terms,
    }[section](here)


def introduction(here: Here) -> None:
    """What the dataset is and is not, and the three laws."""
    words = here.words
    curated, imported = _curated(here), _imported(here)
    deep = _rows(here, coverage.in_depth)
    names = [row["acronym"] or row["name"] for row in deep.fillna("").to_dict(orient="records")]
    st.header(words("What this is, and what it is not"))
    _paragraphs(
        words.plural(
            "A curated sample of {n} project in social services that EU money helps to pay,"
            " from four families of programmes: Interreg, Erasmus+, the structural funds as"
            " Kohesio lists them, and the Finnish regional programmes.",
            "A curated sample of {n} projects in social services that EU money helps to pay,"
            " from four families of programmes: Interreg, Erasmus+, the structural funds as"
            " Kohesio lists them, and the Finnish regional programmes.",
            curated,
        ),
        *imported,
        words(
            "Described in depth: {names}. The others are there to compare with; a public source"
            " describes each of them well enough.",
            names=words.all_of(names),
        ),
        words(
            "The sums are no totals of any programme or country: they hold what was curated and"
            " what stands in the imported files, and a country with few projects here may have"
            " many elsewhere."
        )
        if imported
        else words(
            "It is not a register. The sums are no totals of any programme or country, and a"
            " country with few projects here may have many elsewhere."
        ),
    )
    st.header(words("Three laws"))
    _list(
        words(
            "Every figure has a source. You can follow it to the document that states it. What we"
            " read or inferred is marked, and what is missing stays missing."
        ),
        words(
            "Unlike things are never added. A total budget, an EU contribution and planned or"
            " realised public funding are different amounts. One is shown at a time. Missing is"
            " not zero, and a project in three countries counts once in a total."
        ),
        words(
            "What you see is what you take. The number on the page is the number of rows in the"
            " file, and the link in the address bar brings the same view back."
        ),
    )


def _curated(here: Here) -> int:
    """How many projects were curated; two records of one project count once."""
    chosen = here.selection.cleared().choosing("project", imports.curated(here))
    return int(here.catalog.rows(measure_totals, chosen)["projects"].iloc[0])


def _imported(here: Here) -> list[str]:
    """A sentence on what stands beside the curated projects, where something does."""
    words, named = here.words, imports.named(here)
    if not named:
        return []
    found = split(here.catalog, here.selection.cleared())
    return [
        words(
            "Beside them stands what was imported: {registers}. Together that makes {m} projects;"
            " {n} of them are about social services, and the pages open on those.",
            registers=words.all_of(named),
            n=words.number(found.social),
            m=words.number(found.all),
        )
    ]


def known(here: Here) -> None:
    """Known of all projects, by field and collection."""
    words = here.words
    st.header(words("How much is known"))
    rows = _rows(here, coverage.known_fields)
    cells = rows.set_index(["known_field", "collection"])
    every = rows.groupby("known_field")[["known", "projects"]].sum()
    names = [code for code in _codes(here, "collection") if code in set(rows["collection"])]
    table = pd.DataFrame(
        [
            {"known_field": label, "all": _of(here, every.loc[field])}
            | {name: _of(here, cells.loc[(field, name)]) for name in names}
            for field, label in _field_labels(here).items()
        ]
    )
    amount = every.loc[coverage.ANY_AMOUNT]
    both = every.loc[coverage.BOTH_EXACT]
    st.markdown(
        plain(
            words(
                "{a} of {n} projects have an amount in some measure, but only {b} have both an"
                " exact total budget and an exact EU contribution, so the EU share can be"
                " computed for those alone.",
                a=words.number(amount["known"]),
                b=words.number(both["known"]),
                n=words.number(amount["projects"]),
            )
        )
    )
    labels = {"known_field": words("Field"), "all": words("All")}
    labels |= {name: words.label("collection", name) for name in names}
    cards.data_table(table, labels, alt=words("How many projects have each field, by collection"))
    st.caption(
        plain(
            words(
                "A target group or a service may be stated by the source, read by us from its"
                " words, or follow from an official category; each project page says which."
                " Regions are named for Finnish places and a few others."
            )
        )
    )


def _field_labels(here: Here) -> dict[str, str]:
    words, projects = here.words, here.catalog.package.table("projects")
    titles = {
        "period": words("Start or end"),
        "both_dates": words("Start and end"),
        "country": words("Country"),
        "lead_country": words("Lead country"),
        "target_group": words("Target group"),
        "service": words("Service"),
        "region": words("Region"),
        "placed": words("A place on the map"),
        coverage.ANY_AMOUNT: words("An amount in any measure"),
        coverage.BOTH_EXACT: words("Exact total budget and exact EU contribution"),
    }
    for field in coverage.FIELDS:
        if (here.words.labels.get(("measure", field))) is not None:
            titles[field] = words.label("measure", field)
        elif field not in titles:
            titles[field] = projects.field(field).titles[words.lang]
    return {field: titles[field] for field in coverage.FIELDS}


def _of(here: Here, part: pd.Series) -> str:
    words = here.words
    share = words.percent(part["known"] / part["projects"]) if part["projects"] else "–"
    n, m = words.number(part["known"]), words.number(part["projects"])
    return words("{n} of {m} ({share})", n=n, m=m, share=share)


def conflicts(here: Here) -> None:
    """Where sources disagree: every statement, which one is displayed, and why."""
    words = here.words
    st.header(words("Where sources disagree"))
    rows = _rows(here, coverage.conflicts)
    said = _rows(here, coverage.conflict_statements)
    st.markdown(
        plain(
            words.plural(
                "{n} conflict is known. All statements stand side by side; one is displayed and"
                " used in figures, for the reason given.",
                "{n} conflicts are known. All statements stand side by side; one is displayed and"
                " used in figures, for the reason given.",
                len(rows),
            )
        )
    )
    shown, place, pages = _page(rows, CONFLICTS_AT_A_TIME)
    for row in shown.to_dict(orient="records"):
        cards.heading(row["topic"], 3)
        name = row["acronym"] if isinstance(row["acronym"], str) else row["project"]
        asked = (("project", row["project_id"]), ("section", "conflicts"), ("lang", words.lang))
        project = page_link(name, "project", *asked)
        st.markdown(f"{project} · {plain(words.label('conflict_kind', row['kind']))}")
        statements = said[said["conflict_id"] == row["conflict_id"]]
        cards.data_table(
            pd.DataFrame([_statement(here, s) for s in statements.to_dict(orient="records")]),
            {
                "said": words("Statement"),
                "shown": words("On the pages"),
                "source_link": words("Source"),
                "reliability": words("Reliability"),
            },
            alt=row["topic"],
        )
        why = words("How we show it:")
        st.markdown(f"**{plain(why)}** {plain(row['handling'])}")
    _pager(here, place, pages)


def _statement(here: Here, row: dict) -> dict[str, str]:
    words = here.words
    note = row["note"] if isinstance(row["note"], str) else ""
    return {
        "said": f"{row['said']} {note}".strip(),
        "shown": words("✓ shown") if row["is_displayed"] else words("beside it"),
        "source_link": link(row["source_title"], row["source_url"]),
        "reliability": words.label("reliability", row["reliability"]),
    }


def sources(here: Here) -> None:
    """Every document, with its reliability, address and dates."""
    words = here.words
    st.header(words("Sources"))
    rows = _rows(here, coverage.sources)
    counted = rows["reliability"].value_counts()
    parts = [
        f"{words.label('reliability', kind)} {words.number(counted[kind])}"
        f" ({words.description('reliability', kind)})"
        for kind in _codes(here, "reliability")
        if kind in counted
    ]
    st.markdown(
        plain(words.plural("{n} document was read.", "{n} documents were read.", len(rows)))
    )
    _list(*parts)
    find = (address.own("find") or [""])[0]
    key = "about-find"
    if st.session_state.get(key) != find:
        st.session_state[key] = find
    st.text_input(
        words("Find a source by title, publisher or address"),
        key=key,
        max_chars=100,
        on_change=_find,
        args=(key,),
    )
    words_of_row = rows[["title", "publisher", "url", "kind", "reliability"]].fillna("")
    hay = words_of_row.agg(" ".join, axis=1).map(fold)
    rows = rows[hay.map(lambda text: all(term in text for term in fold(find).split()))]
    if rows.empty:
        st.info(plain(words("No source has these words. Try fewer of them.")))
        return
    shown, place, pages = _page(rows, SOURCES_AT_A_TIME)
    cards.data_table(
        pd.DataFrame([_source(here, row) for row in shown.to_dict(orient="records")]),
        {
            "title_link": words("Document"),
            "publisher": words("Publisher"),
            "reliability": words("Reliability"),
            "language": words("Language"),
            "published": words("State of"),
            "accessed": words("Read on"),
            "licence": words("Licence"),
            "projects": words("Projects"),
        },
        alt=words("Sources"),
    )
    _pager(here, place, pages)


def _source(here: Here, row: dict) -> dict[str, str]:
    words = here.words

    def date(column: str) -> str:
        return "" if pd.isna(row[column]) else words.date(row[column])

    def text(column: str) -> str:
        return row[column] if isinstance(row[column], str) else ""

    return {
        "title_link": link(row["title"], text("url")),
        "publisher": text("publisher"),
        "reliability": words.label("reliability", row["reliability"]),
        "language": words.language(text("language")),
        "published": date("published"),
        "accessed": date("accessed"),
        "licence": text("licence") or words("not stated"),
        "projects": words.number(row["projects"]),
    }


def _find(key: str) -> None:
    address.put_own("page", [])
    address.put_own("find", [st.session_state[key]] if st.session_state[key] else [])


def dictionary(here: Here) -> None:
    """Every column of a table, as the data package describes it."""
    words, package = here.words, here.catalog.package
    st.header(words("Data dictionary"))
    st.markdown(
        plain(
            words(
                "This is the data package itself: the program reads its columns, labels and units"
                " from the same file."
            )
        )
    )
    names = list(package.tables)
    asked = (address.own("table") or [names[0]])[0]
    name = asked if asked in names else names[0]
    key = "about-table"
    if st.session_state.get(key) != name:
        st.session_state[key] = name
    st.selectbox(
        words("Table"),
        names,
        key=key,
        format_func=lambda name: f"{package.table(name).titles[words.lang]} ({name})",
        on_change=_choose_table,
        args=(key,),
    )
    table = package.table(name)
    cards.heading(table.titles[words.lang], 3)
    st.markdown(plain(table.descriptions[words.lang] + "."))
    for caveat in table.caveats:
        st.markdown(plain(caveat["text_fi" if words.lang == "fi" else "text"]))
    references = {key.field: f"{key.table}.{key.table_field}" for key in table.foreign_keys}
    fields = [
        {
            "name": field.name,
            "label": field.titles[words.lang],
            "meaning": field.descriptions[words.lang],
            "type": _types(here)[field.type],
            "unit": field.unit or "",
            "required": words("yes") if field.required else "",
            "values": references.get(field.name) or _allowed(here, field.code_list),
        }
        for field in table.fields
    ]
    cards.data_table(
        pd.DataFrame(fields),
        {
            "name": words("Column"),
            "label": words("Label"),
            "meaning": words("Meaning"),
            "type": words("Type"),
            "unit": words("Unit"),
            "required": words("Required"),
            "values": words("Values"),
        },
        alt=words("Columns of {table}", table=table.titles[words.lang]),
    )


def _types(here: Here) -> dict[str, str]:
    words = here.words
    return {
        "string": words("text"),
        "date": words("date"),
        "number": words("number"),
        "integer": words("whole number"),
        "boolean": words("true or false"),
    }


def _allowed(here: Here, code_list: str | None) -> str:
    words = here.words
    return (
        ", ".join(words.label(code_list, c) for c in _codes(here, code_list)) if code_list else ""
    )


def _choose_table(key: str) -> None:
    address.put_own("table", [st.session_state[key]])


def glossary(here: Here) -> None:
    """The words of this field, in plain language."""
    words = here.words
    st.header(words("Glossary"))
    _definitions(here, "glossary", words("Word"))
    st.header(words("Measures of money"))
    _definitions(here, "measure", words("Measure"))


def _definitions(here: Here, code_list: str, heading: str) -> None:
    words = here.words
    rows = sorted(
        (words.label(code_list, code), words.description(code_list, code))
        for code in _codes(here, code_list)
    )
    cards.data_table(
        pd.DataFrame(rows, columns=["word", "meaning"]),
        {"word": heading, "meaning": words("Meaning")},
        alt=heading,
    )


def accessibility(here: Here) -> None:
    """What works for everyone, what does not, and whom to tell."""
    words = here.words
    st.header(words("Accessibility statement"))
    _paragraphs(
        words(
            "The aim is WCAG 2.2, level AA. Every page is tested in both languages with axe-core,"
            " by keyboard and at a width of 360 pixels. No outside body has audited the service."
        )
    )
    cards.heading(words("What works"), 3)
    _list(
        words(
            "Every figure has a sentence that says what it shows, the same rows as a table, and"
            " the rows as a file."
        ),
        words("Nothing is told by colour alone: marks, patterns or words say the same."),
        words("Filters, links and downloads can be reached and used by keyboard."),
        words("The language of the page is marked, and follows the language link."),
        words("Tables of up to 60 rows are plain HTML tables, which screen readers can walk."),
        words("There is a light and a dark theme; both follow the setting of your device."),
    )
    cards.heading(words("What does not work yet"), 3)
    _list(
        words(
            "Longer tables are drawn on a canvas by the framework, Streamlit. Arrow keys move in"
            " them, but screen readers tell less than of an HTML table. Narrow the selection to 60"
            " rows, or take the CSV."
        ),
        words(
            "The map and the charts are pictures to a screen reader. The sentence above and the"
            " table below each say the same."
        ),
        words(
            "The button that saves a chart as a picture is hard to reach by keyboard. The table"
            " and the CSV beside it hold the same rows."
        ),
        words("Names of projects in other languages are not marked with their language in lists."),
        words("Without JavaScript the pages do not show; the files of the API do."),
    )
    cards.heading(words("How to tell us"), 3)
    _paragraphs(
        words(
            "If something keeps you from using the service, tell whoever maintains the copy you"
            " use, or open an issue where its source code is kept. Name the page by its address:"
            " it brings the same view back."
        )
    )


def terms(here: Here) -> None:
    """Licences, versions, and what is stored about a reader: nothing."""
    words, package = here.words, here.catalog.package
    st.header(words("Licences"))
    _list(
        words(
            "Data: {licence}. Name the source of each row as well; some sources have terms of"
            " their own, listed under Sources.",
            licence=package.licence["title"],
        ),
        words("Program: European Union Public Licence 1.2 (EUPL-1.2)."),
        words("Country outlines: Natural Earth, public domain."),
        words("Typeface: Atkinson Hyperlegible Next, SIL Open Font License 1.1."),
    )
    st.header(words("Cookies and tracking"))
    _paragraphs(
        words(
            "There are no cookies, no analytics and no sign-in, and nothing is loaded from other"
            " sites. Your choices live in the address of the page."
        )
    )
    st.header(words("How to cite"))
    st.code(
        f"{package.titles[words.lang]}, {package.version}, {package.created}. "
        f"{package.licence['title']}.",
        language=None,
        wrap_lines=True,
    )
    st.header(words("Versions"))
    rows = [(words("Dataset"), package.version), (words("Data fingerprint"), here.catalog.version)]
    rows += [(name, _version(name)) for name in SOFTWARE]
    cards.data_table(
        pd.DataFrame(rows, columns=["name", "version"]),
        {"name": words("Part"), "version": words("Version")},
        alt=words("Versions"),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def _rows(here: Here, query: Query) -> pd.DataFrame:
    """The answer for the whole dataset: this page is about all of it, whatever is selected."""
    return here.catalog.rows(query, here.selection.cleared())


def _codes(here: Here, code_list: str | None) -> list[str]:
    return [code for name, code in here.words.labels if name == code_list]


def _page(rows: pd.DataFrame, size: int) -> tuple[pd.DataFrame, int, int]:
    """The rows of the page that the address asks for, its number from 1, and how many there are."""
    pages = max(1, -(-len(rows) // size))
    asked = (address.own("page") or ["1"])[0]
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    place = min(max(place, 1), pages)
    return rows.iloc[(place - 1) * size : place * size], place, pages


def _pager(here: Here, place: int, pages: int) -> None:
    words = here.words
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="about-pager"):
        for label, target in ((words("Previous"), place - 1), (words("Next"), place + 1)):
            st.button(
                label,
                key=f"about-to-{'next' if target > place else 'previous'}",
                disabled=not 1 <= target <= pages,
                on_click=address.put_own,
                args=("page", [str(target)]),
            )
        st.caption(plain(words("Page {n} of {m}", n=place, m=pages)))


def _paragraphs(*texts: str) -> None:
    st.markdown("\n\n".join(plain(text) for text in texts))


def _list(*texts: str) -> None:
    st.markdown("\n".join(f"- {plain(text)}" for text in texts))
