"""How many hits each option of a filter would give, given the other filters."""

import ibis
import ibis.expr.types as ir
import pandas as pd

from projectdata.catalog import Catalog
from projectdata.selection import FILTERS, Selection, status_on


def options(catalog: Catalog, selection: Selection, name: str) -> ir.Table:
    """One row per value of one filter that has hits: parameter, value, projects.

    'unknown' is a value.
    """
    return _status(catalog, selection) if name == "status" else _counts(catalog, (name,))


def options_of_free_filters(
    catalog: Catalog, selection: Selection, names: tuple[str, ...]
) -> ir.Table:
    """One row per filter and value that has hits, for filters in which nothing is chosen."""
    counted = _counts(catalog, tuple(name for name in names if name != "status"))
    if "status" in names:
        return ibis.union(counted, _status(catalog, selection))
    return counted


def facets(catalog: Catalog, selection: Selection) -> pd.DataFrame:
    """All filters at once, as a frame: parameter, value, projects.

    A filter's own choice is passed over when its options are counted.
    """
    narrowed = [n for n in FILTERS if selection.values(n) or selection.values_left_out(n)]
    free = tuple(name for name in FILTERS if name not in narrowed)
    parts = [catalog.rows(options, selection, name, but=name) for name in narrowed]
    if free:
        parts.append(catalog.rows(options_of_free_filters, selection, free))
    return pd.concat(parts, ignore_index=True)


def _counts(catalog: Catalog, names: tuple[str, ...]) -> ir.Table:
    values = catalog.tables["filter_values"]
    hits = values.filter(
        values.parameter.isin(names) & values.project_id.isin(catalog.kept.project_id)
    )
    return hits.group_by("parameter", "value").aggregate(projects=hits.count())


def _status(catalog: Catalog, selection: Selection) -> ir.Table:
    kept = catalog.kept
    rows = kept.select(parameter=ibis.literal("status"), value=status_on(kept, selection.day))
    return rows.group_by("parameter", "value").aggregate(projects=rows.count())
