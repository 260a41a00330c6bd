"""What travels with the rows: what they are, where they come from, what each column means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projectdata.catalog import Catalog
from projectdata.exports.order import Order
from projectdata.queries.exported import sources_of_rows
from projectdata.queries.summary import MEASURES, measure_totals
from projectdata.selection import filter_label
from projectdata.wording import Wording

MOST_SHEET_ROWS = 1_048_576
"""What one sheet of Excel holds, its heading included."""


@dataclass(frozen=True)
class Meaning:
    """A column in words."""

    column: str
    label: str
    description: str


@dataclass(frozen=True)
class Source:
    """A document that rows rest on."""

    title: str
    publisher: str
    url: str
    licence: str
    accessed: str
    projects: int


@dataclass(frozen=True)
class Notes:
    """All that a file says of itself, in the reader's language."""

    facts: tuple[tuple[str, str], ...]
    """Label and text: the selection, the link, the date, the version, the licence, caveats."""

    selection: str
    licence: str
    headings: Mapping[str, str]
    """The headings of the two tables, and what is said where rows need several sheets."""

    meanings: tuple[Meaning, ...]
    sources: tuple[Source, ...]

    def text(self) -> str:
        """The notes as plain text."""
        lines = [f"{label}: {value}" for label, value in self.facts]
        lines += ["", self.headings["columns"]]
        lines += [_joined(f"{m.column}: {m.label}", m.description) for m in self.meanings]
        lines += ["", self.headings["sources"]]
        for s in self.sources:
            lines.append(_joined(s.title, s.publisher, s.url, s.licence, s.accessed))
        return "\r\n".join(" ".join(line.split()) for line in lines) + "\r\n"


def read_notes(catalog: Catalog, order: Order, *, page: str, address: str, day: date) -> Notes:
    """The notes of an order. `page` and `address` lead back to the same rows."""
    selection, package = order.selection, catalog.package
    words = catalog.wording(selection)
    projects = int(catalog.rows(measure_totals, selection).iloc[0]["projects"])
    sentence = selection.in_words(words, projects)
    licence = f"{package.licence['title']} ({package.licence['name']}), {package.licence['path']}"
    facts = [
        (words("Dataset"), package.titles[words.lang]),
        (words("Selection"), sentence),
        (words("This selection on screen"), page),
        (words("These rows again"), address),
        (words("Retrieved"), day.isoformat()),
        (words("Data version"), f"{package.version} ({catalog.version})"),
        (words("Licence"), licence),
    ]
    for table in ("projects", "amounts", "participations", "places"):
        for caveat in package.table(table).caveats:
            facts.append((words("Note"), caveat["text_fi" if words.lang == "fi" else "text"]))
    rows = catalog.rows(sources_of_rows, selection).astype(object)
    rows = rows.where(rows.notna(), "")
    return Notes(
        facts=tuple(facts),
        selection=sentence,
        licence=licence,
        headings={
            "columns": words("Columns"),
            "sources": words("Sources of the rows"),
            "sheets": words(
                "A sheet of Excel holds {rows} rows, so these rows go on on the next sheets.",
                rows=words.number(MOST_SHEET_ROWS),
            ),
        },
        meanings=tuple(meaning(catalog, words, column) for column in order.columns),
        sources=tuple(
            Source(
                title=row["title"],
                publisher=row["publisher"],
                url=row["url"],
                licence=row["licence"],
                accessed=str(row["accessed"])[:10],
                projects=int(row["projects"]),
            )
            for row in rows.to_dict(orient="records")
        ),
    )


def meaning(catalog: Catalog, words: Wording, column: str) -> Meaning:
    """A column's label and description, from the data package wherever it describes the column."""
    if column in _LISTS:
        name, table, field_name = _LISTS[column]
        said = catalog.package.table(table).field(field_name).descriptions[words.lang]
        if column == "regions":
            said = words("NUTS 2021 codes of every level")
        several = words("several values are joined with |")
        return Meaning(column, filter_label(name, words), f"{said}; {several}")
    measure = column.removesuffix("_precision")
    if measure in MEASURES:
        label = words.label("measure", measure)
        if column == measure:
            return Meaning(column, f"{label} (EUR)", words.description("measure", measure))
        field = catalog.package.table("amounts").field("precision")
        said = field.descriptions[words.lang]
        return Meaning(column, f"{label}: {field.titles[words.lang]}", said)
    if column in _FIELDS:
        table, field_name = _FIELDS[column]
        field = catalog.package.table(table).field(field_name)
        return Meaning(column, field.title(words.lang), field.descriptions[words.lang])
    label, description = {
        "name": (words("Name"), words("The project's name in the language of the file")),
        "status": (
            filter_label("status", words),
            words("Planned, running, ended or unknown on the day of the selection"),
        ),
        "has_period_conflict": (
            words("Periods disagree"),
            words(
                "True where the sources give different periods; the one shown is ours to answer for"
            ),
        ),
        "lead_organisations": (
            words("Lead organisations"),
            words("Leads and beneficiaries by name; several are joined with |"),
        ),
        "partner_organisations": (
            words("Partner organisations"),
            words("Partners and associated organisations by name; several are joined with |"),
        ),
    }[column]
    return Meaning(column, label, description)


_LISTS = {
    "countries": ("country", "organisations", "country"),
    "lead_countries": ("lead_country", "organisations", "country"),
    "regions": ("region", "organisations", "nuts3"),
    "wellbeing_counties": ("wellbeing_county", "organisations", "wellbeing_county"),
    "target_groups": ("target_group", "project_target_groups", "target_group"),
    "services": ("service", "project_services", "service"),
}
"""Columns of joined values: the filter that names them, and the field they come from."""

_FIELDS = {
    **{
        column: ("projects", column)
        for column in (
            "project_id",
            "acronym",
            "name_en",
            "name_en_basis",
            "name_fi",
            "name_fi_basis",
            "name_original",
            "original_language",
            "collection",
            "programme_id",
            "fund",
            "programming_period",
            "code",
            "code_scheme",
            "summary_en",
            "summary_fi",
            "scope",
            "url",
            "source_id",
        )
    },
    "start_date": ("periods", "start_date"),
    "end_date": ("periods", "end_date"),
    "period_precision": ("periods", "precision"),
    "source_title": ("sources", "title"),
    "source_url": ("sources", "url"),
    "reliability": ("sources", "reliability"),
    "place_id": ("places", "place_id"),
    "lab_id": ("places", "lab_id"),
    "place_name": ("places", "name"),
    "place_country": ("places", "country"),
    "place_nuts3": ("places", "nuts3"),
    "place_kind": ("places", "place_kind"),
    "precision": ("places", "precision"),
    "place_basis": ("places", "place_basis"),
    "place_source_id": ("places", "source_id"),
}
"""Columns of an export, and the field of the data package that describes them."""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
