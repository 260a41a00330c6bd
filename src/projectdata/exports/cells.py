"""Single values as text and as JSON: numbers in full, dates in ISO, missing as missing."""

import math
import re
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

FORMULA = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection)."""

_FORMULA_START = r"^[=+\-@\t\r]"


def defused(text: str) -> str:
    """A text that no spreadsheet runs: a leading apostrophe says that it is text."""
    return f"'{text}" if FORMULA.match(text) else text


def number_text(value: float) -> str:
    """A number in full: no `.0`, no exponent."""
    if not math.isfinite(value):
        return ""
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def plain(value: object) -> object:
    """A value as JSON holds it: whole numbers without `.0`, dates in ISO, missing as null."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def texts(column: pa.Array, *, comma: bool = False) -> pa.Array:
    """A column as text. Text is defused; a number is none, so a negative one stays as it is.

    `comma` writes decimals as Finnish spreadsheets read them.
    """
    if column.null_count == len(column):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_floating(column.type):
        return _decimals(column, comma)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        offsets, letters = letters_of(column)
        firsts = letters[offsets[:-1][offsets[1:] > offsets[:-1]]]
        if not _STARTS_FORMULA[firsts].any():
            return column
        risky = pc.match_substring_regex(column, _FORMULA_START)
        return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
    return pc.cast(column, pa.string())


def letters_of(column: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """(offsets, bytes) of a column of text: row n is bytes[offsets[n]:offsets[n + 1]].

    Looking at all bytes of a column at once is many times cheaper than asking row by row.
    """
    wide = pa.types.is_large_string(column.type)
    _, offsets, letters = column.buffers()
    places = np.frombuffer(offsets, np.int64 if wide else np.int32)
    places = places[column.offset : column.offset + len(column) + 1]
    return places, np.frombuffer(letters or b"", np.uint8)


def among(characters: str) -> np.ndarray:
    """Of each byte, whether it is one of some ASCII characters."""
    found = np.zeros(256, bool)
    found[list(characters.encode("ascii"))] = True
    return found


_STARTS_FORMULA = among("=+-@\t\r")


def _decimals(column: pa.Array, comma: bool) -> pa.Array:
    written = pc.cast(column, pa.string())
    odd = pc.match_substring_regex(written, "[en]")
    if pc.any(odd).as_py():  # 1.2e+10, nan, inf
        values = [None if value is None else number_text(value) for value in column.to_pylist()]
        written = pa.array(values, pa.string())
    return pc.replace_substring(written, ".", ",") if comma else written
