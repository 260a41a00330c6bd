"""How two selections, or some projects, differ: the same questions asked of each."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.queries.summary import MEASURES
from projectdata.selection import UNKNOWN, Selection, status_on

DAYS_A_MONTH = 30.4375

MOST_NAMES = 3_000
"""How many projects a list box offers by name."""


def at_a_glance(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: the figures of one side.

    projects; running, ended, planned, status_unknown; with_amount, zero, rounded, sum_eur,
    median_eur; with_duration, median_months; with_country, with_target_group, with_service.
    A duration needs both dates, to the month or the day. Missing stays missing.
    """
    facts = catalog.kept
    measure = selection.measure
    days = facts.end_date.delta(facts.start_date, unit="day").cast("float64") + 1
    rows = facts.select(
        status=status_on(facts, selection.day),
        amount_eur=facts[measure],
        amount_precision=facts[f"{measure}_precision"],
        months=(facts.period_precision != "year").ifelse(days / DAYS_A_MONTH, ibis.null("float64")),
        has_country=values.known(catalog, "country"),
        has_target_group=values.known(catalog, "target_group"),
        has_service=values.known(catalog, "service"),
    )
    amount, status = rows["amount_eur"], rows["status"]
    return rows.aggregate(
        projects=rows.count(),
        running=rows.count(where=status == "running"),
        ended=rows.count(where=status == "ended"),
        planned=rows.count(where=status == "planned"),
        status_unknown=rows.count(where=status == UNKNOWN),
        with_amount=amount.count(),
        zero=rows.count(where=amount == 0),
        rounded=rows.count(where=rows["amount_precision"] == "rounded"),
        sum_eur=amount.sum(),
        median_eur=amount.median(),
        with_duration=rows["months"].count(),
        median_months=rows["months"].median(),
        with_country=rows.count(where=rows["has_country"]),
        with_target_group=rows.count(where=rows["has_target_group"]),
        with_service=rows.count(where=rows["has_service"]),
    )


def shared_projects(catalog: Catalog, one: Selection, other: Selection) -> int:
    """How many projects are in both selections."""
    left, right = one.matching(catalog.tables), other.matching(catalog.tables)
    both = left.filter(left.project_id.isin(right.select(other_id="project_id").other_id))
    counted = catalog.engine.frame(catalog.engine.compile(both.aggregate(projects=both.count())))
    return int(counted["projects"].iloc[0])


def values_of(catalog: Catalog, selection: Selection, by: str) -> ir.Table:
    """One row per value of a filter: value, projects. A project counts in each of its values."""
    rows = values.of(catalog, selection, by)
    return rows.group_by("value").aggregate(projects=rows.count())


def project_names(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project, the in-depth ones first: project_id, title; at most `MOST_NAMES`."""
    facts = catalog.kept
    rows = facts.select(
        "project_id", "acronym", "is_in_depth", title=facts[f"title_{selection.lang}"]
    )
    return rows.order_by(ibis.desc("is_in_depth"), "title", "project_id").limit(MOST_NAMES)


def displayed_amounts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project and measure with a displayed statement.

    project_id, measure, amount_eur, amount, currency, state, precision, as_of.
    """
    amounts = catalog.tables["amounts"]
    rows = amounts.filter(
        amounts.is_displayed
        & amounts.measure.isin(MEASURES)
        & amounts.project_id.isin(catalog.kept.project_id)
    )
    return rows.select(
        "project_id", "measure", "amount_eur", "amount", "currency", "state", "precision", "as_of"
    ).order_by("project_id", "measure")


def output_counts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project and kind of output: project_id, kind, planned, found.

    `planned` is missing where no number is planned.
    """
    outputs = catalog.tables["outputs"]
    rows = outputs.filter(outputs.project_id.isin(catalog.kept.project_id))
    return (
        rows.group_by("project_id", "kind")
        .aggregate(
            planned=rows["planned_count"].sum(where=rows["state"] == "planned"),
            found=rows.count(where=rows["state"] == "found"),
        )
        .order_by("project_id", "kind")
    )
