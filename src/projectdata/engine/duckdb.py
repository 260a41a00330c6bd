"""The embedded engine: a DuckDB database in memory, read by many threads, a cursor each."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from projectdata.datapackage import DataPackage, Table
from projectdata.errors import DataError

BATCH_ROWS = 10_000
DERIVED = Path(__file__).with_name("derived.sql")


@dataclass(frozen=True)
class DuckDB:
    """A loaded database. Threads may not share a connection, so each question opens a cursor."""

    connection: duckdb.DuckDBPyConnection = field(repr=False)
    version: str

    def compile(self, expression: ir.Table) -> str:
        """The expression as DuckDB SQL."""
        return ibis.to_sql(expression, dialect="duckdb")

    def frame(self, sql: str) -> pd.DataFrame:
        """The rows of a statement as a data frame."""
        return self.connection.cursor().execute(sql).df()

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """The rows of a statement, a batch at a time."""
        yield from self.connection.cursor().sql(sql).to_arrow_reader(BATCH_ROWS)

    def tables(self) -> dict[str, ir.Table]:
        """Every table of the database by name, as an unbound Ibis table."""
        rows = (
            self.connection.cursor()
            .execute(
                "select table_name, column_name, data_type from information_schema.columns "
                "where table_schema = 'main' order by table_name, ordinal_position"
            )
            .fetchall()
        )
        schemas: dict[str, dict[str, str]] = {}
        for table, column, data_type in rows:
            schemas.setdefault(table, {})[column] = IBIS_TYPES[data_type]
        return {name: ibis.table(schema, name=name) for name, schema in schemas.items()}


IBIS_TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "DOUBLE": "float64",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "BOOLEAN": "boolean",
}


def load(package: DataPackage) -> DuckDB:
    """The curated CSVs of a package in memory, with the derived tables that queries read.

    Columns are compared by name first, because DuckDB maps them by position. DataError names the
    file and the column, or the row.
    """
    problems = [p for table in package.tables.values() for p in header_problems(table)]
    if problems:
        raise DataError(problems)
    connection = duckdb.connect(":memory:")
    connection.execute("create schema curated")
    for table in package.tables.values():
        _load_table(connection, table)
    connection.execute(DERIVED.read_text(encoding="utf-8"))
    return DuckDB(connection, package.fingerprint())


def header_of(table: Table) -> list[str]:
    """The first row of a table's CSV; nothing where the file is empty."""
    with table.path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


def header_problems(table: Table) -> list[str]:
    """What is wrong with the first row of a table's CSV, as sentences."""
    try:
        header = header_of(table)
    except FileNotFoundError:
        return [f"{table.path.name}:1: the file is missing"]
    except UnicodeDecodeError as fault:
        return [f"{table.path.name}:1: the file is not UTF-8 ({fault.reason})"]
    missing = [name for name in table.columns if name not in header]
    unknown = [name for name in header if name not in table.columns]
    problems = [f"{table.path.name}:1: column '{name}' is missing" for name in missing]
    problems += [f"{table.path.name}:1: column '{name}' is not in the package" for name in unknown]
    if len(header) != len(set(header)):
        problems.append(f"{table.path.name}:1: a column name stands twice")
    return problems


def _load_table(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    header = header_of(table)
    if sorted(header) != sorted(table.columns):
        raise DataError(f"{table.path.name}:1: the file changed while it was read")
    columns = {name: table.field(name).sql_type for name in header}
    chosen = ", ".join(f'"{name}"' for name in table.columns)
    query = (
        f'create table curated."{table.name}" as select {chosen} from read_csv($path, '
        "columns=$columns, header=true, delim=',', quote='\"', escape='\"', nullstr='', "
        "auto_detect=false, strict_mode=true)"
    )
    try:
        connection.execute(query, {"path": str(table.path), "columns": columns})
    except duckdb.Error as fault:
        raise DataError(_sentence(table, fault)) from None


def _sentence(table: Table, fault: duckdb.Error) -> str:
    """DuckDB's report of a bad cell as `file:row: what is wrong`."""
    words = str(fault)
    row, what = "?", words.splitlines()[0]
    for line in words.splitlines():
        if line.startswith("CSV Error on Line:"):
            row = line.partition(":")[2].strip()
        elif "Error when converting column" in line or line.startswith(
            ("Could not convert", "Expected")
        ):
            what = line.strip()
    return f"{table.path.name}:{row}: {what}"
