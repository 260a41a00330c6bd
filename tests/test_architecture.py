"""Who may import whom, and what a page may not hold, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from projectdata import paths

ROOT = paths.home()
PACKAGE = paths.PACKAGE
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted(paths.pages_folder().glob("*.py"))
SHOWN = [ROOT / "dashboard.py", *PAGES]

FOUNDATION = {"errors", "paths"}
ALLOWED = {
    "folding": set(),
    "engine": {"datapackage", "errors", "folding"},
    "datapackage": {"errors"},
    "wording": set(),
    "palette": set(),
    "selection": {"folding", "wording"},
    "catalog": {"datapackage", "engines", "engine", "errors", "holdings", "selection", "wording"},
    "holdings": {"errors"},
    "engines": {"datapackage", "engine", "errors", "holdings"},
    "shares": {"wording"},
    "measures": {"wording"},
    "queries": {"catalog", "folding", "selection", "shares"},
    "figures": {"palette", "wording", "measures", "shares"},
    "maps": {"palette", "wording", "figures", "basemap"},
    "in_turn": set(),
    "importers": {"datapackage", "errors", "engine", "folding", "holdings", "in_turn"},
}
"""What each part of the package may import of the others, besides itself, errors and paths. A part
that is not named here stands at the edge (api, cli, exports, ui, …) and may import any of these."""

NEVER = {
    "engine": {"streamlit", "plotly", "pydeck"},
    "queries": {"streamlit", "plotly", "pydeck", "duckdb"},
    "figures": {"streamlit", "ibis", "duckdb", "pydeck"},
    "maps": {"streamlit", "ibis", "duckdb", "plotly"},
    "exports": {"streamlit", "plotly", "pydeck"},
    "importers": {"streamlit", "plotly", "pydeck"},
    "selection": {"streamlit", "plotly", "pydeck", "duckdb"},
    "wording": {"streamlit", "plotly", "pydeck", "duckdb", "ibis", "pandas"},
}

MAY_IMPORT_STREAMLIT = {"ui", "server", "rehearsal"}
"""`server` settles Streamlit's configuration for the ASGI app, `rehearsal` knows its messages; both
draw nothing."""

NOT_IN_A_PAGE = (
    "select ",
    "groupby",
    "go.Figure",
    "session_state",
    "st.cache_",
    "set_page_config",
    "st.stop",
    "unsafe_allow_html",
    "<style",
    "__main__",
    "import pandas",
    "import ibis",
    "duckdb",
    "plotly",
)
LONGEST_PAGE = 80


def imports(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield node.module or ""
            if node.module == "projectdata":
                yield from (f"projectdata.{alias.name}" for alias in node.names)


def part(path: Path) -> str:
    """The part of the package a module belongs to: its first name below the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def own_parts(path: Path) -> set[str]:
    return {n.split(".")[1] for n in imports(path) if n.startswith("projectdata.")}


def outside(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)} - {"projectdata"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) in ALLOWED], ids=named)
def test_a_part_imports_only_what_it_may(path):
    mine = part(path)
    odd = own_parts(path) - ALLOWED[mine] - FOUNDATION - {mine}
    assert not odd, f"{mine} may not import {', '.join(sorted(odd))}"


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) in NEVER], ids=named)
def test_a_part_knows_nothing_of_what_lies_above_it(path):
    odd = outside(path) & NEVER[part(path)]
    assert not odd, f"{part(path)} may not import {', '.join(sorted(odd))}"


def test_only_the_pages_and_the_ui_import_streamlit():
    guilty = [
        named(path)
        for path in MODULES
        if "streamlit" in outside(path) and part(path) not in MAY_IMPORT_STREAMLIT
    ]
    assert guilty == []


def test_nothing_but_the_ui_is_known_to_import_the_ui():
    assert [named(p) for p in MODULES if "ui" in own_parts(p) and part(p) != "ui"] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_imports_streamlit_and_the_package_only(path):
    assert outside(path) <= {"streamlit"}
    assert own_parts(path) <= {"ui", "queries", "measures", "figures", "maps", "wording", "shares"}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_reads_like_an_article(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert [word for word in NOT_IN_A_PAGE if word in text] == []
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a page says in its docstring what it answers"
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        assert len(function.body) == 1, f"{function.name} is more than a formatter"


@pytest.mark.parametrize("path", [*MODULES, *SHOWN], ids=named)
def test_nothing_prints_and_no_html_is_let_through(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    assert not names & {"print", "eval", "exec"}
    keywords = {keyword.arg for node in calls for keyword in node.keywords}
    assert "unsafe_allow_html" not in keywords


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_fault_is_swallowed_whole(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: except needs a type"


def test_the_frame_lies_in_a_folder_without_pages():
    # Streamlit turns to its older kind of multipage app if `pages/` lies beside the script it runs.
    assert not (PACKAGE / "ui" / "pages").exists()


def test_every_page_of_the_menu_is_a_file_and_every_file_is_in_the_menu():
    chrome = (PACKAGE / "ui" / "chrome.py").read_text(encoding="utf-8")
    for path in PAGES:
        assert f'"{path.stem}": words(' in chrome
    assert len(PAGES) == 11
