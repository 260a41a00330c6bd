"""The rows that a reader takes away: one a project, with everything a table can hold of it."""

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.queries.summary import MEASURES, PERIOD
from projectdata.selection import Selection, status_on

JOINED = " | "
"""Between the values of a cell that holds several: target groups, countries, organisations."""


def project_rows(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row a project, by id: identity, period, every measure, lists joined with ' | '."""
    return _rows(catalog, selection, catalog.kept)


def project_page(catalog: Catalog, selection: Selection, start: int, size: int) -> ir.Table:
    """One row a project, by id: so many rows of `project_rows` from a place on.

    The page is cut before anything is joined to it.
    """
    page = catalog.kept.order_by("project_id").limit(size, offset=start)
    return _rows(catalog, selection, page)


def _rows(catalog: Catalog, selection: Selection, facts: ir.Table) -> ir.Table:
    tables = catalog.tables
    projects = tables["projects"]
    projects = projects.filter(projects.project_id.isin(facts.project_id))
    facts = facts.select(
        "project_id",
        *PERIOD,
        *[c for m in MEASURES for c in (m, f"{m}_precision")],
        status=status_on(facts, selection.day),
    )
    rows = facts.join(projects, "project_id")
    for column, listed in _lists(catalog, facts):
        # One chain of joins: a column left out in between would make it a statement in another.
        rows = rows.left_join(listed, rows.project_id == listed[f"{column}_of"])
    sources = tables["sources"].select(
        source="source_id", source_title="title", source_url="url", reliability="reliability"
    )
    rows = rows.left_join(sources, rows.source_id == sources.source)
    return rows.select(*COLUMNS).order_by("project_id")


LISTS = {
    "countries": "country",
    "lead_countries": "lead_country",
    "target_groups": "target_group",
    "services": "service",
    "regions": "region",
    "wellbeing_counties": "wellbeing_county",
}
"""The columns that list the values of a filter."""

ROLES = {
    "lead_organisations": ("lead", "beneficiary"),
    "partner_organisations": ("partner", "associated"),
}
"""The columns that list organisations, and in which roles."""


def _lists(catalog: Catalog, facts: ir.Table) -> Iterator[tuple[str, ir.Table]]:
    """Each column that lists something, and its rows: <column>_of (a project), <column>."""
    for column, name in LISTS.items():
        yield column, _list(values.said(catalog, name, facts), column)
    organisations, taking_part = catalog.tables["organisations"], catalog.tables["participations"]
    taking_part = taking_part.filter(taking_part.project_id.isin(facts.project_id))
    named = organisations.select(
        "organisation_id",
        value=ibis.coalesce(
            organisations.name_original, organisations.name_en, organisations.name_fi
        ),
    )
    for column, roles in ROLES.items():
        some = taking_part.filter(taking_part.role.isin(roles)).join(named, "organisation_id")
        yield column, _list(some.select("project_id", "value").distinct(), column)


def _list(rows: ir.Table, column: str) -> ir.Table:
    # Sorting short lists is cheaper than grouping rows in an order.
    listed = rows.value.collect().sort().join(JOINED)
    return rows.group_by(**{f"{column}_of": rows.project_id}).aggregate(**{column: listed})


COLUMNS = (
    "project_id",
    "acronym",
    "name_en",
    "name_en_basis",
    "name_fi",
    "name_fi_basis",
    "name_original",
    "original_language",
    "collection",
    "programme_id",
    "fund",
    "programming_period",
    "code",
    "code_scheme",
    "start_date",
    "end_date",
    "period_precision",
    "has_period_conflict",
    "status",
    "countries",
    "lead_countries",
    "regions",
    "wellbeing_counties",
    "target_groups",
    "services",
    "lead_organisations",
    "partner_organisations",
    *[c for m in MEASURES for c in (m, f"{m}_precision")],
    "summary_en",
    "summary_fi",
    "scope",
    "url",
    "source_id",
    "source_title",
    "source_url",
    "reliability",
)
"""The columns of an export, in order."""
