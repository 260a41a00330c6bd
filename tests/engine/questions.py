"""What every engine is asked: each query of the package, with the arguments its pages use."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator

import ibis.expr.types as ir

from projectdata import queries
from projectdata.catalog import Catalog
from projectdata.queries import funding, organisations, practices, project, timeline
from projectdata.queries.exported import FEATURE_COLUMNS, PROJECT_COLUMNS
from projectdata.selection import Code, Selection

ARGUMENTS: dict[str, list[tuple]] = {
    "compare.values_of": [("country",), ("status",), ("collection",)],
    "denominators.counted": [("country",), ("wellbeing_county",)],
    "exported.chosen_rows": [(PROJECT_COLUMNS,), (("project_id", "status"),)],
    "exported.features": [(FEATURE_COLUMNS,), (("name",),)],
    "facets.options": [(name, 5) for name in ("country", "fund", "status", "organisation")],
    "facets.sides": [("country", "FI"), ("fund", "unknown")],
    "facets.totals": [
        (("country",), ()),
        (("fund", "status"), ("social",)),
        (("relevance",), ("other",)),
    ],
    "funding.amounts_by": [(by,) for by in funding.DIMENSIONS],
    "funding.biggest": [(3,)],
    "funding.cofinancing": [("collection",), ("country",)],
    "funding.cofinancing_medians": [("collection",), ("country",)],
    "funding.other_currencies": [(10,)],
    "organisations.organisation": [("lead-fi",), ("nobody",)],
    "organisations.organisations": [
        *[("", order) for order in organisations.ORDERS],
        ("malmo", "name"),
        ("", "projects", 3, 0),
        ("", "projects", 3, 3),
    ],
    "organisations.partners_of": [("lead-fi",)],
    "organisations.projects_of": [("lead-fi",)],
    "places.first_records": [("places", 3)],
    "places.first_unplaced": [(3,)],
    "places.kinds": [("places",), ("seats",)],
    "places.partners_of": [("two-ways",)],
    "places.records": [("places",), ("labs",), ("seats",), ("places", (20.0, 60.0, 26.0, 67.0))],
    "places.spot_count": [("places",), ("labs",), ("seats",)],
    "places.spots": [("places", 0.5), ("labs", 0.01), ("seats", 8.0)],
    "practices.commonest": [(5,)],
    "practices.outputs": [(practices.PUBLICATIONS,), (("guide", "good_practice"),)],
    "project.about": [(table,) for table in (*project.DOSSIER, "project_countries")],
    "project.stated": [(table,) for table in ("periods", "amounts", "places", "outputs", "events")],
    "project.suggestions": [("",), ("jyvaskyla",), ("it's \\ 100 %",)],
    "rows.project_page": [(0, 5), (5, 5)],
    "timeline.bars": [(lanes, 0, 6) for lanes in timeline.LANES] + [("collection", 4, 6)],
    "timeline.count_of": [(timeline.undated,), (timeline.period_statements,)],
    "timeline.first_of": [(timeline.undated, 1), (timeline.recently_ended, 3)],
    "timeline.lane_sizes": [(lanes,) for lanes in timeline.LANES],
    "timeline.periods_of": [("same-register",), (Code("near"),)],
    "timeline.running": [(5,)],
    "values.of": [(name,) for name in ("country", "status", "collection")],
}
"""The arguments after catalog and selection, of the queries that take any."""

Query = Callable[..., ir.Table]


def found() -> dict[str, Query]:
    """Every public query by name: what takes a catalog and a selection and gives an expression."""
    named = {}
    for module in pkgutil.iter_modules(queries.__path__, f"{queries.__name__}."):
        for name, function in _functions(module.name):
            hints = typing.get_type_hints(function)
            kinds = [hints[parameter] for parameter in inspect.signature(function).parameters]
            if kinds[:2] == [Catalog, Selection] and hints["return"] is ir.Table:
                named[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return named


def _functions(module: str) -> Iterator[tuple[str, Query]]:
    for name, function in inspect.getmembers(importlib.import_module(module), inspect.isfunction):
        if function.__module__ == module and not name.startswith("_"):
            yield name, function


def takes_arguments(query: Query) -> bool:
    """True where a query cannot be asked with a catalog and a selection alone."""
    parameters = list(inspect.signature(query).parameters.values())[2:]
    return any(parameter.default is parameter.empty for parameter in parameters)
