"""Run an import and look at what it wrote."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from projectdata import basemap, holdings, paths
from projectdata.importers.report import Report
from projectdata.importers.run import run
from projectdata.ui import import_words
from projectdata.wording import Wording

FINNISH = Wording("fi")


@dataclass(frozen=True)
class Taken:
    """A store after an import of a register."""

    store: Path
    report: Report

    def rows(self, table: str, **where: object) -> list[dict[str, Any]]:
        """The rows of a table as the store has them, missing values as None."""
        folder = holdings.read(self.store).imports[self.report.register]
        kept = " and ".join(f'"{column}" = ?' for column in where) or "true"
        with duckdb.connect() as connection:
            asked = connection.execute(
                f"from read_parquet('{folder / table}.parquet') where {kept} order by all",
                list(where.values()),
            )
            names = [column[0] for column in asked.description]
            return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]

    def row(self, table: str, **where: object) -> dict[str, Any]:
        """The one row of a table that has these values."""
        (found,) = self.rows(table, **where)
        return found


@cache
def boxes() -> pd.DataFrame:
    countries = basemap.read(paths.data_folder() / "basemap.geojson").countries
    return pd.DataFrame(
        [(c.code, *basemap.box(tuple(p for o in c.polygons for p in o[0]))) for c in countries],
        columns=["country", "west", "south", "east", "north"],
    )


def take(
    register: str,
    store: Path,
    *files: Path,
    tell: Callable[[str, float], None] = lambda what, part: None,
) -> Taken:
    """Import files into a store. Whatever the report says, Finnish readers read it in Finnish."""
    report = run(register, files, store, boxes(), tell)
    for reason in {row["reason"] for row in report.refused}:
        assert import_words.reason(FINNISH, reason) != reason
    for note in report.notes:
        assert import_words.note(FINNISH, note) != note
    return Taken(store, report)


def contents(store: Path) -> dict[str, bytes]:
    """Every file of a store by its name, but for the lock of imports."""
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name != ".import-lock"
    }
