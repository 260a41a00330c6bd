"""Rows as CSV: UTF-8 with BOM, CRLF, one header row, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from projectdata.exports.cells import defused, number_text, texts

BOM = b"\xef\xbb\xbf"
SEPARATORS = {",": ",", ";": ";", "tab": "\t"}
"""By the name they have in an address; with a semicolon goes the decimal comma."""

_QUOTED = r'[",;\t\r\n]'


def csv_chunks(
    names: Sequence[str], batches: Iterable[pa.RecordBatch], separator: str = ","
) -> Iterator[bytes]:
    """The header, then the rows, a batch at a time."""
    yield BOM + (separator.join(names) + "\r\n").encode()
    for batch in batches:
        if batch.num_rows:
            yield _lines(batch, separator)


def csv_of_frame(rows: pd.DataFrame) -> bytes:
    """The rows of a figure as CSV, written by the same rules."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([defused(str(name)) for name in rows.columns])
    columns = [
        [_cell(value) for value in rows.iloc[:, n].astype(object)] for n in range(rows.shape[1])
    ]
    writer.writerows(zip(*columns, strict=True))
    return BOM + buffer.getvalue().encode()


def _lines(batch: pa.RecordBatch, separator: str) -> bytes:
    columns = [_quoted(texts(column, comma=separator == ";")) for column in batch.columns]
    # A lone empty cell would be an empty line, which readers skip.
    missing = '""' if len(columns) == 1 else ""
    lines = pc.binary_join_element_wise(
        *columns, separator, null_handling="replace", null_replacement=missing
    )
    return ("\r\n".join(lines.to_pylist()) + "\r\n").encode()


def _quoted(column: pa.Array) -> pa.Array:
    """Cells in quotes where their text holds what separates cells or rows."""
    column = pc.if_else(pc.equal(column, ""), None, column)
    special = pc.match_substring_regex(column, _QUOTED)
    if not pc.any(special).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), column)


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating):
        return number_text(float(value))
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else defused(str(value))
