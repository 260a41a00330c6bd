"""An import from the files to the store: read, understand, compare, write, make visible.

Everything is written aside. The last step replaces one small file, so an import that ends early,
however it ends, leaves the store as it was.
"""

import contextlib
import errno
import fcntl
import json
import os
import shutil
import signal
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import duckdb
import pandas as pd

from projectdata import holdings
from projectdata.errors import DataError
from projectdata.importers import REGISTERS, lens
from projectdata.importers.files import Sheet, sheets
from projectdata.importers.report import MOST_REFUSED, Report
from projectdata.importers.staging import SQL, Staging, Tell, open_staging

AUTO = "auto"
UNFINISHED = ".unfinished-"
SAMPLES = 10


def run(
    register: str, paths: Sequence[Path], store: Path, boxes: pd.DataFrame, tell: Tell
) -> Report:
    """Import files of one register into a store; DataError with sentences, and nothing changed.

    `boxes` has a row a country: country, west, south, east, north.
    """
    started = time.monotonic()
    tell("Opening the files", 0)
    files = [sheets(path) for path in paths]
    module = _module(register, files)
    name = module.ABOUT.name
    with _alone(store):
        _sweep(store)
        work = store / f"{UNFINISHED}{uuid.uuid4().hex[:12]}"
        try:
            work.mkdir(parents=True)
            staging = open_staging(work / "work.duckdb", boxes, tell)
            try:
                module.read(staging, files)
                _refuse_nothing(staging, paths)
                report = _written(staging, name, paths, store, work, started)
            finally:
                staging.connection.close()
            _publish(store, name, work, report)
        except OSError as fault:
            raise DataError(_sentence(fault, store)) from None
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as fault:
            raise DataError(_database_sentence(fault, store)) from None
        finally:
            shutil.rmtree(work, ignore_errors=True)
    tell("Done", 1)
    return report


def _module(register: str, files: Sequence[Sequence[Sheet]]) -> ModuleType:
    found: dict[str, str] = {}
    for one in files:
        path = one[0].path
        owner = next((n for n, module in REGISTERS.items() if module.recognises(one)), None)
        if owner is None:
            said = ", ".join(f"“{name}”" for name in one[0].header[:4] if name)
            raise DataError(
                f"{path.name}: no register has these columns ({said or 'none'}, …). "
                f"Known are the exports of {', '.join(REGISTERS)}. Is the first row the header?"
            )
        if register not in (AUTO, owner):
            raise DataError(
                f"{path.name}: this is a file of {owner}, not of {register}. "
                f"Use: projectdata import {owner} {path.name}"
            )
        found[owner] = path.name
    if len(found) > 1:
        raise DataError(
            f"These are files of {', '.join(found)}. Import each register by a command of its own."
        )
    return REGISTERS[next(iter(found))]


def _refuse_nothing(staging: Staging, paths: Sequence[Path]) -> None:
    if staging.counts.kept:
        return
    named = ", ".join(path.name for path in paths)
    row = staging.connection.execute('select "row", reason from refused order by 1').fetchone()
    said = f" The first: row {row[0]}: {row[1]}." if row else " There is no row below the header."
    raise DataError(
        f"{named}: no row could be taken, so nothing was changed. "
        f"{staging.counts.read} rows were read.{said}"
    )


def _written(
    staging: Staging, name: str, paths: Sequence[Path], store: Path, work: Path, started: float
) -> Report:
    """The tables as Parquet, with what of an earlier import still stands; and the report."""
    connection = staging.connection
    staging.tell("Reading what the projects are about", 0)
    lens.read(connection, "lens_input", "lens_codes")
    earlier = _whole(staging, holdings.standing(store).get(name))
    staging.tell("Comparing with the last import", 0)
    _compare(connection, earlier)
    staging.run((SQL / "tables.sql").read_text(encoding="utf-8"), what="Putting in order")
    social = staging.number(
        "select (select count(*) from ordinals where is_social) "
        "+ (select count(*) from standing_records where is_social)"
    )
    tables = (*holdings.TABLES, *holdings.OWN_TABLES)
    for place, table in enumerate(tables):
        staging.tell(f"Writing {table}", place / len(tables))
        _write(staging, table, earlier, social, work / f"{table}.parquet")
    return _report(staging, name, paths, started)


def _whole(staging: Staging, earlier: Path | None) -> Path | None:
    """The earlier import; nothing, and a note, where its files are damaged."""
    if earlier is None:
        return None
    try:
        for table in (*holdings.TABLES, *holdings.OWN_TABLES):
            path = str(earlier / f"{table}.parquet").replace("'", "''")
            staging.connection.execute(f"select count(*) from parquet_metadata('{path}')")
    except (duckdb.IOException, duckdb.InvalidInputException):
        staging.counts.notes.append(
            f"The last import ({earlier.name}) is damaged: nothing of it stands."
        )
        return None
    return earlier


def _compare(connection: duckdb.DuckDBPyConnection, earlier: Path | None) -> None:
    """Which records of an earlier import stay, and what became of the others; see compare.sql."""
    if earlier is None:
        connection.execute(
            "create table old_scopes (record_id varchar, part_one varchar, part_two varchar, "
            "is_social boolean, digest varchar, _n bigint)"
        )
    else:
        quoted = str(earlier / "scopes.parquet").replace("'", "''")
        connection.execute(f"create table old_scopes as from read_parquet('{quoted}')")
    connection.execute((SQL / "compare.sql").read_text(encoding="utf-8"))


SHARED = {
    "programmes": "programme_id",
    "regions": "region",
    "sources": "source_id",
    "organisations": "organisation_id",
}
"""Tables whose rows several records share, and their keys: what is new comes before what stands."""


def _write(staging: Staging, table: str, earlier: Path | None, social: int, path: Path) -> None:
    """Write a table. The numbers of records about social services are those below `social`."""
    rows = f"from out_{table}"
    old = earlier / f"{table}.parquet" if earlier else None
    if old is not None and old.exists():
        quoted = str(old).replace("'", "''")
        if table in SHARED:
            key = SHARED[table]
            rows += (
                f" union all by name select * from read_parquet('{quoted}') "
                f'where "{key}" not in (select "{key}" from out_{table})'
            )
        else:
            key = "record_id" if table in holdings.OWN_TABLES else "project_id"
            rows += (
                f" union all by name select o.* replace (s.n as _n) from read_parquet('{quoted}') "
                f"as o join standing_records as s on s.record_id = o.{key}"
            )
    if table not in SHARED:
        # Pages open on social services: their rows lie together, so that the others are not read.
        rows = (
            f"select * from ({rows}) where _n < {social} "
            f"union all select * from ({rows}) where _n >= {social}"
        )
    target = str(path).replace("'", "''")
    staging.run(f"copy ({rows}) to '{target}' (format parquet)", what=f"Writing {table}")


def _report(staging: Staging, name: str, paths: Sequence[Path], started: float) -> Report:
    connection, counts = staging.connection, staging.counts
    refused = connection.execute(
        f'select file, "row", reason from refused order by file, "row" limit {MOST_REFUSED}'
    ).fetchall()
    sums = connection.execute(
        "select measure, sum(amount_eur) from out_amounts where amount_eur is not null "
        "group by measure order by measure"
    ).fetchall()
    fates = dict(connection.execute("select fate, count(*) from fates group by fate").fetchall())
    samples = {
        fate: tuple(
            row[0]
            for row in connection.execute(
                "select record_id from fates where fate = ? order by record_id limit ?",
                [fate, SAMPLES],
            ).fetchall()
        )
        for fate in ("added", "changed", "gone")
        if fates.get(fate)
    }
    standing = staging.number("select count(*) from standing_records")
    return Report(
        register=name,
        files=tuple(path.name for path in paths),
        rows_read=counts.read,
        rows_kept=counts.kept,
        rows_merged=counts.merged,
        rows_refused=staging.number("select count(*) from refused"),
        refused=tuple(dict(zip(("file", "row", "reason"), row, strict=True)) for row in refused),
        columns_unknown=tuple(counts.columns_unknown),
        columns_missing=tuple(counts.columns_missing),
        sums={measure: round(total, 2) for measure, total in sums},
        added=fates.get("added", 0),
        changed=fates.get("changed", 0),
        gone=fates.get("gone", 0),
        records=counts.kept + standing,
        social=staging.number("select count(distinct record_id) from lens_relevance"),
        samples=samples,
        notes=tuple(counts.notes),
        imported=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 1),
    )


def _publish(store: Path, name: str, work: Path, report: Report) -> None:
    """Give the import its name and let the index say that it counts; forget the one before last."""
    for left in work.glob("work.*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    text = json.dumps(report.document(), ensure_ascii=False, indent=1)
    (work / holdings.REPORT).write_text(text, encoding="utf-8")
    folder = store / "imports"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / f"{name}-{stamp}-{uuid.uuid4().hex[:6]}"
    for path in work.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    work.rename(target)
    index = {register: path.name for register, path in holdings.standing(store).items()}
    previous = index.get(name)
    index[name] = target.name
    replace_file(store / holdings.INDEX, json.dumps(index, indent=1).encode())
    # Who still serves the last one reads its files; older ones nobody needs.
    for path in folder.glob(f"{name}-*"):
        if path.name not in (target.name, previous):
            shutil.rmtree(path, ignore_errors=True)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file aside and give it its name when it is complete and on the disk."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(store: Path) -> Iterator[None]:
    """One import at a time. The system frees the lock of a process that died."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock = (store / ".import-lock").open("w")
    except OSError as fault:
        raise DataError(_sentence(fault, store)) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataError(
                f"Another import is writing to {store}. Wait until it has ended."
            ) from None
        yield


def _sweep(store: Path) -> None:
    """Delete what an import that was killed left behind; its lock is free, so nobody writes it."""
    for left in store.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sentence(fault: OSError, store: Path) -> str:
    if fault.errno == errno.ENOSPC:
        return (
            f"The disk is full, so nothing was changed. Make room where {store} is, or use --store."
        )
    said = fault.strerror or str(fault)
    return f"{fault.filename or store}: {said}. Nothing was changed."


def _database_sentence(fault: duckdb.Error, store: Path) -> str:
    said = str(fault).splitlines()[0]
    if "No space left" in said or "max_temp_directory_size" in str(fault):
        return (
            f"The disk is full, so nothing was changed. Make room where {store} is, or use --store."
        )
    return f"The import broke off and nothing was changed: {said}"


@contextlib.contextmanager
def ended_softly() -> Iterator[None]:
    """A polite end by the system (SIGTERM) cleans up as Ctrl-C does."""

    def stop(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
