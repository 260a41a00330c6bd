"""Kept projects held in memory: the same rows as the statement gives, whatever is dropped."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from projectdata.engine.duckdb import DuckDB
from projectdata.engine.held import SCHEMA, Held

ASKED = "select count(*) as many, sum(project_id)::bigint as total from kept"


@pytest.fixture
def engine():
    connection = duckdb.connect(":memory:")
    connection.execute(
        "create table facts as select n::integer as project_id, n % 7 as fund, "
        "'words' as search_text from range(1_000) as t(n)"
    )
    return DuckDB(connection, "1", Held(connection, room=400))


def kept(fund: int) -> str:
    return f"select * from facts where fund = {fund}"


def held_tables(engine) -> int:
    asked = "select count(*) from duckdb_tables() where schema_name = ?"
    return engine.connection.execute(asked, [SCHEMA]).fetchone()[0]


def test_what_is_asked_for_is_held_and_gives_the_same_rows(engine):
    first = engine.frame(ASKED, kept(0), once=True)
    assert held_tables(engine) == 0
    for once in (False, True):
        assert engine.frame(ASKED, kept(0), once=once).equals(first)
        assert held_tables(engine) == 1
    assert first["many"].tolist() == [143]


def test_the_oldest_makes_room_and_large_selections_are_not_held(engine):
    for _ in range(3):
        for fund in range(5):
            assert engine.frame(ASKED, kept(fund))["many"].iloc[0] in (142, 143)
    assert held_tables(engine) == 2
    for _ in range(3):
        assert engine.frame(ASKED, "select * from facts")["many"].tolist() == [1_000]
    assert held_tables(engine) == 2


def test_a_table_that_was_dropped_meanwhile_is_not_missed(engine):
    for _ in range(2):
        expected = engine.frame(ASKED, kept(3))
    (name,) = engine.connection.execute(
        "select table_name from duckdb_tables() where schema_name = ?", [SCHEMA]
    ).fetchone()
    engine.connection.execute(f"drop table {SCHEMA}.{name}")
    assert engine.frame(ASKED, kept(3)).equals(expected)


def test_many_readers_get_their_own_projects_while_tables_come_and_go(engine):
    expected = {fund: engine.frame(ASKED, kept(fund)) for fund in range(7)}
    asked = [n * 3 % 7 for n in range(210)]
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda fund: engine.frame(ASKED, kept(fund)), asked))
    assert all(rows.equals(expected[fund]) for fund, rows in zip(asked, found, strict=True))
