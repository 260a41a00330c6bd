"""What the dataset holds and how much of it is known, for `projectdata describe`."""

from collections.abc import Sequence

import pandas as pd
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from projectdata.catalog import Catalog
from projectdata.queries import coverage, summary
from projectdata.selection import Selection
from projectdata.wording import Wording

EVERYTHING = Selection()


def lines(catalog: Catalog) -> list[RenderableType]:
    """Counts, coverage, sources and conflicts, in the order they are printed."""
    words = catalog.wording(EVERYTHING)
    package = catalog.package
    return [
        Text(f"{package.titles['en']}, version {package.version} of {package.created}"),
        Text(_in_short(catalog, words)),
        _collections(catalog, words),
        _coverage(catalog, words),
        _reliability(catalog, words),
        _tables(catalog, words),
        *_conflicts(catalog, words),
    ]


def _in_short(catalog: Catalog, words: Wording) -> str:
    totals = catalog.rows(summary.measure_totals, EVERYTHING).iloc[0]
    counts = catalog.rows(summary.counts, EVERYTHING).iloc[0]
    known = _known(catalog)
    projects = int(totals["projects"])

    def share(field: str) -> str:
        found = int(known.loc[field, "known"])
        return f"{words.number(found)} ({words.percent(found / projects) if projects else '–'})"

    return (
        f"{words.number(projects)} projects in {words.number(counts['countries'])} countries, with "
        f"{words.number(counts['organisations'])} organisations. With an amount in any measure: "
        f"{share(coverage.ANY_AMOUNT)}; with an exact total and an exact EU contribution: "
        f"{share(coverage.BOTH_EXACT)}; on the map: {share('placed')}; target group known: "
        f"{share('target_group')}; service known: {share('service')}."
    )


def _known(catalog: Catalog) -> pd.DataFrame:
    rows = catalog.rows(coverage.known_fields, EVERYTHING)
    return (
        rows.groupby("known_field")[["known", "projects"]]
        .sum()
        .reindex(coverage.FIELDS, fill_value=0)
    )


def _collections(catalog: Catalog, words: Wording) -> Table:
    rows = catalog.rows(coverage.collections, EVERYTHING).set_index("collection")
    table = _table("Collections", ("collection", "projects", "countries"))
    for code in _codes(words, "collection"):
        if code in rows.index:
            cells = (rows.loc[code, "projects"], rows.loc[code, "countries"])
            table.add_row(words.label("collection", code), *map(words.number, cells))
    return table


def _coverage(catalog: Catalog, words: Wording) -> Table:
    """A row a field, a column a collection: known of projects."""
    rows = catalog.rows(coverage.known_fields, EVERYTHING)
    cells = rows.set_index(["known_field", "collection"])
    names = [c for c in _codes(words, "collection") if c in set(rows["collection"])]
    table = _table("Known", ("field", "all", *(words.label("collection", c) for c in names)))
    everything = _known(catalog)
    for field in coverage.FIELDS:
        parts = [everything.loc[field], *(cells.loc[(field, name)] for name in names)]
        said = [f"{words.number(p['known'])}/{words.number(p['projects'])}" for p in parts]
        table.add_row(field.replace("_", " "), *said)
    return table


def _reliability(catalog: Catalog, words: Wording) -> Table:
    rows = catalog.rows(coverage.reliability, EVERYTHING)
    cells = rows.set_index(["collection", "reliability"])["projects"]
    kinds = _codes(words, "reliability")
    table = _table("Projects by the source of their row", ("collection", *kinds))
    for code in _codes(words, "collection"):
        if code in set(rows["collection"]):
            numbers = [words.number(cells.get((code, kind), 0)) for kind in kinds]
            table.add_row(words.label("collection", code), *numbers)
    return table


def _tables(catalog: Catalog, words: Wording) -> Table:
    rows = catalog.rows(coverage.table_sizes, EVERYTHING)
    sizes = dict(zip(rows["table_name"], rows["records"], strict=True))
    table = _table("Tables", ("table", "rows"))
    for name in catalog.package.tables:
        table.add_row(name, words.number(sizes[name]))
    return table


def _conflicts(catalog: Catalog, words: Wording) -> list[Text]:
    rows = catalog.rows(coverage.conflicts, EVERYTHING)
    said = [Text(f"Conflicts between sources: {words.number(len(rows))}", style="bold")]
    for row in rows.itertuples():
        kind = words.label("conflict_kind", row.kind)
        said.append(Text(f"  {row.project_id}: {row.topic} ({kind}). {row.handling}"))
    return said


def _codes(words: Wording, name: str) -> list[str]:
    return [code for code_list, code in words.labels if code_list == name]


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table
