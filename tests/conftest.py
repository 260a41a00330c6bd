"""What every test may ask for: the tiny package, the curated data, words."""

import shutil
from pathlib import Path

import pytest

from projectdata import paths
from projectdata.catalog import Catalog, open_catalog
from projectdata.selection import Selection
from projectdata.wording import Wording

TINY = Path(__file__).parent / "data" / "tiny"
CODE_LISTS = ("codes", "measures", "regions", "services", "target_groups")


def build_tiny(folder: Path) -> Path:
    """The tiny package: its own CSVs with the package and the code lists of the curated data."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    for name in ("datapackage.json", "basemap.geojson", *(f"{name}.csv" for name in CODE_LISTS)):
        shutil.copy(paths.data_folder() / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory) -> Path:
    """Read only; a test that breaks something takes `broken_folder`."""
    return build_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def broken_folder(tmp_path) -> Path:
    """A tiny package of a test's own, to be broken."""
    return build_tiny(tmp_path / "data")


@pytest.fixture(scope="session")
def catalog(tiny_folder) -> Catalog:
    return open_catalog(tiny_folder)


@pytest.fixture(scope="session")
def curated() -> Catalog:
    return open_catalog(paths.data_folder())


@pytest.fixture(scope="session")
def words_en(catalog) -> Wording:
    return catalog.wording(Selection(lang="en"))


@pytest.fixture(scope="session")
def words_fi(catalog) -> Wording:
    return catalog.wording(Selection(lang="fi"))
