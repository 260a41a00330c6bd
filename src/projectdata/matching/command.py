"""`projectdata match` on the screen: pairs as a table or a CSV, and what a person decides."""

import contextlib
import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from projectdata import paths
from projectdata.engine.duckdb import DuckDB
from projectdata.errors import DataError
from projectdata.matching import decisions
from projectdata.matching.decisions import COLUMNS
from projectdata.matching.organisation_pairs import CROWD, Crowds, look
from projectdata.matching.pair import CONFIRMED, REJECTED, Pair, Tell
from projectdata.matching.project_pairs import known_pairs, projects, reasons
from projectdata.store import Store

MEMORY = "1500MB"
"""What DuckDB keeps in memory while it looks for pairs; the rest goes to a folder of its own."""

NAMES = {
    "projects": "select project_id, coalesce(acronym, name_en, name_original, name_fi) "
    "from stated.projects where project_id in (select unnest($ids))",
    "organisations": "select organisation_id, coalesce(name_en, name_original, name_fi) "
    "from stated.organisations where organisation_id in (select unnest($ids))",
}
KINDS = tuple(NAMES)

SHARED = {
    "id": ("business id", "business ids"),
    "name": ("name", "names"),
    "short": ("acronym", "acronyms"),
    "host": ("website", "websites"),
}
"""What a crowd of organisations may share: one, several."""


def suggest(
    store: Path, kind: str, least: float, output: Path | None, limit: int | None, console: Console
) -> None:
    """Show the likeliest pairs, or write them as a CSV: the columns of `same_as` and a score."""
    with _connection(store) as connection:
        passed_over: Sequence[Crowds] = ()
        with _telling(console) as tell:
            if kind == "projects":
                known = decisions.read(store)
                found = projects(connection, least=least, decided=known, tell=tell)
            else:
                looked = look(connection, least=least, tell=tell)
                found, passed_over = looked.pairs, looked.passed_over
        shown = found if limit is None else found[:limit]
        if output is not None:
            _write(output, shown)
        elif shown:
            console.print(_table(shown, _names(connection, kind, shown)))
    where = f" in {output}" if output else ""
    left = f" of {len(found)}" if len(shown) < len(found) else ""
    console.print(
        f"{len(shown)}{left} pairs of {kind} from a score of {least:g}{where}.", highlight=False
    )
    if passed_over:
        console.print(_crowds(passed_over), highlight=False, markup=False)


def _crowds(passed_over: Sequence[Crowds]) -> str:
    """What was not followed, in a sentence."""
    said = [
        f"{one.number:,} {SHARED[one.sort][one.number > 1]} (“{one.example}”)"
        for one in passed_over
    ]
    return f"Not followed, as more than {CROWD} organisations share each: {', '.join(said)}."


@contextlib.contextmanager
def _telling(console: Console) -> Iterator[Tell]:
    """A line that says what is being done, while it is done at a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=1)
        yield lambda what, part: progress.update(task, description=what, completed=part)


def decide(store: Path, one: str, other: str, status: str, console: Console) -> None:
    """Remember that two records are one project, or that they are not."""
    if one == other:
        raise DataError(f"“{one}” is one record. Name two.")
    with _connection(store) as connection:
        known = _names(connection, "projects", [Pair(one, other, 0.0, "", "")])
        missing = [name for name in (one, other) if name not in known]
        if missing:
            raise DataError([f"There is no project with the id “{name}”." for name in missing])
        curated = known_pairs(connection).get(frozenset({one, other}))
        if curated and curated.status == CONFIRMED and status == REJECTED:
            raise DataError(f"{one} and {other} are one project in the curated same_as.csv.")
        if curated:
            pair = replace(curated, one=one, other=other)
        else:
            pair = reasons(connection, one, other) or Pair(one, other, 0.0, "", "")
    said = {CONFIRMED: "is one project", REJECTED: "is two projects"}[status]
    is_new = decisions.decide(store, pair, status)
    console.print(
        f"{one} and {other}: this {said}{'' if is_new else ', as was known'}.",
        highlight=False,
        markup=False,
    )


@contextlib.contextmanager
def _connection(store: Path) -> Iterator[DuckDBPyConnection]:
    """The tables that the curated dataset and the store state, with room to look for pairs."""
    engine = Store(paths.data_folder(), store).catalog().engine
    if not isinstance(engine, DuckDB):
        raise DataError("Pairs are looked for with the embedded engine: unset PROJECTDATA_ENGINE.")
    with tempfile.TemporaryDirectory() as folder:
        connection = engine.connection.cursor()
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute(f"set temp_directory = '{folder}'")
        try:
            yield connection
        finally:
            connection.close()


def _names(connection: DuckDBPyConnection, kind: str, pairs: Sequence[Pair]) -> dict[str, str]:
    ids = sorted({name for pair in pairs for name in (pair.one, pair.other)})
    return dict(connection.execute(NAMES[kind], {"ids": ids}).fetchall())


def _table(pairs: Sequence[Pair], names: dict[str, str]) -> Table:
    table = Table()
    for column in ("Score", "One", "Other", "Why", "Status"):
        table.add_column(column, overflow="fold")
    for pair in pairs:
        records = [
            f"[bold]{escape(name)}[/bold]\n{escape(names.get(name) or '')}"
            for name in (pair.one, pair.other)
        ]
        table.add_row(f"{pair.score:.2f}", *records, escape(pair.reasons_en), pair.status)
    return table


def _write(path: Path, pairs: Sequence[Pair]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow([*COLUMNS, "score"])
            for pair in pairs:
                said = (pair.reasons_en, pair.reasons_fi, pair.status, f"{pair.score:.3f}")
                rows.writerow([pair.one, pair.other, *said])
        aside.replace(path)
    except OSError as fault:
        raise DataError(f"{path} cannot be written: {fault.strerror}.") from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
