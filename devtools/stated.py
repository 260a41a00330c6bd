"""Data folders and EURA rows as the tables that matching reads, for tests and benchmarks."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from projectdata import datapackage, paths

TABLES = (
    "projects",
    "periods",
    "amounts",
    "organisations",
    "participations",
    "places",
    "same_as",
    "measures",
)

EURA = paths.home().parent / "shared" / "exports" / "eura" / "eura2014_projektilista.latin1.csv"
EURA_ROW = re.compile(
    r"^(?P<code>[A-Z]\d+),(?P<fund>EAKR|ESR),(?P<name>.*?),\d+,.*,[^,]*,"
    r"(?P<start>\d{1,2}\.\d{1,2}\.\d{4}),(?P<end>\d{1,2}\.\d{1,2}\.\d{4}),(?P<lead>.*),"
    r"(?P<granted>[-\d.]*),[-\d.]*,(?P<planned>[-\d.]*),[-\d.]*;?$"
)


def empty(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The tables of the package, without a row."""
    package = datapackage.read(paths.data_folder())
    connection.execute("create schema stated")
    for name in TABLES:
        fields = package.table(name).fields
        columns = ", ".join(f'"{field.name}" {field.sql_type}' for field in fields)
        connection.execute(f"create table stated.{name} ({columns})")
    return connection


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Rows with whatever columns they name; the rest is unknown."""
    for row in rows:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        connection.execute(
            f"insert into stated.{table} ({names}) values ({marks})", list(row.values())
        )


def load(connection: duckdb.DuckDBPyConnection, folder: Path) -> duckdb.DuckDBPyConnection:
    """The CSVs of a data folder."""
    empty(connection)
    for name in TABLES:
        connection.execute(
            f"insert into stated.{name} by name from read_csv('{folder / name}.csv', "
            "header = true, all_varchar = true)"
        )
    return connection


def eura_rows(path: Path = EURA) -> list[dict[str, str]]:
    """Every row of the register's list of 2014–2020."""
    lines = path.read_text(encoding="latin-1").splitlines()[1:]
    return [match.groupdict() for line in lines if (match := EURA_ROW.match(line))]


def add_eura(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, str]]) -> None:
    """The rows that the connection does not hold yet, as an import states them."""
    held = {row[0] for row in connection.sql("select project_id from stated.projects").fetchall()}
    for row in rows:
        project_id = f"eura-{row['code'].lower()}"
        if project_id in held:
            continue
        organisation_id = "eura-" + re.sub(r"[^a-z0-9]+", "-", row["lead"].lower()).strip("-")
        fill(
            connection,
            "projects",
            [
                {
                    "project_id": project_id,
                    "name_original": row["name"],
                    "name_fi": row["name"],
                    "collection": "finnish-regional",
                    "fund": "esf" if row["fund"] == "ESR" else "erdf",
                    "programming_period": "2014-2020",
                    "code": row["code"],
                    "code_scheme": "eura-2014",
                    "is_in_depth": False,
                    "source_id": "eura",
                }
            ],
        )
        fill(
            connection,
            "periods",
            [
                {
                    "period_id": f"{project_id}-period-1",
                    "project_id": project_id,
                    "start_date": _day(row["start"]),
                    "end_date": _day(row["end"]),
                    "precision": "day",
                    "is_displayed": True,
                }
            ],
        )
        fill(
            connection,
            "amounts",
            [
                {
                    "amount_id": f"{project_id}-{measure}",
                    "project_id": project_id,
                    "measure": measure,
                    "amount_eur": row[column],
                    "state": "published",
                    "precision": "exact",
                    "is_displayed": True,
                }
                for measure, column in (
                    ("eu_and_state_granted", "granted"),
                    ("public_funding_planned", "planned"),
                )
                if row[column]
            ],
        )
        if organisation_id not in held:
            held.add(organisation_id)
            fill(
                connection,
                "organisations",
                [
                    {
                        "organisation_id": organisation_id,
                        "name_original": row["lead"],
                        "country": "FI",
                    }
                ],
            )
        fill(
            connection,
            "participations",
            [{"project_id": project_id, "organisation_id": organisation_id, "role": "lead"}],
        )


def _day(text: str) -> str:
    return datetime.strptime(text, "%d.%m.%Y").date().isoformat()
