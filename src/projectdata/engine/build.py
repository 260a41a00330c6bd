"""The database that queries read, made from the curated tables and what was imported.

Millions of records are not joined by their names: an import numbers its records from 0 on, those
about social services first, and from that number follows the project's, by addition. Only the few
records that another stands for are looked up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import networkx as nx
import pandas as pd

from projectdata.datapackage import DataPackage
from projectdata.engine import curated
from projectdata.folding import fold_sql

DERIVED = Path(__file__).with_name("derived.sql")
CURATED_STANDS = (
    "projects",
    "participations",
    "places",
    "project_target_groups",
    "project_services",
)
"""Where a curated record is in an import too, what was curated of these stands. The register's own
row adds its statements of money and time, which are told side by side."""

BY_KEY = ("programmes", "regions", "sources", "organisations", "denominators", "codes")
"""Tables whose rows belong to no project: a curated row stands before an imported one."""

NUMBERED = (
    "projects",
    "periods",
    "amounts",
    "participations",
    "places",
    "project_target_groups",
    "project_services",
)
"""The tables that imports fill and whose rows belong to a project."""

PAIR_COLUMNS = ("project_id", "other_project_id", "reasons_en", "reasons_fi", "status")

Pairs = Iterable[Mapping[str, str]]
"""Rows of `same_as`."""


@dataclass(frozen=True)
class Numbers:
    """Where the numbers of an import's projects begin: those about social services, and others."""

    folder: Path
    social: int
    others: int
    count_social: int

    def number_of(self, rows: str) -> str:
        """The number of the project of a row, as SQL."""
        rest = self.others - self.count_social
        return (
            f"if({rows}._n < {self.count_social}, {self.social} + {rows}._n, {rest} + {rows}._n)"
            "::integer"
        )


def build(
    connection: duckdb.DuckDBPyConnection,
    package: DataPackage,
    imports: Sequence[Path],
    pairs: Pairs,
) -> None:
    """Fill an empty database: the curated tables, and everything derived, in the main schema.

    `imports` are folders of Parquet files. DataError names what is wrong with a CSV.
    """
    curated.load(connection, package)
    state(connection, package, imports)
    _say_pairs(connection, list(pairs))
    numbers = _numbers(connection, imports)
    connection.execute("create schema numbered")
    for name in (*NUMBERED, "lens"):
        _number(connection, package, name, numbers)
    connection.execute(f"create macro fold(text) as {fold_sql('text')}")
    connection.execute(DERIVED.read_text(encoding="utf-8"))
    for schema in ("numbered", "stated", "imported"):
        connection.execute(f"drop schema {schema} cascade")


def state(
    connection: duckdb.DuckDBPyConnection,
    package: DataPackage,
    imports: Sequence[Path],
) -> None:
    """The package's tables as one: views in the schemas `imported` and `stated`."""
    connection.execute("create schema imported; create schema stated")
    for table in package.tables.values():
        name, columns = table.name, ", ".join(f'"{column}"' for column in table.columns)
        files = _files(imports, name)
        if files:
            listed = f"read_parquet([{', '.join(files)}], union_by_name=true)"
        else:
            listed = f'curated."{name}" limit 0'
        connection.execute(f'create view imported."{name}" as select {columns} from {listed}')
        key = table.primary_key[0]
        unless = ""
        if name in CURATED_STANDS:
            unless = "where project_id not in (select project_id from curated.projects)"
        elif name in BY_KEY:
            unless = f'where "{key}" not in (select "{key}" from curated."{name}")'
        connection.execute(
            f'create view stated."{name}" as select {columns} from curated."{name}" '
            f'union all select {columns} from imported."{name}" {unless}'
        )


def _files(imports: Sequence[Path], table: str) -> list[str]:
    paths = [folder / f"{table}.parquet" for folder in imports]
    return [_text(path) for path in paths if path.exists()]


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _numbers(connection: duckdb.DuckDBPyConnection, imports: Sequence[Path]) -> list[Numbers]:
    """The first number of each import; curated projects come first, by name."""
    connection.execute(
        "create table curated_numbers as select project_id as name, "
        "row_number() over (order by project_id)::integer - 1 as number from curated.projects"
    )
    counted = []
    for folder in imports:
        row = connection.execute(
            "select count(*) filter (is_social), count(*) filter (not is_social) "
            f"from read_parquet({_text(folder / 'scopes.parquet')})"
        ).fetchone()
        counted.append(row or (0, 0))
    ours = connection.execute("select count(*) from curated_numbers").fetchone()
    social = ours[0] if ours else 0
    others = social + sum(count for count, _ in counted)
    found = []
    for folder, (many, rest) in zip(imports, counted, strict=True):
        found.append(Numbers(folder, social, others, many))
        social, others = social + many, others + rest
    parts = ["select number, name, true as is_social from curated_numbers"]
    parts += [
        f"select {one.number_of('t')} as number, record_id as name, is_social "
        f"from read_parquet({_text(one.folder / 'scopes.parquet')}) as t"
        for one in found
    ]
    # Every number has a name, also that of a record that another stands for.
    connection.execute(
        f"create table numbers as select number as project_id, name, is_social "
        f"from ({' union all '.join(parts)}) order by number"
    )
    connection.execute(
        "create table standing_numbers as select record_id, project_id as number "
        "from standing join numbers on numbers.name = stands_for"
    )
    return found


def _number(
    connection: duckdb.DuckDBPyConnection,
    package: DataPackage,
    name: str,
    imports: Sequence[Numbers],
) -> None:
    """A view in the schema `numbered`: the rows of a table with the number of their project.

    Columns: _number, the table's own, is_curated; and of projects _words.
    """
    # `standing_numbers` says whose number the few records have that another stands for.
    if name == "lens":
        columns, key, parts = "t.record_id, t.basis, t.evidence", "record_id", []
    else:
        key = "project_id"
        columns = ", ".join(f't."{column}"' for column in package.table(name).columns)
        words = ", null::varchar as _words" if name == "projects" else ""
        parts = [
            f"select coalesce(s.number, c.number) as _number, {columns}, true as is_curated{words} "
            f'from curated."{name}" as t join curated_numbers as c on c.name = t.project_id '
            "left join standing_numbers as s on s.record_id = t.project_id"
        ]
    stands = "and t.project_id not in (select name from curated_numbers)"
    unless = stands if name in CURATED_STANDS else ""
    words = ", _words" if name == "projects" else ""
    for one in imports:
        parts.append(
            f"select coalesce(s.number, c.number, {one.number_of('t')}) as _number, "
            f"{columns}, false as is_curated{words} "
            f"from read_parquet({_text(one.folder / f'{name}.parquet')}) as t "
            f"left join standing_numbers as s on s.record_id = t.{key} "
            f"left join curated_numbers as c on c.name = t.{key} where true {unless}"
        )
    if not parts:
        parts = [
            "select 0 as _number, '' as record_id, '' as basis, '' as evidence, "
            "false as is_curated limit 0"
        ]
    connection.execute(f'create view numbered."{name}" as {" union all ".join(parts)}')


def _say_pairs(connection: duckdb.DuckDBPyConnection, pairs: list[Mapping[str, str]]) -> None:
    """The pairs of records: as curated, as confirmed in the store, and by the register's own code.

    `standing` says which record each confirmed one is counted as: a curated one where there is one.
    """
    by_code = connection.execute(
        "select c.project_id, i.project_id, c.code "
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
        for ours, theirs, code in by_code
    ]
    known = {(row["project_id"], row["other_project_id"]) for row in said}
    for row in pairs:
        pair = (row["project_id"], row["other_project_id"])
        if row["status"] in ("confirmed", "suggested") and pair not in known:
            said.append({name: row.get(name) or "" for name in PAIR_COLUMNS})
            known.add(pair)
    _keep(connection, "told_pairs", pd.DataFrame(said, columns=list(PAIR_COLUMNS), dtype="str"))
    connection.execute(
        "create or replace view stated.same_as as "
        "select * from curated.same_as union all "
        f"select {', '.join(PAIR_COLUMNS)} from told_pairs as t "
        "where not exists (select 1 from curated.same_as as c where c.project_id = t.project_id "
        "and c.other_project_id = t.other_project_id)"
    )
    confirmed = connection.execute(
        "with pairs as (from stated.same_as where status = 'confirmed'), "
        "there as (select project_id from stated.projects where project_id in "
        "(select project_id from pairs union select other_project_id from pairs)) "
        "select project_id, other_project_id from pairs where project_id in (from there) "
        "and other_project_id in (from there)"
    ).fetchall()
    ours = {
        row[0] for row in connection.execute("select project_id from curated.projects").fetchall()
    }
    standing = standing_for(confirmed, ours)
    _keep(
        connection,
        "standing",
        pd.DataFrame(standing, columns=["record_id", "stands_for"], dtype="str"),
    )


def _keep(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    connection.register("kept_rows", rows)
    connection.execute(f"create table {table} as select * from kept_rows")
    connection.unregister("kept_rows")


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
