"""Who takes part, in what role, since when, and with whom."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.folding import fold
from projectdata.queries.project import organisation_name
from projectdata.queries.rows import JOINED
from projectdata.selection import Selection

DOERS = ("lead", "beneficiary", "partner", "associated")
"""The roles of those who do the work: funders and authorities work with everybody."""

LEADS = ("lead", "beneficiary")

ORDERS = ("projects", "name", "country", "last_active", "first_active")
"""The ways to sort the table, the default first."""

MOST_IN_NETWORK = 60

_ = ibis._


def organisations(
    catalog: Catalog,
    selection: Selection,
    text: str = "",
    order: str = "projects",
    limit: int | None = None,
    offset: int = 0,
) -> ir.Table:
    """One row an organisation of the matching projects.

    organisation_id, name, name_original, organisation_type, country, city, business_id, roles
    (joined with ' | '), projects, of these does (as lead, partner or collaborator) and leads,
    first_active and last_active (dates of the displayed periods), and matches: the rows there are
    without the limit.
    """
    taking_part = _taking_part(catalog)
    grouped = taking_part.group_by("organisation_id").aggregate(
        roles=taking_part.role.collect(distinct=True).sort().join(JOINED),
        projects=taking_part.project_id.nunique(),
        leads=taking_part.project_id.nunique(where=taking_part.role.isin(LEADS)),
        does=taking_part.project_id.nunique(where=taking_part.role.isin(DOERS)),
        first_active=taking_part.start_date.min(),
        last_active=taking_part.end_date.max(),
    )
    all_names = catalog.tables["organisations"]
    rows = grouped.join(all_names, "organisation_id")
    rows = rows.mutate(name=organisation_name(rows, selection.lang))
    searched = _folded(rows.name, rows.name_original, rows.name_en, rows.name_fi, rows.city)
    for part in fold(text).split():
        rows = rows.filter(searched.contains(part))
    rows = rows.select(
        "organisation_id",
        "name",
        "name_original",
        "organisation_type",
        "country",
        "city",
        "business_id",
        "roles",
        "projects",
        "does",
        "leads",
        "first_active",
        "last_active",
        "source_id",
        matches=_.count().over(ibis.window()),
    )
    keys = {
        "projects": [rows.does.desc(), rows.projects.desc()],
        "name": [],
        "country": [rows.country.asc(nulls_first=False), rows.projects.desc()],
        "last_active": [rows.last_active.desc(nulls_first=False)],
        "first_active": [rows.first_active.asc(nulls_first=False)],
    }
    rows = rows.order_by(*keys[order], rows.name, rows.organisation_id)
    return rows.limit(limit, offset=offset) if limit is not None else rows


def participation_counts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: projects (unique), projects_with (with a named organisation), organisations and
    participations (one organisation in one project, whatever its roles).
    """  # noqa: D205
    pairs = _taking_part(catalog).select("project_id", "organisation_id").distinct()
    return pairs.aggregate(
        projects_with=pairs.project_id.nunique(),
        organisations=pairs.organisation_id.nunique(),
        participations=pairs.count(),
    ).cross_join(catalog.kept.aggregate(projects=catalog.kept.count()))


def organisation(catalog: Catalog, selection: Selection, organisation_id: str) -> ir.Table:
    """One row: the organisation, all its names, with its source. No row where it does not exist."""
    rows = catalog.tables["organisations"]
    rows = rows.filter(rows.organisation_id == organisation_id)
    rows = rows.mutate(name=organisation_name(rows, selection.lang))
    sources = catalog.tables["sources"].select(
        "source_id", source_title="title", source_url="url", source_reliability="reliability"
    )
    return rows.left_join(sources, "source_id").drop("source_id_right")


def projects_of(catalog: Catalog, selection: Selection, organisation_id: str) -> ir.Table:
    """One row per project of an organisation, in the whole data: project_id, title, collection,
    roles (joined), start_date, end_date, period_precision, is_selected (the selection keeps it).
    """  # noqa: D205
    facts, parts = catalog.tables["facts"], catalog.tables["participations"]
    parts = parts.filter(parts.organisation_id == organisation_id)
    roles = parts.group_by("project_id").aggregate(
        roles=parts.role.collect(distinct=True).sort().join(JOINED)
    )
    rows = facts.join(roles, "project_id")
    return rows.select(
        "project_id",
        "collection",
        "roles",
        "start_date",
        "end_date",
        "period_precision",
        title=f"title_{selection.lang}",
        is_selected=rows.project_id.isin(catalog.kept.project_id),
    ).order_by(_.start_date.desc(nulls_first=False), "project_id")


def partners_of(catalog: Catalog, selection: Selection, organisation_id: str) -> ir.Table:
    """One row per organisation that works with one, in the whole data: organisation_id, name,
    organisation_type, country, city, latitude, longitude, projects (in common).
    """  # noqa: D205
    parts = catalog.tables["participations"]
    parts = parts.filter(parts.role.isin(DOERS)).select("project_id", "organisation_id").distinct()
    mine = parts.filter(parts.organisation_id == organisation_id).project_id
    others = parts.filter(parts.project_id.isin(mine) & (parts.organisation_id != organisation_id))
    counted = others.group_by("organisation_id").aggregate(projects=others.count())
    rows = counted.join(catalog.tables["organisations"], "organisation_id")
    rows = rows.mutate(name=organisation_name(rows, selection.lang))
    return rows.select(
        "organisation_id",
        "name",
        "organisation_type",
        "country",
        "city",
        "latitude",
        "longitude",
        "projects",
    ).order_by(_.projects.desc(), "name", "organisation_id")


def cooperation(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per pair of organisations with a common project, among the 60 with most partners.

    a_id, a_name, a_type, a_country, a_projects, the same of b, and projects (in common). Funders
    and authorities are left out.
    """
    parts = _taking_part(catalog)
    parts = parts.filter(parts.role.isin(DOERS)).select("project_id", "organisation_id").distinct()
    other = parts.view()
    pairs = parts.join(other, "project_id").select(
        "project_id", a_id=parts.organisation_id, b_id=other.organisation_id
    )
    both = pairs.filter(pairs.a_id != pairs.b_id)
    counted = both.group_by("a_id", "b_id").aggregate(projects=both.project_id.nunique())
    known = counted.group_by("a_id").aggregate(partners=counted.count())
    best = known.order_by(known.partners.desc(), known.a_id).limit(MOST_IN_NETWORK)
    inside = counted.filter(
        (counted.a_id < counted.b_id) & counted.a_id.isin(best.a_id) & counted.b_id.isin(best.a_id)
    )
    sizes = parts.group_by("organisation_id").aggregate(own=parts.count())
    names = catalog.tables["organisations"].join(sizes, "organisation_id")
    names = names.mutate(name=organisation_name(names, selection.lang))
    rows = inside
    for side in ("a", "b"):
        named = names.select(
            **{
                f"{side}_id": "organisation_id",
                f"{side}_name": "name",
                f"{side}_type": "organisation_type",
                f"{side}_country": "country",
                f"{side}_projects": "own",
            }
        )
        rows = rows.join(named, f"{side}_id")
    return rows.order_by(rows.projects.desc(), rows.a_name, rows.b_name)


def _taking_part(catalog: Catalog) -> ir.Table:
    parts = catalog.tables["participations"]
    periods = catalog.kept.select("project_id", "start_date", "end_date")
    return parts.join(periods, "project_id")


def _folded(*columns: ir.StringValue) -> ir.StringValue:
    joined = ibis.literal("")
    for column in columns:
        joined = joined.concat(" ", column.fill_null(""))
    return _fold(joined)


@ibis.udf.scalar.builtin(name="fold")
def _fold(text: str) -> str:  # type: ignore[empty-body]  # Ibis takes only the signature
    """Small letters without accents: the engine's own `fold`, as in `search_text`."""
