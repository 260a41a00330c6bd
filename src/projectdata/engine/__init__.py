"""Engines turn Ibis expressions into SQL and answer it with data frames, knowing nothing of it."""

from collections.abc import Iterator
from typing import Protocol

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa


class Engine(Protocol):
    """What every engine can do."""

    @property
    def version(self) -> str:
        """A digest of the data it answers from."""

    def compile(self, expression: ir.Table) -> str:
        """The expression in the engine's dialect of SQL."""

    def quoted(self, name: str) -> str:
        """A name as it stands in a statement."""

    def frame(self, sql: str) -> pd.DataFrame:
        """The rows of a statement as a data frame."""

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """The rows of a statement, a batch at a time, for streams of any length."""

    def tables(self) -> dict[str, ir.Table]:
        """Every table by name, as an unbound Ibis table."""
