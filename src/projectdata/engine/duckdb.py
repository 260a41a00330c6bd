"""The embedded engine: a DuckDB database that many threads read, a cursor each."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from projectdata.engine import with_kept
from projectdata.engine.held import Held
from projectdata.errors import BusyError

BATCH_ROWS = 10_000

QUESTIONS_AT_ONCE = 2
"""Each question uses all cores. More at once would be no faster, and would share the memory."""

BUSY = "Too many large questions are being answered at once. Try again in a moment."


class Turns:
    """So many at once; and one that must be alone, after those before it have ended."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._free = threading.Semaphore(at_once)
        self._gathering = threading.Lock()

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """A turn beside others."""
        with self._free:
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """All turns at once."""
        with contextlib.ExitStack() as turns:
            # Two that gather turns at the same time would wait for each other for ever.
            with self._gathering:
                for _ in range(self._at_once):
                    turns.enter_context(self._free)
            yield


@dataclass(frozen=True)
class DuckDB:
    """A loaded database. Threads may not share a connection, so each question opens a cursor."""

    connection: duckdb.DuckDBPyConnection = field(repr=False)
    version: str
    held: Held | None = field(default=None, repr=False)
    _turns: Turns = field(default_factory=lambda: Turns(QUESTIONS_AT_ONCE), repr=False)

    def compile(self, expression: ir.Table) -> str:
        """The expression as DuckDB SQL."""
        return ibis.to_sql(expression, dialect="duckdb")

    def frame(self, asked: str, kept: str = "", *, once: bool = False) -> pd.DataFrame:
        """The rows of a statement as a data frame; BusyError where memory does not suffice."""
        try:
            with self._turns.one():
                return self._rows(asked, kept, once).df()
        except duckdb.OutOfMemoryException:
            pass
        # What has no room beside another question may have it alone.
        with self._turns.alone(), _said():
            return self.connection.cursor().execute(with_kept(asked, kept)).df()

    def batches(self, asked: str, kept: str = "") -> Iterator[pa.RecordBatch]:
        """The rows of a statement, a batch at a time; BusyError where memory does not suffice.

        Others have their turns between two batches.
        """
        with self._turns.one(), _said():
            rows = self.connection.cursor().sql(with_kept(asked, kept)).to_arrow_reader(BATCH_ROWS)
            batch = next(rows, None)
        while batch is not None:
            yield batch
            with self._turns.one(), _said():
                batch = next(rows, None)

    def _rows(self, asked: str, kept: str, once: bool) -> duckdb.DuckDBPyConnection:
        cursor = self.connection.cursor()
        if kept and self.held is not None:
            # What was held may have made room for something else meanwhile.
            with contextlib.suppress(duckdb.CatalogException):
                return cursor.execute(with_kept(asked, self.held.source(kept, once=once)))
        return cursor.execute(with_kept(asked, kept))

    def tables(self) -> dict[str, ir.Table]:
        """Every table that queries read by name, as an unbound Ibis table."""
        rows = (
            self.connection.cursor()
            .execute(
                "select table_name, column_name, data_type from information_schema.columns "
                "where table_catalog = current_database() and table_schema = 'main' "
                "order by table_name, ordinal_position"
            )
            .fetchall()
        )
        schemas: dict[str, dict[str, str]] = {}
        for table, column, data_type in rows:
            schemas.setdefault(table, {})[column] = IBIS_TYPES[data_type]
        return {name: ibis.table(schema, name=name) for name, schema in schemas.items()}


@contextlib.contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise BusyError(BUSY) from None


IBIS_TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "DOUBLE": "float64",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "BOOLEAN": "boolean",
}
