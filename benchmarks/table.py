"""One table for all measurements: ours, the yardstick, their ratio, the target, and the verdict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.table import Table

GIGABYTE = 1e9


@dataclass(frozen=True)
class Line:
    """One measurement. Without a target it informs; without a ratio it is judged as it is."""

    what: str
    ours: str
    yardstick: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None


def at_most(
    what: str, ours: float, yardstick: float, limit: float, written: Callable[[float], str]
) -> Line:
    """Ours may cost so many times the yardstick."""
    ratio = ours / yardstick
    return Line(what, written(ours), written(yardstick), ratio, f"<= {limit:g} x", ratio <= limit)


def faster(what: str, ours: float, yardstick: float, least: float | None = None) -> Line:
    """The yardstick takes so many times as long as ours."""
    ratio = yardstick / ours
    target = "" if least is None else f">= {least:g} x"
    met = None if least is None else ratio >= least
    return Line(what, seconds(ours), seconds(yardstick), ratio, target, met)


def limited(what: str, ours: float, limit: float, written: Callable[[float], str]) -> Line:
    """Ours has a limit of its own."""
    return Line(what, written(ours), target=f"<= {written(limit)}", met=ours <= limit)


def seconds(value: float) -> str:
    """Seconds, or milliseconds where they say more."""
    return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def gigabytes(value: float) -> str:
    """Bytes in gigabytes."""
    return f"{value / GIGABYTE:.2f} GB"


def drawn(title: str, lines: Iterable[Line]) -> Table:
    """The table as the terminal shows it."""
    table = Table(title=title)
    table.add_column("What")
    for name in ("ours", "yardstick", "ratio", "target", "met"):
        table.add_column(name, justify="right")
    for line in lines:
        verdict = {None: "", True: "yes", False: "[bold red]no[/]"}[line.met]
        ratio = "" if line.ratio is None else f"{line.ratio:.2f} x"
        table.add_row(line.what, line.ours, line.yardstick, ratio, line.target, verdict)
    return table
