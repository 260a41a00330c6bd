"""Rows as an Excel workbook: real numbers and dates, and the notes on a sheet of their own."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from projectdata.exports.cells import FORMULA
from projectdata.exports.notes import MOST_SHEET_ROWS, Notes

LONGEST_CELL = 32_767
"""The limit of the format; a longer text is cut."""

FIRST_YEAR = 1900
CHUNK = 1 << 16
WIDTHS = {"summary_en": 60, "summary_fi": 60, "name_en": 40, "name_fi": 40, "name_original": 40}


def xlsx_chunks(
    names: Sequence[str], batches: Iterable[pa.RecordBatch], notes: Notes
) -> Iterator[bytes]:
    """The finished workbook, piece by piece."""
    with tempfile.TemporaryFile() as file:
        _write(file, names, batches, notes)
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _write(
    file: IO[bytes], names: Sequence[str], batches: Iterable[pa.RecordBatch], notes: Notes
) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "number": book.add_format({"num_format": "#,##0.##"}),
            "quoted": book.add_format({"quote_prefix": True}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        sheets = _rows(book, names, batches, styles)
        _notes(book.add_worksheet("notes"), notes, styles, sheets)


def _rows(
    book: xlsxwriter.Workbook,
    names: Sequence[str],
    batches: Iterable[pa.RecordBatch],
    styles: dict[str, Format],
) -> int:
    """Write the rows, on as many sheets as they need; how many."""
    sheet, line, sheets = _row_sheet(book, "rows", names, styles), 0, 1
    for batch in batches:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            line += 1
            if line == MOST_SHEET_ROWS:
                sheet.autofilter(0, 0, MOST_SHEET_ROWS - 1, len(names) - 1)
                sheets += 1
                sheet, line = _row_sheet(book, f"rows {sheets}", names, styles), 1
            for n, value in enumerate(row):
                write_cell(sheet, line, n, value, styles)
    sheet.autofilter(0, 0, max(line, 1), len(names) - 1)
    return sheets


def _row_sheet(
    book: xlsxwriter.Workbook, title: str, names: Sequence[str], styles: dict[str, Format]
) -> Worksheet:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    for n, name in enumerate(names):
        sheet.set_column(n, n, WIDTHS.get(name, max(12, min(24, len(name) + 2))))
        sheet.write_string(0, n, name, styles["head"])
    return sheet


def write_cell(sheet: Worksheet, line: int, n: int, value: Any, styles: dict[str, Format]) -> None:
    """One value by its kind; text is always text, and marked so where it looks like a formula."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, n, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, n, value, styles["number"])
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(line, n, value, styles["date"])
    else:
        text = str(value)
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - 1] + "…"
        sheet.write_string(line, n, text, styles["quoted"] if FORMULA.match(text) else None)


def _notes(sheet: Worksheet, notes: Notes, styles: dict[str, Format], sheets: int) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 5, 40)
    lines: list[tuple[Sequence[str], Format]] = [(fact, styles["wrapped"]) for fact in notes.facts]
    if sheets > 1:
        lines.append((("", notes.headings["sheets"]), styles["wrapped"]))
    lines += [((), styles["wrapped"]), ((notes.headings["columns"],), styles["head"])]
    lines += [((m.column, m.label, m.description), styles["wrapped"]) for m in notes.meanings]
    lines += [((), styles["wrapped"]), ((notes.headings["sources"],), styles["head"])]
    lines += [
        ((s.title, s.publisher, s.url, s.licence, s.accessed), styles["wrapped"])
        for s in notes.sources
    ]
    for line, (cells, style) in enumerate(lines):
        for n, text in enumerate(cells):
            sheet.write_string(line, n, text[:LONGEST_CELL], style)
