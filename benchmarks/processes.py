"""What a command costs: seconds, and memory as the kernel counts it."""

import os
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PATIENCE = 120
"""Seconds that a server may take to start."""


@dataclass(frozen=True)
class Run:
    """A command that has ended."""

    seconds: float
    peak_bytes: int
    """The largest resident set of the process, or of one of its own that it waited for."""

    said: str = ""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; a failure shows what it said."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=os.environ | dict(environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said.decode(errors='replace')[-4000:]}")
    return Run(seconds, used.ru_maxrss * 1024, said.decode(errors="replace"))


def peak_bytes(process: int) -> int:
    """The largest resident sets that a running process and its children have had, added up."""
    return sum(_high_water(number) for number in _family(process))


def median_seconds(question: Callable[[], object], times: int = 5, warm: int = 1) -> float:
    """How long an answer takes, after those that are not counted."""
    for _ in range(warm):
        question()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        question()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def until_answered(address: str) -> None:
    """Wait until a server that was just started answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {PATIENCE} seconds")


def _family(process: int) -> Iterator[int]:
    yield process
    for children in PROC.glob(f"{process}/task/*/children"):
        for child in children.read_text(encoding="ascii").split():
            yield from _family(int(child))


def _high_water(process: int) -> int:
    status = (PROC / str(process) / "status").read_text(encoding="utf-8")
    sizes = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(sizes["VmHWM"].split()[0]) * 1024
