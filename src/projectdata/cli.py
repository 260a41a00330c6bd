"""The command line: check, import, export, describe, match, serve."""

import contextlib
import importlib
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console

from projectdata import exports, paths, store
from projectdata.errors import DataError
from projectdata.exports.order import FORMATS, OWN_PARAMETERS
from projectdata.selection import FILTERS, PARAMETERS

app = typer.Typer(
    help="An explorer of EU-funded social-service projects.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
BAD_VALUE = 2
"""The exit status of a command that was given something that means nothing."""


StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", help="The folder of imports; else PROJECTDATA_STORE, else store/.", metavar="DIR"
    ),
]


def main() -> None:
    """Run the command; bad data becomes its sentences, never a traceback."""
    try:
        app()
    except DataError as fault:
        _say(fault.problems)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever reads has had enough, as in `projectdata export | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A data folder; the curated dataset if absent.")
    ] = None,
) -> None:
    """Find problems of a data folder, each as `file:row: what is wrong`."""
    # Imported where they are used, so that each command starts without the others' libraries.
    find_problems = importlib.import_module("projectdata.checks").find_problems
    problems = find_problems(folder or paths.data_folder())
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo("No problems found.", err=True)


@app.command("import")
def import_files(
    register: Annotated[
        str, typer.Argument(help="kohesio, keep, erasmus or eura; auto tells by the columns.")
    ],
    files: Annotated[list[Path], typer.Argument(help="The downloaded files, CSV or xlsx.")],
    store_folder: StoreOption = None,
    report: Annotated[
        Path | None, typer.Option(help="Also write the report to this file, as JSON.")
    ] = None,
) -> None:
    """Import a register's export into the store, beside the curated projects.

    Ends with 0 when the import is complete, and with 1 when nothing could be taken; then the store
    is as it was. See “Bring your own register” in the README.
    """
    importing = importlib.import_module("projectdata.importing")
    importing.run(register, files, _store(store_folder), report, Console(stderr=True))


def export(**options: Any) -> None:
    """Write the projects of a selection as a file.

    The selection is given as in an address: --country FI --not.service home-care --from 2020. An
    option may be repeated: any of its values matches. Without a file the rows go to the terminal.
    """
    output: Path | None = options.pop("output")
    _use(options.pop("store"))
    format = _format(options.pop("format"), output)
    pairs = list(_pairs(options))
    catalog = store.catalog()
    order, sentences = exports.read_order(pairs, format, catalog)
    if sentences:
        _refuse(sentences)
    if output is None and not order.kind.is_text and sys.stdout.isatty():
        _refuse([f"A {order.kind.name} file is not for reading: give it a name with -o."])
    command = _command(format, pairs)
    chunks = exports.file_chunks(catalog, order, date.today(), address=command)
    if output is None:
        _write(chunks, sys.stdout.buffer)
        return
    with _aside(output) as file:
        _write(chunks, file)
    projects = exports.count(catalog, order)
    Console(stderr=True).print(f"{projects} projects in {output}", highlight=False, markup=False)


@app.command()
def describe(store_folder: StoreOption = None) -> None:
    """Say what the dataset holds: tables, rows, sources, coverage."""
    _use(store_folder)
    lines = importlib.import_module("projectdata.describe").lines(store.catalog())
    console = Console(markup=False, highlight=False, soft_wrap=True)
    for line in lines:
        console.print(line)


@app.command("match")
def match_records(
    kind: Annotated[str, typer.Option(help="projects or organisations.")] = "projects",
    least: Annotated[float, typer.Option(help="The lowest score.", min=0, max=1)] = 0.7,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A CSV to write instead of a table.")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="The most pairs.", min=1)] = None,
    confirm: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Two ids that are one project; the first stands for it.", metavar="A B"),
    ] = None,
    reject: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Two ids that are not; not suggested again.", metavar="A B"),
    ] = None,
    store_folder: StoreOption = None,
) -> None:
    """Suggest records that state one project in two registers; a person confirms."""
    command = importlib.import_module("projectdata.matching.command")
    console = Console()
    if kind not in command.KINDS:
        _refuse([f"kind = “{kind}”: the kinds are {', '.join(command.KINDS)}."])
    for pair, status in ((confirm, "confirmed"), (reject, "rejected")):
        if pair:
            command.decide(_store(store_folder), *pair, status, console)
    if not confirm and not reject:
        command.suggest(_store(store_folder), kind, least, output, limit, console)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to serve on.", min=1, max=65535)] = 8501,
    address: Annotated[
        str, typer.Option(help="The address to listen at; 0.0.0.0 for the whole network.")
    ] = "localhost",
    store_folder: StoreOption = None,
) -> None:
    """Serve the dashboard and its API."""
    if store_folder is not None:
        os.environ[paths.STORE] = str(store_folder.absolute())
    dashboard = str(paths.home() / "dashboard.py")
    arguments = ["--server.port", str(port), "--server.address", address]
    command = [sys.executable, "-m", "streamlit", "run", dashboard, *arguments]
    sys.stdout.flush()
    os.execv(sys.executable, command)


def _option(name: str) -> Parameter:
    """A parameter of an address as an option, with dashes or as the address spells it."""
    repeated = name.removeprefix("not.") in FILTERS or name == "columns"
    spellings = list(dict.fromkeys((f"--{name}", f"--{name.replace('_', '-')}")))
    python_name = name.replace(".", "_")
    python_name = f"{python_name}_" if name == "from" else python_name
    kind = list[str] if repeated else str
    if name == "notes":
        return Parameter(
            python_name,
            Parameter.KEYWORD_ONLY,
            default=False,
            annotation=Annotated[
                bool,
                typer.Option("--notes", help="CSV and notes in a ZIP.", rich_help_panel="File"),
            ],
        )
    said = {
        "q": 'Words in any order; "a phrase"; -without',
        "from": "Active in this year or later.",
        "to": "Active in this year or earlier.",
        "on": "The day that status is judged by; today if absent.",
        "lang": "en or fi.",
        "columns": "Column names, with commas or repeated.",
        "separator": "A comma, a semicolon (with decimal comma) or tab.",
    }.get(name, "")
    return Parameter(
        python_name,
        Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[
            kind | None,
            typer.Option(*spellings, help=said, show_default=False, rich_help_panel=_panel(name)),
        ],
    )


def _panel(name: str) -> str:
    if name in OWN_PARAMETERS:
        return "File"
    return "Leave out" if name.startswith("not.") else "Selection"


EXPORT_OPTIONS = {p.name: name for name in (*PARAMETERS, *OWN_PARAMETERS) for p in [_option(name)]}
"""Python's name of each option, and the parameter it stands for."""

export.__signature__ = Signature(  # type: ignore[attr-defined]
    [
        Parameter(
            "format",
            Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                str | None,
                typer.Option(
                    help=f"One of {', '.join(FORMATS)}; else as the file's name says, else csv.",
                    show_default=False,
                    rich_help_panel="File",
                ),
            ],
        ),
        Parameter(
            "output",
            Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                Path | None,
                typer.Option(
                    "--output",
                    "-o",
                    help="The file to write.",
                    show_default=False,
                    rich_help_panel="File",
                ),
            ],
        ),
        Parameter("store", Parameter.KEYWORD_ONLY, default=None, annotation=StoreOption),
        *(_option(name) for name in (*OWN_PARAMETERS, *PARAMETERS)),
    ]
)
app.command()(export)


def _store(named: Path | None) -> Path:
    return named or paths.store_folder()


def _use(named: Path | None) -> None:
    """Answer from another store than that of the environment."""
    if named is not None:
        store.STORE.imports = named


def _pairs(options: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The options as parameters of an address."""
    for name, value in options.items():
        for one in value if isinstance(value, list) else [value]:
            if one is True:
                yield EXPORT_OPTIONS[name], "true"
            elif isinstance(one, str):
                # What the terminal could not decode is no value of ours.
                yield EXPORT_OPTIONS[name], one.encode(errors="replace").decode()


def _command(format: str, pairs: Iterable[tuple[str, str]]) -> str:
    """What to type for the same rows again."""
    typed = ["projectdata", "export", "--format", format]
    for name, value in pairs:
        typed += ["--notes"] if name == "notes" else [f"--{name}", value]
    return shlex.join(typed)


def _format(asked: str | None, output: Path | None) -> str:
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    format = (asked or (suffix if suffix in FORMATS else "csv")).lower()
    if format not in FORMATS:
        _refuse([f"format = “{asked}”: the formats are {', '.join(FORMATS)}."])
    return format


@contextlib.contextmanager
def _aside(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when it is complete."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as fault:
        _refuse([f"{path} cannot be written: {fault.strerror}."])
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _write(chunks: Iterable[bytes], file: BinaryIO) -> None:
    for chunk in chunks:
        file.write(chunk)
    file.flush()


def _refuse(sentences: Sequence[str]) -> None:
    _say(sentences)
    raise typer.Exit(BAD_VALUE)


def _say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        typer.echo(sentence, err=True)
