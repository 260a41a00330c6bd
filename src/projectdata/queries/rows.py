"""The rows that a reader takes away: one a project, with everything a table can hold of it."""

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
    rows = facts.select(
        "project_id",
        *PERIOD,
        *[c for m in MEASURES for c in (m, f"{m}_precision")],
        status=status_on(facts, selection.day),
    ).join(projects, "project_id")
    for name, column in (
        ("country", "countries"),
        ("lead_country", "lead_countries"),
        ("target_group", "target_groups"),
        ("service", "services"),
        ("region", "regions"),
        ("wellbeing_county", "wellbeing_counties"),
    ):
        rows = _joined(rows, values.said(catalog, name, facts), column)
    organisations = tables["organisations"]
    named = organisations.select(
        "organisation_id",
        value=ibis.coalesce(
            organisations.name_original, organisations.name_en, organisations.name_fi
        ),
    )
    taking_part = tables["participations"]
    taking_part = taking_part.filter(taking_part.project_id.isin(facts.project_id))
    leads = taking_part.filter(taking_part.role.isin(["lead", "beneficiary"]))
    partners = taking_part.filter(taking_part.role.isin(["partner", "associated"]))
    for some, column in ((leads, "lead_organisations"), (partners, "partner_organisations")):
        listed = some.join(named, "organisation_id").select("project_id", "value").distinct()
        rows = _joined(rows, listed, column)
    sources = tables["sources"]
    rows = rows.left_join(
        sources.select(
            "source_id", source_title="title", source_url="url", reliability="reliability"
        ),
        "source_id",
    ).drop("source_id_right")
    return rows.select(*COLUMNS).order_by("project_id")


def _joined(rows: ir.Table, listed: ir.Table, column: str) -> ir.Table:
    lists = listed.group_by("project_id").aggregate(
        # Sorting short lists is cheaper than grouping rows in an order.
        **{column: listed.value.collect().sort().join(JOINED)}
    )
    return rows.left_join(lists, "project_id").drop("project_id_right")


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
