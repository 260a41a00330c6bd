"""The one loaded catalog of the process: the last good data, and what is wrong with newer data."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from projectdata import paths
from projectdata.catalog import Catalog, open_catalog
from projectdata.checks import find_problems
from projectdata.errors import DataError


@dataclass
class Store:
    """A catalog that follows its folder: good data replaces it, bad data leaves it standing."""

    folder: Path
    problems: tuple[str, ...] = ()
    _catalog: Catalog | None = None
    _seen: tuple[tuple[str, int, int], ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def catalog(self) -> Catalog:
        """The data of the folder, or the last good data; DataError if there never was any."""
        with self._lock:
            state = self._state()
            if state != self._seen:
                self._seen = state
                try:
                    self._catalog, self.problems = open_catalog(self.folder), ()
                except DataError as fault:
                    # The loader stops at the first fault; the checks name all, with their rows.
                    self.problems = tuple(find_problems(self.folder)) or fault.problems
                except OSError as fault:
                    name = Path(fault.filename or self.folder).name
                    self.problems = (f"{name}: the file cannot be read: {fault.strerror}",)
        if self._catalog is None:
            raise DataError(list(self.problems))
        return self._catalog

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        files = [*sorted(self.folder.glob("*.csv")), self.folder / "datapackage.json"]
        stats = [(path, path.stat()) for path in files if path.exists()]
        return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


STORE = Store(paths.data_folder())
"""Shared by the pages and the API of the process."""


def catalog() -> Catalog:
    """The catalog of this process."""
    return STORE.catalog()
