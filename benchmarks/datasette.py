"""The yardstick of facets, search and downloads: Datasette on the same rows.

It gets the best of circumstances: a table with an index on every facet and every date, a full-text
index, its statistics gathered, dates and status worked out beforehand, and no limit that would end
a question early.
"""

import csv
import json
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.processes import median_seconds, until_answered
from devtools.serving import free_port

FACETS = ("CountryCode", "Fund_Code", "Programming_Period", "Programme_Code", "status")
"""What the sidebar of the dashboard counts, as far as a flat table has it."""
INDEXED = (*FACETS, "Operation_Start_Date", "Operation_End_Date", "Operation_Unique_Identifier")
NUMBERS = ("Total_Eligible_Expenditure_amount", "Project_EU_Budget", "Cofinancing_Rate")
DATES = ("Operation_Start_Date", "Operation_End_Date")
TABLE = "projects"
LIMIT = "900000"
"""Milliseconds that a question may take."""


@dataclass(frozen=True)
class Answers:
    """Seconds that each question took."""

    facets: float
    facets_of_fund: float
    like: float
    full_text: float
    download: float
    downloaded_rows: int


def build(file: Path, database: Path, day: date) -> None:
    """Write the rows of a Kohesio file into SQLite, with everything that makes it fast."""
    database.unlink(missing_ok=True)
    connection = sqlite3.connect(database)
    connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.reader(text)
        header = next(reader)
        columns = ", ".join(f'"{c}" {"real" if c in NUMBERS else "text"}' for c in header)
        connection.execute(f"create table {TABLE} ({columns}, status text)")
        marks = ", ".join("?" * (len(header) + 1))
        connection.executemany(f"insert into {TABLE} values ({marks})", _rows(reader, header, day))
    for column in INDEXED:
        connection.execute(f'create index "by_{column}" on {TABLE} ("{column}")')
    connection.executescript(f"""
        create virtual table {TABLE}_fts using fts5(
            Operation_Name_English, Operation_Name_Programme_Language,
            content="{TABLE}", tokenize="unicode61 remove_diacritics 2");
        insert into {TABLE}_fts({TABLE}_fts) values ('rebuild');
        analyze;
    """)
    connection.commit()
    connection.close()


def measure(database: Path, word: str, fund: str) -> Answers:
    """Ask the questions that the dashboard is asked."""
    with serving(database) as address:
        table = f"{address}/{database.stem}/{TABLE}"
        facets = [("_facet", name) for name in FACETS]
        counting = [("_size", "0"), ("_nocount", "1"), ("_facet_size", "max"), *facets]
        counted = json.loads(read(f"{table}.json?{urlencode(counting)}"))
        missing = [name for name in FACETS if name not in counted["facet_results"]]
        if missing:
            raise RuntimeError(f"Datasette gave up on {', '.join(missing)}")
        of_fund = urlencode([("Fund_Code", fund), *counting])
        download = f"{table}.csv?{urlencode([('Fund_Code', fund), ('_stream', 'on')])}"
        rows = sum(1 for _ in csv.reader(_lines(download))) - 1
        page = [("_size", "20"), ("_nofacet", "1")]
        return Answers(
            facets=median_seconds(lambda: read(f"{table}.json?{urlencode(counting)}"), 3, 0),
            facets_of_fund=median_seconds(lambda: read(f"{table}.json?{of_fund}"), 2, 0),
            like=median_seconds(
                lambda: read(
                    f"{table}.json?"
                    + urlencode([("Operation_Name_English__contains", word), *page])
                ),
                3,
            ),
            full_text=median_seconds(
                lambda: read(f"{table}.json?{urlencode([('_search', word), *page])}"), 3
            ),
            download=median_seconds(lambda: read(download), 3, 0),
            downloaded_rows=rows,
        )


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """Datasette on a free port, without limits."""
    port = free_port()
    limits = {
        "sql_time_limit_ms": LIMIT,
        "facet_time_limit_ms": LIMIT,
        "max_csv_mb": "0",
        "allow_csv_stream": "on",
        "suggest_facets": "off",
    }
    command = [sys.executable, "-m", "datasette", "serve", str(database), "--port", str(port)]
    for name, value in limits.items():
        command += ["--setting", name, value]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until_answered(f"{address}/-/versions.json")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _rows(
    reader: Iterator[list[str]], header: list[str], day: date
) -> Iterator[list[str | float | None]]:
    today = day.isoformat()
    dates, numbers = ([header.index(n) for n in names] for names in (DATES, NUMBERS))
    for cells in reader:
        row: list[str | float | None] = list(cells)
        for place in dates:
            row[place] = _iso(cells[place])
        for place in numbers:
            row[place] = float(cells[place]) if cells[place] else None
        start, end = (row[place] for place in dates)
        row.append(_status(start, end, today))
        yield row


def _iso(written: str) -> str | None:
    day, _, rest = written.partition("/")
    month, _, year = rest.partition("/")
    return f"{year}-{month}-{day}" if year else None


def _status(start: object, end: object, today: str) -> str | None:
    if not isinstance(start, str) or not isinstance(end, str):
        return None
    if start > today:
        return "planned"
    return "ended" if end < today else "running"


def read(address: str) -> bytes:
    """All that an address answers."""
    with urllib.request.urlopen(address, timeout=1_800) as answer:
        return answer.read()


def _lines(address: str) -> Iterator[str]:
    return iter(read(address).decode().splitlines(keepends=True))
