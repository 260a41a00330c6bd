"""`projectdata import` on the screen: a progress bar, the report, and the database made ready."""

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from projectdata import basemap, datapackage, engines, holdings, paths
from projectdata.errors import DataError
from projectdata.importers.report import Report
from projectdata.importers.run import ended_softly, replace_file
from projectdata.importers.run import run as run_import

SHOWN_REFUSED = 10


def run(
    register: str, files: Sequence[Path], store: Path, report_file: Path | None, console: Console
) -> Report:
    """Import, show how far it is and what came of it; DataError where nothing was taken."""
    with ended_softly(), _progress(console) as progress:
        task = progress.add_task("Opening the files", total=1.0)
        said = ""

        def tell(what: str, part: float) -> None:
            nonlocal said
            if what != said:
                progress.reset(task, description=what)
                said = what
            progress.update(task, completed=part)

        report = run_import(register, files, store, _boxes(), tell)
        tell("Making the database ready", 0)
        _make_ready(store)
        tell("Done", 1)
    if report_file is not None:
        text = json.dumps(report.document(), ensure_ascii=False, indent=1)
        try:
            replace_file(report_file, (text + "\n").encode())
        except OSError as fault:
            raise DataError(
                f"The import is complete; {report_file} cannot be written: {fault.strerror}."
            ) from None
    show(report, console)
    return report


def _boxes() -> pd.DataFrame:
    """The box around each country: country, west, south, east, north, in degrees."""
    rows = [
        (
            country.code,
            *basemap.box(tuple(point for polygon in country.polygons for point in polygon[0])),
        )
        for country in basemap.read(paths.data_folder() / "basemap.geojson").countries
    ]
    return pd.DataFrame(rows, columns=["country", "west", "south", "east", "north"])


def _make_ready(store: Path) -> None:
    """What a server would do at its first question, so that no reader waits for it."""
    package = datapackage.read(paths.data_folder())
    engines.make_ready(package, holdings.read(store))


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def show(report: Report, console: Console) -> None:
    """The report as a table, with the first refused rows."""
    table = Table(title=f"Import of {report.register}", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, number in (
        ("Rows read", report.rows_read),
        ("  kept", report.rows_kept),
        ("  merged into another row", report.rows_merged),
        ("  refused", report.rows_refused),
        ("Added", report.added),
        ("Changed", report.changed),
        ("Gone", report.gone),
        ("Records of the register now", report.records),
        ("  among social services", report.social),
    ):
        table.add_row(name, f"{number:,}")
    for measure, total in report.sums.items():
        table.add_row(f"Sum of {measure}, €", f"{total:,.2f}")
    table.add_row("Seconds", f"{report.seconds:,.1f}")
    console.print(table)
    if report.columns_missing:
        console.print(
            f"Columns that were expected and are not there: {_listed(report.columns_missing)}"
        )
    if report.columns_unknown:
        console.print(
            f"Columns that are not known and were not read: {_listed(report.columns_unknown)}"
        )
    for note in report.notes:
        console.print(note, markup=False)
    for row in report.refused[:SHOWN_REFUSED]:
        console.print(f"{row['file']}:{row['row']}: {row['reason']}", markup=False, highlight=False)
    if report.rows_refused > SHOWN_REFUSED:
        console.print(
            f"… and {report.rows_refused - SHOWN_REFUSED:,} more refused rows (--report)."
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:60]}”" for name in names[:20])
