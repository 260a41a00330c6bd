"""The tables of a catalog as Parquet, for engines that cannot read DuckDB's own files.

A folder is a cache like the database beside it: made aside, renamed when complete, and known by the
same key. Tables that queries read lie in it as `<table>.parquet`, and the package's own tables,
curated and imported as one, as `stated/<table>.parquet`.
"""

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from projectdata.datapackage import DataPackage
from projectdata.engine import served
from projectdata.engine.build import Pairs
from projectdata.engine.duckdb import DuckDB
from projectdata.errors import DataError

SCHEMAS = {"main": "", "stated": "stated"}
"""The schemas whose tables are written, and the folder of each."""

ROWS_IN_A_GROUP = 50_000
"""A worker reads whole groups: enough of them to share, and few enough rows for its memory."""


def made(
    cache: Path, key: str, package: DataPackage, imports: Sequence[Path], pairs: Pairs
) -> Path:
    """The folder of that key, made now if nobody has; one process makes it and the others wait.

    DataError where it cannot be written: unlike a database of one process, it cannot lie elsewhere,
    because the machines of a cluster look for it in the store.
    """
    folder = cache / f"{key}.parquet"
    if folder.is_dir():
        return folder
    engine = served.from_store(cache, key, package, imports, pairs)
    try:
        with served.alone(cache):
            if not folder.is_dir():
                _write(engine, folder)
                _forget_old(cache, folder)
    except (OSError, duckdb.Error) as fault:
        raise DataError(
            f"The tables for the cluster could not be written: {str(fault).splitlines()[0]}"
        ) from None
    finally:
        engine.connection.close()
    return folder


def _write(engine: DuckDB, folder: Path) -> None:
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    connection = engine.connection.cursor()
    spill = unfinished / "spill"
    try:
        connection.execute(f"set memory_limit = '{served.BUILD_MEMORY}'")
        connection.execute(f"set temp_directory = {_text(spill)}")
        for schema, below in SCHEMAS.items():
            (unfinished / below).mkdir(parents=True, exist_ok=True)
            tables = connection.execute(
                "select table_name from information_schema.tables "
                "where table_catalog = current_database() and table_schema = $schema",
                {"schema": schema},
            ).fetchall()
            for (table,) in tables:
                path = _text(unfinished / below / f"{table}.parquet")
                connection.execute(
                    f'copy {schema}."{table}" to {path} '
                    f"(format parquet, row_group_size {ROWS_IN_A_GROUP})"
                )
        shutil.rmtree(spill, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _forget_old(cache: Path, newest: Path) -> None:
    """Delete what no longer serves; a server may still be reading the one before the newest."""
    old = sorted(
        (path for path in cache.glob("*.parquet") if path != newest),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in old[served.KEPT_CACHES - 1 :]:
        with contextlib.suppress(OSError):
            shutil.rmtree(path)
