"""Everything about one project: what each source says, and which projects are like it."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.folding import fold
from projectdata.queries.rows import JOINED
from projectdata.queries.summary import MEASURES, PERIOD
from projectdata.selection import Selection, status_on

DOSSIER = (
    "projects",
    "periods",
    "amounts",
    "participations",
    "organisations",
    "labs",
    "lab_target_groups",
    "places",
    "project_target_groups",
    "project_services",
    "events",
    "outputs",
    "statements",
    "conflicts",
    "same_as",
    "sources",
)
"""The tables that hold something about a project, in the order of its download."""

LIKENESS = {"target_group": 40, "service": 40, "country": 10, "years": 10}
"""Out of 100: what each thing in common adds to the likeness of two projects."""


def project(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row a project: its columns in `projects`, displayed period, status, every measure."""
    facts = catalog.kept
    shown = facts.select(
        "project_id",
        *PERIOD,
        *MEASURES,
        status=status_on(facts, selection.day),
    )
    rows = shown.join(catalog.tables["projects"], "project_id")
    return _with_source(catalog, rows)


def about(catalog: Catalog, selection: Selection, table: str) -> ir.Table:
    """One row per row of a table that is about the projects: its own columns."""
    kept = catalog.kept.project_id
    tables = catalog.tables
    rows = tables["records" if table == "projects" else table]
    if table == "organisations":
        those = tables["participations"]
        those = those.filter(those.project_id.isin(kept))
        return rows.filter(rows.organisation_id.isin(those.organisation_id))
    if table == "lab_target_groups":
        labs = tables["labs"]
        return rows.filter(rows.lab_id.isin(labs.filter(labs.project_id.isin(kept)).lab_id))
    if table == "same_as":
        return rows.filter(rows.project_id.isin(kept) | rows.other_project_id.isin(kept))
    if table == "sources":
        return sources(catalog, selection).drop("rows_from_it")
    return rows.filter(rows.project_id.isin(kept))


def stated(catalog: Catalog, selection: Selection, table: str) -> ir.Table:
    """One row per row of a table about the projects, with source_title, source_publisher,
    source_url, source_reliability and source_accessed; the displayed statement first.
    """  # noqa: D205
    rows = _with_source(catalog, about(catalog, selection, table))
    keys = {
        "periods": ("-is_displayed", "start_date"),
        "amounts": ("measure", "-is_displayed"),
        "events": ("start_date",),
        "project_target_groups": ("target_group",),
        "project_services": ("service",),
    }.get(table, ())
    order = [_key(rows, key) for key in keys]
    return rows.order_by(*order, *[c for c in rows.columns[:2] if c not in keys])


def statements(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row a statement with its source, fields in the order of their code list."""
    rows = _with_source(catalog, about(catalog, selection, "statements"))
    rows = _placed(catalog, rows, "field", "statement_field")
    return rows.order_by("place", "order", "statement_id")


def conflicts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row a conflict about the projects, disagreements first."""
    rows = _placed(catalog, about(catalog, selection, "conflicts"), "kind", "conflict_kind")
    return rows.order_by("place", "conflict_id")


def taking_part(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per organisation and role: its name and place, the role, the source.

    Leads come first, then by name.
    """
    organisations = catalog.tables["organisations"].drop("source_id")
    rows = about(catalog, selection, "participations").join(organisations, "organisation_id")
    rows = rows.mutate(name=organisation_name(rows, selection.lang))
    rows = _placed(catalog, rows, "role", "role")
    return _with_source(catalog, rows).order_by("place", "name")


def statements_of_period(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per stated period or dated event: what ('period', 'event'), kind, level, title
    (of the event, else the publisher), start_date, end_date, precision, is_displayed, source_title.
    """  # noqa: D205
    lang = selection.lang
    periods = _with_source(catalog, about(catalog, selection, "periods"))
    events = _with_source(catalog, about(catalog, selection, "events"))
    said = periods.select(
        what=ibis.literal("period"),
        kind="basis",
        level=ibis.null("string"),
        title="source_publisher",
        start_date="start_date",
        end_date="end_date",
        precision="precision",
        is_displayed="is_displayed",
        source_title="source_title",
    )
    dated = events.filter(events.start_date.notnull()).select(
        what=ibis.literal("event"),
        kind="kind",
        level="level",
        title=f"title_{lang}",
        start_date="start_date",
        end_date="end_date",
        precision="precision",
        is_displayed=ibis.literal(True),
        source_title="source_title",
    )
    rows = ibis.union(said, dated)
    return rows.order_by(
        rows.what.desc(), rows.is_displayed.desc(), rows.level.desc(), "start_date", "title"
    )


def sources(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row a source that says something of the projects: its columns and rows_from_it."""
    tables = [name for name in DOSSIER if name not in ("sources", "conflicts", "same_as")]
    used = [about(catalog, selection, name).select("source_id") for name in tables]
    uses = ibis.union(*used)
    uses = uses.group_by("source_id").aggregate(rows_from_it=uses.count())
    rows = catalog.tables["sources"].join(uses, "source_id")
    return rows.order_by(rows.rows_from_it.desc(), "source_id")


def row_counts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per table that says something of the projects: table, rows."""
    counts = []
    for name in DOSSIER:
        rows = about(catalog, selection, name)
        counts.append(rows.aggregate(table=ibis.literal(name), rows=rows.count()))
    every = ibis.union(*counts)
    return every.filter(every["rows"] > 0)


def similar(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row a similar project, at most six, most alike first.

    project_id, title, collection, start_date, end_date, period_precision; what is shared, joined
    with ' | ': target_group, service, country; years (they overlap); likeness (0 to 100).
    At least a target group or a service is shared.
    """
    kept, facts = catalog.kept, catalog.tables["facts"]
    others = facts.filter(facts.project_id.notin(kept.project_id))
    mine = kept.aggregate(first=kept.start_date.min(), last=kept.end_date.max())
    rows = others.cross_join(mine).select(
        "project_id",
        "collection",
        "start_date",
        "end_date",
        "period_precision",
        title=f"title_{selection.lang}",
        acronym="acronym",
        years=((_.start_date <= _.last) & (_.end_date >= _.first)).fill_null(False),
    )
    for name in ("target_group", "service", "country"):
        rows = rows.left_join(_in_common(catalog, name), "project_id").drop("project_id_right")
    rows = rows.filter(rows.target_group.notnull() | rows.service.notnull())
    rows = rows.mutate(
        likeness=(
            LIKENESS["target_group"] * rows.target_group_share.fill_null(0)
            + LIKENESS["service"] * rows.service_share.fill_null(0)
            + LIKENESS["country"] * rows.country.notnull().cast("int")
            + LIKENESS["years"] * rows.years.cast("int")
        )
        .round()
        .cast("int")
    )
    return (
        rows.drop("target_group_share", "service_share", "country_share")
        .order_by(rows.likeness.desc(), rows.title, rows.project_id)
        .limit(6)
    )


def suggestions(catalog: Catalog, selection: Selection, text: str) -> ir.Table:
    """One row a project that an address or a search may have meant, at most eight.

    project_id, title, acronym, collection. Without a text: the projects described in depth.
    """
    facts = catalog.tables["facts"]
    rows = facts.select(
        "project_id",
        "acronym",
        "collection",
        "is_in_depth",
        "search_text",
        title=f"title_{selection.lang}",
    )
    wanted = [part for part in fold(text).replace("-", " ").split() if part]
    if not wanted:
        rows = rows.filter(rows.is_in_depth)
    for part in wanted:
        rows = rows.filter(rows.search_text.contains(part))
    return rows.drop("search_text").order_by(rows.is_in_depth.desc(), "title").limit(8)


def organisation_name(rows: ir.Table, lang: str) -> ir.StringValue:
    """The name of an organisation in a language, else the original, else any."""
    other = "fi" if lang == "en" else "en"
    return ibis.coalesce(
        rows[f"name_{lang}"], rows.name_original, rows[f"name_{other}"], rows.organisation_id
    )


_ = ibis._


def _placed(catalog: Catalog, rows: ir.Table, column: str, code_list: str) -> ir.Table:
    """The rows with the place of a code in its list, as `place`."""
    codes = catalog.tables["codes"]
    places = codes.filter(codes.list == code_list).select(place="order", **{column: "code"})
    return rows.left_join(places, column).drop(f"{column}_right")


def _with_source(catalog: Catalog, rows: ir.Table) -> ir.Table:
    if "source_id" not in rows.columns:
        return rows
    named = catalog.tables["sources"].select(
        "source_id",
        source_title="title",
        source_publisher="publisher",
        source_url="url",
        source_reliability="reliability",
        source_accessed="accessed",
    )
    return rows.left_join(named, "source_id").drop("source_id_right")


def _in_common(catalog: Catalog, name: str) -> ir.Table:
    """One row per other project that shares a value: the values, and their share of all values."""
    values = catalog.tables["filter_values"]
    values = values.filter(values.parameter == name)
    mine = values.filter(values.project_id.isin(catalog.kept.project_id)).select("value").distinct()
    theirs = values.filter(values.project_id.notin(catalog.kept.project_id))
    shared = theirs.filter(theirs.value.isin(mine.value))
    shared = shared.group_by("project_id").aggregate(
        **{name: shared.value.group_concat(JOINED, order_by=shared.value)}, n=shared.count()
    )
    sizes = theirs.group_by("project_id").aggregate(theirs=theirs.count())
    rows = shared.join(sizes, "project_id").cross_join(mine.aggregate(mine=mine.count()))
    return rows.select(
        "project_id", name, **{f"{name}_share": rows.n / (rows.mine + rows.theirs - rows.n)}
    )


def _key(rows: ir.Table, key: str) -> ir.Value:
    if key == "measure":
        places = [(rows.measure == measure, n) for n, measure in enumerate(MEASURES)]
        return ibis.cases(*places, else_=len(MEASURES))
    if key.startswith("-"):
        return rows[key.removeprefix("-")].desc()
    return rows[key].asc(nulls_first=False)
