"""Rows as CSV: UTF-8 with BOM, CRLF, one header row, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from projectdata.exports.cells import among, defused, letters_of, number_text, texts
from projectdata.in_turn import in_turn

BOM = b"\xef\xbb\xbf"
SEPARATORS = {",": ",", ";": ";", "tab": "\t"}
"""By the name they have in an address; with a semicolon goes the decimal comma."""

_NEEDS_QUOTES = among('",;\t\r\n')


def csv_chunks(
    names: Sequence[str], batches: Iterable[pa.RecordBatch], separator: str = ","
) -> Iterator[bytes]:
    """The header, then the rows, a batch at a time."""
    yield BOM + (separator.join(names) + "\r\n").encode()
    some = (batch for batch in batches if batch.num_rows)
    yield from in_turn(lambda batch: _lines(batch, separator), some)


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
    # The texts of an array lie side by side, so with their line ends they are the file.
    ended = pc.binary_join_element_wise(lines, "", "\r\n")
    offsets, letters = letters_of(ended)
    return letters[offsets[0] : offsets[-1]].tobytes()


def _quoted(column: pa.Array) -> pa.Array:
    """Cells in quotes where their text holds what separates cells or rows."""
    if column.null_count == len(column):
        return column
    offsets, letters = letters_of(column)
    if np.count_nonzero(offsets[1:] == offsets[:-1]) > column.null_count:
        column = pc.if_else(pc.equal(column, ""), None, column)
        offsets, letters = letters_of(column)
    special = np.flatnonzero(_NEEDS_QUOTES[letters[offsets[0] : offsets[-1]]]) + offsets[0]
    if not len(special):
        return column
    mask = np.zeros(len(column), bool)
    mask[np.searchsorted(offsets, special, side="right") - 1] = True
    doubled = pc.replace_substring(column.filter(mask), '"', '""')
    quoted = pc.binary_join_element_wise('"', doubled, '"', "")
    return pc.replace_with_mask(column, pa.array(mask), quoted)


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
