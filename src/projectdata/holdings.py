"""What a store folder holds: the imports that count, the files of each, and confirmed pairs.

A store is a folder that can be copied. `imports.json` names the import that counts for each
register; replacing that file is the moment in which an import becomes visible, so whatever ends an
import early leaves the store as it was.

    store/
      imports.json              register -> folder of its import
      imports/<register>-…/     one Parquet file a table, and report.json
      same_as.csv               pairs of records that a person confirmed or rejected
      cache/                    what can be made again: the databases that answer
"""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from projectdata.errors import DataError

INDEX = "imports.json"
PAIRS = "same_as.csv"
REPORT = "report.json"
CACHE = "cache"
TABLES = (
    "projects",
    "periods",
    "amounts",
    "organisations",
    "participations",
    "places",
    "project_target_groups",
    "project_services",
    "programmes",
    "regions",
    "sources",
)
"""The tables of the package that an import fills, with the same columns."""

OWN_TABLES = ("lens", "scopes")
"""What an import says beside them: why a record is about social services, and which part of its
register it is of. The Parquet files have two columns that are not the package's: `_n`, a number of
the record (see importers/tables.sql), and in projects `_words`, what a search looks in."""


@dataclass(frozen=True)
class Holdings:
    """The imports of a store at one moment. Empty where nothing was imported."""

    folder: Path
    imports: Mapping[str, Path] = field(default_factory=dict)
    pairs: tuple[Mapping[str, str], ...] = ()
    key: str = ""
    """Changes when an import or a pair changes."""

    def reports(self) -> dict[str, dict[str, Any]]:
        """The report of each register's import."""
        found = {}
        for register, folder in self.imports.items():
            try:
                found[register] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
            except (OSError, json.JSONDecodeError):
                continue
        return found


def read(folder: Path | None) -> Holdings:
    """What the store holds; DataError where it cannot be read."""
    if folder is None:
        return Holdings(Path())
    index, pairs = _bytes(folder / INDEX), _bytes(folder / PAIRS)
    if not index and not pairs:
        return Holdings(folder)
    try:
        named = json.loads(index or b"{}")
        imports = {register: folder / "imports" / name for register, name in named.items()}
    except (json.JSONDecodeError, UnicodeDecodeError, AttributeError, TypeError):
        raise DataError(
            f"{INDEX}: this is no list of imports. Import the registers again, or delete the file."
        ) from None
    missing = [path.name for path in imports.values() if not path.is_dir()]
    if missing:
        raise DataError(
            f"{INDEX}: the import {missing[0]} is named and its folder is missing. "
            "Import that register again."
        )
    key = hashlib.sha256(index + b"\n" + pairs).hexdigest()[:16]
    return Holdings(folder, imports, tuple(_pairs(pairs)), key)


def standing(folder: Path) -> dict[str, Path]:
    """The imports of a store whose folders are there, whatever is wrong with the others.

    An import builds on these, so that importing again repairs a damaged store.
    """
    try:
        named = json.loads(_bytes(folder / INDEX) or b"{}")
        imports = {register: folder / "imports" / name for register, name in named.items()}
    except (json.JSONDecodeError, UnicodeDecodeError, AttributeError, TypeError):
        return {}
    return {register: path for register, path in imports.items() if path.is_dir()}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _pairs(text: bytes) -> list[dict[str, str]]:
    try:
        rows = list(csv.DictReader(text.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        raise DataError(f"{PAIRS}: the file is not UTF-8") from None
    wanted = {"project_id", "other_project_id", "status"}
    if rows and not wanted <= set(rows[0]):
        raise DataError(f"{PAIRS}:1: the columns {', '.join(sorted(wanted))} are needed")
    return rows
