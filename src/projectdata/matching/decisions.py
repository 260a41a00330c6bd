"""What a person decided of pairs: `same_as.csv` in the folder of a store."""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from projectdata.errors import DataError
from projectdata.matching.pair import STATUSES, Pair

FILE = "same_as.csv"
COLUMNS = ("project_id", "other_project_id", "reasons_en", "reasons_fi", "status")
"""The columns of the package's `same_as`."""


def read(store: Path) -> tuple[Pair, ...]:
    """The pairs that were decided, rejected ones among them; DataError where it cannot be read."""
    path = store / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise DataError(f"{FILE}: the file is not UTF-8") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise DataError(f"{FILE}:1: the columns {', '.join(missing)} are missing")
    return tuple(_pair(row, number) for number, row in enumerate(rows, start=2))


def _pair(row: dict[str, str], number: int) -> Pair:
    one, other, english, finnish, status = (row[name] or "" for name in COLUMNS)
    if status not in STATUSES:
        known = ", ".join(STATUSES)
        raise DataError(f"{FILE}:{number}: status is '{status}'. It may be: {known}")
    return Pair(one, other, 0.0, english, finnish, status)


def decide(store: Path, pair: Pair, status: str) -> bool:
    """Remember a decision, in the place of an earlier one; False if it stood like that already."""
    decided = read(store)
    entry = replace(pair, status=status)
    standing = [old for old in decided if {old.one, old.other} == {pair.one, pair.other}]
    if standing and all(
        (old.one, old.other, old.status) == (pair.one, pair.other, status) for old in standing
    ):
        return False
    _write(store, [*(old for old in decided if old not in standing), entry])
    return True


def _write(store: Path, pairs: Sequence[Pair]) -> None:
    store.mkdir(parents=True, exist_ok=True)
    path = store / FILE
    aside = path.with_name(f".{FILE}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(COLUMNS)
            rows.writerows(
                (pair.one, pair.other, pair.reasons_en, pair.reasons_fi, pair.status)
                for pair in pairs
            )
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
