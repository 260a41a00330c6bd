"""The values of a filter that the projects of a selection have; 'unknown' is one of them."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.selection import FACT_FILTERS, UNKNOWN, Selection, status_on


def of(catalog: Catalog, selection: Selection, name: str) -> ir.Table:
    """One row per matching project and value of a filter: project_id, value.

    A project without a value has 'unknown'.
    """
    kept = catalog.kept
    if name == "status":
        return kept.select("project_id", value=status_on(kept, selection.day))
    if name in FACT_FILTERS:
        value = ibis.coalesce(kept[FACT_FILTERS[name]], UNKNOWN)
        return kept.select("project_id", value=value)
    silent = kept.filter(~kept[f"has_{name}"])
    return said(catalog, name).union(silent.select("project_id", value=ibis.literal(UNKNOWN)))


def said(catalog: Catalog, name: str, some: ir.Table | None = None) -> ir.Table:
    """One row per matching project and value that is known: project_id, value.

    `some` are rows of `kept`: then only their values.
    """
    kept = catalog.kept if some is None else some
    if name in FACT_FILTERS:
        rows = kept.select("project_id", value=FACT_FILTERS[name])
        return rows.filter(rows["value"].notnull())
    values = catalog.tables["filter_values"]
    hits = values.filter((values.parameter == name) & values.project_id.isin(kept.project_id))
    return hits.select("project_id", "value")


def known(catalog: Catalog, name: str) -> ir.BooleanValue:
    """Of each row of `kept`, whether it has a value in a filter."""
    kept = catalog.kept
    return kept[FACT_FILTERS[name]].notnull() if name in FACT_FILTERS else kept[f"has_{name}"]
