"""One cluster, and the same data opened on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.cluster import Cluster, cluster
from projectdata import engines
from projectdata.catalog import Catalog, open_catalog
from tests.app.imported import imported_store


@pytest.fixture(scope="session")
def spark_cluster(tmp_path_factory) -> Iterator[Cluster]:
    """A master and two workers; this process may be their driver."""
    with (
        cluster(tmp_path_factory.mktemp("cluster")) as running,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in running.environment.items():
            patch.setenv(name, value)
        yield running


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory) -> Path:
    """A store into which a small Kohesio file was imported."""
    return imported_store(tmp_path_factory.mktemp("imported"))


@pytest.fixture(scope="session")
def embedded(tiny_folder, store_folder) -> Catalog:
    return open_catalog(tiny_folder, store_folder)


@pytest.fixture(scope="session")
def clustered(tiny_folder, store_folder, spark_cluster) -> Catalog:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(engines.ENGINE, spark_cluster.address)
        return open_catalog(tiny_folder, store_folder)
