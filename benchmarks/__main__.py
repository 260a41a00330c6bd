"""`make bench`: every measurement in one run, as ratios beside their targets.

`python -m benchmarks overview map` measures only those pages.
"""

import sys

from rich.console import Console
from rich.table import Table

from benchmarks import click

TARGET = 1.3


def main(pages: tuple[str, ...]) -> None:
    table = Table(title="Against an empty Streamlit page, in one run on this machine")
    table.add_column("What")
    table.add_column("count stands", justify="right")
    table.add_column("page settled", justify="right")
    table.add_column("target of the count", justify="right")
    for ratio in click.measure(pages):
        table.add_row(
            ratio.what, f"{ratio.counted:.2f} x", f"{ratio.settled:.2f} x", f"<= {TARGET} x"
        )
    Console().print(table)


if __name__ == "__main__":
    chosen = tuple(name.replace("overview", "") for name in sys.argv[1:])
    main(chosen or click.PAGES)
