"""What every test may ask for: the tiny package, the curated data, words."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from devtools.serving import CHROMIUM, FLAGS, WEBGL
from projectdata import checks, paths
from projectdata.catalog import Catalog, open_catalog
from projectdata.figures.sheet import Sheet
from projectdata.selection import Selection
from projectdata.wording import Wording

TINY = Path(__file__).parent / "data" / "tiny"
CODE_LISTS = ("codes", "measures", "regions", "services", "target_groups")

LAWS = {"deadline": None, "max_examples": 20, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("here", settings.get_profile("default"), **LAWS)
settings.register_profile("ci", settings.get_profile("ci"), **LAWS)  # the same examples each time
settings.load_profile("ci" if os.environ.get("CI") else "here")


SLOWEST = ("browser", "deploy", "importers")
"""Folders whose files come first, so that no process is left with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent

    def turn(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0]
        return SLOWEST.index(folder) if folder in SLOWEST else len(SLOWEST)

    items.sort(key=turn)


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a process: Playwright cannot be started twice in it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS + WEBGL)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def _figures_obey_the_schema_of_plotly():
    """What a page draws is not checked when it is drawn; every figure of every test is."""
    drawn = Sheet.figure

    def checked(sheet: Sheet) -> go.Figure:
        go.Figure(data=sheet.traces, layout=sheet.layout)
        return drawn(sheet)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sheet, "figure", checked)
        yield


@pytest.fixture(scope="session", autouse=True)
def _same_files_are_validated_once():
    """Frictionless takes most of a check's time, and most files of a broken folder are whole.

    A file of the same bytes and the same description has the same problems.
    """
    found: dict[tuple[str, bytes], list] = {}
    validate = checks._cell_problems

    def once(package, table):
        descriptor = next(r for r in package.document["resources"] if r["name"] == table.name)
        key = json.dumps(descriptor), table.path.read_bytes()
        if key not in found:
            found[key] = validate(package, table)
        return list(found[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "_cell_problems", once)
        yield
