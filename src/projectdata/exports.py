"""Rows as files."""

import io

import pandas as pd


def csv_of_frame(rows: pd.DataFrame) -> bytes:
    """The rows of a figure as CSV: UTF-8 with BOM, CRLF."""
    buffer = io.StringIO()
    rows.to_csv(buffer, index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
