"""Two to four projects side by side, field by field; the address holds their names."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from projectdata.catalog import title as title_of
from projectdata.figures import compare as figures
from projectdata.queries import compare as queries
from projectdata.queries.rows import JOINED, project_rows
from projectdata.queries.summary import MEASURES
from projectdata.selection import Problem, Selection
from projectdata.ui import address, cards
from projectdata.ui.page import Here
from projectdata.ui.prose import page_link, plain
from projectdata.wording import Wording, in_sentence

MOST_PROJECTS = 4
FEWEST_PROJECTS = 2


def choose(here: Here) -> list[str]:
    """Two to four projects by name; the parameter `compare` of the address."""
    words, known = here.words, here.catalog.known["project"]
    asked = list(dict.fromkeys(address.own("compare")))
    chosen = [project for project in asked if project in known][:MOST_PROJECTS]
    for project in asked:
        if project not in chosen:
            reason = (
                "this value does not exist here; it was left out"
                if project not in known
                else "too many values; the rest were left out"
            )
            problem = Problem("compare", project, reason)
            st.warning(plain(problem.sentence(words)), icon=":material/link_off:")
    names = here.rows(queries.project_names)
    titles = _titles(here, chosen) | {
        row["project_id"]: title_of(row, words.lang)
        for row in names.rename(columns={"title": f"name_{words.lang}"}).to_dict(orient="records")
    }
    key = "compare-projects"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.multiselect(
        words("Projects to compare, two to four"),
        list(titles),
        key=key,
        format_func=lambda project: titles[project],
        max_selections=MOST_PROJECTS,
        placeholder=words("Choose by name"),
        filter_mode="contains",
        help=words("The list offers the projects of the selection; chosen ones stay."),
        on_change=lambda: address.put_own("compare", st.session_state[key]),
    )
    if len(chosen) < FEWEST_PROJECTS:
        st.info(plain(words("Choose two projects or more, for example NEAR and LINK.")))
    return chosen if len(chosen) >= FEWEST_PROJECTS else []


def _titles(here: Here, projects: Iterable[str]) -> dict[str, str]:
    chosen = Selection(lang=here.words.lang).choosing("project", projects)
    named = here.catalog.wording(chosen)
    return {project: named.label("project", project) for project in projects}


def projects(here: Here, chosen: list[str]) -> None:
    """The projects field by field, their money and their periods."""
    words = here.words
    only = here.selection.cleared().choosing("project", chosen)
    here = Here(here.catalog, only, (), here.catalog.wording(only), here.colours)
    rows = here.rows(project_rows)
    rows = rows.sort_values("project_id", key=lambda ids: [_place(p, chosen) for p in ids])
    rows = rows.reset_index(drop=True)
    if len(rows) < FEWEST_PROJECTS:
        st.info(plain(words("These are records of one project, so there is nothing to compare.")))
        return
    rows["title"] = _unique(
        [title_of(row, words.lang) for row in rows.to_dict(orient="records")], rows
    )
    rows["period"] = [_period(words, row) for row in rows.itertuples()]
    amounts_known = here.rows(queries.displayed_amounts)
    _fields(here, rows, amounts_known, here.rows(queries.output_counts))
    _project_amounts(here, rows, amounts_known)
    _project_periods(here, rows)


def _place(project: str, chosen: list[str]) -> int:
    """In the order of the address; a project chosen by another register's record stands last."""
    return chosen.index(project) if project in chosen else len(chosen)


def _unique(titles: list[str], rows: pd.DataFrame) -> list[str]:
    return [
        title if titles.count(title) == 1 else f"{title} ({project})"
        for title, project in zip(titles, rows["project_id"], strict=True)
    ]


def _period(words: Wording, row: Any) -> str:
    start, end = (None if pd.isna(day) else day.date() for day in (row.start_date, row.end_date))
    precision = "day" if pd.isna(row.period_precision) else row.period_precision
    return words.period(start, end, precision)


def _fields(
    here: Here, rows: pd.DataFrame, amounts_known: pd.DataFrame, outputs: pd.DataFrame
) -> None:
    """One row a field, one column a project."""
    words = here.words
    by_project = rows.set_index("project_id")
    columns = {"field": words("Field")}
    columns |= {f"{project}_link": row.title for project, row in by_project.iterrows()}

    def listed(code_list: str) -> Callable[[object], str]:
        def names(cell: object) -> str:
            if not isinstance(cell, str):
                return words("not known")
            return ", ".join(words.label(code_list, code) for code in cell.split(JOINED))

        return names

    def text(cell: object) -> str:
        return ", ".join(cell.split(JOINED)) if isinstance(cell, str) else words("not known")

    fields: list[tuple[str, str, Callable[[object], str]]] = [
        (words("Period"), "period", str),
        (words("Status"), "status", listed("status")),
        (words("Collection"), "collection", listed("collection")),
        (words("Programme"), "programme_id", listed("programme")),
        (words("Fund"), "fund", listed("fund")),
        (words("Countries"), "countries", listed("country")),
        (words("Lead"), "lead_organisations", text),
        (words("Partners"), "partner_organisations", text),
        (words("Target groups"), "target_groups", listed("target_group")),
        (words("Services"), "services", listed("service")),
    ]
    lang = ("lang", words.lang)
    table: list[dict[str, str]] = [
        {"field": words("Page")}
        | {
            f"{project}_link": page_link(
                words("All about {project}", project=row.title),
                "project",
                ("project", project),
                lang,
            )
            for project, row in by_project.iterrows()
        }
    ]
    for name, column, write in fields:
        cells = {f"{p}_link": plain(write(row[column])) for p, row in by_project.iterrows()}
        table.append({"field": name, **cells})
    for measure in MEASURES:
        some = amounts_known[amounts_known["measure"] == measure].set_index("project_id")
        if some.empty:
            continue
        cells = {
            f"{project}_link": plain(
                _amount(words, some.loc[project])
                if project in some.index
                else words("not published")
            )
            for project in by_project.index
        }
        table.append({"field": words.label("measure", measure), **cells})
    if len(outputs):
        cells = {
            f"{project}_link": plain(_outputs(words, outputs[outputs["project_id"] == project]))
            for project in by_project.index
        }
        table.append({"field": words("Outputs, planned and found"), **cells})
    cards.table_card(
        here,
        "projects-side-by-side",
        words("Field by field"),
        rows.drop(columns=["title", "period"]),
        pd.DataFrame(table),
        columns,
        twin=words(
            "What is known of {names}; “not published” and “not known” are gaps, not zeros.",
            names=words.all_of(rows["title"]),
        ),
    )


def _amount(words: Wording, row: pd.Series) -> str:
    if row["state"] == "not_published" or (pd.isna(row["amount"]) and pd.isna(row["amount_eur"])):
        return words("not published")
    if pd.isna(row["amount_eur"]):
        text = words.money(row["amount"], row["currency"])
    else:
        text = words.money(row["amount_eur"])
    if row["state"] == "zero":
        text = words("{amount}, published as zero", amount=text)
    elif row["precision"] == "rounded":
        text = words("about {amount}, rounded by the source", amount=text)
    return text


def _outputs(words: Wording, rows: pd.DataFrame) -> str:
    """'good practice: planned 20, found 10; guide: planned 1, found 0'."""
    said = []
    for row in rows.itertuples():
        kind = in_sentence(words.label("output_kind", row.kind))
        found = words.number(int(row.found))
        if pd.isna(row.planned):
            said.append(words("{kind}: found {found}", kind=kind, found=found))
        else:
            planned = words.number(int(row.planned))
            said.append(
                words(
                    "{kind}: planned {planned}, found {found}",
                    kind=kind,
                    planned=planned,
                    found=found,
                )
            )
    return "; ".join(said) or words("not known")


def _project_amounts(here: Here, rows: pd.DataFrame, amounts_known: pd.DataFrame) -> None:
    """Bars for each measure that two or more of the projects have."""
    words = here.words
    known = amounts_known[amounts_known["amount_eur"].notna()]
    shared = [m for m in MEASURES if (known["measure"] == m).sum() >= FEWEST_PROJECTS]
    single = [m for m in MEASURES if (known["measure"] == m).sum() == 1]
    panels = []
    for measure in shared:
        some = known[known["measure"] == measure].set_index("project_id")["amount_eur"]
        values = tuple(some.get(project) for project in rows["project_id"])
        labels = tuple(words("not published") if v is None else words.money(v) for v in values)
        names = tuple(_short(title) for title in rows["title"])
        panels.append(figures.Panel(words.label("measure", measure), names, values, labels))
    drawn = known[known["measure"].isin(shared)]
    titles = dict(zip(rows["project_id"], rows["title"], strict=True))
    notes = [
        words(
            "Each amount has its own scale from zero; amounts of different kinds are not compared."
        )
    ]
    if single:
        said = words.all_of([words.label("measure", m) for m in single])
        notes.append(words("Only one of the projects has: {names}.", names=said))
    cards.figure_card(
        here,
        "project-amounts",
        words("The amounts that both or all have"),
        drawn,
        partial(figures.bars, words=words, colours=here.colours),
        shape=panels,
        twin=words(
            "Can be compared: {names}.",
            names=words.all_of([words.label("measure", m) for m in shared]),
        ),
        columns={
            "title": words("Project"),
            "measure": words("Measure"),
            "amount_eur": words("Amount"),
        },
        note=" ".join(notes),
        empty=words(
            "No amount of the same kind is known for two of these projects, so their money "
            "cannot be compared."
        ),
        table=lambda: drawn.assign(
            title=[titles[project] for project in drawn["project_id"]],
            measure=[words.label("measure", m) for m in drawn["measure"]],
            amount_eur=[words.money(v) for v in drawn["amount_eur"]],
        ),
    )


def _short(title: str) -> str:
    return title if len(title) <= 32 else title[:31].rstrip() + "…"


def _project_periods(here: Here, rows: pd.DataFrame) -> None:
    words, day = here.words, here.selection.day
    drawn = rows[
        [
            "project_id",
            "title",
            "collection",
            "start_date",
            "end_date",
            "period_precision",
            "period",
        ]
    ]
    drawn = drawn[drawn["start_date"].notna() | drawn["end_date"].notna()]
    parts = [f"{row.title}: {row.period}" for row in rows.itertuples()]
    cards.figure_card(
        here,
        "project-periods",
        words("When they run"),
        drawn,
        partial(figures.periods, words=words, colours=here.colours, day=day),
        twin="; ".join(parts) + ".",
        columns={"title": words("Project"), "period": words("Period")},
        coverage=cards.Coverage(len(drawn), len(rows), words("without a known period")),
        note=words(
            "The dotted line is {day}; hatched bars are known to the year only, or have no known "
            "end.",
            day=words.date(day),
        ),
        empty=words("No period is known for these projects."),
    )
