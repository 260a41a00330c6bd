"""Where projects are: by country, by place, by the seats of those who take part."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries.rows import JOINED
from projectdata.selection import Selection

TAKING_PART = ("lead", "beneficiary", "partner", "associated")
"""The roles whose seats are shown: those who do the work, not those who pay or watch."""

EXACT_KINDS = ("lab", "implementation")
"""The kinds of place where the work itself is; a seat or a region's centre only stands for it."""


def countries(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per country that a project touches.

    country, projects, alone_projects, published, amount_eur. `projects` counts a project in
    each of its countries. An amount cannot be split, so `published`
    and `amount_eur` are of `alone_projects`, those that touch no other country; without a published
    amount the sum is missing, never 0.
    """
    rows = _touching(catalog, selection)
    alone = rows.breadth == 1
    return (
        rows.group_by("country")
        .aggregate(
            projects=rows.count(),
            alone_projects=rows.count(where=alone),
            published=rows.amount.count(where=alone),
            amount_eur=rows.amount.sum(where=alone),
        )
        .order_by(ibis.desc("projects"), "country")
    )


def outside_countries(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: what the colours of single countries leave out, so that parts and whole meet.

    several_projects, several_published, several_eur (projects in more than one country) and
    nowhere_projects, nowhere_published, nowhere_eur (no country known).
    """
    kept = catalog.kept
    rows = kept.select(breadth="country_count", amount=kept[selection.measure])
    columns = {}
    for name, those in (("several", rows.breadth > 1), ("nowhere", rows.breadth == 0)):
        columns[f"{name}_projects"] = rows.count(where=those)
        columns[f"{name}_published"] = rows.amount.count(where=those)
        columns[f"{name}_eur"] = rows.amount.sum(where=those)
    return rows.aggregate(**columns)


def spots(catalog: Catalog, selection: Selection, kind: str, cell: float) -> ir.Table:
    """One row per cell of a grid of `cell` degrees that holds a place of the kind.

    longitude, latitude (the middle of its places), west, south, east, north, places (rows of
    `records`), projects, exact_places, collections, and collection, title, name, place_kind,
    project_id of one of its places.
    """
    rows = _records(catalog, selection, kind)
    rows = rows.mutate(x=(rows.longitude / cell).floor(), y=(rows.latitude / cell).floor())
    return (
        rows.group_by("x", "y")
        .aggregate(
            longitude=rows.longitude.mean(),
            latitude=rows.latitude.mean(),
            west=rows.longitude.min(),
            south=rows.latitude.min(),
            east=rows.longitude.max(),
            north=rows.latitude.max(),
            places=rows.count(),
            projects=rows.project_id.nunique(),
            exact_places=rows.count(where=rows.is_exact),
            collections=rows.collection.nunique(),
            collection=rows.collection.min(),
            title=rows.title.min(),
            name=rows.name.min(),
            place_kind=rows.place_kind.min(),
            project_id=rows.project_id.min(),
        )
        .drop("x", "y")
        .order_by(ibis.desc("places"), "latitude", "longitude")
    )


def spot_count(catalog: Catalog, selection: Selection, kind: str) -> ir.Table:
    """One row: spots (different points), places, projects with a place of the kind."""
    rows = _records(catalog, selection, kind)
    points = rows.select("longitude", "latitude").distinct()
    return rows.aggregate(places=rows.count(), projects=rows.project_id.nunique()).cross_join(
        points.aggregate(spots=points.count())
    )


def kinds(catalog: Catalog, selection: Selection, kind: str) -> ir.Table:
    """One row per kind of place among the rows of `records`: place_kind, places; most first."""
    rows = _records(catalog, selection, kind)
    counted = rows.group_by("place_kind").aggregate(places=rows.count())
    return counted.order_by(ibis.desc("places"), "place_kind")


def records(
    catalog: Catalog,
    selection: Selection,
    kind: str,
    bounds: tuple[float, float, float, float] | None = None,
) -> ir.Table:
    """One row per place with coordinates, or per project and seat of who takes part in it.

    project_id, title, collection, name (of the place or organisation), town, country, place_kind,
    precision, place_basis, latitude, longitude, source_title, source_url; all of them, or those
    inside `bounds` (west, south, east, north).
    """
    rows = _records(catalog, selection, kind)
    if bounds:
        west, south, east, north = bounds
        rows = rows.filter(rows.longitude.between(west, east) & rows.latitude.between(south, north))
    sources = catalog.tables["sources"].select("source_id", source_title="title", source_url="url")
    rows = rows.left_join(sources, "source_id")
    # Places of a project may have one name and one point: the order is the same on every engine.
    keys = ("country", "name", "title", "project_id", "latitude", "longitude", "place_kind")
    return rows.select(*RECORD_COLUMNS).order_by(*keys)


def unplaced_reasons(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per reason of `unplaced`: reason, projects."""
    rows = _absent(catalog)
    seated = _seats(catalog, selection)
    reasons = rows.select(
        reason=ibis.cases(
            (rows.project_id.isin(seated.project_id), "seats"),
            (rows.has_country, "country"),
            else_="nothing",
        )
    )
    return reasons.group_by("reason").aggregate(projects=reasons.count())


def _absent(catalog: Catalog) -> ir.Table:
    """The kept projects without a place on the map."""
    kept, places = catalog.kept, _places(catalog)
    placed = places.filter(places.project_id.isin(kept.project_id))
    return kept.filter(kept.project_id.notin(placed.project_id))


def unplaced(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project without a place on the map.

    project_id, title, collection, countries, reason: 'seats' (no place of its own, but seats of
    those who take part), 'country' (only the
    country is known) or 'nothing'.
    """
    seated = _seats(catalog, selection)
    touched = catalog.tables["project_countries"]
    absent = _absent(catalog)
    touched = touched.filter(touched.project_id.isin(absent.project_id))
    lists = touched.group_by("project_id").aggregate(
        countries=touched.country.group_concat(JOINED, order_by=touched.country)
    )
    rows = absent.left_join(lists, "project_id")
    return rows.select(
        "project_id",
        title=_title(rows, selection),
        collection="collection",
        countries="countries",
        reason=ibis.cases(
            (rows.project_id.isin(seated.project_id), "seats"),
            (rows.countries.notnull(), "country"),
            else_="nothing",
        ),
    ).order_by("reason", "countries", "title", "project_id")


def connected_projects(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project whose partners sit on at least two spots: project_id, title, spots."""
    seats = _seats(catalog, selection)
    points = seats.select("project_id", "longitude", "latitude").distinct()
    counted = points.group_by("project_id").aggregate(spots=points.count())
    rows = catalog.kept.join(counted.filter(counted.spots > 1), "project_id")
    return rows.select("project_id", title=_title(rows, selection), spots="spots").order_by(
        ibis.desc("spots"), "title", "project_id"
    )


def partners_of(catalog: Catalog, selection: Selection, project_id: str) -> ir.Table:
    """One row per organisation that does the work of one project of the selection.

    organisation_id, name, town, country, role (the first of lead, beneficiary, partner,
    associated), is_lead, latitude, longitude (missing where the seat is not known).
    """
    taking_part, records = _taking_part(catalog), catalog.tables["identities"]
    taking_part = taking_part.filter(
        taking_part.project_id.isin(records.filter(records.record_id == project_id).project_id)
        & taking_part.project_id.isin(catalog.kept.project_id)
    )
    roles = taking_part.group_by("organisation_id").aggregate(rank=taking_part.rank.min())
    rows = roles.join(catalog.tables["organisations"], "organisation_id")
    return rows.select(
        "organisation_id",
        name=_organisation_name(rows, selection),
        town="city",
        country="country",
        role=ibis.cases(
            *((rows["rank"] == n, role) for n, role in enumerate(TAKING_PART)), else_="partner"
        ),
        is_lead=rows["rank"] < 2,
        latitude="latitude",
        longitude="longitude",
    ).order_by(ibis.desc("is_lead"), "country", "name")


RECORD_COLUMNS = (
    "project_id",
    "title",
    "collection",
    "name",
    "town",
    "country",
    "place_kind",
    "precision",
    "place_basis",
    "latitude",
    "longitude",
    "source_title",
    "source_url",
)


def _touching(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project and country: country, amount, breadth (the project's countries)."""
    kept = catalog.kept
    touched = catalog.tables["project_countries"]
    amounts = kept.select("project_id", breadth="country_count", amount=kept[selection.measure])
    return touched.select("project_id", "country").join(amounts, "project_id")


def _records(catalog: Catalog, selection: Selection, kind: str) -> ir.Table:
    """Places of one kind ('places', 'labs' or 'seats') of the selection's projects."""
    if kind == "seats":
        rows = _seats(catalog, selection)
    else:
        rows = _places(catalog)
        if kind == "labs":
            rows = rows.filter(rows.lab_id.notnull())
        rows = rows.mutate(town=rows.name, is_exact=rows.place_kind.isin(EXACT_KINDS))
    kept = catalog.kept
    named = kept.select("project_id", "collection", title=_title(kept, selection))
    return rows.join(named, "project_id")


def _places(catalog: Catalog) -> ir.Table:
    places = catalog.tables["places"]
    return places.filter(places.latitude.notnull() & places.longitude.notnull())


def _seats(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project and organisation that takes part in it and whose seat is known."""
    pairs = _taking_part(catalog).select("project_id", "organisation_id")
    pairs = pairs.filter(pairs.project_id.isin(catalog.kept.project_id)).distinct()
    rows = pairs.join(catalog.tables["organisations"], "organisation_id")
    rows = rows.filter(rows.latitude.notnull() & rows.longitude.notnull())
    return rows.select(
        "project_id",
        "country",
        "latitude",
        "longitude",
        "place_basis",
        "source_id",
        name=_organisation_name(rows, selection),
        town="city",
        place_kind=ibis.literal("seat"),
        precision=ibis.literal("municipality"),
        is_exact=ibis.literal(True),
    )


def _taking_part(catalog: Catalog) -> ir.Table:
    """One row per project, organisation and role of those who do the work, with its rank."""
    rows = catalog.tables["participations"]
    rows = rows.filter(rows.role.isin(TAKING_PART))
    rank = ibis.cases(*((rows.role == role, n) for n, role in enumerate(TAKING_PART)), else_=9)
    return rows.select("project_id", "organisation_id", rank=rank)


def _title(rows: ir.Table, selection: Selection) -> ir.StringValue:
    return ibis.coalesce(rows.acronym, rows[f"title_{selection.lang}"])


def _organisation_name(rows: ir.Table, selection: Selection) -> ir.StringValue:
    other = "fi" if selection.lang == "en" else "en"
    return ibis.coalesce(
        rows[f"name_{selection.lang}"],
        rows.name_original,
        rows[f"name_{other}"],
        rows.organisation_id,
    )


def first_records(catalog: Catalog, selection: Selection, kind: str, most: int) -> ir.Table:
    """The first rows of `records`, for a table on a page."""
    return records(catalog, selection, kind).limit(most)


def first_unplaced(catalog: Catalog, selection: Selection, most: int) -> ir.Table:
    """The first rows of `unplaced`, for a table on a page."""
    return unplaced(catalog, selection).limit(most)
