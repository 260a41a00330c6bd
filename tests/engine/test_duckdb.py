"""The embedded engine when many ask at once and memory is short."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from projectdata.engine.duckdb import BUSY, DuckDB
from projectdata.errors import BusyError

ASKED = (
    "select n % 300_000 as bucket, count(*) as many, max(n::varchar) as text "
    "from range(400_000) as t(n) group by 1"
)


def engine(memory: str) -> DuckDB:
    connection = duckdb.connect(":memory:", config={"memory_limit": memory})
    connection.execute("set temp_directory = ''")
    return DuckDB(connection, "1")


def test_many_large_questions_at_once_are_all_answered():
    # Two of them do not fit side by side.
    tight = engine("55MB")
    with ThreadPoolExecutor(8) as readers:
        found = list(
            readers.map(lambda n: tight.frame(f"{ASKED} order by {n % 3 + 1}, 1"), range(8))
        )
    assert [len(rows) for rows in found] == [300_000] * 8
    assert {int(rows["many"].sum()) for rows in found} == {400_000}


def test_what_does_not_fit_at_all_is_said_in_a_sentence():
    tight = engine("8MB")
    with pytest.raises(BusyError, match=BUSY):
        tight.frame(ASKED)
    with pytest.raises(BusyError, match=BUSY):
        list(tight.batches(ASKED))
    assert tight.frame("select 1 as one")["one"].tolist() == [1]


def test_pages_are_answered_while_a_file_is_read_slowly():
    one = engine("200MB")
    slow = [one.batches("select n from range(100_000) as t(n)") for _ in range(4)]
    firsts = [next(rows).num_rows for rows in slow]
    assert one.frame("select 1 as one")["one"].tolist() == [1]
    assert all(firsts)
    assert {
        sum(batch.num_rows for batch in rows) + first
        for rows, first in zip(slow, firsts, strict=True)
    } == {100_000}
