"""A user's file, read cell by cell as text; whatever is wrong with it becomes a sentence.

The columns are found by name, never by position. CSV files are read by DuckDB, which is fast and
strict; a file with damaged rows is read again slowly, so that each damaged row can be named.
"""

import csv
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from projectdata.errors import DataError

LONGEST_CELL = 1_000_000
"""Characters. The longest summary of a register has some thousands."""

LARGEST_WORKBOOK = 3_000_000_000
BOMB_SIZE, BOMB_RATIO = 100_000_000, 150
"""Bytes that a workbook may have unpacked; one this large that shrank this much is no real one."""

BATCH = 5_000
DELIMITERS = ",;\t|"
HEAD = 262_144
"""Bytes that are read to recognise a file."""

ROW = "_row"
"""The column with the number of a row in its file; the header is row 1."""


@dataclass(frozen=True)
class Refused:
    """A row that was not taken, and why."""

    file: str
    row: int
    reason: str


@dataclass(frozen=True)
class Sheet:
    """A table in a file: where it is, and the names in its first row."""

    path: Path
    header: tuple[str, ...]
    name: str = ""
    """The name of the sheet of a workbook; nothing for a CSV."""

    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def keys(self) -> dict[str, str]:
        """The header's names by their keys; see `key`."""
        return {key(name): name for name in self.header if name}


def key(name: str) -> str:
    """A column's name without what registers vary: case, spaces, the kind of apostrophe."""
    plain = name.replace("’", "'").replace("`", "'").replace("\ufeff", "").replace("\xa0", " ")
    return " ".join(plain.lower().split())


def sheets(path: Path) -> list[Sheet]:
    """The tables of a file. DataError with a sentence where it is no table or cannot be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError:
        raise DataError(f"{path.name}: there is no such file.") from None
    except IsADirectoryError:
        raise DataError(f"{path.name}: this is a folder; name the files in it.") from None
    except OSError as fault:
        raise DataError(f"{path.name}: the file cannot be read: {fault.strerror}.") from None
    if size == 0:
        raise DataError(f"{path.name}: the file is empty. Download it again.")
    if head.startswith(b"PK"):
        return _workbook_sheets(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise DataError(f"{path.name}: this is an old Excel file (.xls). Save it as .xlsx or CSV.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(b"\0") > len(head) // 10:
        raise DataError(f"{path.name}: the text is UTF-16. Save the file as CSV UTF-8.")
    if b"\0" in head:
        raise DataError(f"{path.name}: this is no text file. Download the CSV or xlsx again.")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise DataError(
            f"{path.name}: this is a web page, not a CSV file. Open its address in a browser and "
            "use the download there."
        )
    encoding = _encoding(path)
    first = _first_row(head, encoding)
    delimiter = max(DELIMITERS, key=first.count) if first else ","
    header = next(csv.reader([first], delimiter=delimiter), [])
    return [Sheet(path, tuple(name.strip("\ufeff") for name in header), "", encoding, delimiter)]


def require_header(sheet: Sheet) -> None:
    """DataError where the first row cannot be a header: no names, or the same name twice."""
    keys = [key(name) for name in sheet.header if name.strip()]
    if not keys:
        raise DataError(f"{sheet.path.name}: the first row has no column names.")
    twice = sorted({name for name in keys if keys.count(name) > 1})
    if twice:
        raise DataError(
            f"{sheet.path.name}: the column “{twice[0]}” stands twice in the first row; "
            "which one holds the values cannot be known."
        )


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    sheet: Sheet,
    wanted: Collection[str] | None = None,
) -> tuple[int, list[Refused]]:
    """All rows of a sheet as a table of text: (rows read, rows that are no rows of this table).

    The columns have the names of the header; `_row` is the number of the row in its file. For
    files of some hundred thousand rows; `read_into` is faster. `wanted` names the columns to keep.
    """
    rows = _workbook_rows(sheet) if sheet.name else _csv_rows(sheet)
    return _load_rows(connection, table, sheet, rows, wanted)


@dataclass(frozen=True)
class Taken:
    """What came of reading a sheet into a table."""

    read: int
    refused: list[Refused]
    missing: list[str]
    """Wanted columns that the file has not."""

    unknown: list[str]
    """Columns of the file that nobody wanted."""


def read_into(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    sheet: Sheet,
    wanted: Mapping[str, Sequence[str]],
    select: str,
    run: Callable[[str], object],
) -> Taken:
    """A table from a query over the view `cells`, which has one column per wanted name.

    A large CSV is read once, through the query: its own rows are not stored. `_row` of `cells` is
    then empty and the row's number is rowid + 2 of the table.
    """
    if not sheet.name and sheet.encoding == "utf-8" and all(sheet.header):
        missing, unknown = _view_cells(
            connection, sheet, wanted, _csv_reader(sheet), "null::bigint"
        )
        try:
            run(f"create table {table} as {select}")
        except duckdb.InterruptException:
            raise
        except duckdb.InvalidInputException:
            connection.execute(f"drop table if exists {table}")
        else:
            return Taken(_count(connection, table), [], missing, unknown)
    read, refused = load(connection, f"{table}_raw", sheet)
    missing, unknown = _view_cells(connection, sheet, wanted, f"{table}_raw", ROW)
    run(f"create table {table} as {select}")
    connection.execute(f"drop view cells; drop table {table}_raw")
    return Taken(read, refused, missing, unknown)


def _view_cells(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    wanted: Mapping[str, Sequence[str]],
    rows: str,
    number: str,
) -> tuple[list[str], list[str]]:
    chosen, missing, unknown = _chosen(sheet, wanted)
    connection.execute(
        f"create or replace temp view cells as select {number} as {ROW}, {', '.join(chosen)} "
        f"from {rows}"
    )
    return missing, unknown


def _csv_reader(sheet: Sheet) -> str:
    columns = ", ".join(f"{text(name)}: 'VARCHAR'" for name in sheet.header)
    return (
        f"read_csv({text(str(sheet.path))}, columns={{{columns}}}, header=true, "
        f"delim={text(sheet.delimiter)}, quote='\"', escape='\"', auto_detect=false, "
        f"strict_mode=true, nullstr='', max_line_size={4 * LONGEST_CELL}, "
        f"buffer_size={16 * LONGEST_CELL})"
    )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return row[0] if row else 0


def _load_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    sheet: Sheet,
    rows: Iterable[tuple[int, list[str | None]]],
    wanted: Collection[str] | None = None,
) -> tuple[int, list[Refused]]:
    names = [name or f"_{number}" for number, name in enumerate(sheet.header)]
    kept = {n: place for place, n in enumerate(names) if wanted is None or n in wanted}
    columns = ", ".join(f"{_name(name)} varchar" for name in kept)
    connection.execute(f"create table {table} ({columns}, {ROW} bigint)")
    schema = pa.schema([*((name, pa.string()) for name in kept), (ROW, pa.int64())])
    read, taken_any, refused, last = 0, False, [], None
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        good = []
        for number, cells in batch:
            read += 1
            last = None
            if len(cells) == len(names):
                good.append((number, cells))
            else:
                said = f"{len(cells)} cells where the header has {len(names)}"
                last = Refused(sheet.path.name, number, said)
                refused.append(last)
        taken_any = taken_any or bool(good)
        arrays = [
            pa.array([cells[place] for _, cells in good], pa.string()) for place in kept.values()
        ]
        arrays.append(pa.array([number for number, _ in good], pa.int64()))
        taken = pa.Table.from_arrays(arrays, schema=schema)
        connection.register("taken_rows", taken)
        connection.execute(f"insert into {table} select * from taken_rows")
        connection.unregister("taken_rows")
    if last is not None and taken_any and not sheet.name:
        raise DataError(
            f"{sheet.path.name}: the file breaks off in row {last.row} ({last.reason}). "
            "Download it again."
        )
    return read, refused


def _csv_rows(sheet: Sheet) -> Iterator[tuple[int, list[str | None]]]:
    csv.field_size_limit(LONGEST_CELL)
    number = 1
    encoding = "utf-8-sig" if sheet.encoding == "utf-8" else sheet.encoding
    with sheet.path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=sheet.delimiter, strict=True)
        try:
            next(reader, None)
            for cells in reader:
                number += 1
                if cells:
                    yield number, [cell or None for cell in cells]
        except csv.Error as fault:
            raise DataError(f"{sheet.path.name}:{number + 1}: {_csv_fault(str(fault))}") from None
        except UnicodeDecodeError:
            raise DataError(
                f"{sheet.path.name}:{number + 1}: the text is neither UTF-8 nor Windows-1252. "
                "Save the file as CSV UTF-8."
            ) from None


def _csv_fault(said: str) -> str:
    if "field larger" in said:
        return (
            f"a cell has more than {LONGEST_CELL:,} characters; probably a quotation mark is "
            "never closed. Download the file again."
        )
    if "end of data" in said:
        return "a quotation mark is never closed: the file is cut or damaged. Download it again."
    return f"the row cannot be read ({said}). Download the file again."


def _workbook_sheets(path: Path) -> list[Sheet]:
    _refuse_bomb(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        found = []
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).iter_rows()
            header = [_cell(value) or "" for value in next(iter(rows), [])]
            while header and not header[-1]:
                header.pop()
            found.append(Sheet(path, tuple(header), name))
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as fault:
        said = str(fault).splitlines()[0][:120] if str(fault) else "damaged"
        raise DataError(
            f"{path.name}: this workbook cannot be opened ({said}). Download it again."
        ) from None
    if not any(sheet.header for sheet in found):
        raise DataError(f"{path.name}: the workbook is empty. Download it again.")
    return found


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(item.file_size, item.compress_size) for item in archive.infolist()]
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        raise DataError(f"{path.name}: the workbook is damaged. Download it again.") from None
    if not any(name.startswith("xl/") for name in names):
        raise DataError(
            f"{path.name}: this is a ZIP archive, not a workbook. "
            "Unpack it and name the files in it."
        )
    large, small = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if large > LARGEST_WORKBOOK or (large > BOMB_SIZE and large > BOMB_RATIO * max(small, 1)):
        raise DataError(
            f"{path.name}: unpacked, the workbook would have {large // 1_000_000:,} million "
            "characters. No register's export is that large; it was not opened."
        )


def _workbook_rows(sheet: Sheet) -> Iterator[tuple[int, list[str | None]]]:
    width = len(sheet.header)
    workbook = CalamineWorkbook.from_path(sheet.path)
    for number, values in enumerate(workbook.get_sheet_by_name(sheet.name).iter_rows(), 1):
        cells = [_cell(value) for value in values]
        if number > 1 and any(cell is not None for cell in cells):
            yield number, [*cells[:width], *[None] * (width - len(cells))]


def _cell(value: object) -> str | None:
    """A cell of a workbook as text: dates as ISO, numbers without an exponent."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    # Excel writes characters that XML cannot hold this way.
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), str(value)) or None


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is; else the Western code page that old exports use."""
    rest = b""
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                rest += block
                end = _last_character(rest)
                _require_utf8(rest[:end])
                rest = rest[end:]
        _require_utf8(rest)
    except pa.ArrowInvalid:
        return "cp1252"
    return "utf-8"


def _last_character(text: bytes) -> int:
    """Where the last character begins that takes several bytes and may go on; else the end."""
    for back in range(1, min(4, len(text)) + 1):
        if text[-back] >= 0xC0:
            return len(text) - back
        if text[-back] < 0x80:
            break
    return len(text)


def _require_utf8(text: bytes) -> None:
    """ArrowInvalid where bytes are no UTF-8. Arrow looks at them without writing them out."""
    offsets = pa.py_buffer(np.array([0, len(text)], np.int32))
    pa.Array.from_buffers(pa.binary(), 1, [None, offsets, pa.py_buffer(text)]).cast(pa.string())


def _first_row(head: bytes, encoding: str) -> str:
    text = head.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
    end = re.search(r'^((?:[^"\r\n]|"(?:[^"]|"")*")*)', text)
    return end[1] if end else ""


def text(value: str) -> str:
    """A text as it stands in a statement."""
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def name_columns(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    table: str,
    sheet: Sheet,
    wanted: Mapping[str, Sequence[str]],
) -> tuple[list[str], list[str]]:
    """A view of a loaded table with one column per wanted name: (missing, unknown) columns.

    `wanted` gives for each column of the view the names that registers have for it. A column that
    the file has not is empty.
    """
    chosen, missing, unknown = _chosen(sheet, wanted)
    connection.execute(
        f"create or replace temp view {view} as select {ROW}, {', '.join(chosen)} from {table}"
    )
    return missing, unknown


def _chosen(
    sheet: Sheet, wanted: Mapping[str, Sequence[str]]
) -> tuple[list[str], list[str], list[str]]:
    """The wanted columns as SQL, those that are missing, and the names that nobody wanted."""
    keys, chosen, used, missing = sheet.keys, [], set(), []
    for column, names in wanted.items():
        found = next((key(name) for name in names if key(name) in keys), None)
        if found is None:
            missing.append(column)
            chosen.append(f"null::varchar as {_name(column)}")
        else:
            used.add(found)
            chosen.append(f"{_name(keys[found])} as {_name(column)}")
    return chosen, missing, [name for found, name in keys.items() if found not in used]
