"""keep.eu: the workbook of a project search, with a sheet of projects and one of their partners.

https://keep.eu/projects. The sheets are found by their names, else they are the second and third.
What the search does not need is not in the file: numbered columns (Theme 1, 2, …) come and go, and
their absence says nothing. A sheet that was saved as CSV is known by its columns.

A partner belongs to the project with its programme and project ID, else with its programme and
acronym; acronyms alone are not unique. One that fits none, or two, is refused. An organisation is
known by its participant identification code, else by the number that it gave, else by its name and
country. Streets, contractors and the country of a department are not read.

Names and summaries are the English ones. Which language “language 2” is cannot be told, so these
names are only searched in, and stand as the original where no English name is given.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from projectdata import paths
from projectdata.errors import DataError
from projectdata.importers.files import Sheet, key, load, name_columns, require_header
from projectdata.importers.staging import SQL, About, Staging

ABOUT = About(
    "keep",
    "keep.eu project search",
    "keep.eu (Interact)",
    "https://keep.eu/projects",
    "en",
    None,
)

SHARED: dict[str, tuple[str, ...]] = {
    "programme": ("Programme",),
    "project_id": ("Project ID (2021-2027 only)", "Project ID"),
    "acronym": ("Project acronym",),
}
PROJECTS: dict[str, tuple[str, ...]] = {
    **SHARED,
    "period": ("Period",),
    "name_en": ("Project name in English",),
    "summary_en": ("Description in English",),
    "start_date": ("Project start",),
    "end_date": ("Project end",),
    "total": ("Project's total budget / expenditure",),
    "eu": ("Project's EU funding",),
    "contributing": ("Contributing EU funds",),
    "erdf": ("ERDF Contribution (amount)",),
    "ipa": ("IPA/IPA II/IPA III Contribution (amount)",),
    "eni": ("ENPI/ENI/NDICI Contribution (amount)",),
    "website": ("Website",),
}
PARTNERS: dict[str, tuple[str, ...]] = {
    **SHARED,
    "name_en": ("Organisation in English",),
    "is_lead": ("Lead partner",),
    "type": ("Type of Organisation",),
    "pic": ("Participant Identification Code",),
    "own_id": ("Partner's ID if not PIC",),
    "town": ("Town",),
    "country": ("Country",),
    "country_code": ("Country code",),
    "latitude": ("Latitude",),
    "longitude": ("Longitude",),
    "website": ("Website",),
    **{f"nuts{n}": (f"NUTS{n} code (or equivalent)",) for n in (1, 2, 3)},
    **{f"nuts{n}_label": (f"NUTS{n} (or equivalent)",) for n in (1, 2, 3)},
}
ALWAYS_THERE = {
    *("programme", "acronym", "period", "name_en", "start_date", "end_date", "total", "eu"),
    *("is_lead", "type", "country_code"),
}
"""Columns whose absence is told; the others are in a file where its rows need them."""

NUMBERED = re.compile(r" \d+(?= |$)")
"""The number of a column that comes and goes."""

OTHER_COLUMNS = """
actual achievements in english
actual achievements in language #
call serial number
contractor's name (2021-2027 only) #
contractor's vat registration or tax identification number (2021-2027 only) #
degree of compliance (eu macro-regional strategy, prior to 2021-2027)
delivered output indicators (2021-2027 only)
delivered outputs in english
delivered outputs in language #
delivered result indicators (2021-2027 only)
department
department country
department country code
description in language #
enpi/eni contribution (2014-2020 only)
erdf contribution (2014-2020 only)
erdf contribution (co-financing rate)
erdf equivalent amount #
erdf equivalent co-financing rate #
erdf equivalent source #
european union mrss to which the project contributes
expected achievements in english
expected achievements in language #
expected outputs in english
expected outputs in language #
gber schemes / de minimis
infrastructure cost/budget (2014-2020 only)
investment infrastructure area #
investment infrastructure cost #
investment infrastructure name #
investment infrastructure number #
investment priority (2014-2020 interreg only)
ipa ii contribution (2014-2020 only)
ipa/ipa ii/ipa iii contribution (co-financing rate)
legal status
linked project
number of partners
operation of strategic importance (osi) or project above eur # million
organisation in language #
partner contribution to project budget (eur) (2021-2027 only)
partner's programme co-financing (%) (2021-2027 only)
partner's programme co-financing (eur) (2021-2027 only)
partner's total eligible budget / expenditure
policy objective/interreg specific objective
postal code
postal code (department)
priority area (eu macro-regional strategy, prior to 2021-2027)
programme output indicator # code and name (2021-2027 only)
programme output indicator # measurement unit (2021-2027 only)
programme priority (2021-2027 only)
programme result indicator # code and name (2021-2027 only)
programme result indicator # measurement unit (2021-2027 only)
programme specific objective (2021-2027 only)
project deliverables (2021-2027 only)
project deliverables (other than infrastructural investment/area focus)
project is small project (2021-2027 only)
project name in language #
project outputs (2021-2027 only)
project's contribution to wider strategies and policies (2021-2027 only)
relevant mentions and prizes
relevant precedent project
relevant subsequent project
specific objective (2014-2020 interreg and interreg-ipa cbc only)
street
street (department)
thematic objective (2014-2020 interreg only)
thematic objective (eni-cbc only)
thematic priority (2014-2020 interreg-ipa cbc only)
theme
theme #
third country contribution
town (department)
type of intervention (2021-2027 only)
union co-financing rate
"""
KNOWN = frozenset(OTHER_COLUMNS.strip().splitlines())
"""The other columns of the export, by their keys, with # for a number."""

PERIODS = ("2000-2006", "2007-2013", "2014-2020", "2021-2027")
COOPERATION = ("interreg-", "eni-", "enpi-", "ipa-")
"""How the ids of curated programmes begin that keep.eu has."""

SAYS_NOTHING = re.compile(r"(i{1,3}|iv|vi?)[abc]?|[abc]|interreg|programme|region|transnational")
"""Words that one name of a programme has and another has not: strands, and what all are."""


@dataclass(frozen=True)
class Programme:
    """A programme as keep.eu names it, in one of the periods that its projects state."""

    programme: str
    period: str | None
    programme_id: str | None
    programming_period: str | None
    scope: str | None


def recognises(sheets: Sequence[Sheet]) -> bool:
    """True where a sheet has keep.eu's columns of projects or of partners."""
    return any(_has_projects(sheet) or _has_partners(sheet) for sheet in sheets)


def read(staging: Staging, files: Sequence[Sequence[Sheet]]) -> None:
    """Read the projects of all files, then the partners of all files."""
    connection = staging.connection
    connection.execute(
        "create macro keep_key(cell) as "
        "nullif(regexp_replace(lower(cell), '[\\s\\x{00A0}]+', '', 'g'), '')"
    )
    found = [(_projects_sheet(sheets), _partners_sheet(sheets)) for sheets in files]
    projects = [sheet for sheet, _ in found if sheet is not None]
    partners = [sheet for _, sheet in found if sheet is not None]
    if not projects:
        name = files[0][0].path.name
        raise DataError(
            f"{name}: there is no sheet of projects. Import the whole workbook, or name the file "
            "with the projects too."
        )
    for sheet in projects:
        _read_sheet(staging, sheet, "keep_rows", PROJECTS, "keep_project_rows.sql")
    refused = staging.number("select count(*) from keep_rows where reason is not null")
    connection.execute(
        "insert into refused select file, _row, reason from keep_rows where reason is not null"
    )
    _name_programmes(staging)
    staging.run(_statements("keep.sql"), what="Understanding the projects")
    kept = staging.number("select count(*) from keep_projects")
    if partners:
        for sheet in partners:
            _read_sheet(staging, sheet, "keep_partner_rows", PARTNERS, "keep_partner_rows.sql")
        staging.run(_statements("keep_partners.sql"), what="Understanding the partners")
        refused += staging.number("select count(*) from keep_partners where reason is not null")
    else:
        staging.counts.notes.append("There is no sheet of partners: who takes part is not known.")
    rows = staging.number("select count(*) from keep_rows") + (
        staging.number("select count(*) from keep_partner_rows") if partners else 0
    )
    staging.counts.kept = kept
    staging.counts.merged = rows - refused - kept


def _read_sheet(
    staging: Staging,
    sheet: Sheet,
    table: str,
    columns: Mapping[str, tuple[str, ...]],
    statement: str,
) -> None:
    """Append a sheet's rows to a table. Only the columns that are read are held in memory."""
    require_header(sheet)
    staging.tell(f"Reading {sheet.path.name}, {sheet.name or 'rows'}", 0)
    connection, counts = staging.connection, staging.counts
    is_projects = columns is PROJECTS
    names = _numbered(
        sheet, "project name in language" if is_projects else "organisation in language"
    )
    themes = _numbered(sheet, "theme")
    chosen = {**columns, **{_column(name): (name,) for name in (*names, *themes)}}
    wanted = {key(name) for names_of in chosen.values() for name in names_of}
    keys = sheet.keys
    rows, damaged = load(
        connection, "keep_file", sheet, {name for k, name in keys.items() if k in wanted}
    )
    staging.refuse(damaged)
    missing, unknown = name_columns(connection, "cells", "keep_file", sheet, chosen)
    counts.read += rows
    counts.columns_missing |= dict.fromkeys(columns[c][0] for c in missing if c in ALWAYS_THERE)
    counts.columns_unknown |= dict.fromkeys(
        name for name in unknown if NUMBERED.sub(" #", key(name)) not in KNOWN
    )
    filled = _statements(statement).format(
        names=_list(names),
        themes=_list(themes),
        has_total="total" not in missing,
        has_eu="eu" not in missing,
    )
    rows_of_file = f"select 0 as no, $file as file, $source as source_id, * from ({filled})"
    values = {"file": sheet.path.name, "source": staging.source(sheet, ABOUT)}
    known = staging.number(
        f"select count(*) from information_schema.tables where table_name = '{table}'"
    )
    before = staging.number(f"select count(*) from {table}") if known else 0
    put = f"insert into {table}" if known else f"create table {table} as"
    staging.run(
        f"{put} select * replace ({before} + row_number() over (order by _row) as no) "
        f"from ({rows_of_file})",
        values,
    )
    connection.execute("drop view cells; drop table keep_file")


def _statements(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


def _numbered(sheet: Sheet, name: str) -> list[str]:
    """The header's names that are `name` with or without a number, in the order of the numbers."""
    found = {
        int(rest or 0): column
        for k, column in sheet.keys.items()
        if k.startswith(name) and ((rest := k.removeprefix(name).strip()).isdigit() or not rest)
    }
    return [found[number] for number in sorted(found)]


def _list(names: Sequence[str]) -> str:
    """A list of the cells of numbered columns, as SQL."""
    return "[" + ", ".join(f'"{_column(name)}"' for name in names) + "]::varchar[]"


def _column(name: str) -> str:
    return f"other {key(name)}"


def _has_projects(sheet: Sheet) -> bool:
    keys = sheet.keys
    return (
        {"programme", "project acronym"} <= keys.keys()
        and not _has_partners(sheet)
        and bool({"project name in english", "project start", key(PROJECTS["total"][0])} & {*keys})
    )


def _has_partners(sheet: Sheet) -> bool:
    return {"programme", "organisation in english", "lead partner"} <= sheet.keys.keys()


def _projects_sheet(sheets: Sequence[Sheet]) -> Sheet | None:
    return _sheet(sheets, "projects", 1, _has_projects(sheets[0]))


def _partners_sheet(sheets: Sequence[Sheet]) -> Sheet | None:
    return _sheet(sheets, "partners", 2, _has_partners(sheets[0]))


def _sheet(sheets: Sequence[Sheet], word: str, place: int, is_first: bool) -> Sheet | None:
    """The sheet whose name has the word, else the one at its place; a CSV by its columns."""
    if len(sheets) == 1:
        return sheets[0] if is_first else None
    named = [sheet for sheet in sheets if word in sheet.name.lower()]
    if named:
        return named[0]
    return sheets[place] if place < len(sheets) and sheets[place].header else None


def _name_programmes(staging: Staging) -> None:
    """Note what is known of each programme that a project has."""
    curated = _curated(paths.data_folder() / "programmes.csv")
    rows = staging.connection.execute(
        "select distinct programme, period from keep_rows where reason is null"
    ).fetchall()
    found = [programme(name, period, curated) for name, period in rows]
    staging.connection.execute(
        "create table keep_programmes (programme varchar, period varchar, programme_id varchar, "
        "programming_period varchar, scope varchar)"
    )
    staging.add("keep_programmes", pd.DataFrame(found, columns=list(Programme.__annotations__)))
    staging.connection.execute(
        "update keep_programmes set programme_id = slug(programme) where programme_id is null"
    )


def _curated(path: Path) -> dict[tuple[str, tuple[str, ...]], str]:
    """Curated programmes of co-operation by period and the words of their names."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["programming_period"], _core(row["label_en"])): row["programme_id"]
            for row in csv.DictReader(file)
            if row["programme_id"].startswith(COOPERATION)
        }


def programme(
    name: str, period: str | None, curated: Mapping[tuple[str, tuple[str, ...]], str]
) -> Programme:
    """What is known of a programme. It is a curated one where all its telling words agree."""
    years = re.match(r"(\d{4})\s*[-–]\s*(\d{4})", name)
    named = f"{years[1]}-{years[2]}" if years else None
    stated = period.replace(" ", "").replace("–", "-") if period else None
    programming_period = next((p for p in (stated, named) if p in PERIODS), None)
    return Programme(
        name,
        period,
        curated.get((named or stated or "", _core(name))),
        programming_period,
        _scope(name),
    )


def _core(name: str) -> tuple[str, ...]:
    """The telling words of a programme's name, in the order of the alphabet."""
    plain = unicodedata.normalize("NFKD", name).lower()
    words = re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return tuple(sorted(word for word in words if not SAYS_NOTHING.fullmatch(word)))


def _scope(name: str) -> str | None:
    """Cross-border or transnational, where the name tells the strand."""
    strand = re.search(r"\b(?:III|IV|VI?) ?-?([AB])\b", name)
    if strand:
        return "cross-border" if strand[1] == "A" else "transnational"
    return "cross-border" if re.search(r"\bCBC\b", name) else None
