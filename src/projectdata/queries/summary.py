"""How much is in a selection: the figures of every page's strip and of the API's summary."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.selection import Selection

MEASURES = (
    "total_budget",
    "eu_contribution",
    "eu_and_state_granted",
    "eu_and_state_realised",
    "public_funding_planned",
    "public_funding_realised",
    "grant",
)


PERIOD = ("start_date", "end_date", "period_precision", "has_period_conflict")
"""The columns of `facts` that tell a project's displayed period."""


def measure_totals(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: projects, and a measure's <measure>_projects (with an amount) and <measure>_eur.

    A sum over no amount is missing, never 0.
    """
    facts = catalog.kept
    columns = {"projects": facts.count()}
    for measure in MEASURES:
        columns[f"{measure}_projects"] = facts[measure].count()
        columns[f"{measure}_eur"] = facts[measure].sum()
    return facts.aggregate(**columns)


def counts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: participations, organisations, countries, labs, places of the matching projects.

    A participation is one organisation in one project, whatever its roles; a place counts where
    it has coordinates.
    """
    kept = catalog.kept.project_id
    tables = catalog.tables
    taking_part = tables["participations"]
    taking_part = taking_part.filter(taking_part.project_id.isin(kept))
    pairs = taking_part.select("project_id", "organisation_id").distinct()
    countries = tables["project_countries"]
    countries = countries.filter(countries.project_id.isin(kept))
    labs = tables["labs"].filter(tables["labs"].project_id.isin(kept))
    places = tables["places"]
    places = places.filter(places.project_id.isin(kept) & places.latitude.notnull())
    one = pairs.aggregate(
        participations=pairs.count(), organisations=pairs.organisation_id.nunique()
    )
    return (
        one.cross_join(countries.aggregate(countries=countries.country.nunique()))
        .cross_join(labs.aggregate(labs=labs.count()))
        .cross_join(places.aggregate(places=places.count()))
    )


def years(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: first_start and last_end of the matching projects, and with_period (projects)."""
    facts = catalog.kept
    return facts.aggregate(
        first_start=facts.start_date.min(),
        last_end=facts.end_date.max(),
        with_period=ibis.coalesce(facts.start_date, facts.end_date).count(),
    )
