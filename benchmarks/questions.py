"""What our own engine takes for a question, on the store that PROJECTDATA_STORE names.

It runs in a process of its own, opens the catalog as a page does, and prints seconds as JSON. The
catalog remembers answers and holds what selections keep; it forgets both here before each question,
so that the engine is timed.
"""

import json
import sys
from collections.abc import Callable

from benchmarks.processes import median_seconds
from projectdata import store
from projectdata.catalog import Catalog
from projectdata.engine.duckdb import DuckDB
from projectdata.queries.facets import COUNTED, facets
from projectdata.queries.summary import counts
from projectdata.selection import Selection, parse
from projectdata.ui.filters import MAIN

FLAT = ("country", "fund", "programming_period", "programme", "status")
"""The facets that a flat table has too."""


def seconds(word: str, fund: str) -> dict[str, float]:
    """Facets that a flat table has, those the sidebar opens with, all of them; and a search."""
    catalog = store.catalog()
    everything = Selection()
    of_fund, found = (
        parse([(name, value)], catalog.known)[0] for name, value in (("fund", fund), ("q", word))
    )
    questions: dict[str, Callable[[], object]] = {
        "facets": lambda: facets(catalog, everything, FLAT),
        "facets of the sidebar": lambda: facets(catalog, everything, MAIN),
        "all facets": lambda: facets(catalog, everything, COUNTED),
        "facets of a fund": lambda: facets(catalog, of_fund, FLAT),
        "search": lambda: catalog.rows(counts, found),
    }
    return {name: median_seconds(_anew(catalog, ask)) for name, ask in questions.items()}


def _anew(catalog: Catalog, ask: Callable[[], object]) -> Callable[[], object]:
    def asked() -> object:
        catalog._memory.forget()
        if isinstance(catalog.engine, DuckDB) and catalog.engine.held is not None:
            catalog.engine.held.forget()
        return ask()

    return asked


if __name__ == "__main__":
    print(json.dumps(seconds(*sys.argv[1:3])))
