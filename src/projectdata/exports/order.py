"""What is asked for: which rows, which columns, and how the file is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from projectdata.catalog import Catalog
from projectdata.exports.delimited import SEPARATORS
from projectdata.queries.exported import FEATURE_COLUMNS, PROJECT_COLUMNS
from projectdata.selection import Problem, Selection, parse
from projectdata.wording import Wording


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    name: str
    media_type: str
    is_text: bool


FORMATS = {
    format.name: format
    for format in (
        Format("csv", "text/csv; charset=utf-8", True),
        Format("json", "application/json", True),
        Format("geojson", "application/geo+json", True),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        Format("parquet", "application/vnd.apache.parquet", False),
    )
}
ZIP = Format("zip", "application/zip", False)
FEATURE_DEFAULTS = (
    "project_id",
    "name",
    "acronym",
    "collection",
    "programme_id",
    "fund",
    "start_date",
    "end_date",
    "status",
    "target_groups",
    "services",
    "lead_organisations",
    "url",
    "place_id",
    "place_name",
    "place_country",
    "place_kind",
    "precision",
    "place_basis",
    "lab_id",
)
"""The properties of a feature where no columns are chosen."""

YES, NO = ("true", "1", "yes"), ("false", "0", "no")
OWN_PARAMETERS = ("columns", "separator", "notes")


@dataclass(frozen=True)
class Order:
    """A selection, and the file it is wanted as."""

    selection: Selection
    format: str = "csv"
    columns: tuple[str, ...] = PROJECT_COLUMNS
    separator: str = ","
    notes: bool = False

    @property
    def kind(self) -> Format:
        """The kind of file that leaves: with notes, the CSV travels in a ZIP."""
        return ZIP if self.notes else FORMATS[self.format]

    @property
    def query(self) -> str:
        """The order as URL parameters, in a fixed order."""
        pairs = self.selection.parameters()
        if self.columns != default_columns(self.format):
            pairs.append(("columns", ",".join(self.columns)))
        if self.separator != ",":
            pairs.append(("separator", self.separator))
        if self.notes:
            pairs.append(("notes", "true"))
        return urlencode(pairs)

    @property
    def selection_query(self) -> str:
        """The selection alone as URL parameters."""
        return urlencode(self.selection.parameters())

    def file_name(self, projects: int, day: date) -> str:
        """A name that says what is inside: projectdata-24-projects-2026-11-21.csv."""
        noun = "project" if projects == 1 else "projects"
        return f"projectdata-{projects}-{noun}-{day.isoformat()}.{self.kind.name}"


def default_columns(format: str) -> tuple[str, ...]:
    """The columns of a file where none are chosen."""
    return FEATURE_DEFAULTS if format == "geojson" else PROJECT_COLUMNS


def known_columns(format: str) -> tuple[str, ...]:
    """The columns that may be chosen."""
    return FEATURE_COLUMNS if format == "geojson" else PROJECT_COLUMNS


def read_order(
    pairs: Sequence[tuple[str, str]], format: str, catalog: Catalog
) -> tuple[Order, list[str]]:
    """An order from parameters, and a sentence for each value that means nothing."""
    selection, problems = parse(pairs, catalog.known)
    words = Wording(selection.lang)
    sentences = [refusal(problem, words) for problem in problems]
    columns = tuple(dict.fromkeys(_listed(pairs, "columns")))
    known = known_columns(format)
    unknown = [column for column in columns if column not in known]
    said = words("there is no such column")
    sentences += [_sentence("columns", column, said, words) for column in unknown]
    if unknown:
        sentences.append(words("The columns are: {columns}", columns=", ".join(known)))
    separator, notes = ",", False
    if format == "csv":
        separator = _last(pairs, "separator").strip(" ").replace("\t", "tab").lower() or ","
        if separator not in SEPARATORS:
            said = words("the separators are , ; and tab")
            sentences.append(_sentence("separator", separator, said, words))
        answer = _last(pairs, "notes").strip().lower()
        notes = answer in YES
        if answer and answer not in (*YES, *NO):
            said = words("this is neither true nor false")
            sentences.append(_sentence("notes", answer, said, words))
    chosen = columns or default_columns(format)
    return Order(selection, format, chosen, separator, notes), sentences


def refusal(problem: Problem, words: Wording) -> str:
    """What is wrong with a value, without the page's promise to carry on regardless."""
    reason = words(problem.reason).partition(";")[0]
    return _sentence(problem.parameter, problem.value, reason, words)


def _sentence(parameter: str, value: str, reason: str, words: Wording) -> str:
    return words(
        "{parameter} = “{value}”: {reason}",
        parameter=parameter,
        value=_short(value),
        reason=reason,
    )


def _listed(pairs: Iterable[tuple[str, str]], name: str) -> list[str]:
    values = [part.strip() for key, value in pairs if key == name for part in value.split(",")]
    return [value for value in values if value]


def _last(pairs: Iterable[tuple[str, str]], name: str) -> str:
    return ([""] + [value for key, value in pairs if key == name])[-1]


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "…"
