"""What a reader takes away in a file: chosen columns, dots on a map, the sources named."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries.rows import COLUMNS, project_rows
from projectdata.selection import Selection

PLACE_COLUMNS = (
    "name",
    "place_id",
    "lab_id",
    "place_name",
    "place_country",
    "place_nuts3",
    "place_kind",
    "precision",
    "place_basis",
    "place_source_id",
)
"""What a feature on a map says beside the columns of its project."""


def chosen_rows(catalog: Catalog, selection: Selection, columns: tuple[str, ...]) -> ir.Table:
    """One row a project, by id: the chosen columns of `project_rows`, in the order chosen."""
    return project_rows(catalog, selection).select(*columns)


def features(catalog: Catalog, selection: Selection, columns: tuple[str, ...]) -> ir.Table:
    """One row a place with coordinates, and one a project without any, by project and place.

    Columns: project_id, place_id, latitude, longitude and the chosen ones. Without a place the
    last three are missing.
    """
    facts, places = catalog.kept, catalog.tables["places"]
    dots = places.filter(places.latitude.notnull() & places.longitude.notnull()).select(
        "project_id",
        "place_id",
        "lab_id",
        "place_kind",
        "precision",
        "place_basis",
        "latitude",
        "longitude",
        place_name="name",
        place_country="country",
        place_nuts3="nuts3",
        place_source_id="source_id",
    )
    names = facts.select("project_id", name=facts[f"title_{selection.lang}"])
    rows = project_rows(catalog, selection).join(names, "project_id")
    rows = rows.left_join(dots, "project_id").drop("project_id_right")
    wanted = dict.fromkeys(("project_id", "place_id", "latitude", "longitude", *columns))
    return rows.order_by("project_id", ibis.asc("place_id")).select(*wanted)


def sources_of_rows(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per document that a row, a shown period or a shown amount rests on, by title.

    Columns: source_id, title, publisher, url, kind, accessed, licence, reliability, projects.
    """
    kept = catalog.kept.project_id
    tables = catalog.tables
    # What an imported record states is of its own source.
    curated = tables["sources"].filter(~tables["sources"].is_imported).source_id
    parts = [tables["projects"].filter(tables["projects"].project_id.isin(kept))]
    for name in ("periods", "amounts"):
        table = tables[name]
        shown = table.filter(table.is_displayed & table.project_id.isin(kept))
        parts.append(shown.filter(shown.source_id.isin(curated)))
    used = ibis.union(*[part.select("project_id", "source_id") for part in parts], distinct=True)
    counted = used.group_by("source_id").aggregate(projects=used.count())
    sources = catalog.tables["sources"]
    return (
        sources.join(counted, "source_id")
        .select(
            "source_id",
            "title",
            "publisher",
            "url",
            "kind",
            "accessed",
            "licence",
            "reliability",
            "projects",
        )
        .order_by("title", "source_id")
    )


PROJECT_COLUMNS = COLUMNS
FEATURE_COLUMNS = (*COLUMNS, *PLACE_COLUMNS)
