"""The yardstick's table holds the same rows, with days that can be compared."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from benchmarks import datasette
from benchmarks.kohesio_file import Order, write


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("datasette")
    write(Order(400), folder / "rows.csv", processes=1)
    datasette.build(folder / "rows.csv", folder / "rows.db", date(2024, 6, 1))
    with closing(sqlite3.connect(folder / "rows.db")) as connection:
        yield connection


def test_every_row_is_there_and_every_facet_has_an_index(database):
    assert database.execute("select count(*) from projects").fetchone() == (400,)
    indexed = {
        name for (name,) in database.execute("select name from pragma_index_list('projects')")
    }
    assert indexed == {f"by_{name}" for name in datasette.INDEXED}


def test_a_status_follows_from_the_days(database):
    rows = database.execute(
        "select Operation_Start_Date, Operation_End_Date, status from projects "
        "where status is not null and Operation_End_Date >= Operation_Start_Date"
    ).fetchall()
    assert {status for _, _, status in rows} == {"planned", "running", "ended"}
    for start, end, status in rows:
        begun, over = start <= "2024-06-01", end < "2024-06-01"
        assert status == ("ended" if over else "running" if begun else "planned")


def test_titles_are_found_by_word(database):
    (title,) = database.execute("select Operation_Name_English from projects limit 1").fetchone()
    word = max((w for w in title.split() if w.isalpha()), key=len)
    found = database.execute("select count(*) from projects_fts where projects_fts match ?", [word])
    assert found.fetchone()[0] >= 1
