"""The parts of the page about one project, in the order they stand on it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import pandas as pd
import streamlit as st

from projectdata import selection
from projectdata.exports import csv_of_frame
from projectdata.figures import practices as practice_figures
from projectdata.figures import project as figures
from projectdata.palette import MARK_CHARACTERS
from projectdata.queries import practices, project as queries
from projectdata.queries.rows import JOINED
from projectdata.queries.summary import MEASURES
from projectdata.ui import address, cells
from projectdata.ui.cards import Coverage, data_table, figure_card, strip
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain, web_address
from projectdata.wording import Wording, in_sentence

ABOUT = (
    "background",
    "definition",
    "programme_aim",
    "aim",
    "objective",
    "focus",
    "target_group",
    "way_of_working",
    "level",
    "activity",
    "model",
    "competence",
    "reflection",
    "stakeholders",
    "policy_instrument",
    "guideline",
    "financing",
)
"""What a project sets out to do, by the field of its statements."""

OUTCOME = ("expected_result", "result", "embedding", "problem", "feedback")
ELSEWHERE = ("missing", "web_page", "data_quality")
"""Fields that have a place of their own on the page."""


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
        st.info(plain(words("No project here has the id “{id}”. Perhaps you meant one of these, or search by name.", id=wanted[:80])))
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
        st.markdown(plain(words("Nothing was found with these words. These projects are described in depth:")))
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
                    "“{other}” and “{id}” are two records of the same project; everything about both stands on this page.",
                    other=one.asked,
                    id=one.project_id,
                )
            )
        )
    st.markdown(_names(one))
    summary = cells.told(row, "summary", words.lang)
    if summary:
        st.markdown(plain(summary))
    strip(one.here, _key_figures(one))
    _contents(one)


def _names(one: One) -> str:
    words, row = one.words, one.row
    mark = MARK_CHARACTERS.get(row["collection"], "")
    said = [f"{mark} **{plain(words.label('collection', row['collection']))}**"]
    if cells.has(row["acronym"]) and row["acronym"] != one.name:
        said.append(plain(row["acronym"]))
    basis = row[f"name_{words.lang}_basis"]
    if cells.has(basis) and basis != "stated" and cells.has(row[f"name_{words.lang}"]):
        said.append(plain(words("name: {basis}", basis=in_sentence(words.label("text_basis", basis)))))
    original = cells.text(row["name_original"])
    if original and original != one.name:
        language = words.language(cells.text(row["original_language"])) if cells.has(row["original_language"]) else words("language not known")
        said.append(plain(words("original name ({language}): {name}", language=language, name=original)))
    return " · ".join(said)


def _key_figures(one: One) -> list[tuple[str, str, str]]:
    words, row = one.words, one.row
    start, end = cells.day(row["start_date"]), cells.day(row["end_date"])
    years = words.period(start, end, "year") if start or end else words("not known")
    found = [(words("Years"), years, words("In full: {period}.", period=cells.period(row, words)))]
    found.append((words("Status"), words("Not known") if row["status"] == "unknown" else words.label("status", row["status"]), words("Judged by {day}.", day=words.date(one.here.selection.day))))
    for measure in MEASURES:
        if cells.has(row[measure]):
            found.append((words.label("measure", measure), words.money_short(float(row[measure])), words.description("measure", measure)))
    countries = one.here.rows(queries.about, "project_countries")
    found.append((words("Countries"), words.number(countries["country"].nunique()) if len(countries) else words("not known"), words.all_of(sorted(words.country(c) for c in countries["country"].dropna()))))
    doers = one.partners[one.partners["role"].isin(["lead", "beneficiary", "partner"])]
    found.append((words("Lead and partners"), words.number(doers["organisation_id"].nunique()) if len(doers) else words("not known"), words("Organisations that do the work; funders and stakeholders are not counted.")))
    return found


def _contents(one: One) -> None:
    """Links to the parts of the page."""
    words = one.words
    parts = (
        ("facts", words("Key facts")),
        ("for-whom", words("For whom, and with what services")),
        ("money", words("Money")),
        ("time", words("Time")),
        ("partners", words("Who takes part")),
        ("about", words("What it is about")),
        ("outputs", words("What came out")),
        ("conflicts", words("Where sources disagree")),
        ("similar", words("Similar projects")),
        ("missing", words("What was not found")),
        ("links", words("Elsewhere")),
        ("take", words("Cite and take away")),
    )
    st.markdown(" · ".join(f"[{plain(label)}](#{anchor})" for anchor, label in parts))


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
    add(words("Period"), plain(cells.period(row, words)), cells.source(shown.iloc[0], words) if len(shown) else "")
    for amount in one.stated("amounts").to_dict(orient="records"):
        if amount["is_displayed"]:
            add(words.label("measure", amount["measure"]), plain(cells.money(amount, words)), cells.source(amount, words))
    leads = one.partners[one.partners["role"].isin(["lead", "beneficiary"])]
    names = leads.drop_duplicates("organisation_id").to_dict(orient="records")
    add(words("Lead"), ", ".join(_organisation(r, one) for r in names), cells.source(names[0], words) if names else "")
    countries = one.here.rows(queries.about, "project_countries")["country"].dropna()
    add(words("Countries"), plain(", ".join(sorted(words.country(c) for c in countries))), plain(words("seats of those who take part, and places")))
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
        scheme = words.label("code_scheme", row["code_scheme"]) if cells.has(row["code_scheme"]) else ""
        add(words("Code"), plain(f"{row['code']} {f'({scheme})' if scheme else ''}".strip()))
    add(words("Page of the project"), link(row["url"], row["url"]) if web_address(row["url"]) else "")
    data_table(
        pd.DataFrame(lines, columns=["fact_link", "value_link", "source_link"]).assign(
            fact_link=lambda rows: [plain(text) for text in rows["fact_link"]]
        ),
        {"fact_link": words("Fact"), "value_link": words("What is known"), "source_link": words("Source")},
        alt=words("Key facts"),
    )


def _organisation(row: dict, one: One) -> str:
    return page_link(row["name"], "organisations", ("org", row["organisation_id"]), ("lang", one.words.lang))


def about(one: One) -> None:
    """What it sets out to do, as its sources say it."""
    words = one.words
    st.header(words("What it is about"), anchor="about")
    rows = one.of(*ABOUT)
    rest = one.statements
    known = (*ABOUT, *OUTCOME, *ELSEWHERE)
    other = rest[~rest["field"].isin(known) & rest["conflict_id"].isna()]
    rows = pd.concat([rows, other])
    if rows.empty:
        st.markdown(plain(words("No source that we read says more than the summary above.")))
    by_field(one, rows)


def by_field(one: One, rows: pd.DataFrame) -> None:
    """Statements under the name of their field; the source stands after those it makes."""
    words = one.words
    for field in dict.fromkeys(rows["field"]):
        st.subheader(plain(words.label("statement_field", field)))
        some = rows[rows["field"] == field]
        for _, said in some.groupby("source_id", sort=False):
            lines = [f"- {_sentence(one, row)}" for row in said.to_dict(orient="records")]
            where = f"{plain(words('Source:'))} {cells.source(said.iloc[0], words)}"
            st.markdown("\n".join([*lines, "", f":small[{where}]"]))


def _sentence(one: One, row: dict) -> str:
    words = one.words
    text = plain(cells.told(row, "text", words.lang))
    marks = []
    if row["basis"] != "stated":
        marks.append(in_sentence(words.label("basis", row["basis"])))
    note = cells.told(row, "note", words.lang)
    marks += [note] if note else []
    text += f" *({plain('; '.join(marks))})*" if marks else ""
    if web_address(row["url"]):
        text += f" {link(words('Open the page it speaks of'), row['url'])}"
    return text


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
                    "evidence": f"“{row['evidence']}”" if cells.has(row["evidence"]) else "",
                    "basis": words.label("basis", row["basis"]),
                    "source_link": cells.source(row, words),
                }
            )
    st.header(words("For whom, and with what services"), anchor="for-whom")
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


def conflicts(one: One) -> None:
    """Each place where sources disagree: what is said side by side, what is shown, and why."""
    words = one.words
    st.header(words("Where sources disagree"), anchor="conflicts")
    found = one.here.rows(queries.conflicts)
    if found.empty:
        st.markdown(plain(words("No disagreement between sources is recorded for this project.")))
        return
    st.markdown(plain(words.plural("{n} place where sources, or a source with itself, do not say the same. Nothing is hidden: what is shown elsewhere is marked.", "{n} places where sources, or a source with itself, do not say the same. Nothing is hidden: what is shown elsewhere is marked.", len(found))))
    for conflict in found.to_dict(orient="records"):
        with st.container(border=True, key=f"conflict-{conflict['conflict_id']}"):
            st.subheader(plain(cells.told(conflict, "topic", words.lang)))
            st.caption(plain(words.label("conflict_kind", conflict["kind"])))
            said = one.statements[one.statements["conflict_id"] == conflict["conflict_id"]]
            if len(said):
                data_table(
                    pd.DataFrame(
                        {
                            "shown": [words("✓ shown") if shown else words("beside it") for shown in said["is_displayed"]],
                            "text_link": [_sentence(one, row) for row in said.to_dict(orient="records")],
                            "source_link": [cells.source(row, words) for row in said.to_dict(orient="records")],
                        }
                    ),
                    {"text_link": words("What is said"), "source_link": words("Source"), "shown": words("On the pages")},
                    alt=cells.told(conflict, "topic", words.lang),
                )
            st.markdown(f"**{plain(words('How we show it:'))}** {plain(cells.told(conflict, 'handling', words.lang))}")


def money(one: One) -> None:
    """Every stated amount, each in its own measure."""
    words = one.words
    st.header(words("Money"), anchor="money")
    rows = one.stated("amounts")
    if rows.empty:
        st.markdown(plain(words("No source that we read publishes an amount for this project.")))
        return
    st.markdown(plain(words("Amounts of different measures are different things: they stand beside each other and are never added.")))
    table = pd.DataFrame(
        {
            "measure": [words.label("measure", m) for m in rows["measure"]],
            "amount": [cells.money(row, words) for row in rows.to_dict(orient="records")],
            "shown": [words("✓ shown") if shown else words("beside it") for shown in rows["is_displayed"]],
            "as_of": [words.date(cells.day(d)) if cells.has(d) else words("not said") for d in rows["as_of"]],
            "source_link": [cells.source(row, words) for row in rows.to_dict(orient="records")],
            "note": [cells.told(row, "note", words.lang) for row in rows.to_dict(orient="records")],
        }
    )
    columns = {
        "measure": words("Measure"),
        "amount": words("Amount"),
        "shown": words("On the pages"),
        "as_of": words("State of"),
        "source_link": words("Source"),
    }
    if table["note"].any():
        columns["note"] = words("Note")
    data_table(table, columns, alt=words("Money"))
    lacking = [words.label("measure", m) for m in MEASURES if m not in set(rows["measure"])]
    if lacking:
        st.caption(plain(words("Not published in any source that we read: {measures}.", measures=words.all_of(in_sentence(m) for m in lacking))))


def time(one: One) -> None:
    """The stated periods with the events on them, and every statement as a table."""
    words, here = one.words, one.here
    st.header(words("Time"), anchor="time")
    rows = here.rows(queries.statements_of_period)
    events = one.stated("events")
    undated = int(events["start_date"].isna().sum())
    drawable = rows[rows["start_date"].notna()]
    dated = int((rows["what"] == "event").sum())
    periods = rows[rows["what"] == "period"]
    different = periods.drop_duplicates(["start_date", "end_date"])
    twin = words("Shown: {period}.", period=cells.period(one.row, words))
    if len(periods) > 1:
        twin += " " + (
            words.plural("{n} source states the period, and they agree.", "{n} sources state the period, and they agree.", len(periods))
            if len(different) == 1
            else words.plural("{n} statement of the period differs.", "{n} statements of the period stand beside each other.", len(periods))
        )
    if dated:
        twin += " " + words.plural("{n} dated event.", "{n} dated events.", dated)
    table = pd.DataFrame(
        {
            "what": [
                words.label("event_kind" if row["what"] == "event" else "period_basis", row["kind"])
                for row in rows.to_dict(orient="records")
            ],
            "title": rows["title"],
            "when": [cells.when(row, words) if row["what"] == "event" else cells.period(row, words) for row in rows.to_dict(orient="records")],
        }
    )
    note = words("A filled bar or mark is shown elsewhere too; hatching is a statement beside it; a hollow bar is known to the month.")
    if undated:
        note += " " + words.plural("{n} event has no date and stands in the list below.", "{n} events have no date and stand in the list below.", undated)
    figure_card(
        here,
        "project-time",
        words("When it runs, and what happened"),
        drawable,
        partial(figures.statements_of_period, words=words, colours=here.colours, day=here.selection.day),
        twin=twin,
        columns={"what": words("Kind"), "title": words("Event or source"), "when": words("When")},
        table=table,
        note=note,
        empty=words("No source that we read says when this project runs."),
        level=3,
    )
    if len(events):
        _events(one, events)


def _events(one: One, rows: pd.DataFrame) -> None:
    words = one.words
    st.subheader(words("Events"))
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "when": [cells.when(row, words) for row in records],
                "title": [cells.told(row, "title", words.lang) for row in records],
                "kind": [words.label("event_kind", row["kind"]) for row in records],
                "place": [cells.text(row["place"]) for row in records],
                "attendance": [attendance(row, words) for row in records],
                "source_link": [cells.source(row, words) for row in records],
            }
        ),
        {
            "when": words("When"),
            "title": words("Event"),
            "kind": words("Kind"),
            "place": words("Place"),
            "attendance": words("Attendance"),
            "source_link": words("Source"),
        },
        alt=words("Events"),
    )


def attendance(row: dict, words: Wording) -> str:
    """How many came and who, where a source says so."""
    said = cells.told(row, "attendance", words.lang)
    if said:
        return said
    return words.number(row["attendance"]) if cells.has(row["attendance"]) else words("not stated")


def who(one: One, partner_map: Callable[[One], None] | None = None) -> None:
    """Those who take part, by role, on a map and as a table; the labs."""
    words, rows = one.words, one.partners
    st.header(words("Who takes part"), anchor="partners")
    if rows.empty:
        st.markdown(plain(words("No source that we read names an organisation of this project.")))
    else:
        if partner_map:
            partner_map(one)
        records = rows.to_dict(orient="records")
        data_table(
            pd.DataFrame(
                {
                    "name_link": [_organisation(row, one) for row in records],
                    "role": [words.label("role", row["role"]) for row in records],
                    "type": [words.label("organisation_type", row["organisation_type"]) for row in records],
                    "place": [", ".join(p for p in (cells.text(row["city"]), words.country(row["country"]) if cells.has(row["country"]) else "") if p) for row in records],
                    "source_link": [cells.source(row, words) for row in records],
                    "note": [cells.told(row, "note", words.lang) for row in records],
                }
            ),
            {
                "name_link": words("Organisation"),
                "role": words("Role"),
                "type": words("Type"),
                "place": words("Place"),
                "source_link": words("Source"),
                "note": words("Note"),
            },
            alt=words("Who takes part"),
        )
    _labs(one)


def _labs(one: One) -> None:
    words, rows = one.words, one.stated("labs")
    if rows.empty:
        return
    st.subheader(words("Labs"))
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "name": [row["name_fi"] if words.lang == "fi" and cells.has(row["name_fi"]) else row["name"] for row in records],
                "place": [row["location"] for row in records],
                "objective": [cells.told(row, "objective", words.lang) for row in records],
                "target": [cells.told(row, "target_group", words.lang) for row in records],
                "source_link": [cells.source(row, words) for row in records],
            }
        ),
        {
            "name": words("Lab"),
            "place": words("Place"),
            "objective": words("Objective"),
            "target": words("For whom"),
            "source_link": words("Source"),
        },
        alt=words("Labs"),
    )
    st.markdown(page_link(words("More about the labs"), "labs", ("lang", words.lang)))


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
        st.markdown(plain(words("No source that we read tells of results, outputs or publications.")))


def planned_against_found(
    here: Here, rows: pd.DataFrame, *, coverage: Coverage | None = None, level: int = 2
) -> None:
    """The card of outputs: named in the sources that we read, of those planned."""
    words = here.words
    numbered = rows[rows["planned"].notna()]
    with_found = numbered[numbered["found"].notna()]
    twin = words.plural(
        "Of {n} kind of output planned with a number, {found} has named examples in the sources that we read.",
        "Of {n} kinds of output planned with a number, {found} have named examples in the sources that we read.",
        len(numbered),
        found=words.number(len(with_found)),
    )
    several = with_found[with_found["found"] > with_found["found_in_one_source"]]
    practices_found = several[several["kind"] == "good_practice"].to_dict(orient="records")
    for row in practices_found[:1]:
        twin += " " + words(
            "{project}: {n} of {m} planned good practices are named, {one} of them in one source and {rest} in others.",
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
        columns={"project_link": words("Project"), "kind": words("Kind"), "said": words("Planned and named")},
        table=pd.DataFrame(
            {
                "project_link": [cells.to_project(row, words, row["project"]) for row in records],
                "kind": [words.label("output_kind", row["kind"]) for row in records],
                "said": [practice_figures.found_of_planned(row, words) for row in records],
            }
        ),
        note=words("The outline is the plan, the filled bar what is named. What is not named may still have been done: absence in our sources is no proof. A visit with a learning event counts as both."),
        empty=words("No project in this selection has a published plan of outputs."),
        coverage=coverage,
        level=level,
    )


def output_lines(rows: pd.DataFrame, words: Wording, end: Callable[[dict], str] = lambda row: "") -> None:
    """Outputs as a list; their source stands once after those it names."""
    for _, said in rows.groupby("source_id", sort=False):
        records = said.to_dict(orient="records")
        lines = [f"- {output_line(row, words)}{end(row)}" for row in records]
        where = f"{plain(words('Source:'))} {cells.source(records[0], words)}"
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


def similar(one: One) -> None:
    """At most six projects that are most alike, each with the reason."""
    words = one.words
    st.header(words("Similar projects"), anchor="similar")
    rows = one.here.rows(queries.similar)
    if rows.empty:
        st.markdown(plain(words("No other project here shares a target group or a service with this one.")))
        return
    records = rows.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "title_link": [cells.to_project(row, words, row["title"]) for row in records],
                "collection": [cells.collection(row["collection"], words) for row in records],
                "when": [cells.period(row, words) for row in records],
                "why": [reasons(row, words) for row in records],
                "likeness": [words.number(row["likeness"]) for row in records],
            }
        ),
        {
            "title_link": words("Project"),
            "collection": words("Collection"),
            "when": words("Period"),
            "why": words("Why it is here"),
            "likeness": words("Likeness, of 100"),
        },
        alt=words("Similar projects"),
    )
    st.caption(
        plain(
            words(
                "Likeness: up to {groups} for the share of target groups in common, up to {services} for services, {country} for a common country, {years} for overlapping years. It orders the list and says nothing of quality.",
                groups=queries.LIKENESS["target_group"],
                services=queries.LIKENESS["service"],
                country=queries.LIKENESS["country"],
                years=queries.LIKENESS["years"],
            )
        )
    )


def reasons(row: dict, words: Wording) -> str:
    """'same target group: older people; same service: home care; overlapping years'."""
    said = []
    for column, one, many in (
        ("target_group", words("same target group: {values}"), words("same target groups: {values}")),
        ("service", words("same service: {values}"), words("same services: {values}")),
        ("country", words("same country: {values}"), words("same countries: {values}")),
    ):
        if cells.has(row[column]):
            pattern = many if JOINED in row[column] else one
            named = cells.labels(row[column], column, words, mid_sentence=column != "country")
            said.append(pattern.format(values=named))
    if row["years"]:
        said.append(words("overlapping years"))
    return "; ".join(said)


def missing(one: One) -> None:
    """What was looked for and not found, and what no source gives."""
    words = one.words
    st.header(words("What was not found"), anchor="missing")
    looked_for = one.of("missing")
    if len(looked_for):
        st.markdown("\n".join(f"- {_sentence(one, row)}" for row in looked_for.to_dict(orient="records")))
    counts = one.here.rows(queries.row_counts)
    names = one.here.catalog.package.tables
    empty = [
        in_sentence(names[name].titles[words.lang])
        for name in ("amounts", "participations", "places", "events", "outputs", "statements")
        if name not in set(counts["table"])
    ]
    if empty:
        st.markdown(plain(words("No row about this project in: {tables}.", tables=words.all_of(empty))))
    elif looked_for.empty:
        st.markdown(plain(words("Nothing is recorded as looked for and not found.")))
    quality = one.of("data_quality")
    if len(quality):
        st.subheader(words("Quality of the sources"))
        st.markdown("\n".join(f"- {_sentence(one, row)}" for row in quality.to_dict(orient="records")))


def links_out(one: One) -> None:
    """The project elsewhere: registers, its own pages, keep.eu, Innokylä."""
    words, row = one.words, one.row
    st.header(words("Elsewhere"), anchor="links")
    found: dict[str, str] = {}
    for record in one.here.rows(queries.about, "projects").to_dict(orient="records"):
        if web_address(record["url"]):
            scheme = words.label("code_scheme", record["code_scheme"]) if cells.has(record["code_scheme"]) else ""
            code = cells.text(record["code"])
            label = words("{scheme} {code}, in the register", scheme=scheme, code=code) if scheme and code else words("Page of the project")
            found.setdefault(record["url"], label)
    for page in one.of("web_page").to_dict(orient="records"):
        if web_address(page["url"]):
            found.setdefault(page["url"], cells.told(page, "text", words.lang))
    outputs = one.stated("outputs")
    for output in outputs[outputs["url"].fillna("").str.contains("innokyla")].to_dict(orient="records"):
        found.setdefault(output["url"], words("Innokylä: {title}", title=output["title"]))
    lines = [f"- {link(label, url)}" for url, label in found.items()]
    if row["collection"] == "interreg":
        name = cells.text(row["acronym"]) or one.name
        lines.append(f"- {link(words('keep.eu, the database of Interreg projects'), 'https://keep.eu/projects/')}: {plain(words('search there for “{words}”', words=name))}")
    st.markdown("\n".join(lines) if lines else plain(words("No address outside this page is known.")))


def take_away(one: One) -> None:
    """A citation, the rows as files, the sources, and how to report a mistake."""
    words, here = one.words, one.here
    st.header(words("Cite and take away"), anchor="take")
    sources = here.rows(queries.sources)
    st.subheader(words("Cite this project"))
    citation = cite(one, sources)
    st.code(citation, language=None, wrap_lines=True)
    counts = here.rows(queries.row_counts)
    st.subheader(words("Its rows"))
    total = int(counts["rows"].sum())
    st.markdown(plain(words.plural("Everything on this page stands in {n} row of data. The file holds one CSV a table, with the citation and the licence.", "Everything on this page stands in {n} rows of data. The file holds one CSV a table, with the citation and the licence.", total)))
    st.download_button(
        words.plural("Download {n} row (ZIP of CSV files)", "Download {n} rows (ZIP of CSV files)", total),
        data=lambda: dossier(one, list(counts["table"]), citation),
        file_name=f"projectdata-{one.project_id}.zip",
        mime="application/zip",
        key="download-project",
        on_click="ignore",
        icon=":material/download:",
    )
    st.subheader(words("Something wrong or missing?"))
    st.markdown(plain(words("Tell those who keep the data. Quote the record, the field and a source that says otherwise, for example:")))
    st.code(words("{record}, field end_date: should be … because … (address)", record=one.project_id), language=None, wrap_lines=True)
    _sources(one, sources)


def cite(one: One, sources: pd.DataFrame) -> str:
    """The project as plain text to copy, with its main sources and the day."""
    words = one.words
    head = one.name if not cells.has(one.row["acronym"]) or cells.text(one.row["acronym"]) in one.name else f"{one.name} ({one.row['acronym']})"
    version = one.here.catalog.package.version
    where = (st.context.url or "").partition("?")[0]
    where = f"{where}?project={one.project_id}" if where else f"/project?project={one.project_id}"
    day = words.date(date.today())
    said = [
        ". ".join(cells.text(row[name]) for name in ("title", "publisher", "url") if cells.has(row[name]))
        for row in sources.head(3).to_dict(orient="records")
    ]
    return words(
        "{name}. projectdata {version}, record {record}, read on {day}. {address} Based on: {sources}.",
        name=head.rstrip("."),
        version=version,
        record=one.project_id,
        day=day,
        address=where,
        sources="; ".join(text.rstrip(".") for text in said),
    )


def dossier(one: One, tables: list[str], citation: str) -> bytes:
    """A ZIP with the rows about a project, one CSV a table, and a note."""
    licence = one.here.catalog.package.licence
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        note = f"{citation}\n\n{licence['title']}\n{licence.get('path', '')}\n"
        archive.writestr("README.txt", note)
        for name in tables:
            archive.writestr(f"{name}.csv", csv_of_frame(one.here.rows(queries.about, name)))
    return buffer.getvalue()


def _sources(one: One, sources: pd.DataFrame) -> None:
    words = one.words
    st.subheader(words("Its sources"))
    records = sources.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "title_link": [link(row["title"], row["url"]) for row in records],
                "publisher": sources["publisher"],
                "reliability": [words.label("reliability", code) for code in sources["reliability"]],
                "accessed": [words.date(cells.day(d)) for d in sources["accessed"]],
                "rows": [words.number(n) for n in sources["rows_from_it"]],
            }
        ),
        {
            "title_link": words("Source"),
            "publisher": words("Publisher"),
            "reliability": words("Reliability"),
            "accessed": words("Read on"),
            "rows": words("Rows from it"),
        },
        alt=words("Its sources"),
    )
