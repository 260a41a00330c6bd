"""`make bench`: every measurement in one run, as ratios beside their targets.

`python -m benchmarks --rows 2100000` makes a Kohesio file of that size, imports it, and asks it and
the yardsticks the same questions. `python -m benchmarks facets click` measures only those. What was
made is kept in the folder for the next run.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console

from benchmarks import click, copy, datasette, kohesio_file, visitors
from benchmarks.processes import Run, median_seconds, peak_bytes, run
from benchmarks.table import Line, at_most, drawn, faster, gigabytes, limited, seconds
from devtools.serving import free_port, serving, start, wait
from projectdata import paths

WORD, FUND = "rehabilitation", "YEI"
"""What is searched for, and whose projects are downloaded: about 78,000 of 2.1 million."""
ALL = "relevance=social&relevance=other"
"""The whole register; without it the pages open on what is about social services."""
LARGEST_WAIT = 2.0
MEMORY = 1.5e9
IMPORT_MEMORY = 2e9
PANDAS_BYTES = 18
"""Bytes of memory that the pandas app needs for a byte of the file: its frame, and the copy that
every reader gets."""


@dataclass
class Bench:
    """The file of this run, and what is made from it once, when the first measurement needs it."""

    rows: int
    folder: Path
    console: Console

    @cached_property
    def file(self) -> Path:
        """The Kohesio file."""
        path = self.folder / f"kohesio-{self.rows}.csv"
        if not path.exists():
            self.console.print(f"Writing {self.rows:,} rows …")
            unfinished = path.with_suffix(".part")
            kohesio_file.write(kohesio_file.Order(self.rows), unfinished)
            unfinished.replace(path)
        return path

    @cached_property
    def imported(self) -> Run:
        """The import of the file, into a store that did not exist."""
        shutil.rmtree(self.store, ignore_errors=True)
        self.console.print("Importing …")
        command = [_tool("projectdata"), "import", "kohesio", str(self.file)]
        return run([*command, "--store", str(self.store)])

    @property
    def store(self) -> Path:
        """Where the import goes."""
        return self.folder / f"store-{self.rows}"

    @cached_property
    def environment(self) -> dict[str, str]:
        """What tells the commands and the server of the imported store."""
        if not self.store.exists():
            _ = self.imported
        return {paths.STORE: str(self.store)}

    @cached_property
    def questions(self) -> dict[str, float]:
        """What the engine itself takes."""
        asked = [sys.executable, "-m", "benchmarks.questions", WORD, FUND.lower()]
        return json.loads(run(asked, self.environment).said.splitlines()[-1])

    @cached_property
    def datasette(self) -> datasette.Answers:
        """What Datasette takes for the same."""
        database = self.folder / f"datasette-{self.rows}.db"
        if not database.exists():
            self.console.print("Filling SQLite …")
            unfinished = database.with_suffix(".part")
            datasette.build(self.file, unfinished, date.today())
            unfinished.replace(database)
        return datasette.measure(database, WORD, FUND)


def imports(bench: Bench) -> Iterator[Line]:
    """The import between two copies that DuckDB makes of the file: a busy hour hits both."""
    before, ours, after = (
        copy.measure(bench.file, bench.folder),
        bench.imported,
        copy.measure(bench.file, bench.folder),
    )
    copied = (before.seconds + after.seconds) / 2
    yield at_most("import", ours.seconds, copied, 3, seconds)
    yield limited("import, memory", ours.peak_bytes, IMPORT_MEMORY, gigabytes)
    yield Line("DuckDB's copy, memory", "", gigabytes(max(before.peak_bytes, after.peak_bytes)))


def facets(bench: Bench) -> Iterator[Line]:
    """Hits beside the options of the filters, beside Datasette's facets."""
    ours = bench.questions
    yield faster("facets", ours["facets"], bench.datasette.facets, 50)
    yield faster("facets of a fund", ours["facets of a fund"], bench.datasette.facets_of_fund, 50)
    for name in ("facets of the sidebar", "all facets"):
        yield Line(name, seconds(ours[name]))


def search(bench: Bench) -> Iterator[Line]:
    """A word in titles and summaries, beside Datasette's search of titles."""
    ours = bench.questions["search"]
    yield faster("search, LIKE", ours, bench.datasette.like)
    yield faster("search, full text index", ours, bench.datasette.full_text)


def download(bench: Bench) -> Iterator[Line]:
    """The projects of one fund as CSV."""
    with serving(paths.home() / "dashboard.py", bench.environment) as address:
        asked = f"{address}/api/v1/projects.csv?fund={FUND.lower()}"
        ours = median_seconds(lambda: datasette.read(asked), 3)
    rows = bench.datasette.downloaded_rows
    yield faster(f"CSV of {rows:,} rows", ours, bench.datasette.download, 8)


def clicks(bench: Bench) -> Iterator[Line]:
    """A filter click in a browser, on relevant projects and on all."""
    dashboard = paths.home() / "dashboard.py"
    with serving(click.EMPTY) as empty, serving(dashboard, bench.environment) as ours:
        addresses = {
            f"click, {page or 'overview'} page, {lens}": f"{ours}/{page}{query}"
            for page in click.PAGES
            for lens, query in (("relevant", ""), ("all", f"?{ALL}"))
        }
        yield from _clicks(addresses, empty, 2)


def curated(bench: Bench) -> Iterator[Line]:
    """A filter click in a browser on the curated projects alone."""
    nothing = {paths.STORE: str(bench.folder / "no-store")}
    dashboard = paths.home() / "dashboard.py"
    with serving(click.EMPTY) as empty, serving(dashboard, nothing) as ours:
        addresses = {
            f"click, {page or 'overview'} page, curated": f"{ours}/{page}" for page in click.PAGES
        }
        yield from _clicks(addresses, empty, 1.3)


def pandas(bench: Bench) -> Iterator[Line]:
    """A click in the usual app of a cached data frame, for comparison."""
    parquet = bench.folder / f"pandas-{bench.rows}.parquet"
    if not parquet.exists():
        relation = duckdb.read_csv(str(bench.file), all_varchar=True)
        relation.write_parquet(str(parquet))
    needed = PANDAS_BYTES * bench.file.stat().st_size / bench.rows
    rows = min(bench.rows, int(_free_memory() / needed))
    environment = {"BENCHMARK_PARQUET": str(parquet), "BENCHMARK_PANDAS_ROWS": str(rows)}
    script, port = Path(__file__).with_name("pandas_app.py"), free_port()
    process = start(script, port, environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait(address)
        with serving(click.EMPTY) as empty:
            named = f"the pandas app's click, {rows:,} rows"
            for _, moments in click.measure({named: address}, empty, turns=1, timed=3):
                yield Line(
                    named,
                    seconds(moments.settled / 1000),
                    seconds(moments.empty_settled / 1000),
                    moments.ratios[1],
                )
        yield Line("the pandas app's memory, one visitor", gigabytes(peak_bytes(process.pid)))
    finally:
        process.terminate()
        process.wait(60)


def first(bench: Bench) -> Iterator[Line]:
    """The first page of a server that has just started."""
    dashboard = paths.home() / "dashboard.py"
    # The store's database is made once, by whoever comes first.
    _ = bench.questions
    ours, empty = click.first_pages(dashboard, bench.environment)
    yield at_most("first page after start", ours, empty, 1.5, seconds)


def crowd(bench: Bench) -> Iterator[Line]:
    """Twenty visitors at once."""
    port = free_port()
    process = start(paths.home() / "dashboard.py", port, bench.environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait(address)
        visit = visitors.measure(address, click.PAGES)
        memory = peak_bytes(process.pid)
    finally:
        process.terminate()
        process.wait(60)
    who = f"{visit.visitors} visitors"
    yield Line(f"{who}, median of {visit.clicks} clicks", seconds(visit.median))
    yield limited(f"{who}, slowest click", visit.slowest, LARGEST_WAIT, seconds)
    yield limited(f"{who}, server memory", memory, MEMORY, gigabytes)
    yield Line(f"{who}, largest answer to a click", f"{visit.received_bytes / 1e6:.1f} MB")


MEASUREMENTS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "import": imports,
    "facets": facets,
    "search": search,
    "download": download,
    "visitors": crowd,
    "first": first,
    "curated": curated,
    "click": clicks,
    "pandas": pandas,
}


def main(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"Of {', '.join(MEASUREMENTS)}; all if absent.")
    ] = None,
    rows: Annotated[int, typer.Option(help="Rows of the Kohesio file.", min=1_000)] = 200_000,
    folder: Annotated[
        Path | None, typer.Option(help="Where the files are made, and found by the next run.")
    ] = None,
    strict: Annotated[bool, typer.Option(help="End with 1 if a target is missed.")] = False,
) -> None:
    """Measure, and print one table."""
    unknown = [name for name in names or () if name not in MEASUREMENTS]
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: the names are {', '.join(MEASUREMENTS)}.")
    console = Console()
    folder = folder or Path(tempfile.gettempdir()) / "projectdata-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(rows, folder, Console(stderr=True))
    lines = []
    for name in names or MEASUREMENTS:
        bench.console.print(f"Measuring {name} …")
        for line in MEASUREMENTS[name](bench):
            bench.console.print(f"  {line.what}: {line.ours} {line.yardstick}", highlight=False)
            lines.append(line)
    console.print(drawn(f"{rows:,} rows, in one run on this machine", lines))
    if strict and any(line.met is False for line in lines):
        raise typer.Exit(1)


def _clicks(addresses: dict[str, str], empty: str, limit: float) -> Iterator[Line]:
    for name, moments in click.measure(addresses, empty):
        counted, settled = moments.ratios
        for moment, ours, bare, ratio in (
            ("count", moments.counted, moments.empty_counted, counted),
            ("settled", moments.settled, moments.empty_settled, settled),
        ):
            # The target is for what the reader waits for; what follows below is for information.
            judged = moment == "count"
            yield Line(
                f"{name}, {moment}",
                seconds(ours / 1000),
                seconds(bare / 1000),
                ratio,
                f"<= {limit:g} x" if judged else "",
                ratio <= limit if judged else None,
            )


def _tool(name: str) -> str:
    """A command of the environment that runs this."""
    return str(Path(sys.executable).with_name(name))


def _free_memory() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    available = next(line for line in lines if line.startswith("MemAvailable"))
    return int(available.split()[1]) * 1024


if __name__ == "__main__":
    typer.run(main)
