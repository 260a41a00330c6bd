"""Where a catalog's database lies: in memory for the curated data, in a file beside a store.

The file is a cache: made aside, renamed when complete, opened read-only by any number of processes.
It is known by what it was made from, so an import that is not finished cannot be opened.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from projectdata.datapackage import DataPackage
from projectdata.engine.build import DERIVED, Pairs, build, state
from projectdata.engine.duckdb import DuckDB
from projectdata.engine.held import WORTH_IT, Held
from projectdata.errors import DataError
from projectdata.folding import fold_sql

BUILD_MEMORY = "1200MB"
SERVING_MEMORY = "640MB"
"""What DuckDB keeps of a file in memory; it reads the rest from the disk as it is asked. With 20 MB
less it has but one thread fill a table of as many columns as `facts`, and holds it half as fast."""

SLOW_COMPRESSION = "fsst,dict_fsst"
"""It halves the file, takes two thirds of the time to make it, and slows down every search."""

KEPT_CACHES = 2
"""Databases left standing: the newest, and the one that servers may still be reading."""


def in_memory(package: DataPackage) -> DuckDB:
    """The curated tables alone; DataError with sentences if they cannot be read."""
    connection = duckdb.connect(":memory:")
    build(connection, package, [], [])
    state(connection, package, [])
    return DuckDB(connection, package.fingerprint())


def key_of(package: DataPackage, store_key: str) -> str:
    """What the database of this data, this store and this program is known by."""
    digest = hashlib.sha256(DERIVED.read_bytes())
    digest.update(Path(__file__).with_name("build.py").read_bytes())
    digest.update(fold_sql("text").encode())
    digest.update(duckdb.__version__.encode())
    digest.update(package.fingerprint().encode() + store_key.encode())
    return digest.hexdigest()[:16]


def path_of(cache: Path, key: str) -> Path:
    """Where the database of that key lies, or would lie."""
    return cache / f"{key}.duckdb"


def from_store(
    cache: Path, key: str, package: DataPackage, imports: Sequence[Path], pairs: Pairs
) -> DuckDB:
    """The curated and imported tables, from the cached file; it is made where it is missing."""
    path = made(cache, key, package, imports, pairs)
    connection = duckdb.connect(":memory:", config={"memory_limit": SERVING_MEMORY})
    # Sorting all rows of a large store for a download needs more room than that.
    spill = Path(tempfile.gettempdir()) / f"projectdata-{os.getpid()}"
    connection.execute(f"set temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
    try:
        try:
            _attach(connection, path)
        except duckdb.Error:
            # A damaged cache is made again.
            path.unlink(missing_ok=True)
            _attach(connection, made(cache, key, package, imports, pairs))
        _name_tables(connection, package)
        state(connection, package, imports)
    except duckdb.Error as fault:
        raise DataError(_sentence(fault)) from None
    return DuckDB(connection, key, Held(connection) if _is_large(connection) else None)


def _is_large(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute("select count(*) from facts").fetchone()
    return row is not None and row[0] > WORTH_IT


def _attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as served (read_only)")


def _name_tables(connection: duckdb.DuckDBPyConnection, package: DataPackage) -> None:
    """The tables and the macro of the attached file, by the names that queries know."""
    tables = connection.execute(
        "select table_name from information_schema.tables "
        "where table_catalog = 'served' and table_schema = 'main'"
    ).fetchall()
    for (name,) in tables:
        connection.execute(f'create view "{name}" as from served.main."{name}"')
    connection.execute("create schema curated")
    for name in package.tables:
        connection.execute(f'create view curated."{name}" as from served.curated."{name}"')
    fold = connection.execute(
        "select macro_definition from duckdb_functions() "
        "where function_name = 'fold' and database_name = 'served'"
    ).fetchall()[0]
    connection.execute(f"create macro fold(text) as {fold[0]}")


def _sentence(fault: duckdb.Error) -> str:
    """What is wrong with a store, in a sentence; the name of the damaged file where it is one."""
    said = str(fault).splitlines()[0]
    found = re.search(r"([^/'\"]+)/([^/'\"]+\.parquet)", said)
    if found:
        return f"{found[2]} of the import {found[1]} is damaged. Import that register again."
    return f"The database of the store could not be made: {said}"


def made(
    cache: Path, key: str, package: DataPackage, imports: Sequence[Path], pairs: Pairs
) -> Path:
    """The cached file, made now if nobody has; one process makes it and the others wait."""
    path = path_of(cache, key)
    if path.exists():
        return path
    try:
        cache.mkdir(parents=True, exist_ok=True)
        writable = os.access(cache, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        # A replica may have its store read-only: it makes its own copy.
        cache = Path(tempfile.gettempdir()) / "projectdata-cache"
        cache.mkdir(parents=True, exist_ok=True)
        path = path_of(cache, key)
    with alone(cache):
        if not path.exists():
            _make(path, package, imports, pairs)
            _forget_old(cache, path)
    return path


def _make(path: Path, package: DataPackage, imports: Sequence[Path], pairs: Pairs) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    spill = path.with_name(f".{path.name}.{os.getpid()}.spill")
    try:
        connection = duckdb.connect(str(unfinished), config={"memory_limit": BUILD_MEMORY})
        try:
            connection.execute(f"set temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
            connection.execute(f"set disabled_compression_methods = '{SLOW_COMPRESSION}'")
            build(connection, package, imports, pairs)
            connection.execute("checkpoint")
        finally:
            connection.close()
        unfinished.replace(path)
    except duckdb.Error as fault:
        raise DataError(_sentence(fault)) from None
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            left.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            for left in spill.glob("*"):
                left.unlink()
            spill.rmdir()


def _forget_old(cache: Path, newest: Path) -> None:
    """Delete what no longer serves. Who reads a deleted file keeps it until he closes it."""
    old = sorted(
        (path for path in cache.glob("*.duckdb") if path != newest),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    day_ago = time.time() - 86_400
    left = [path for path in cache.glob(".*.duckdb.*") if path.stat().st_mtime < day_ago]
    for path in [*old[KEPT_CACHES - 1 :], *left]:
        with contextlib.suppress(OSError):
            path.unlink()


@contextlib.contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Wait until no other process makes a database here. The system frees a dead one's lock."""
    with (cache / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
