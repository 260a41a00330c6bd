"""How many hits each option of a filter would give, given the other filters."""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir
import pandas as pd

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.selection import FILTERS, Selection

COUNTED = tuple(name for name in FILTERS if name != "project")
"""A project has one hit: counting them says nothing."""

MOST = 1_000
"""Options of one filter. Only organisations are more; a search finds the others."""


def options(catalog: Catalog, selection: Selection, name: str, most: int) -> ir.Table:
    """One row per value of one filter that has hits: parameter, value, projects; so many at most.

    The values with most hits first; 'unknown' is a value.
    """
    rows = values.of(catalog, selection, name)
    counted = rows.group_by("value").aggregate(projects=rows.count())
    return (
        counted.select("value", "projects", parameter=ibis.literal(name))
        .order_by(ibis.desc("projects"), "value")
        .limit(most)
    )


def facets(
    catalog: Catalog, selection: Selection, names: Collection[str] = COUNTED, most: int = MOST
) -> pd.DataFrame:
    """The options of some filters, as a frame: parameter, value, projects.

    A filter's own choice is passed over when its options are counted.
    """
    parts = [
        catalog.rows(
            options,
            selection,
            name,
            most,
            but=name if selection.values(name) or selection.values_left_out(name) else "",
        )
        for name in names
    ]
    return pd.concat(parts, ignore_index=True)
