"""`make bench`: every measurement in one run, as ratios beside their targets."""

from rich.console import Console
from rich.table import Table

from benchmarks import click

TARGET = 1.3


def main() -> None:
    table = Table(title="Against an empty Streamlit page, in one run on this machine")
    table.add_column("What")
    table.add_column("count stands", justify="right")
    table.add_column("page settled", justify="right")
    table.add_column("target", justify="right")
    for what, counted, settled in click.measure():
        table.add_row(what, f"{counted:.2f} x", f"{settled:.2f} x", f"<= {TARGET} x")
    Console().print(table)


main()
