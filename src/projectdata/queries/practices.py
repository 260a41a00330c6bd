"""What came out: good practices, outputs planned and found, events, publications."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.selection import Selection

EVENTS_THAT_COUNT = (
    ("learning_event", "learning_event"),
    ("visit", "learning_event"),
    ("visit", "study_visit"),
    ("meeting", "meeting"),
    ("staff_exchange", "staff_exchange"),
)
"""(kind of output, kind of event): an event that was found is an output that was found.

A joint visit is where a learning event takes place, so each of them counts for both.
"""

PUBLICATIONS = ("article", "blog", "report", "guide", "baseline_study", "framework")
MEDIA = ("video", "poster", "platform", "learning_programme", "model")


def outputs(catalog: Catalog, selection: Selection, kinds: tuple[str, ...]) -> ir.Table:
    """One row an output that was found, of some kinds: its columns, the project's title and
    acronym, and its source. In the order of the kinds, newest first.
    """  # noqa: D205
    rows = catalog.tables["outputs"]
    rows = rows.filter((rows.state == "found") & rows.kind.isin(kinds))
    rows = _named(catalog, selection, rows)
    return rows.order_by(
        _place(rows.kind, kinds), rows.date.desc(nulls_first=False), rows.output_id
    )


def events(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row an event: its columns, the project's title and acronym, and its source.

    By date, the undated last.
    """
    rows = _named(catalog, selection, catalog.tables["events"])
    return rows.order_by(rows.start_date.asc(nulls_first=False), rows.event_id)


def planned_and_found(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project and planned kind of output: project_id, project, kind, planned (missing
    where no number is given), found (missing where none is named), found_in_one_source (most).
    """  # noqa: D205
    tables = catalog.tables
    kept = catalog.kept
    outputs = tables["outputs"]
    outputs = outputs.filter(outputs.project_id.isin(kept.project_id))
    plan = outputs.filter(outputs.state == "planned")
    plan = plan.group_by("project_id", "kind").aggregate(planned=plan.planned_count.sum())
    found = outputs.filter(outputs.state == "found").select(
        "project_id", "kind", "source_id", id="output_id"
    )
    happened = tables["events"]
    counted = [
        happened.filter(
            (happened.kind == event) & happened.project_id.isin(kept.project_id)
        ).select("project_id", kind=ibis.literal(output), source_id="source_id", id="event_id")
        for output, event in EVENTS_THAT_COUNT
    ]
    found = ibis.union(found, *counted)
    by_source = found.group_by("project_id", "kind", "source_id").aggregate(n=found.count())
    named = by_source.group_by("project_id", "kind").aggregate(
        found=by_source.n.sum(), found_in_one_source=by_source.n.max()
    )
    rows = plan.left_join(named, ["project_id", "kind"]).drop("project_id_right", "kind_right")
    codes = tables["codes"]
    order = codes.filter(codes.list == "output_kind").select(kind="code", place="order")
    rows = rows.left_join(order, "kind").drop("kind_right")
    title = kept.select("project_id", "acronym", title=f"title_{selection.lang}")
    rows = rows.join(title, "project_id")
    return rows.select(
        "project_id",
        "kind",
        "planned",
        "found",
        "found_in_one_source",
        "place",
        project=ibis.coalesce(rows.acronym, rows.title),
    ).order_by("project", "project_id", "place")


def commonest(catalog: Catalog, selection: Selection, most: int) -> ir.Table:
    """One row per target group or service, the commonest of the matching projects: parameter,
    value, projects.
    """  # noqa: D205
    values = catalog.tables["filter_values"]
    values = values.filter(
        values.parameter.isin(["target_group", "service"])
        & values.project_id.isin(catalog.kept.project_id)
    )
    rows = values.group_by("parameter", "value").aggregate(projects=values.count())
    return rows.order_by(rows.projects.desc(), "parameter", "value").limit(most)


def _named(catalog: Catalog, selection: Selection, rows: ir.Table) -> ir.Table:
    kept = catalog.kept
    named = kept.select(
        "project_id", project=ibis.coalesce(kept.acronym, kept[f"title_{selection.lang}"])
    )
    sources = catalog.tables["sources"].select(
        "source_id",
        source_title="title",
        source_publisher="publisher",
        source_url="url",
        source_reliability="reliability",
    )
    rows = rows.join(named, "project_id")
    return rows.left_join(sources, "source_id").drop("source_id_right")


def _place(column: ir.StringValue, order: tuple[str, ...]) -> ir.IntegerValue:
    return ibis.cases(*[(column == value, n) for n, value in enumerate(order)], else_=len(order))
