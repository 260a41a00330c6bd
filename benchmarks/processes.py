"""What a command costs: seconds, and memory as the kernel counts it."""

import os
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
GLANCE = 0.02
"""Seconds between two looks at the memory of a command."""
PATIENCE = 120
"""Seconds that a server may take to start."""


@dataclass(frozen=True)
class Run:
    """A command that has ended."""

    seconds: float
    peak_bytes: int
    """The largest resident sets of the process and its children, added up."""

    said: str = ""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; a failure shows what it said.

    Memory is looked at all the time, because what the kernel tells at the end (`ru_maxrss`) begins
    with the size of the process that started the command.
    """
    peak = 0
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, env=os.environ | dict(environment or {}), stdout=said, stderr=said
        )
        while process.poll() is None:
            peak = max(peak, peak_bytes(process.pid))
            time.sleep(GLANCE)
        seconds = time.perf_counter() - begun
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{text[-4000:]}")
    return Run(seconds, peak, text)


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
        for child in _text(children).split():
            yield from _family(int(child))


def _high_water(process: int) -> int:
    lines = _text(PROC / str(process) / "status").splitlines()
    sizes = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(sizes[0]) * 1024 if sizes else 0


def _text(path: Path) -> str:
    """What the kernel says; nothing of a process that has just ended."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""
