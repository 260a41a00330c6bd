"""The one loaded catalog of the process: the last good data, and what is wrong with newer data."""

import contextlib
import threading
from dataclasses import dataclass, field
from pathlib import Path

from projectdata import holdings, paths
from projectdata.catalog import Catalog, open_catalog
from projectdata.checks import find_problems
from projectdata.errors import AwayError, DataError

State = tuple[tuple[str, int, int], ...]


@dataclass
class Store:
    """A catalog that follows its folders: good data replaces it, bad data leaves it standing."""

    folder: Path
    imports: Path | None = None
    """The store folder that `projectdata import` writes, where there is one."""

    problems: tuple[str, ...] = ()
    _catalog: Catalog | None = None
    _seen: State = ()
    _opening: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def catalog(self) -> Catalog:
        """The data of the folders, or the last good data; DataError if there never was any.

        Imported data may take a minute to open: meanwhile the catalog that stands is served.
        """
        with self._lock:
            state = self._state()
            if state != self._seen and self._opening is None:
                self._seen = state
                if self._catalog is not None and self._holds_imports():
                    self._opening = threading.Thread(target=self._open_aside, daemon=True)
                    self._opening.start()
                else:
                    self._catalog, self.problems = self._opened()
        if self._catalog is None:
            raise DataError(list(self.problems))
        return self._catalog

    def wait(self) -> None:
        """Return when no newer data is being opened."""
        opening = self._opening
        if opening is not None:
            opening.join()

    def _open_aside(self) -> None:
        try:
            opened = self._opened()
            with self._lock:
                self._catalog, self.problems = opened
        finally:
            self._opening = None

    def _opened(self) -> tuple[Catalog | None, tuple[str, ...]]:
        """The newest catalog; where that is faulty, the one that stands and the faults."""
        if self._catalog is not None and self._catalog.holdings.imports and self._index_is_gone():
            return self._catalog, (
                f"{holdings.INDEX}: the file is gone from the store; what was imported before is "
                "shown until it is there again.",
            )
        try:
            return open_catalog(self.folder, self.imports), ()
        except AwayError as fault:
            self._seen = ()  # no file has to change before the engine is asked again
            if self._catalog is None:
                raise
            return self._catalog, fault.problems
        except DataError as fault:
            # The loader stops at the first fault; the checks name all, with their rows.
            problems = tuple(find_problems(self.folder)) or fault.problems
        except OSError as fault:
            name = Path(fault.filename or self.folder).name
            problems = (f"{name}: the file cannot be read: {fault.strerror}",)
        if self._catalog is None and self.imports is not None:
            # A store that is broken from the start hides nothing of the curated data.
            with contextlib.suppress(DataError, OSError):
                return open_catalog(self.folder), problems
        return self._catalog, problems

    def _index_is_gone(self) -> bool:
        return self.imports is not None and not (self.imports / holdings.INDEX).exists()

    def _holds_imports(self) -> bool:
        try:
            return bool(holdings.read(self.imports).key)
        except DataError:
            return False

    def _state(self) -> State:
        files = [*sorted(self.folder.glob("*.csv")), self.folder / "datapackage.json"]
        if self.imports is not None:
            files += [self.imports / holdings.INDEX, self.imports / holdings.PAIRS]
        stats = [(path, path.stat()) for path in files if path.exists()]
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


STORE = Store(paths.data_folder(), paths.store_folder())
"""Shared by the pages and the API of the process."""


def catalog() -> Catalog:
    """The catalog of this process."""
    return STORE.catalog()
