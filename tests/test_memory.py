"""What a catalog remembers, when many readers ask at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from projectdata.catalog import Memory
from projectdata.errors import AwayError


def test_many_who_ask_the_same_wait_for_one_answer():
    memory, asked, open_gate = Memory(), [], threading.Event()

    def make() -> pd.DataFrame:
        asked.append(1)
        open_gate.wait(10)
        return pd.DataFrame({"n": [1, 2]})

    with ThreadPoolExecutor(6) as readers:
        coming = [readers.submit(memory.answer, "select", make) for _ in range(6)]
        open_gate.set()
        found = [one.result() for one in coming]
    assert len(asked) == 1
    found[0]["n"] = 0
    assert [rows["n"].tolist() for rows in found[1:]] == [[1, 2]] * 5


def test_a_fault_reaches_all_who_wait_and_is_not_remembered():
    memory, open_gate = Memory(), threading.Event()

    def fail() -> pd.DataFrame:
        open_gate.wait(10)
        raise AwayError("away")

    with ThreadPoolExecutor(3) as readers:
        coming = [readers.submit(memory.answer, "select", fail) for _ in range(3)]
        open_gate.set()
        for one in coming:
            with pytest.raises(AwayError):
                one.result()
    assert len(memory.answer("select", lambda: pd.DataFrame({"n": [1]}))) == 1
