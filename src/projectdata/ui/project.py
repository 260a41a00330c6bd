"""One project: which one the address names, what it is called, what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
import streamlit as st

from projectdata import selection
from projectdata.palette import MARK_CHARACTERS
from projectdata.queries import lens
from projectdata.queries import project as queries
from projectdata.queries.summary import MEASURES
from projectdata.ui import address, cells, import_words, imports
from projectdata.ui.cards import data_table, strip
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain, web_address
from projectdata.wording import Wording, in_sentence

MACHINE = "machine"
"""The basis of a name that a register had translated by machine."""


@dataclass(frozen=True)
class One:
    """One project and the run that shows it; its frames are asked for once."""

    here: Here
    project_id: str
    asked: str
    """The record the address names: the project, or the other record of a confirmed pair."""

    @property
    def words(self) -> Wording:
        """The reader's language."""
        return self.here.words

    @cached_property
    def row(self) -> pd.Series:
        """The project."""
        return self.here.rows(queries.project).iloc[0]

    @cached_property
    def statements(self) -> pd.DataFrame:
        """Everything that sources say of it and no other table holds."""
        return self.here.rows(queries.statements)

    @cached_property
    def partners(self) -> pd.DataFrame:
        """Who takes part, in which role."""
        return self.here.rows(queries.taking_part)

    @cached_property
    def name(self) -> str:
        """The name in the reader's language, else the original."""
        return cells.text(self.row[f"name_{self.words.lang}"]) or cells.text(
            self.row["name_original"] if cells.has(self.row["name_original"]) else self.project_id
        )

    @cached_property
    def is_imported(self) -> bool:
        """True where all that is known of it comes from an imported register."""
        return self.project_id not in imports.curated(self.here)

    @cached_property
    def records(self) -> pd.DataFrame:
        """The records that count as this project."""
        return self.stated("projects")

    def stated(self, table: str) -> pd.DataFrame:
        """The rows of a table about it, with their sources."""
        return self.here.rows(queries.stated, table)

    def of(self, *fields: str) -> pd.DataFrame:
        """Statements about some fields that no other statement disputes."""
        rows = self.statements
        return rows[rows["field"].isin(fields) & rows["conflict_id"].isna()]


def asked_for(here: Here) -> One | None:
    """The project that the address names first; None where it names none that exists."""
    for wanted in address.own("project")[:1]:
        found, _ = selection.parse([("project", wanted)], here.catalog.known)
        for record in found.values("project"):
            if record == selection.UNKNOWN:
                continue
            chosen = here.selection.cleared().choosing("project", [record])
            one = replace(here, selection=chosen, words=here.catalog.wording(chosen))
            project_id = str(one.rows(queries.project)["project_id"].iloc[0])
            return One(one, project_id, record)
    return None


def chooser(here: Here) -> None:
    """Without a project in the address: a search, and the projects described in depth."""
    words = here.words
    wanted = next(iter(address.own("project")), "")
    st.title(words("Find a project"))
    if wanted:
        st.info(
            plain(
                words(
                    "No project here has the id “{id}”. Perhaps you meant one of these, or search "
                    "by name.",
                    id=wanted[:80],
                )
            )
        )
    looked_for = next(iter(address.own("find")), "")
    if st.session_state.get("find-project") != looked_for:
        st.session_state["find-project"] = looked_for
    st.text_input(
        words("Name, organisation, place or code"),
        key="find-project",
        max_chars=200,
        on_change=lambda: address.put_own("find", [st.session_state["find-project"]]),
    )
    rows = here.rows(queries.suggestions, looked_for or wanted)
    if rows.empty and (looked_for or wanted):
        st.markdown(
            plain(
                words("Nothing was found with these words. These projects are described in depth:")
            )
        )
        rows = here.rows(queries.suggestions, "")
    elif not (looked_for or wanted):
        st.markdown(plain(words("These projects are described in depth:")))
    st.markdown(
        "\n".join(
            f"- {cells.to_project(row, words, row['title'])} "
            f"{plain(cells.collection(row['collection'], words))}"
            for row in rows.to_dict(orient="records")
        )
    )
    everything = page_link(words("All projects as a table"), "data", ("lang", words.lang))
    st.markdown(everything)


def head(one: One) -> None:
    """Name, its other names and their basis, collection, summary, the key figures."""
    words, row = one.words, one.row
    st.title(plain(one.name))
    if one.asked != one.project_id:
        st.info(
            plain(
                words(
                    "“{other}” and “{id}” are two records of the same project; everything about "
                    "both stands on this page.",
                    other=one.asked,
                    id=one.project_id,
                )
            )
        )
    original = _original(one)
    if original:
        st.markdown(original)
    st.markdown(_names(one))
    summary = cells.told(row, "summary", words.lang)
    if summary:
        st.markdown(plain(summary))
    translated = one.is_imported and row["name_en_basis"] == MACHINE
    if summary and translated and summary == row["summary_en"]:
        st.caption(plain(words("The register made this summary by machine translation.")))
    strip(one.here, _key_figures(one))


def _original(one: One) -> str:
    """The title in the programme's own language, where a machine made the one above it."""
    words, row = one.words, one.row
    original = cells.text(row["name_original"])
    if row[f"name_{words.lang}_basis"] != MACHINE or original in ("", one.name):
        return ""
    code = cells.text(row["original_language"])
    language = words.language(code) if code else words("language not known")
    said = words("title in the programme’s language, {language}", language=language)
    return f"**{plain(original)}** ({plain(said)})"


def _names(one: One) -> str:
    words, row = one.words, one.row
    mark = MARK_CHARACTERS.get(row["collection"], "")
    said = [f"{mark} **{plain(words.label('collection', row['collection']))}**"]
    if cells.has(row["acronym"]) and row["acronym"] != one.name:
        said.append(plain(row["acronym"]))
    basis = row[f"name_{words.lang}_basis"]
    if cells.has(basis) and basis != "stated" and cells.has(row[f"name_{words.lang}"]):
        said.append(
            plain(words("name: {basis}", basis=in_sentence(words.label("text_basis", basis))))
        )
    original = cells.text(row["name_original"])
    if original and original != one.name and basis != MACHINE:
        language = (
            words.language(cells.text(row["original_language"]))
            if cells.has(row["original_language"])
            else words("language not known")
        )
        said.append(
            plain(words("original name ({language}): {name}", language=language, name=original))
        )
    return " · ".join(said)


def _key_figures(one: One) -> list[tuple[str, str, str]]:
    words, row = one.words, one.row
    start, end = cells.day(row["start_date"]), cells.day(row["end_date"])
    years = words.period(start, end, "year") if start or end else words("not known")
    found = [(words("Years"), years, words("In full: {period}.", period=cells.period(row, words)))]
    found.append(
        (
            words("Status"),
            words("Not known")
            if row["status"] == "unknown"
            else words.label("status", row["status"]),
            words("Judged by {day}.", day=words.date(one.here.selection.day)),
        )
    )
    for measure in MEASURES:
        if cells.has(row[measure]):
            found.append(
                (
                    words.label("measure", measure),
                    words.money_short(float(row[measure])),
                    words.description("measure", measure),
                )
            )
    countries = one.here.rows(queries.about, "project_countries")
    found.append(
        (
            words("Countries"),
            words.number(countries["country"].nunique()) if len(countries) else words("not known"),
            words.all_of(sorted(words.country(c) for c in countries["country"].dropna())),
        )
    )
    doers = one.partners[one.partners["role"].isin(["lead", "beneficiary", "partner"])]
    found.append(
        (
            words("Lead and partners"),
            words.number(doers["organisation_id"].nunique()) if len(doers) else words("not known"),
            words("Organisations that do the work; funders and stakeholders are not counted."),
        )
    )
    return found


def facts(one: One) -> None:
    """What is known, one line a fact, each with its source."""
    words, row = one.words, one.row
    st.header(words("Key facts"), anchor="facts")
    source = cells.source(row, words)
    lines: list[tuple[str, str, str]] = []

    def add(label: str, value: str, where: str = source) -> None:
        lines.append((label, value or plain(words("not known")), where if value else ""))

    periods = one.stated("periods")
    shown = periods[periods["is_displayed"]]
    add(
        words("Period"),
        plain(cells.period(row, words)),
        cells.source(shown.iloc[0], words) if len(shown) else "",
    )
    for amount in one.stated("amounts").to_dict(orient="records"):
        if amount["is_displayed"]:
            add(
                words.label("measure", amount["measure"]),
                plain(cells.money(amount, words)),
                cells.source(amount, words),
            )
    leads = one.partners[one.partners["role"].isin(["lead", "beneficiary"])]
    names = leads.drop_duplicates("organisation_id").to_dict(orient="records")
    add(
        words("Lead"),
        ", ".join(to_organisation(r, one) for r in names),
        cells.source(names[0], words) if names else "",
    )
    countries = one.here.rows(queries.about, "project_countries")["country"].dropna()
    add(
        words("Countries"),
        plain(", ".join(sorted(words.country(c) for c in countries))),
        plain(words("seats of those who take part, and places")),
    )
    for name, label in (
        ("programme_id", words("Programme")),
        ("fund", words("Fund")),
        ("programming_period", words("Programming period")),
        ("scope", words("Scope")),
    ):
        code = row[name]
        code_list = "programme" if name == "programme_id" else name
        add(label, plain(words.label(code_list, code)) if cells.has(code) else "")
    if cells.has(row["code"]):
        scheme = (
            words.label("code_scheme", row["code_scheme"]) if cells.has(row["code_scheme"]) else ""
        )
        add(words("Code"), plain(f"{row['code']} {f'({scheme})' if scheme else ''}".strip()))
    add(
        words("Page of the project"),
        link(row["url"], row["url"]) if web_address(row["url"]) else "",
    )
    data_table(
        pd.DataFrame(lines, columns=["fact_link", "value_link", "source_link"]).assign(
            fact_link=lambda rows: [plain(text) for text in rows["fact_link"]]
        ),
        {
            "fact_link": words("Fact"),
            "value_link": words("What is known"),
            "source_link": words("Source"),
        },
        alt=words("Key facts"),
    )


def records(one: One) -> None:
    """The records that count as this one project, where there are several, and why."""
    words = one.words
    rows = one.records
    if len(rows) < 2:
        return
    st.header(words("In several registers"), anchor="records")
    st.markdown(
        plain(
            words.plural(
                "{n} record speaks of this project. It counts once; what each says stands in the "
                "tables below, with its source.",
                "{n} records speak of this project. It counts once; what each says stands in the "
                "tables below, with its source.",
                len(rows),
            )
        )
    )
    amounts, periods = one.stated("amounts"), one.stated("periods")
    data_table(
        pd.DataFrame(
            [
                _record(one, row, amounts, periods)
                for row in rows.sort_values("record_id").to_dict(orient="records")
            ]
        ),
        {
            "code_link": words("Record"),
            "name": words("Name in the record"),
            "period": words("Period"),
            "amounts": words("Amounts"),
            "source_link": words("Source"),
        },
        alt=words("In several registers"),
    )
    pairs = one.here.rows(queries.about, "same_as")
    confirmed = pairs[pairs["status"] == "confirmed"].to_dict(orient="records")
    reasons = dict.fromkeys(cells.told(pair, "reasons", words.lang) for pair in confirmed)
    why = plain(words("Why they are one project:"))
    st.markdown("\n".join(f"- **{why}** {plain(reason)}" for reason in reasons if reason))


def _record(one: One, row: dict, amounts: pd.DataFrame, periods: pd.DataFrame) -> dict[str, str]:
    words, own = one.words, row["record_id"]
    scheme = words.label("code_scheme", row["code_scheme"]) if cells.has(row["code_scheme"]) else ""
    said = [
        words(
            "{measure}: {amount}",
            measure=words.label("measure", one_of["measure"]),
            amount=cells.money(one_of, words),
        )
        for one_of in amounts[amounts["record_id"] == own].to_dict(orient="records")
    ]
    times = [
        cells.period(one_of, words)
        for one_of in periods[periods["record_id"] == own].to_dict(orient="records")
    ]
    code = " ".join(part for part in (scheme, cells.text(row["code"])) if part) or own
    return {
        "code_link": link(code, row["url"]) if web_address(row["url"]) else plain(code),
        "name": cells.text(row["name_original"]) or cells.told(row, "name", words.lang),
        "period": "; ".join(dict.fromkeys(times)),
        "amounts": "; ".join(dict.fromkeys(said)),
        "source_link": cells.source(row, words),
    }


def to_organisation(row: dict, one: One) -> str:
    """A Markdown link to the page of an organisation."""
    return page_link(
        cells.organisation(row, one.words),
        "organisations",
        ("org", row["organisation_id"]),
        ("lang", one.words.lang),
    )


def for_whom(one: One) -> None:
    """Target groups and services, with the words that gave them."""
    words = one.words
    lines = []
    for table, column, kind in (
        ("project_target_groups", "target_group", words("Target group")),
        ("project_services", "service", words("Service")),
    ):
        for row in one.stated(table).to_dict(orient="records"):
            lines.append(
                {
                    "kind": kind,
                    "label": words.label(column, row[column]),
                    "evidence": _evidence(one, row) if cells.has(row["evidence"]) else "",
                    "basis": words.label("basis", row["basis"]),
                    "source_link": cells.source(row, words),
                }
            )
    st.header(words("For whom, and with what services"), anchor="for-whom")
    _relevance(one)
    if not lines:
        st.markdown(plain(words("Neither target groups nor services are known.")))
        return
    data_table(
        pd.DataFrame(lines),
        {
            "kind": words("Kind"),
            "label": words("Group or service"),
            "evidence": words("The words that gave it"),
            "basis": words("Basis"),
            "source_link": words("Source"),
        },
        alt=words("For whom, and with what services"),
    )


def _evidence(one: One, row: Mapping[str, str]) -> str:
    """What gave a group, a service or a place in the lens: a category, or words of the source."""
    said = import_words.evidence(one.words, row["basis"], row["evidence"])
    return said if row["basis"] == "category" else one.words("“{text}”", text=said)


def _relevance(one: One) -> None:
    """Why an imported project is shown among social services, or is not."""
    words = one.words
    if not one.is_imported:
        return
    reasons = one.here.rows(lens.reasons)
    said = [
        words(
            "{basis}: {evidence}",
            basis=words.label("basis", r["basis"]),
            evidence=_evidence(one, r),
        )
        for r in reasons.to_dict(orient="records")
    ]
    if said:
        why = words("Shown among social services because of this.")
    else:
        why = words(
            "Not shown among social services: no official category and no word in its title and "
            "summary places it there."
        )
    about = (("section", "lens"), ("lang", words.lang))
    how = page_link(words("How this is decided"), "about", *about)
    evidence = f" {plain('; '.join(said))}." if said else ""
    st.markdown(f"{plain(why)}{evidence} {how}")
