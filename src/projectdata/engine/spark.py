"""The engine for a cluster: Spark answers from the tables as Parquet. See docs/cluster.md.

All Spark work runs in a few threads of our own, so that a question can be given up when the
cluster does not answer, and so that the threads of visitors, which come and go, leave nothing in
the Java process.
"""

import itertools
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.common.exceptions import UnsupportedOperationError
from py4j.protocol import Py4JError
from pyspark import SparkConf
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import Row, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from projectdata.engine import with_kept
from projectdata.errors import AwayError
from projectdata.folding import fold

BATCH_ROWS = 10_000
QUESTIONS_AT_ONCE = 8
PATIENCE, PATIENCE_FOR_ROWS = 60, 600
"""Seconds until a question that the cluster does not answer is given up; and a batch of a stream,
before the first of which all rows may have to be sorted."""

SECONDS_TO_REACH, SECONDS_TO_BEGIN = 5, 120
"""Until a master takes a connection; and until the application and its tables are there."""

SETTINGS = {
    "spark.network.timeout": "60s",
    "spark.executor.heartbeatInterval": "10s",
    "spark.scheduler.mode": "FAIR",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    # As DuckDB has it: a division by zero is missing, not an error.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
}
"""What answers depend on. Cores and memory are the operator's, in `spark-defaults.conf`."""

T = TypeVar("T")


@dataclass(frozen=True)
class Spark:
    """A folder of Parquet files, and the cluster that answers from it.

    `address` is the master's; master and workers see the folder under the same path.
    """

    address: str
    folder: Path
    version: str
    patience: float = PATIENCE
    patience_for_rows: float = PATIENCE_FOR_ROWS
    _views: "Views" = field(init=False, repr=False)
    _threads: ThreadPoolExecutor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_views", Views(self.folder))
        threads = ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="spark")
        object.__setattr__(self, "_threads", threads)

    def compile(self, expression: ir.Table) -> str:
        """The expression as Spark SQL."""
        return COMPILER.to_sqlglot(expression.unbind()).sql(dialect=COMPILER.dialect)

    def frame(self, asked: str, kept: str = "", *, once: bool = False) -> pd.DataFrame:
        """The rows of a statement as a data frame."""
        sql = with_kept(asked, kept)
        rows = self._asked(lambda session: session.sql(sql).toArrow(), self.patience)
        # DuckDB makes the frame, so that types and missing values are those of the other engine.
        with duckdb.connect() as connection:
            return connection.from_arrow(rows).df()

    def batches(self, asked: str, kept: str = "") -> Iterator[pa.RecordBatch]:
        """The rows of a statement, a batch at a time; the driver holds one partition at most."""
        sql = with_kept(asked, kept)

        def begun(session: SparkSession) -> tuple[pa.Schema, Iterator[Row]]:
            found = session.sql(sql)
            columns = to_arrow_schema(found.schema)
            # Spark knows of some columns that nothing is missing there; DuckDB does not say so.
            columns = pa.schema([column.with_nullable(True) for column in columns])
            return columns, found.toLocalIterator()

        group = str(uuid.uuid4())
        patience = self.patience_for_rows
        schema, rows = self._asked(begun, patience, group)
        while part := self._asked(lambda _: [*itertools.islice(rows, BATCH_ROWS)], patience, group):
            columns = [
                pa.array(values, column.type)
                for values, column in zip(zip(*part, strict=True), schema, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)

    def tables(self) -> dict[str, ir.Table]:
        """Every table that queries read by name, as an unbound Ibis table."""
        found = {}
        for path in sorted(self.folder.glob("*.parquet")):
            columns = ibis.Schema.from_pyarrow(pq.read_schema(path))
            # Tables that are joined must agree on what may be missing: as in DuckDB, anything may.
            columns = {name: kind.copy(nullable=True) for name, kind in columns.items()}
            found[path.stem] = ibis.table(columns, name=path.stem)
        return found

    def _asked(self, work: Callable[[SparkSession], T], patience: float, group: str = "") -> T:
        """What the cluster answers; AwayError where it cannot, or takes too long."""
        group = group or str(uuid.uuid4())

        def ask() -> T:
            session = self._views.session(APPLICATION.session(self.address))
            session.sparkContext.setJobGroup(group, "projectdata", interruptOnCancel=True)
            return work(session)

        asked = self._threads.submit(ask)
        try:
            return asked.result(patience + (0 if self._views.are_made else SECONDS_TO_BEGIN))
        except TimeoutError:
            asked.cancel()
            APPLICATION.cancel(group)
            raise AwayError(
                f"The cluster at {self.address} did not answer within {patience:.0f} seconds. "
                "Are its workers running, and are their cores free?"
            ) from None
        except AnalysisException:
            raise  # the statement is wrong, and that is ours
        except (PySparkException, Py4JError, OSError) as fault:
            said = next(iter(str(fault).strip().splitlines()), type(fault).__name__)
            raise AwayError(f"The cluster at {self.address} could not answer: {said}") from fault


class Application:
    """The Spark application of this process: there can be one only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: SparkSession | None = None

    def session(self, address: str) -> SparkSession:
        """The session of the application; begun anew where the cluster has ended it."""
        with self._lock:
            if self._session is not None and _is_stopped(self._session):
                self._session.stop()
                self._session = None
            if self._session is None:
                reach(address)
                conf = SparkConf().setMaster(address).setAppName("projectdata")
                conf.setAll(list(SETTINGS.items()))
                self._session = SparkSession.builder.config(conf=conf).getOrCreate()
            return self._session

    def cancel(self, group: str) -> None:
        """Give up the jobs of a group."""
        if self._session is not None:
            self._session.sparkContext.cancelJobGroup(group)


APPLICATION = Application()


class Views:
    """The tables of a folder as views of a session of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._made: tuple[SparkSession, SparkSession] | None = None

    @property
    def are_made(self) -> bool:
        """True where a question need not wait for the views."""
        return self._made is not None

    def session(self, application: SparkSession) -> SparkSession:
        """The session in which the views are."""
        with self._lock:
            if self._made is None or self._made[0] is not application:
                session = application.newSession()
                for path in sorted(self._folder.glob("**/*.parquet")):
                    # With the schema given, Spark starts no job to find it.
                    schema = from_arrow_schema(pq.read_schema(path))
                    name = "_".join(path.relative_to(self._folder).with_suffix("").parts)
                    session.read.schema(schema).parquet(str(path)).createOrReplaceTempView(name)
                session.sql(fold_function())
                self._made = application, session
            return self._made[1]


def reach(address: str) -> None:
    """AwayError where no master of the address takes a connection: Spark would try for a minute."""
    for place in address.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_REACH).close()
        except OSError:
            continue
        return
    raise AwayError(f"No Spark master answers at {address}. Is the cluster running?")


def _is_stopped(session: SparkSession) -> bool:
    return session.sparkContext._jsc.sc().isStopped()


class SparkCompiler(PySparkCompiler):
    """Ibis' compiler, with what Spark 4 can do and Ibis does not use yet."""

    __slots__ = ()

    rewrites = SQLGlotCompiler.rewrites
    """Without the one that writes an offset as a window: Spark knows `offset`."""

    def visit_UnboundTable(self, op: Any, *, name: str, schema: Any, namespace: Any) -> sge.Table:  # noqa: N802
        """A table of a schema of ours is a view with the schema in its name."""
        parts = [part for part in (namespace.database, name) if part]
        return sg.table("_".join(parts), quoted=self.quoted)

    def visit_Field(self, op: Any, *, rel: Any, name: str) -> sge.Column:  # noqa: N802
        """A column as it is."""
        return SQLGlotCompiler.visit_Field(self, op, rel=rel, name=name)

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:  # noqa: N802
        """A number as it is; anything else as Ibis writes it."""
        if dtype.is_floating():
            return SQLGlotCompiler.visit_NonNullLiteral(self, op, value=value, dtype=dtype)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> sge.Expression:  # noqa: N802
        """The rows for which a condition holds: 0 where it is never known, as in DuckDB."""
        return self.f.count(sge.Star()) if where is None else self.f.count_if(where)

    def visit_Sum(self, op: Any, *, arg: Any, where: Any) -> sge.Expression:  # noqa: N802
        """A sum of whole numbers is a float in a frame of DuckDB, whose own is of 128 bits."""
        found = super().visit_Sum(op, arg=arg, where=where)
        return self.cast(found, dt.float64) if op.dtype.is_integer() else found

    def visit_ExtractYear(self, op: Any, *, arg: Any) -> sge.Expression:  # noqa: N802
        """A year, in DuckDB's width."""
        return self.cast(super().visit_ExtractYear(op, arg=arg), dt.int64)

    def visit_IntegerRange(self, op: Any, *, start: Any, stop: Any, step: Any) -> sge.Expression:  # noqa: N802
        """Whole numbers upwards. Ibis' own does not compile with the sqlglot that is around it."""
        if not (isinstance(op.step, ops.Literal) and op.step.value > 0):
            raise UnsupportedOperationError("A range goes upwards, in steps that are known.")
        numbers = self.f.sequence(start, stop - 1, step)
        return self.if_(start < stop, numbers, self.f.array())

    def visit_WindowFunction(self, op: Any, **parts: Any) -> sge.Expression:  # noqa: N802
        """A number of rows, in DuckDB's width; anything else as it is."""
        found = super().visit_WindowFunction(op, **parts)
        return self.cast(found, dt.int64) if op.dtype.is_integer() else found

    def visit_GroupConcat(  # noqa: N802
        self, op: Any, *, arg: Any, sep: Any, where: Any, order_by: Any
    ) -> sge.Expression:
        """The values in order, joined."""
        listed = self.agg.listagg(arg, sep, where=where)
        if not order_by:
            return listed
        return sge.WithinGroup(this=listed, expression=sge.Order(expressions=list(order_by)))


COMPILER = SparkCompiler()


@cache
def fold_function() -> str:
    """The statement that makes `fold` of folding.py: small letters without accents.

    It is written in SQL, so that workers need no Python. Spark cannot take a letter apart, and its
    Java knows fewer letters than we do: each that changes stands in the statement with what becomes
    of it. What `translate` has no counterpart for, it leaves out.
    """
    every = (chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point <= 0xDFFF)
    plain = {letter: left for letter in every if (left := fold(letter)) != letter}
    spelt = "text"
    for letter, left in plain.items():
        if len(left) > 1:
            spelt = f"replace({spelt}, '{letter}', '{left}')"
    changed = sorted((letter for letter, left in plain.items() if len(left) == 1))
    left_out = sorted(letter for letter, left in plain.items() if not left)
    before = _text("".join([*changed, *left_out]))
    after = _text("".join(plain[letter] for letter in changed))
    return (
        "create or replace temporary function fold(text string) returns string "
        f"return translate({spelt}, {before}, {after})"
    )


def _text(value: str) -> str:
    return sge.convert(value).sql(dialect=COMPILER.dialect)
