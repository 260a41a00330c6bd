"""The yardstick of an import: DuckDB itself reads the CSV and writes it as Parquet."""

import sys
from pathlib import Path

from benchmarks.processes import Run, run

SCRIPT = """
import sys, duckdb
duckdb.execute("copy (from read_csv($source)) to '" + sys.argv[2] + "' (format parquet)",
               {"source": sys.argv[1]})
"""
"""Default settings throughout; what impossible days make of a column is DuckDB's choice."""


def measure(file: Path, folder: Path) -> Run:
    """Copy the file once, in a process of its own."""
    target = folder / "copy.parquet"
    try:
        return run([sys.executable, "-c", SCRIPT, str(file), str(target)])
    finally:
        target.unlink(missing_ok=True)
