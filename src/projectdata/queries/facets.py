"""How many hits each option of a filter would give, given the other filters."""

from collections.abc import Collection
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.selection import FILTERS, UNKNOWN, Selection

COUNTED = tuple(name for name in FILTERS if name != "project")
"""A project has one hit: counting them says nothing."""

NOT_TOTALLED = ("organisation",)
"""Filters whose options are counted when they are asked for: too many to count all beforehand."""

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


def totals(
    catalog: Catalog, selection: Selection, name: str, most: int, relevance: tuple[str, ...]
) -> ir.Table:
    """The same as `options` where nothing but relevance narrows the projects, counted beforehand.

    `relevance` gives the values chosen; none means all projects.
    """
    if name == "status":
        rows = _edges(catalog, selection.day)
    else:
        counted = catalog.tables["filter_totals"]
        rows = counted.filter(counted.parameter == name)
    if relevance:
        rows = rows.filter(rows.relevance.isin(relevance))
    summed = rows.group_by("value").aggregate(projects=rows.projects.sum().cast("int64"))
    summed = summed.filter(summed.projects > 0)
    return (
        summed.select("value", "projects", parameter=ibis.literal(name))
        .order_by(ibis.desc("projects"), "value")
        .limit(most)
    )


def _edges(catalog: Catalog, day: date) -> ir.Table:
    """Of each row of `period_edges` the status on a day that it adds projects to, or takes from.

    Running are those that have started, less those of them that have ended.
    """
    edges, on = catalog.tables["period_edges"], ibis.date(day.year, day.month, day.day)
    starts = edges.edge == "start"
    is_over = (edges.edge == "end") & (edges.day < on)
    added = edges.filter(~((edges.edge == "end") & edges.is_whole & (edges.day >= on)))
    added = added.select(
        "relevance",
        "projects",
        value=ibis.cases(
            (starts & (edges.day > on), "planned"),
            (starts & edges.is_whole, "running"),
            (is_over, "ended"),
            else_=UNKNOWN,
        ),
    )
    taken = edges.filter(is_over & edges.is_whole)
    taken = taken.select("relevance", projects=-taken.projects, value=ibis.literal("running"))
    return added.union(taken)


def facets(
    catalog: Catalog, selection: Selection, names: Collection[str] = COUNTED, most: int = MOST
) -> pd.DataFrame:
    """The options of some filters, as a frame: parameter, value, projects.

    A filter's own choice is passed over when its options are counted.
    """
    return pd.concat(
        [_options(catalog, selection, name, most) for name in names], ignore_index=True
    )


def _options(catalog: Catalog, selection: Selection, name: str, most: int) -> pd.DataFrame:
    rest = selection.choosing(name, ()).leaving_out(name, ())
    if name not in NOT_TOTALLED and rest.choosing("relevance", ()).is_everything:
        return catalog.rows(totals, selection, name, most, rest.values("relevance"))
    return catalog.rows(options, selection, name, most, but=name if rest != selection else "")
