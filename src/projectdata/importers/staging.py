"""The database in which an import comes together before it is written."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pycountry
from babel import Locale

from projectdata.folding import fold_sql
from projectdata.importers.files import Refused, Sheet

SQL = Path(__file__).parent
MEMORY = "1100MB"
"""What DuckDB may hold; the rest of a large file lies on the disk meanwhile."""

Tell = Callable[[str, float], None]
"""(what is being done, how far it is from 0 to 1)."""

LANGUAGES = {
    "AT": "de", "BG": "bg", "CZ": "cs", "DE": "de", "DK": "da", "EE": "et", "ES": "es", "FI": "fi",
    "FR": "fr", "GB": "en", "GR": "el", "HR": "hr", "HU": "hu", "IE": "en", "IT": "it", "LT": "lt",
    "LV": "lv", "NL": "nl", "PL": "pl", "PT": "pt", "RO": "ro", "SE": "sv", "SI": "sl", "SK": "sk",
}  # fmt: skip
"""The language of a country's programmes, where there is one."""

COUNTIES = {
    "FI193": "keski-suomi", "FI194": "etela-pohjanmaa", "FI195": "pohjanmaa", "FI196": "satakunta",
    "FI197": "pirkanmaa", "FI1C1": "varsinais-suomi", "FI1C2": "kanta-hame", "FI1C3": "paijat-hame",
    "FI1C4": "kymenlaakso", "FI1C5": "etela-karjala", "FI1D1": "etela-savo",
    "FI1D2": "pohjois-savo", "FI1D3": "pohjois-karjala", "FI1D5": "keski-pohjanmaa",
    "FI1D7": "lappi", "FI1D8": "kainuu", "FI1D9": "pohjois-pohjanmaa", "FI200": "ahvenanmaa",
}  # fmt: skip
"""The wellbeing services county of a Finnish region that is one. Uusimaa is five."""

OTHER_NAMES = {
    "czech republic": "CZ",
    "czechia": "CZ",
    "uk": "GB",
    "el": "GR",
    "great britain": "GB",
    "macedonia": "MK",
    "turkey": "TR",
    "moldova": "MD",
    "kosovo": "XK",
    "xk": "XK",
    "russia": "RU",
    "slovak republic": "SK",
    "the netherlands": "NL",
}


@dataclass
class Counts:
    """How the rows of an import fared: read = kept + merged + refused."""

    read: int = 0
    kept: int = 0
    merged: int = 0
    columns_unknown: dict[str, None] = field(default_factory=dict)
    columns_missing: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class Staging:
    """A database with the tables of staging.sql, and what is counted on the way."""

    connection: duckdb.DuckDBPyConnection
    tell: Tell
    counts: Counts = field(default_factory=Counts)

    def run(self, statement: str, values: Mapping[str, Any] | None = None, what: str = "") -> None:
        """Execute statements, telling how far the longest is; Ctrl-C interrupts it."""
        if not what:
            self._execute(statement, values)
            return
        fault: list[BaseException] = []

        def work() -> None:
            try:
                self._execute(statement, values)
            except BaseException as raised:
                fault.append(raised)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(0.2)
                self.tell(what, max(self.connection.query_progress(), 0) / 100)
        except BaseException:
            self.connection.interrupt()
            thread.join()
            raise
        if fault:
            raise fault[0]
        self.tell(what, 1)

    def _execute(self, statement: str, values: Mapping[str, Any] | None) -> None:
        """Each statement gets those values that it names."""
        for one in self.connection.extract_statements(statement):
            named = {k: v for k, v in (values or {}).items() if k in one.named_parameters}
            self.connection.execute(one, named or None)

    def refuse(self, rows: list[Refused]) -> None:
        """Note rows that are not taken."""
        if rows:
            frame = pd.DataFrame([(r.file, r.row, r.reason) for r in rows], columns=["f", "r", "w"])
            self.add("refused", frame)

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Append rows to a table, by position."""
        self.connection.register("added_rows", rows)
        self.connection.execute(f"insert into {table} select * from added_rows")
        self.connection.unregister("added_rows")

    def number(self, query: str) -> int:
        """The one number that a query gives."""
        row = self.connection.execute(query).fetchone()
        return int(row[0] or 0) if row else 0

    def source(self, sheet: Sheet, register: "About") -> str:
        """The id of the source that a file is, noted among the sources."""
        with sheet.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        name = "".join(c if c.isalnum() else "-" for c in sheet.path.stem.lower())[:60].strip("-")
        name = "-".join(part for part in name.encode("ascii", "ignore").decode().split("-") if part)
        source_id = f"{register.name}-file-{name}-{digest.hexdigest()[:8]}"
        today = datetime.now(UTC).date()
        row = {
            "source_id": source_id,
            "title": f"{register.title}, file {sheet.path.name}",
            "publisher": register.publisher,
            "url": register.url,
            "kind": "register",
            "language": register.language,
            "published": _day_in(sheet.path.name),
            "accessed": today,
            "licence": register.licence,
            "reliability": "register",
            "note_en": f"Imported from a file of {sheet.path.stat().st_size} bytes, "
            f"SHA-256 {digest.hexdigest()}",
            "note_fi": f"Tuotu tiedostosta, jossa on {sheet.path.stat().st_size} tavua, "
            f"SHA-256 {digest.hexdigest()}",
        }
        known = self.connection.execute(
            "select 1 from sources_read where source_id = ?", [source_id]
        ).fetchone()
        if not known:
            self.add("sources_read", pd.DataFrame([row]))
        return source_id


@dataclass(frozen=True)
class About:
    """What a register says of itself, for the source of each of its files."""

    name: str
    title: str
    publisher: str
    url: str
    language: str
    licence: str | None


def open_staging(path: Path, boxes: pd.DataFrame, tell: Tell) -> Staging:
    """An empty staging database on the disk, so that its size is not that of the memory.

    `boxes` has a row a country: country, west, south, east, north.
    """
    connection = duckdb.connect(str(path), config={"memory_limit": MEMORY})
    spill = str(path.with_suffix(".spill")).replace("'", "''")
    connection.execute(f"set temp_directory = '{spill}'")
    connection.execute("set force_compression = 'uncompressed'")  # nobody reads it for long
    staging = Staging(connection, tell)
    connection.execute(f"create macro fold(text) as {fold_sql('text')}")
    staging.run((SQL / "staging.sql").read_text(encoding="utf-8"))
    connection.execute(
        "create table sources_read (source_id varchar, title varchar, publisher varchar, "
        "url varchar, kind varchar, language varchar, published date, accessed date, "
        "licence varchar, reliability varchar, note_en varchar, note_fi varchar)"
    )
    for name, rows in _lists(boxes).items():
        connection.register("listed_rows", rows)
        connection.execute(f"create table {name} as select * from listed_rows")
        connection.unregister("listed_rows")
    return staging


def country_names() -> dict[str, str]:
    """Small English names of countries, and their codes in registers, with ISO codes."""
    names = dict(OTHER_NAMES)
    english = Locale("en").territories
    for country in pycountry.countries:
        code = country.alpha_2
        names[country.name.lower()] = code
        names[str(english.get(code, country.name)).lower()] = code
        names[code.lower()] = code
    return names


def _lists(boxes: pd.DataFrame) -> dict[str, pd.DataFrame]:
    english = Locale("en").territories
    return {
        "country_names": pd.DataFrame(country_names().items(), columns=["name", "country"]),
        "country_displays": pd.DataFrame(
            [(c.alpha_2, str(english.get(c.alpha_2, c.name))) for c in pycountry.countries],
            columns=["country", "display"],
        ),
        "counties": pd.DataFrame(COUNTIES.items(), columns=["nuts3", "wellbeing_county"]),
        "country_languages": pd.DataFrame(LANGUAGES.items(), columns=["country", "language"]),
        "country_boxes": boxes,
    }


def _day_in(name: str) -> date | None:
    """The day that a file's name states, as in FI-pp21-27-20260924.csv."""
    digits = "".join(c if c.isdigit() else " " for c in name.replace("-", "").replace("_", " "))
    for part in digits.split():
        for start in range(len(part) - 7):
            try:
                found = datetime.strptime(part[start : start + 8], "%Y%m%d").date()
            except ValueError:
                continue
            if date(2000, 1, 1) <= found <= datetime.now(UTC).date():
                return found
    return None
