"""Which engine answers, from the data package, what was imported, and the environment."""

import os
import re
import tempfile
import warnings
from pathlib import Path

from projectdata.datapackage import DataPackage
from projectdata.engine import Engine, parquet, served
from projectdata.errors import DataError
from projectdata.holdings import CACHE, Holdings

ENGINE = "PROJECTDATA_ENGINE"
"""The environment variable that names the engine: `duckdb`, or the address of a Spark master."""

EMBEDDED = "duckdb"


def open_engine(package: DataPackage, held: Holdings) -> Engine:
    """The engine over the curated data and a store's imports.

    DataError with sentences if the data cannot be read or the cluster does not answer.
    """
    address = spark_address()
    if address:
        return _on_cluster(address, package, held)
    if not held.key:
        return served.in_memory(package)
    key = served.key_of(package, held.key)
    return served.from_store(
        held.folder / CACHE, key, package, list(held.imports.values()), held.pairs
    )


def make_ready(package: DataPackage, held: Holdings) -> None:
    """Make what `open_engine` would make, so that opening takes no time."""
    key = served.key_of(package, held.key)
    made = parquet.made if spark_address() else served.made
    made(_cache(held), key, package, list(held.imports.values()), held.pairs)


def spark_address() -> str:
    """The address of the Spark master that answers; nothing where the embedded engine does.

    DataError where the environment names an engine that does not exist.
    """
    said = os.environ.get(ENGINE, "").strip()
    if said in ("", EMBEDDED):
        return ""
    place = r"(\[[0-9A-Fa-f:]+\]|[\w.-]+):\d{1,5}"
    if not re.fullmatch(rf"spark://{place}(,{place})*", said):
        raise DataError(
            f"{ENGINE}: “{said}” is no engine. Unset it, or name {EMBEDDED} or spark://host:port."
        )
    return said


def _on_cluster(address: str, package: DataPackage, held: Holdings) -> Engine:
    # It means pandas, and only its Arrow tables are used.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
    try:
        # Only where it is used: the library is an extra, and slow to load.
        from projectdata.engine import spark
    except ImportError as fault:
        raise DataError(
            f"{ENGINE}: {address} needs the extra for clusters: "
            f"pip install 'projectdata[spark]' ({fault})"
        ) from None
    spark.reach(address)
    key = served.key_of(package, held.key)
    folder = parquet.made(_cache(held), key, package, list(held.imports.values()), held.pairs)
    return spark.Spark(address, folder.resolve(), key)


def _cache(held: Holdings) -> Path:
    """The cache of a store; without a store, a folder that is there for a while."""
    if held.folder == Path():
        return Path(tempfile.gettempdir()) / "projectdata-cache"
    return held.folder / CACHE
