"""The database that queries read, made from the curated tables and what was imported."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import networkx as nx
import pandas as pd

from projectdata.datapackage import DataPackage
from projectdata.engine import curated

DERIVED = Path(__file__).with_name("derived.sql")
OWN_COLUMNS = {
    "lens": "record_id varchar, basis varchar, evidence varchar",
    "search_words": "record_id varchar, words varchar",
}
CURATED_STANDS = (
    "projects",
    "participations",
    "places",
    "project_target_groups",
    "project_services",
)
"""Where a curated record is in an import too, what was curated of these stands. The register's own
row adds its statements of money and time, which are told side by side."""

Imported = Mapping[str, list[Path]]
"""The Parquet files of each table that imports fill."""

Pairs = Iterable[Mapping[str, str]]
"""Rows of `same_as`."""


def build(
    connection: duckdb.DuckDBPyConnection, package: DataPackage, imported: Imported, pairs: Pairs
) -> None:
    """Fill an empty database: the curated tables, and everything derived, in the main schema.

    DataError names what is wrong with a CSV.
    """
    curated.load(connection, package)
    state(connection, package, imported)
    for name, columns in OWN_COLUMNS.items():
        _view(connection, name, imported.get(name, []), f"create temp table {name}({columns})")
    connection.execute(
        "create temp view imported_records as select project_id as record_id from imported.projects"
    )
    _say_pairs(connection, list(pairs))
    connection.execute(DERIVED.read_text(encoding="utf-8"))
    connection.execute("drop schema stated cascade; drop schema imported cascade")


def state(
    connection: duckdb.DuckDBPyConnection,
    package: DataPackage,
    imported: Imported,
    source: str = curated.SCHEMA,
) -> None:
    """The package's tables as one: views in the schemas `imported` and `stated`.

    `source` is the schema of the curated tables.
    """
    connection.execute("create schema imported; create schema stated")
    for table in package.tables.values():
        name, columns = table.name, ", ".join(f'"{column}"' for column in table.columns)
        empty = f'create view imported."{name}" as select {columns} from {source}."{name}" limit 0'
        _view(connection, f'imported."{name}"', imported.get(name, []), empty)
        key = table.primary_key[0]
        unless = ""
        if name in CURATED_STANDS:
            unless = f"where project_id not in (select project_id from {source}.projects)"
        elif name in ("programmes", "regions", "sources", "organisations"):
            unless = f'where "{key}" not in (select "{key}" from {source}."{name}")'
        connection.execute(
            f'create view stated."{name}" as select {columns} from {source}."{name}" '
            f'union all select {columns} from imported."{name}" {unless}'
        )


def _view(
    connection: duckdb.DuckDBPyConnection, name: str, files: list[Path], otherwise: str
) -> None:
    """A view over Parquet files, or an empty table where there is none."""
    if not files:
        connection.execute(otherwise)
        return
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    connection.execute(
        f"create {'' if '.' in name else 'temp '}view {name} as "
        f"select * from read_parquet([{listed}], union_by_name=true)"
    )


def _say_pairs(connection: duckdb.DuckDBPyConnection, pairs: list[Mapping[str, str]]) -> None:
    """The pairs of records: as curated, as confirmed in the store, and by the register's own code.

    `standing` says which record each confirmed one is counted as: a curated one where there is one.
    """
    by_code = connection.execute(
        "select c.project_id, i.project_id as other_project_id, c.code, c.code_scheme "
        "from curated.projects as c join imported.projects as i using (code, code_scheme) "
        "where c.project_id <> i.project_id"
    ).fetchall()
    said = [
        {
            "project_id": ours,
            "other_project_id": theirs,
            "reasons_en": f"The same record of the same register: {code}",
            "reasons_fi": f"Saman rekisterin sama tietue: {code}",
            "status": "confirmed",
        }
        for ours, theirs, code, _ in by_code
    ]
    known = {(row["project_id"], row["other_project_id"]) for row in said}
    for row in pairs:
        pair = (row["project_id"], row["other_project_id"])
        if row["status"] in ("confirmed", "suggested") and pair not in known:
            said.append({name: row.get(name) or "" for name in PAIR_COLUMNS})
            known.add(pair)
    rows = pd.DataFrame(said, columns=list(PAIR_COLUMNS), dtype="str")
    connection.register("said_pairs", rows)
    connection.execute("create temp table told_pairs as select * from said_pairs")
    connection.unregister("said_pairs")
    connection.execute(
        "create or replace view stated.same_as as "
        "select * from curated.same_as union all "
        f"select {', '.join(PAIR_COLUMNS)} from temp.told_pairs as t "
        "where not exists (select 1 from curated.same_as as c where c.project_id = t.project_id "
        "and c.other_project_id = t.other_project_id)"
    )
    confirmed = connection.execute(
        "select project_id, other_project_id from stated.same_as where status = 'confirmed' "
        "and project_id in (select project_id from stated.projects) "
        "and other_project_id in (select project_id from stated.projects)"
    ).fetchall()
    ours = {
        row[0] for row in connection.execute("select project_id from curated.projects").fetchall()
    }
    standing = pd.DataFrame(
        standing_for(confirmed, ours), columns=["record_id", "stands_for"], dtype="str"
    )
    connection.register("standing_rows", standing)
    connection.execute("create temp table standing as select * from standing_rows")
    connection.unregister("standing_rows")


PAIR_COLUMNS = ("project_id", "other_project_id", "reasons_en", "reasons_fi", "status")


def standing_for(
    confirmed: Iterable[tuple[str, str]], curated_records: set[str]
) -> list[tuple[str, str]]:
    """(record, the record it counts as) for each that another stands for.

    Pairs reach as far as they join: a = b and b = c make one project of three. A curated record
    stands before an imported one, then one that is named first in its pair.
    """
    pairs = list(confirmed)
    seconds = {other for _, other in pairs}
    found = []
    for together in nx.connected_components(nx.Graph(pairs)):
        first = min(together, key=lambda name: (name not in curated_records, name in seconds, name))
        found += [(name, first) for name in together if name != first]
    return sorted(found)
