"""The catalog follows its folder; bad data is named and the last good data stays."""

import pytest

from projectdata.errors import DataError
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection
from projectdata.store import Store


def test_a_row_with_a_cell_too_many_is_named_by_file_and_row(broken_folder):
    codes = broken_folder / "codes.csv"
    lines = codes.read_text(encoding="utf-8").splitlines()
    lines[3] += ",one too many"
    codes.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as fault:
        Store(broken_folder).catalog()
    assert any(problem.startswith("codes.csv:4: ") for problem in fault.value.problems)


def test_bad_data_leaves_the_last_good_catalog_and_good_data_replaces_it(broken_folder):
    store = Store(broken_folder)
    good = store.catalog()
    projects = broken_folder / "projects.csv"
    whole = projects.read_bytes()
    projects.write_bytes(whole.replace(b"project_id", b"id", 1))
    assert store.catalog() is good
    assert "projects.csv:1: column 'project_id' is missing" in store.problems
    projects.write_bytes(whole + b"\n")
    assert store.problems
    assert store.catalog() is not good
    assert not store.problems


def test_a_deleted_folder_leaves_the_last_good_catalog(broken_folder):
    store = Store(broken_folder)
    good = store.catalog()
    for path in broken_folder.iterdir():
        path.unlink()
    assert store.catalog() is good
    assert store.problems
    rows = good.rows(measure_totals, Selection())
    assert rows["projects"].iloc[0] > 0
