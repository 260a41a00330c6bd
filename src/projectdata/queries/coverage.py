"""How much is known: by field and collection, by source, and where sources disagree."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.queries.summary import MEASURES
from projectdata.selection import Selection

ANY_AMOUNT = "any_amount"
BOTH_EXACT = "both_exact"
LINKED = ("country", "lead_country", "target_group", "service", "region")
TEXTS = ("name_en", "name_fi", "summary_en", "summary_fi", "url")
FIELDS = (
    "period",
    "both_dates",
    *LINKED,
    "placed",
    ANY_AMOUNT,
    *MEASURES,
    BOTH_EXACT,
    *TEXTS,
)
"""What is counted, in the order it is shown."""


def known_fields(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection and field: collection, known_field, known, projects.

    'any_amount' is an amount in any measure, zero included; 'both_exact' an exact total budget and
    an exact EU contribution; 'placed' a place with coordinates, or the seat of a partner.
    """
    rows = _flags(catalog)
    counts = rows.group_by("collection").aggregate(
        projects=rows.count(), **{field: rows.count(where=rows[field]) for field in FIELDS}
    )
    return counts.pivot_longer(list(FIELDS), names_to="known_field", values_to="known").select(
        "collection", "known_field", "known", "projects"
    )


def _flags(catalog: Catalog) -> ir.Table:
    facts, tables = catalog.kept, catalog.tables
    places = tables["places"]
    organisations, taking_part = tables["organisations"], tables["participations"]
    seated = organisations.filter(organisations.latitude.notnull()).organisation_id
    placed = places.filter(places.latitude.notnull()).select("project_id")
    partners = taking_part.filter(
        taking_part.organisation_id.isin(seated)
        & taking_part.role.notin(["funder", "managing_authority"])
    ).select("project_id")
    somewhere = placed.union(partners, distinct=True)
    flags = {
        "period": ibis.coalesce(facts.start_date, facts.end_date).notnull(),
        "both_dates": facts.start_date.notnull() & facts.end_date.notnull(),
        "placed": facts.project_id.isin(somewhere.project_id),
        ANY_AMOUNT: ibis.coalesce(*(facts[measure] for measure in MEASURES)).notnull(),
        BOTH_EXACT: ibis.coalesce(
            (facts.total_budget_precision == "exact")
            & (facts.eu_contribution_precision == "exact"),
            False,
        ),
        **{measure: facts[measure].notnull() for measure in MEASURES},
    }
    for name in LINKED:
        flags[name] = values.known(catalog, name)
    said = tables["projects"]
    said = said.select(
        said_id="project_id", **{f"has_{column}": said[column].notnull() for column in TEXTS}
    )
    rows = facts.select("collection", "project_id", **flags).join(
        said, ibis._.project_id == said.said_id
    )
    return rows.select(
        "collection",
        **{field: rows[f"has_{field}" if field in TEXTS else field] for field in FIELDS},
    )


def collections(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection: collection, projects, countries."""
    facts = catalog.kept
    countries = catalog.tables["project_countries"]
    joined = facts.select("project_id", "collection").left_join(
        countries.select("project_id", "country"), "project_id"
    )
    return joined.group_by("collection").aggregate(
        projects=joined.project_id.nunique(), countries=joined.country.nunique()
    )


def in_depth(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project described in full, by id: project_id, acronym, name."""
    facts = catalog.kept
    name = facts[f"title_{selection.lang}"]
    return (
        facts.filter(facts.is_in_depth)
        .select("project_id", "acronym", name=name)
        .order_by("project_id")
    )


def reliability(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection and reliability of the projects' own source: …, projects."""
    projects = catalog.tables["projects"]
    projects = projects.filter(projects.project_id.isin(catalog.kept.project_id))
    rows = projects.join(catalog.tables["sources"], "source_id").select("collection", "reliability")
    return rows.group_by("collection", "reliability").aggregate(projects=rows.count())


def conflicts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per conflict, of the projects in depth first.

    conflict_id, project_id, acronym, project, kind, is_in_depth, topic, handling.
    """
    rows = catalog.tables["conflicts"].join(
        catalog.kept.select(
            "project_id", "acronym", "is_in_depth", project=f"title_{selection.lang}"
        ),
        "project_id",
    )
    return rows.select(
        "conflict_id",
        "project_id",
        "acronym",
        "project",
        "kind",
        "is_in_depth",
        topic=rows[f"topic_{selection.lang}"],
        handling=rows[f"handling_{selection.lang}"],
    ).order_by(ibis.desc("is_in_depth"), "project_id", "conflict_id")


def conflict_statements(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per statement of a conflict, the displayed one first.

    conflict_id, is_displayed, said, note, basis, source_title, source_url, reliability, accessed.
    """
    said = catalog.tables["statements"]
    said = said.filter(said.conflict_id.notnull() & said.project_id.isin(catalog.kept.project_id))
    sources = catalog.tables["sources"].select(
        "source_id", "reliability", "accessed", source_title="title", source_url="url"
    )
    rows = said.left_join(sources, "source_id")
    return rows.select(
        "conflict_id",
        "is_displayed",
        "basis",
        "source_title",
        "source_url",
        "reliability",
        "accessed",
        "order",
        said=rows[f"text_{selection.lang}"],
        note=rows[f"note_{selection.lang}"],
    ).order_by("conflict_id", ibis.desc("is_displayed"), "order")


STATING = (
    "records",
    "periods",
    "amounts",
    "participations",
    "places",
    "project_target_groups",
    "project_services",
    "statements",
    "events",
    "outputs",
)
"""The tables whose rows name a project and a source."""


def sources(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per source: its columns, and of the matching projects how many it says something of.

    source_id, title, publisher, url, kind, language, published, accessed, licence, reliability,
    projects.
    """
    tables = catalog.tables
    # Whatever an imported record states is of its own source: no need to look into every table.
    curated = tables["sources"].filter(~tables["sources"].is_imported).source_id
    parts = []
    for name in STATING:
        rows = tables[name]
        rows = rows.filter(rows.project_id.isin(catalog.kept.project_id))
        rows = rows if name == "records" else rows.filter(rows.source_id.isin(curated))
        parts.append(rows.select("project_id", "source_id"))
    stated = ibis.union(*parts, distinct=True)
    counted = stated.group_by("source_id").aggregate(projects=stated.project_id.nunique())
    rows = tables["sources"].left_join(counted, "source_id").drop("source_id_right")
    return rows.select(
        "source_id",
        "title",
        "publisher",
        "url",
        "kind",
        "language",
        "published",
        "accessed",
        "licence",
        "reliability",
        projects=rows.projects.fill_null(0),
    ).order_by(ibis.desc("projects"), "title")


def table_sizes(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per table of the package: table_name, records. All rows, whatever is selected."""
    counted = [
        ibis.table({"n": "int64"}, name=name, database="stated").aggregate(
            table_name=ibis.literal(name), records=ibis._.count()
        )
        for name in catalog.package.tables
    ]
    return ibis.union(*counted)
