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

IN_TOTALS = tuple(name for name in COUNTED if name not in (*NOT_TOTALLED, "status"))
"""Filters of which each value is counted beforehand; a status changes with the day."""

TOTALLED = ("parameter", "value", "relevance", "projects")
"""The columns of what is counted beforehand."""

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
    catalog: Catalog, selection: Selection, names: tuple[str, ...], relevance: tuple[str, ...]
) -> ir.Table:
    """The same as `options`, of several filters and without a limit, counted beforehand.

    Nothing but relevance may narrow the projects: `relevance` gives the values chosen, none means
    all projects.
    """
    counted = catalog.tables["filter_totals"].select(*TOTALLED)
    if "status" in names:
        counted = counted.union(_edges(catalog, selection.day))
    rows = counted.filter(counted.parameter.isin(names))
    if relevance:
        rows = rows.filter(rows.relevance.isin(relevance))
    summed = rows.group_by("parameter", "value").aggregate(
        projects=rows.projects.sum().cast("int64")
    )
    return (
        summed.filter(summed.projects > 0)
        .select("value", "projects", "parameter")
        .order_by("parameter", ibis.desc("projects"), "value")
    )


def sides(catalog: Catalog, selection: Selection, name: str, value: str) -> ir.Table:
    """The same as `options` of relevance, where one value of one filter narrows the projects."""
    counted = catalog.tables["filter_totals"]
    rows = counted.filter((counted.parameter == name) & (counted["value"] == value))
    return rows.select(
        value="relevance", projects="projects", parameter=ibis.literal("relevance")
    ).order_by(ibis.desc("projects"), "value")


def _edges(catalog: Catalog, day: date) -> ir.Table:
    """Of each row of `period_edges` the status on a day that it adds projects to, or takes from.

    Running are those that have started, less those of them that have ended. Columns as those of
    `filter_totals`.
    """
    edges, on = catalog.tables["period_edges"], ibis.date(day.year, day.month, day.day)
    starts = edges.edge == "start"
    is_over = (edges.edge == "end") & (edges.day < on)
    value = ibis.cases(
        (starts & (edges.day > on), "planned"),
        (starts & edges.is_whole, "running"),
        (is_over, "ended"),
        else_=UNKNOWN,
    )
    columns = {"parameter": ibis.literal("status"), "relevance": edges.relevance}
    # An end that has not come says nothing that its start does not say.
    added = edges.filter(~((edges.edge == "end") & edges.is_whole & (edges.day >= on)))
    added = added.select(value=value, projects=edges.projects, **columns)
    taken = edges.filter(is_over & edges.is_whole)
    taken = taken.select(value=ibis.literal("running"), projects=-edges.projects, **columns)
    return added.union(taken).select(*TOTALLED)


def facets(
    catalog: Catalog, selection: Selection, names: Collection[str] = COUNTED, most: int = MOST
) -> pd.DataFrame:
    """The options of some filters, as a frame: parameter, value, projects.

    A filter's own choice is passed over when its options are counted.
    """
    asked: dict[tuple[str, ...], list[str]] = {}
    found = {}
    for name in names:
        rest = selection.choosing(name, ()).leaving_out(name, ())
        one = rest.only if name == "relevance" else None
        if one is not None and one[0] in IN_TOTALS:
            found[name] = catalog.rows(sides, selection, *one)
        elif name not in NOT_TOTALLED and rest.choosing("relevance", ()).is_everything:
            asked.setdefault(rest.values("relevance"), []).append(name)
        else:
            but = name if rest != selection else ""
            found[name] = catalog.rows(options, selection, name, most, but=but)
    for relevance, totalled in asked.items():
        rows = catalog.rows(totals, selection, tuple(totalled), relevance)
        found |= {name: rows[rows["parameter"] == name].head(most) for name in totalled}
    return pd.concat([found[name] for name in names], ignore_index=True)
