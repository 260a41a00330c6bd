"""Engines turn Ibis expressions into SQL and answer it with data frames, knowing nothing of it."""

from collections.abc import Iterator
from typing import Protocol

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

KEPT = "kept"
"""The name under which a statement reads the projects of a selection."""


def with_kept(asked: str, kept: str) -> str:
    """One statement of two: the projects of a selection, and what is asked of them."""
    return f"with {KEPT} as ({kept}) select * from ({asked}) as answer" if kept else asked


class Engine(Protocol):
    """What every engine can do."""

    @property
    def version(self) -> str:
        """A digest of the data it answers from."""

    def compile(self, expression: ir.Table) -> str:
        """The expression in the engine's dialect of SQL."""

    def frame(self, asked: str, kept: str = "", *, once: bool = False) -> pd.DataFrame:
        """The rows of a statement as a data frame.

        `kept` is the statement of the projects that it reads by the name `KEPT`; `once` says that
        nothing else will be asked of them.
        """

    def batches(self, asked: str, kept: str = "") -> Iterator[pa.RecordBatch]:
        """The rows of a statement, a batch at a time, for streams of any length."""

    def tables(self) -> dict[str, ir.Table]:
        """Every table by name, as an unbound Ibis table."""
