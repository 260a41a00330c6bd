"""Where the data, the pages and the dashboard lie: in a checkout, or inside the wheel."""

import os
from pathlib import Path

MISSING_PAGE = "missing"
"""The parameter that tells the overview which page was asked for and does not exist."""

STORE = "PROJECTDATA_STORE"
"""The environment variable that names the folder of imports."""

PACKAGE = Path(__file__).resolve().parent


def home() -> Path:
    """The folder that holds `dashboard.py`, `pages/` and `data/`.

    A checkout keeps them at its top level; the wheel carries the same files in
    `projectdata/bundle`.
    """
    bundle = PACKAGE / "bundle"
    return bundle if bundle.is_dir() else PACKAGE.parents[1]


def data_folder() -> Path:
    """The curated dataset, or the folder that PROJECTDATA_DATA names."""
    named = os.environ.get("PROJECTDATA_DATA")
    return Path(named) if named else home() / "data"


def store_folder() -> Path:
    """Where imports lie: the folder that PROJECTDATA_STORE names, else `store/` where one works."""
    return Path(os.environ.get(STORE) or "store")


def pages_folder() -> Path:
    """The pages, one file each."""
    return home() / "pages"


def page_names() -> list[str]:
    """The name of each page, which is its address too."""
    return sorted(file.stem for file in pages_folder().glob("*.py"))
