"""Problems of a data folder, each as `file:row: what is wrong`, all at once.

Frictionless says which cell does not fit its column; this module says the rest: keys, code lists,
and the laws between rows and tables. A row is a CSV record; the header is row 1.
"""

import csv
import io
import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pycountry
from frictionless import FrictionlessException, Resource
from frictionless import errors as frictionless_errors

from projectdata import datapackage
from projectdata.catalog import open_catalog
from projectdata.datapackage import DataPackage, Table
from projectdata.engine.curated import header_problems
from projectdata.errors import DataError
from projectdata.folding import fold

BASEMAP = "basemap.geojson"
MARGIN = 0.3
"""Degrees around a country's box: coasts and islands are simplified on the basemap."""

FAR_PARTS = {
    "ES": [(27.5, -18.4, 29.6, -13.2)],
    "FR": [(14.2, -63.3, 18.3, -60.7), (2.0, -54.8, 6.0, -51.4), (-21.6, 45.0, -12.5, 56.0)],
    "NO": [(74.0, 10.0, 81.0, 35.0)],
    "PT": [(36.8, -31.5, 39.9, -24.8), (32.2, -17.5, 33.3, -16.1)],
}
"""What the basemap leaves out: (south, west, north, east) of the Canaries, the French overseas,
Svalbard, the Azores and Madeira."""

E_MAIL = re.compile(r"[\w.+-]+(@|\(at\)|\[at\])[\w-]+\.[\w.]+", re.IGNORECASE)
PHONE = re.compile(
    r"(?<![\w./–-])(\+\d{1,3}[ \d()-]{6,14}\d|0[1-9]\d?[ -]\d{3,4}[ -]?\d{3,4})(?![\w/–-])"
)


class Row(dict[str, str]):
    """The cells of a record by column; a cell that is not there is empty."""

    number: int = 0

    def __missing__(self, column: str) -> str:
        return ""


@dataclass(frozen=True)
class Problem:
    """Where it is and what is wrong."""

    file: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.what}"


@dataclass(frozen=True)
class Folder:
    """The records of a folder's tables, as text."""

    package: DataPackage
    tables: Mapping[str, Sequence[Row]]

    def rows(self, table: str) -> Sequence[Row]:
        """The records of a table; none if there is no such table."""
        return self.tables.get(table, ())

    def problem(self, table: str, row: Row, what: str) -> Problem:
        """A problem of a record."""
        return Problem(self.package.tables[table].path.name, row.number, what)


Check = Callable[[Folder], Iterator[Problem]]


def find_problems(folder: Path) -> list[str]:
    """Everything that is wrong with a data folder, in the order of files and rows."""
    try:
        package = datapackage.read(folder)
    except DataError as fault:
        return list(fault.problems)
    problems: list[Problem] = []
    tables: dict[str, list[Row]] = {}
    for table in package.tables.values():
        found = _file_problems(table)
        if not found:
            rows, found = _read(table)
            tables[table.name] = rows
            found += _cell_problems(package, table)
        problems += found
    kept = Folder(package, tables)
    for check in CHECKS:
        problems += check(kept)
    problems += _strangers(package)
    order = {table.path.name: number for number, table in enumerate(package.tables.values())}
    unique = dict.fromkeys(problems)
    ordered = sorted(unique, key=lambda p: (order.get(p.file, len(order)), p.row))
    return [str(problem) for problem in ordered] or _loading(folder)


def _file_problems(table: Table) -> list[Problem]:
    name = table.path.name
    try:
        text = table.path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return [Problem(name, 1, "the file is missing")]
    except OSError as fault:
        return [Problem(name, 1, f"the file cannot be read ({fault.strerror})")]
    except UnicodeDecodeError as fault:
        row = fault.object[: fault.start].count(b"\n") + 1
        return [Problem(name, row, "the file is not UTF-8 text")]
    if "\0" in text:
        return [Problem(name, text[: text.index("\0")].count("\n") + 1, "the file is not text")]
    problems = []
    for sentence in header_problems(table):
        problems.append(Problem(name, 1, sentence.partition(":1: ")[2]))
    return problems


def _read(table: Table) -> tuple[list[Row], list[Problem]]:
    text = table.path.read_text(encoding="utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[Row] = []
    try:
        header = next(reader)
        for number, cells in enumerate(reader, start=2):
            row = Row(zip(header, cells, strict=False))
            row.number = number
            if any(cells):
                rows.append(row)
    except csv.Error as fault:
        problem = Problem(table.path.name, len(rows) + 2, f"the row cannot be read ({fault})")
        return rows, [problem]
    return rows, []


def _cell_problems(package: DataPackage, table: Table) -> list[Problem]:
    """What Frictionless says of single cells, in our sentences."""
    descriptor = next(r for r in package.document["resources"] if r["name"] == table.name)
    # Columns may stand in any order; keys are checked here, with the row of the first.
    without = ("primaryKey", "foreignKeys")
    schema = {k: v for k, v in descriptor["schema"].items() if k not in without}
    schema["fieldsMatch"] = "equal"
    name = table.path.name
    try:
        resource = Resource.from_descriptor(
            {**descriptor, "schema": schema}, basepath=str(package.folder)
        )
        report = resource.validate()
    except FrictionlessException as fault:
        return [Problem("datapackage.json", 1, f"{table.name}: {fault.error.note}")]
    found = list(report.errors)
    for task in report.tasks:
        found += task.errors
    return [_sentence(table, name, error) for error in found]


def _sentence(table: Table, name: str, error: frictionless_errors.Error) -> Problem:
    row = getattr(error, "row_number", None) or 1
    column = getattr(error, "field_name", "")
    cell = _shown(getattr(error, "cell", "") or "")
    if error.type == "type-error":
        return Problem(name, row, f"{column} is {cell}, which is {NOT[table.field(column).type]}")
    if error.type == "constraint-error":
        limit = error.note.rpartition(" is ")[2].strip('"')
        kind = error.note.partition('"')[2].partition('"')[0]
        said = {
            "required": f"{column} is empty; a value is required",
            "pattern": f"{column} is {cell}, which does not fit the pattern {limit}",
            "minimum": f"{column} is {cell}, which is below {limit}",
            "maximum": f"{column} is {cell}, which is above {limit}",
        }
        return Problem(name, row, said.get(kind, f"{column} is {cell}: {error.note}"))
    said = {
        "blank-row": "the row is empty",
        "extra-cell": "the row has more cells than the header",
        "missing-cell": "the row has fewer cells than the header",
    }
    return Problem(name, row, said.get(error.type, error.note))


NOT = {
    "string": "not text",
    "date": "not a date like 2024-05-01",
    "number": "not a number like 1504960.5",
    "integer": "not a whole number",
    "boolean": "neither true nor false",
}


def _loading(folder: Path) -> list[str]:
    """What still keeps the program from loading a folder in which no rule is broken."""
    try:
        open_catalog(folder)
    except DataError as fault:
        return list(fault.problems)
    except (AttributeError, KeyError, duckdb.Error) as fault:
        first = str(fault).splitlines()[0]
        return [f"datapackage.json:1: the tables are not those the program needs: {first}"]
    return []


def _strangers(package: DataPackage) -> list[Problem]:
    known = {table.path.name for table in package.tables.values()}
    return [
        Problem(path.name, 1, "the data package does not describe this file")
        for path in sorted(package.folder.glob("*.csv"))
        if path.name not in known
    ]


def _keys(folder: Folder) -> Iterator[Problem]:
    for table in folder.package.tables.values():
        seen: dict[tuple[str, ...], int] = {}
        for row in folder.rows(table.name):
            key = tuple(row[column] for column in table.primary_key)
            if not all(key):
                continue
            if key in seen:
                said = " + ".join(
                    f"{c} {_shown(v)}" for c, v in zip(table.primary_key, key, strict=True)
                )
                yield folder.problem(
                    table.name, row, f"{said} stands twice (first in row {seen[key]})"
                )
            else:
                seen[key] = row.number


def _foreign_keys(folder: Folder) -> Iterator[Problem]:
    for table in folder.package.tables.values():
        for key in table.foreign_keys:
            if key.table not in folder.tables:
                continue
            known = {row[key.table_field] for row in folder.rows(key.table)}
            for row in folder.rows(table.name):
                value = row[key.field]
                if value and value not in known:
                    yield folder.problem(
                        table.name, row, f"{key.field} {_shown(value)} is not in {key.table}.csv"
                    )


def _code_lists(folder: Folder) -> Iterator[Problem]:
    if "codes" not in folder.tables:
        return
    lists = defaultdict(set)
    for row in folder.rows("codes"):
        lists[row["list"]].add(row["code"])
    for table in folder.package.tables.values():
        for field in table.fields:
            if not field.code_list:
                continue
            for row in folder.rows(table.name):
                value = row[field.name]
                if value and value not in lists[field.code_list]:
                    yield folder.problem(
                        table.name,
                        row,
                        f"{field.name} {_shown(value)} is not in the list '{field.code_list}' "
                        "of codes.csv",
                    )


def _displayed(folder: Folder) -> Iterator[Problem]:
    for table, columns, thing in (
        ("periods", ("project_id",), "period"),
        ("amounts", ("project_id", "measure"), "amount"),
        ("statements", ("conflict_id",), "statement"),
    ):
        groups = defaultdict(list)
        for row in folder.rows(table):
            key = tuple(row[column] for column in columns)
            if all(key):
                groups[key].append(row)
        for key, rows in groups.items():
            shown = [row for row in rows if _true(row["is_displayed"])]
            name = " ".join(key)
            for row in shown[1:]:
                yield folder.problem(
                    table,
                    row,
                    f"{name} has a second displayed {thing} (first in row {shown[0].number})",
                )
            if not shown:
                yield folder.problem(table, rows[0], f"{name} has no displayed {thing}")


def _amounts(folder: Folder) -> Iterator[Problem]:
    for row in folder.rows("amounts"):
        for what in _amount_faults(row):
            yield folder.problem("amounts", row, what)


def _amount_faults(row: Row) -> Iterator[str]:
    euros, amount = _number(row["amount_eur"]), _number(row["amount"])
    state, currency = row["state"], row["currency"]
    values = [v for v in (euros, amount) if v is not None]
    if state == "published" and not values:
        yield "the state is 'published', but there is no amount"
    if state == "published" and any(v == 0 for v in values):
        yield "the amount is 0, but the state is 'published' and not 'zero'"
    if state == "zero" and (not values or any(values)):
        yield "the state is 'zero', but the amount is not 0"
    if state == "not_published" and values:
        yield "the state is 'not_published', but there is an amount"
    if amount is not None and not currency:
        yield "the amount has no currency"
    if currency and currency != "EUR" and euros is not None:
        yield f"amount_eur is filled, but the currency is {_shown(currency)}"
    if currency == "EUR" and amount is not None and euros != amount:
        yield "the currency is EUR, but amount_eur is not the amount"
    if values and not row["precision"]:
        yield "the amount has no precision"


def _eu_shares(folder: Folder) -> Iterator[Problem]:
    totals, parts = defaultdict(list), []
    for row in folder.rows("amounts"):
        if row["measure"] == "total_budget":
            totals[row["project_id"]].append(row)
        elif row["measure"] == "eu_contribution":
            parts.append(row)
    for part in parts:
        for total in totals[part["project_id"]]:
            both_shown = _true(part["is_displayed"]) and _true(total["is_displayed"])
            same = part["currency"] == total["currency"]
            if not same or not (both_shown or part["source_id"] == total["source_id"]):
                continue
            eu, whole = _number(part["amount"]), _number(total["amount"])
            if eu is not None and whole is not None and eu > whole:
                yield folder.problem(
                    "amounts",
                    part,
                    f"the EU contribution {eu:.15g} is above the total budget {whole:.15g} "
                    f"(row {total.number})",
                )


def _numbers(folder: Folder) -> Iterator[Problem]:
    for table in folder.package.tables.values():
        columns = [field.name for field in table.fields if field.type == "number"]
        for row in folder.rows(table.name):
            for column in columns:
                value = row[column].strip().lower().lstrip("+-")
                if value in ("nan", "inf", "infinity"):
                    yield folder.problem(
                        table.name, row, f"{column} is {_shown(row[column])}, which is not a number"
                    )


def _dates(folder: Folder) -> Iterator[Problem]:
    for table in ("periods", "events"):
        for row in folder.rows(table):
            start, end = _day(row["start_date"]), _day(row["end_date"])
            if start and end and end < start:
                yield folder.problem(table, row, f"the end {end} is before the start {start}")
            for what in _precision_faults(start, end, row):
                yield folder.problem(table, row, what)
    for row in folder.rows("outputs"):
        for what in _precision_faults(_day(row["date"]), None, row):
            yield folder.problem("outputs", row, what)


def _precision_faults(start: date | None, end: date | None, row: Row) -> Iterator[str]:
    """A month or a year is stored as its first day (start) and its last (end).

    One of two dates may be known better than the other, where a note says so.
    """
    precision = row["precision"] or row["date_precision"]
    if (start or end) and not precision:
        yield "the date has no precision"
    if precision not in ("month", "year"):
        return
    good_start = not start or _is_first(start, precision)
    good_end = not end or end == date.max or _is_first(end + timedelta(days=1), precision)
    if start and end and good_start != good_end and row["note_en"]:
        return
    if not good_start:
        yield f"the precision is '{precision}', but {start} is not its first day"
    if not good_end:
        yield f"the precision is '{precision}', but {end} is not its last day"


def _is_first(day: date, precision: str) -> bool:
    return day.day == 1 and (precision == "month" or day.month == 1)


def _places(folder: Folder) -> Iterator[Problem]:
    boxes = country_boxes(folder.package.folder / BASEMAP)
    for table in ("places", "organisations", "events", "regions"):
        for row in folder.rows(table):
            latitude, longitude = _number(row["latitude"]), _number(row["longitude"])
            if (latitude is None) != (longitude is None):
                yield folder.problem(
                    table, row, "latitude and longitude: one stands without the other"
                )
            elif latitude is not None and longitude is not None:
                country = row["country"]
                if country in boxes and not _inside(boxes[country], latitude, longitude):
                    yield folder.problem(
                        table,
                        row,
                        f"latitude {latitude:g}, longitude {longitude:g} lies outside {country}",
                    )
    labs = {row["lab_id"]: row["project_id"] for row in folder.rows("labs")}
    for row in folder.rows("places"):
        if row["lab_id"] in labs and labs[row["lab_id"]] != row["project_id"]:
            yield folder.problem(
                "places", row, f"the lab {_shown(row['lab_id'])} belongs to another project"
            )


Box = tuple[float, float, float, float]


def country_boxes(path: Path) -> dict[str, list[Box]]:
    """The boxes (south, west, north, east) of each country on the basemap, with a margin."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        boxes: dict[str, list[Box]] = {}
        for feature in features:
            points = list(_points(feature["geometry"]["coordinates"]))
            longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
            country = feature["properties"]["country"]
            box = (min(latitudes), min(longitudes), max(latitudes), max(longitudes))
            boxes.setdefault(country, []).append(box)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}  # Without a basemap there is nothing to compare with.
    for country, far in FAR_PARTS.items():
        if country in boxes:
            boxes[country] += far
    return boxes


def _points(coordinates: Sequence) -> Iterator[Sequence[float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from _points(part)


def _inside(boxes: Sequence[Box], latitude: float, longitude: float) -> bool:
    return any(
        south - MARGIN <= latitude <= north + MARGIN and west - MARGIN <= longitude <= east + MARGIN
        for south, west, north, east in boxes
    )


def _denominators(folder: Folder) -> Iterator[Problem]:
    """People to set projects against: of a known area, more than none, a part within its whole."""
    areas = defaultdict(set)
    for row in folder.rows("regions"):
        kind = "wellbeing_county" if row["kind"] == "wellbeing_county" else "region"
        areas[kind].add(row["region"])
    areas["country"] = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    rows = folder.rows("denominators")
    whole = {(r["area"], r["year"]): _number(r["value"]) for r in rows if _is_population(r)}
    for row in rows:
        value, area, kind = _number(row["value"]), row["area"], row["area_kind"]
        if value is not None and value <= 0:
            yield folder.problem("denominators", row, f"the value is {value:g}, not above 0")
        elif value is not None and row["unit"] == "%" and value > 100:
            yield folder.problem("denominators", row, f"the value is {value:g} %, above 100 %")
        people = whole.get((area, row["year"]))
        if value and people and row["unit"] == "persons" and value > people:
            yield folder.problem(
                "denominators",
                row,
                f"{value:.15g} persons are more than the population {people:.15g}",
            )
        if kind in areas and area and area not in areas[kind]:
            named = {"country": "a country code", "region": "a region of regions.csv"}
            what = named.get(kind, "a wellbeing services county of regions.csv")
            yield folder.problem("denominators", row, f"area {_shown(area)} is not {what}")


def _is_population(row: Row) -> bool:
    return row["indicator"] == "population"


def _conflicts(folder: Folder) -> Iterator[Problem]:
    statements: dict[str, int] = defaultdict(int)
    for row in folder.rows("statements"):
        statements[row["conflict_id"]] += 1
    for row in folder.rows("conflicts"):
        number = statements[row["conflict_id"]]
        if number < 2:
            said = {0: "no statement", 1: "only one statement"}[number]
            yield folder.problem(
                "conflicts", row, f"the conflict {_shown(row['conflict_id'])} has {said}"
            )


def _bare_projects(folder: Folder) -> Iterator[Problem]:
    links = ("project_target_groups", "project_services", "places")
    if any(table not in folder.tables for table in links):
        return
    linked = {row["project_id"] for table in links for row in folder.rows(table)}
    for row in folder.rows("projects"):
        if row["project_id"] and row["project_id"] not in linked:
            yield folder.problem(
                "projects",
                row,
                f"{row['project_id']} has no target group, no service and no place",
            )


def _twin_organisations(folder: Folder) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Row] = {}
    for row in folder.rows("organisations"):
        name = row["name_original"] or row["name_en"] or row["name_fi"]
        key = (" ".join(fold(name).split()), row["country"])
        if not key[0]:
            yield folder.problem("organisations", row, "the organisation has no name")
        elif key in seen and seen[key]["organisation_id"] != row["organisation_id"]:
            yield folder.problem(
                "organisations",
                row,
                f"{_shown(name)} of the same country stands in row {seen[key].number} too",
            )
        else:
            seen[key] = row


def _personal_data(folder: Folder) -> Iterator[Problem]:
    for table in folder.package.tables.values():
        texts = [f for f in table.fields if f.type == "string"]
        for row in folder.rows(table.name):
            for field in texts:
                value = row[field.name]
                if E_MAIL.search(value):
                    yield folder.problem(table.name, row, f"{field.name} holds an e-mail address")
                elif not _is_identifier(field.name) and PHONE.search(value):
                    yield folder.problem(
                        table.name, row, f"{field.name} holds what looks like a phone number"
                    )


def _is_identifier(column: str) -> bool:
    return column in ("url", "code", "business_id") or column.endswith("_id")


def _web_addresses(folder: Folder) -> Iterator[Problem]:
    for table in folder.package.tables.values():
        columns = [f.name for f in table.fields if f.name == "url" or f.name.endswith("_url")]
        for row in folder.rows(table.name):
            for column in columns:
                if row[column] and not _is_web_address(row[column]):
                    yield folder.problem(
                        table.name,
                        row,
                        f"{column} is {_shown(row[column])}, which is not an http or https address",
                    )


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    whole = not re.search(r"\s", value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and whole


def _pairs(folder: Folder) -> Iterator[Problem]:
    rows = folder.rows("same_as")
    confirmed = [row for row in rows if row["status"] == "confirmed"]
    first = {row["project_id"] for row in confirmed}
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        one, other = row["project_id"], row["other_project_id"]
        if one and one == other:
            yield folder.problem("same_as", row, f"{one} is paired with itself")
        elif (other, one) in seen:
            yield folder.problem("same_as", row, f"the pair stands in row {seen[other, one]} too")
        elif row["status"] == "confirmed" and other in first:
            yield folder.problem(
                "same_as",
                row,
                f"{other} is the second of a confirmed pair and the first of another",
            )
        seen[one, other] = row.number


CHECKS: tuple[Check, ...] = (
    _keys,
    _foreign_keys,
    _code_lists,
    _displayed,
    _amounts,
    _eu_shares,
    _numbers,
    _dates,
    _places,
    _denominators,
    _conflicts,
    _bare_projects,
    _twin_organisations,
    _personal_data,
    _web_addresses,
    _pairs,
)


def _shown(value: str) -> str:
    """A value in quotes, on one line and not too long."""
    flat = " ".join(value.split())
    return f"'{flat if len(flat) <= 60 else flat[:59] + '…'}'"


def _true(value: str) -> bool:
    return value.strip().lower() in ("true", "1")


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None
