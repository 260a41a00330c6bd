"""The curated CSVs of a data package, read into DuckDB."""

import csv

import duckdb

from projectdata.datapackage import DataPackage, Table
from projectdata.errors import DataError

SCHEMA = "curated"


def load(connection: duckdb.DuckDBPyConnection, package: DataPackage) -> None:
    """Every table of the package, in the schema `curated`.

    Columns are compared by name first, because DuckDB maps them by position. DataError names the
    file and the column, or the row.
    """
    problems = [p for table in package.tables.values() for p in header_problems(table)]
    if problems:
        raise DataError(problems)
    connection.execute(f"create schema {SCHEMA}")
    for table in package.tables.values():
        _load_table(connection, table)


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
        f'create table {SCHEMA}."{table.name}" as select {chosen} from read_csv($path, '
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
