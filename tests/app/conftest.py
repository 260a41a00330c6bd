"""What makes a page cheap to run."""

from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from projectdata import paths, store
from projectdata.catalog import Catalog
from tests.app.imported import imported_store


@pytest.fixture(scope="session", autouse=True)
def _packages_are_searched_once():
    """Every AppTest reads the metadata of all installed packages; they stay the same."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory) -> Path:
    """A store into which a small Kohesio file was imported."""
    return imported_store(tmp_path_factory.mktemp("imported"))


@pytest.fixture(scope="session")
def opened_store(store_folder) -> store.Store:
    """The curated data and that import, opened once."""
    return store.Store(paths.data_folder(), store_folder)


@pytest.fixture
def with_imports(opened_store, monkeypatch) -> Catalog:
    """Pages show the curated data and that import."""
    monkeypatch.setattr(store, "STORE", opened_store)
    return opened_store.catalog()
