"""The embedded engine: a DuckDB database that many threads read, a cursor each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

BATCH_ROWS = 10_000


@dataclass(frozen=True)
class DuckDB:
    """A loaded database. Threads may not share a connection, so each question opens a cursor."""

    connection: duckdb.DuckDBPyConnection = field(repr=False)
    version: str

    def compile(self, expression: ir.Table) -> str:
        """The expression as DuckDB SQL."""
        return ibis.to_sql(expression, dialect="duckdb")

    def quoted(self, name: str) -> str:
        """A name as it stands in a statement."""
        return f'"{name}"'

    def frame(self, sql: str) -> pd.DataFrame:
        """The rows of a statement as a data frame."""
        return self.connection.cursor().execute(sql).df()

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """The rows of a statement, a batch at a time."""
        yield from self.connection.cursor().sql(sql).to_arrow_reader(BATCH_ROWS)

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


IBIS_TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "DOUBLE": "float64",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "BOOLEAN": "boolean",
}
