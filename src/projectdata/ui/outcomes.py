"""What came out: outputs planned against found, results, publications, events."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from projectdata.figures import practices as practice_figures
from projectdata.queries import practices
from projectdata.ui import cells
from projectdata.ui.cards import Coverage, figure_card
from projectdata.ui.page import Here
from projectdata.ui.project import One
from projectdata.ui.project_statements import OUTCOME, by_field
from projectdata.ui.prose import link, plain, web_address
from projectdata.wording import Wording


def outputs(one: One) -> None:
    """Results and problems, outputs planned against found, publications and videos."""
    words, here = one.words, one.here
    st.header(words("What came out"), anchor="outputs")
    results = one.of(*OUTCOME)
    by_field(one, results)
    compared = here.rows(practices.planned_and_found)
    if len(compared):
        planned_against_found(here, compared, level=3)
    found = one.stated("outputs")
    found = found[found["state"] == "found"]
    for kind in dict.fromkeys(found["kind"]):
        some = found[found["kind"] == kind]
        st.subheader(f"{plain(words.label('output_kind', kind))} ({words.number(len(some))})")
        output_lines(some, words)
    if results.empty and compared.empty and found.empty:
        st.markdown(
            plain(words("No source that we read tells of results, outputs or publications."))
        )


def planned_against_found(
    here: Here, rows: pd.DataFrame, *, coverage: Coverage | None = None, level: int = 2
) -> None:
    """The card of outputs: named in the sources that we read, of those planned."""
    words = here.words
    numbered = rows[rows["planned"].notna()]
    with_found = numbered[numbered["found"].notna()]
    twin = words.plural(
        "Of {n} kind of output planned with a number, {found} has named examples in the sources "
        "that we read.",
        "Of {n} kinds of output planned with a number, {found} have named examples in the sources "
        "that we read.",
        len(numbered),
        found=words.number(len(with_found)),
    )
    several = with_found[with_found["found"] > with_found["found_in_one_source"]]
    practices_found = several[several["kind"] == "good_practice"].to_dict(orient="records")
    for row in practices_found[:1]:
        twin += " " + words(
            "{project}: {n} of {m} planned good practices are named, {one} of them in one source "
            "and {rest} in others.",
            project=row["project"],
            n=words.number(row["found"]),
            m=words.number(row["planned"]),
            one=words.number(row["found_in_one_source"]),
            rest=words.number(row["found"] - row["found_in_one_source"]),
        )
    records = rows.to_dict(orient="records")
    figure_card(
        here,
        "planned-and-found",
        words("Outputs planned, and named in the sources"),
        rows.drop(columns="place"),
        partial(practice_figures.planned_and_found, words=words, colours=here.colours),
        twin=twin,
        columns={
            "project_link": words("Project"),
            "kind": words("Kind"),
            "said": words("Planned and named"),
        },
        table=lambda: pd.DataFrame(
            {
                "project_link": [cells.to_project(row, words, row["project"]) for row in records],
                "kind": [words.label("output_kind", row["kind"]) for row in records],
                "said": [practice_figures.found_of_planned(row, words) for row in records],
            }
        ),
        note=words(
            "The outline is the plan, the filled bar what is named. What is not named may still "
            "have been done: absence in our sources is no proof. A visit with a learning event "
            "counts as both."
        ),
        empty=words("No project in this selection has a published plan of outputs."),
        coverage=coverage,
        level=level,
    )


def output_lines(
    rows: pd.DataFrame, words: Wording, end: Callable[[dict], str] = lambda row: ""
) -> None:
    """Outputs as a list; their source stands once after those it names."""
    for _, said in rows.groupby("source_id", sort=False):
        records = said.to_dict(orient="records")
        lines = [f"- {output_line(row, words)}{end(row)}" for row in records]
        where = plain(words("Source:")) + " " + cells.source(records[0], words)
        st.markdown("\n".join([*lines, "", f":small[{where}]"]))


def output_line(row: dict, words: Wording) -> str:
    """An output as a line: citation or title, its other name, owner, country, note."""
    title = cells.told(row, "title", words.lang) or cells.text(row["title"])
    first = cells.text(row["citation"]) or title
    other = title if cells.has(row["citation"]) else cells.text(row["title"])
    parts = [link(first, row["url"]) if web_address(row["url"]) else plain(first)]
    if other and other not in first:
        parts.append(f"*{plain(other)}*")
    if not cells.has(row["citation"]):
        parts += [plain(row[name]) for name in ("owner", "outlet") if cells.has(row[name])]
        parts += [plain(words.country(row["country"]))] if cells.has(row["country"]) else []
    note = cells.told(row, "note", words.lang)
    parts += [plain(note)] if note else []
    return " · ".join(parts)


def attendance(row: dict, words: Wording) -> str:
    """How many came and who, where a source says so."""
    said = cells.told(row, "attendance", words.lang)
    if said:
        return said
    return words.number(row["attendance"]) if cells.has(row["attendance"]) else words("not stated")
