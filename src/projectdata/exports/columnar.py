"""Rows as Parquet, typed, with what the file says of itself in its metadata."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

CHUNK = 1 << 16


def parquet_chunks(
    schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Mapping[str, str]
) -> Iterator[bytes]:
    """The finished file, piece by piece."""
    schema = schema.with_metadata({key: str(value) for key, value in head.items()})
    with tempfile.TemporaryFile() as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in batches:
                table = pa.Table.from_batches([batch]).cast(schema.remove_metadata())
                writer.write_table(table.replace_schema_metadata(schema.metadata))
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece
