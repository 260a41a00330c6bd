"""Data folders and EURA rows as the tables that matching reads, for tests and benchmarks."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

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


@lru_cache(maxsize=1)
def _definitions() -> str:
    package = datapackage.read(paths.data_folder())
    columns = {
        name: ", ".join(f'"{field.name}" {field.sql_type}' for field in package.table(name).fields)
        for name in TABLES
    }
    return "create schema stated; " + "; ".join(
        f"create table stated.{name} ({said})" for name, said in columns.items()
    )


def empty(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The tables of the package, without a row."""
    return connection.execute(_definitions())


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Rows with whatever columns they name; the rest is unknown."""
    if rows:
        frame = pd.DataFrame(list(rows), dtype=object)
        connection.register("filling", frame)
        connection.execute(f"insert into stated.{table} by name select * from filling")
        connection.unregister("filling")


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
    new = [(f"eura-{row['code'].lower()}", row) for row in rows]
    new = [(project_id, row) for project_id, row in new if project_id not in held]
    leads = {row["lead"]: _slug(row["lead"]) for _, row in new}
    fill(connection, "projects", [_project(project_id, row) for project_id, row in new])
    fill(
        connection,
        "periods",
        [
            {
                "period_id": project_id,
                "project_id": project_id,
                "start_date": _day(row["start"]),
                "end_date": _day(row["end"]),
                "precision": "day",
            }
            for project_id, row in new
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
                "amount_eur": float(row[column]),
                "precision": "exact",
            }
            for project_id, row in new
            for measure, column in (
                ("eu_and_state_granted", "granted"),
                ("public_funding_planned", "planned"),
            )
            if row[column]
        ],
    )
    fill(
        connection,
        "organisations",
        [
            {"organisation_id": slug, "name_original": name, "country": "FI"}
            for slug, name in {slug: name for name, slug in leads.items()}.items()
        ],
    )
    fill(
        connection,
        "participations",
        [
            {"project_id": project_id, "organisation_id": leads[row["lead"]], "role": "lead"}
            for project_id, row in new
        ],
    )


def _project(project_id: str, row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "name_original": row["name"],
        "name_fi": row["name"],
        "collection": "finnish-regional",
        "fund": "esf" if row["fund"] == "ESR" else "erdf",
        "programming_period": "2014-2020",
        "code": row["code"],
        "code_scheme": "eura-2014",
        "is_in_depth": False,
    }


def _slug(name: str) -> str:
    return "eura-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _day(text: str) -> str:
    return datetime.strptime(text, "%d.%m.%Y").date().isoformat()
