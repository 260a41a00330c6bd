"""What a command costs is read from the kernel."""

import os
import sys

import pytest

from benchmarks.processes import peak_bytes, run

TWO_HUNDRED_MB = """
import time
filled = bytearray(b"1") * 200_000_000
time.sleep(0.3)
print("done")
"""
SMALL = "import time; time.sleep(0.3)"


def test_a_run_knows_its_largest_memory_and_what_was_said():
    small = run([sys.executable, "-c", SMALL])
    large = run([sys.executable, "-c", TWO_HUNDRED_MB])
    assert large.peak_bytes - small.peak_bytes > 150_000_000
    assert large.said.strip() == "done"


def test_a_failed_command_shows_what_it_said():
    with pytest.raises(RuntimeError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_the_memory_of_a_running_process_is_read():
    assert peak_bytes(os.getpid()) > 10_000_000
