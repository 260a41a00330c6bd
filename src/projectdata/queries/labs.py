"""The learning and innovation labs: what, where, for whom, run by whom."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries.rows import JOINED
from projectdata.selection import Selection

WORK = ("lead", "partner")
"""The roles of which a lab is expected."""


def labs(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per lab of the selection's projects, by country and name.

    lab_id, project_id, project, collection, name, original_name, location, country, places
    (joined with ' | '), place_count, objective, for_whom, target_groups (codes joined), host,
    host_basis, note, source_title, source_url, accessed.
    """
    tables, lang = catalog.tables, selection.lang
    kept = catalog.kept
    rows = tables["labs"].join(
        kept.select(
            "project_id", "collection", project=ibis.coalesce(kept.acronym, kept[f"title_{lang}"])
        ),
        "project_id",
    )
    places = tables["places"]
    places = places.filter(places.lab_id.notnull())
    places = places.group_by("lab_id").aggregate(
        places=places.name.group_concat(JOINED, order_by=places.name), place_count=places.count()
    )
    groups = tables["lab_target_groups"]
    groups = groups.group_by("lab_id").aggregate(
        target_groups=groups.target_group.group_concat(JOINED, order_by=groups.target_group)
    )
    hosts = tables["organisations"]
    hosts = hosts.select(
        host_organisation_id="organisation_id",
        host=ibis.coalesce(hosts[f"name_{lang}"], hosts.name_original, hosts.name_en),
    )
    sources = tables["sources"].select(
        "source_id", "accessed", source_title="title", source_url="url"
    )
    rows = rows.left_join(places, "lab_id").drop("lab_id_right")
    rows = rows.left_join(groups, "lab_id").drop("lab_id_right")
    rows = rows.left_join(hosts, "host_organisation_id").drop("host_organisation_id_right")
    rows = rows.left_join(sources, "source_id").drop("source_id_right")
    return rows.select(
        "lab_id",
        "project_id",
        "project",
        "collection",
        name=rows.name if lang == "en" else ibis.coalesce(rows.name_fi, rows.name),
        original_name=rows.name,
        location="location",
        country="country",
        places="places",
        place_count=rows.place_count.fill_null(0),
        objective=f"objective_{lang}",
        for_whom=f"target_group_{lang}",
        target_groups="target_groups",
        host="host",
        host_basis="host_basis",
        note=f"note_{lang}",
        source_title="source_title",
        source_url="source_url",
        accessed="accessed",
    ).order_by("country", "name")


def lab_places(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per place of a lab.

    lab_id, lab, project_id, name, country, latitude, longitude, precision, place_basis.
    """
    labs = catalog.tables["labs"]
    named = labs.select(
        "lab_id",
        lab=labs.name if selection.lang == "en" else ibis.coalesce(labs.name_fi, labs.name),
    )
    places = catalog.tables["places"]
    places = places.filter(
        places.lab_id.notnull() & places.project_id.isin(catalog.kept.project_id)
    )
    rows = places.join(named, "lab_id")
    return rows.select(
        "lab_id",
        "lab",
        "project_id",
        "name",
        "country",
        "latitude",
        "longitude",
        "precision",
        "place_basis",
    ).order_by("country", "lab", "name")


def target_groups(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per lab and target group: lab_id, lab, target_group, basis, evidence."""
    labs = catalog.tables["labs"]
    labs = labs.filter(labs.project_id.isin(catalog.kept.project_id))
    named = labs.select(
        "lab_id",
        lab=labs.name if selection.lang == "en" else ibis.coalesce(labs.name_fi, labs.name),
    )
    groups = catalog.tables["lab_target_groups"]
    codes = catalog.tables["target_groups"].select("target_group", label=f"label_{selection.lang}")
    rows = groups.join(named, "lab_id").join(codes, "target_group")
    return (
        rows.select("lab_id", "lab", "target_group", "basis", "evidence", "label")
        .order_by("label", "lab")
        .drop("label")
    )


def partners_without_lab(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per partner of a project with labs that hosts none.

    project_id, project, name, country.
    """
    tables, lang, kept = catalog.tables, selection.lang, catalog.kept
    labs = tables["labs"]
    partners = tables["participations"]
    partners = partners.filter(
        partners.role.isin(WORK)
        & partners.project_id.isin(labs.project_id)
        & partners.organisation_id.notin(
            labs.filter(labs.host_organisation_id.notnull()).host_organisation_id
        )
    )
    pairs = partners.select("project_id", "organisation_id").distinct()
    rows = pairs.join(tables["organisations"], "organisation_id").join(
        kept.select("project_id", project=ibis.coalesce(kept.acronym, kept[f"title_{lang}"])),
        "project_id",
    )
    return rows.select(
        "project_id",
        "project",
        name=ibis.coalesce(rows[f"name_{lang}"], rows.name_original, rows.name_en),
        country="country",
    ).order_by("project", "name")


def said(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per statement of a project with labs on its labs.

    project_id, project, field, order, text, is_displayed, source_title, source_url. Fields:
    'definition', 'guideline', 'missing' and 'labs' (where sources disagree on them).
    """
    tables, kept = catalog.tables, catalog.kept
    rows = tables["statements"]
    rows = rows.filter(
        rows.field.isin(["definition", "guideline", "missing", "labs"])
        & rows.project_id.isin(tables["labs"].project_id)
    )
    sources = tables["sources"].select("source_id", source_title="title", source_url="url")
    rows = rows.join(
        kept.select(
            "project_id", project=ibis.coalesce(kept.acronym, kept[f"title_{selection.lang}"])
        ),
        "project_id",
    ).left_join(sources, "source_id")
    return rows.select(
        "project_id",
        "project",
        "field",
        "order",
        text=f"text_{selection.lang}",
        is_displayed="is_displayed",
        source_title="source_title",
        source_url="source_url",
    ).order_by("project_id", "field", "order")
