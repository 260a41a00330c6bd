"""What selections keep, held for the questions that follow one click.

A page asks some twenty questions of the same projects. To find them anew in millions for each takes
longer than the questions themselves, so the first finds them and all read what it found.
"""

import hashlib
import threading
from collections import OrderedDict

import cachetools
import duckdb

SCHEMA = "held"

WORTH_IT = 20_000
"""Projects. Among fewer, those of a selection are found as soon as they are read."""

MOST_ROWS = 200_000
"""Of one selection; a larger one is read from the table itself."""

ROOM = 500_000
"""Rows of all selections held; the one that was asked for longest ago makes room."""

KNOWN = 1_000
"""Selections of which it is known that they are large."""

FACTS = "facts"
"""The table whose rows a selection keeps, each by its `project_id`."""

LEFT_OUT = "search_text"
"""The long column that only finding needs."""


class Held:
    """Tables of kept projects in the memory of a database, bounded."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, room: int = ROOM) -> None:
        self._connection, self._room = connection, room
        self._lock = threading.Lock()
        self._rows: OrderedDict[str, int] = OrderedDict()
        self._large: cachetools.LRUCache = cachetools.LRUCache(KNOWN)
        # Tables are made and dropped one after the other: DuckDB takes no two changes of one name.
        self._changing = threading.Lock()
        connection.execute(f"create schema if not exists {SCHEMA}")

    def source(self, kept: str, *, once: bool = False) -> str:
        """A statement that gives the rows of another, from what is held where that is worth it.

        What is asked for `once` is read where it is held, and not held for that: so are the
        projects of the hits beside the options of a filter, of which nothing else is asked.

        Another selection may take its room at any time: then the table is missing, and the first
        statement is to be asked.
        """
        name = f"k{hashlib.md5(kept.encode(), usedforsecurity=False).hexdigest()}"
        with self._lock:
            if name in self._rows:
                self._rows.move_to_end(name)
                return f"from {SCHEMA}.{name}"
            if once or name in self._large:
                return kept
        with self._changing:
            with self._lock:
                is_there = name in self._rows
            if not is_there and not self._hold(name, kept):
                return kept
        return f"from {SCHEMA}.{name}"

    def forget(self) -> None:
        """Drop all that is held, so that the next questions find their projects themselves."""
        with self._changing, self._lock:
            for name in self._rows:
                self._connection.cursor().execute(f"drop table if exists {SCHEMA}.{name}")
            self._rows.clear()
            self._large.clear()

    def _hold(self, name: str, kept: str) -> bool:
        cursor, table = self._connection.cursor(), f"{SCHEMA}.{name}"
        # Their numbers first: what finds them, such as a word in all texts, is asked but once.
        found = f"{table}_found"
        cursor.execute(f"create or replace table {found} as select project_id from ({kept})")
        try:
            counted = cursor.execute(f"select count(*) from {found}").fetchone()
            rows = int(counted[0]) if counted else 0
            if rows > min(MOST_ROWS, self._room):
                with self._lock:
                    self._large[name] = True
                return False
            cursor.execute(
                f"create or replace table {table} as select * exclude ({LEFT_OUT}) from {FACTS} "
                f"where project_id in (select project_id from {found})"
            )
        finally:
            cursor.execute(f"drop table if exists {found}")
        gone = []
        with self._lock:
            self._rows[name] = rows
            while sum(self._rows.values()) > self._room:
                gone.append(self._rows.popitem(last=False)[0])
        for one in gone:
            cursor.execute(f"drop table if exists {SCHEMA}.{one}")
        return True
