"""Which engine answers, from the data package and what was imported."""

from projectdata.datapackage import DataPackage
from projectdata.engine import Engine, served
from projectdata.holdings import CACHE, Holdings


def open_engine(package: DataPackage, held: Holdings) -> Engine:
    """The embedded engine over the curated data and a store's imports.

    DataError with sentences if the data cannot be read.
    """
    if not held.key:
        return served.in_memory(package)
    key = served.key_of(package, held.key)
    return served.from_store(
        held.folder / CACHE, key, package, list(held.imports.values()), held.pairs
    )


def make_ready(package: DataPackage, held: Holdings) -> None:
    """Make what `open_engine` would make, so that opening takes no time."""
    key = served.key_of(package, held.key)
    served.made(held.folder / CACHE, key, package, list(held.imports.values()), held.pairs)
