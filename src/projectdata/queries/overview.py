"""What is here, at a glance."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.selection import UNKNOWN, Selection


def money_by_collection(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection, in their own order: collection, projects, with_amount, amount_eur.

    The chosen measure; a sum over no amount is missing.
    """
    kept = catalog.kept
    sums = kept.group_by("collection").aggregate(
        projects=kept.count(),
        with_amount=kept[selection.measure].count(),
        amount_eur=kept[selection.measure].sum(),
    )
    codes = catalog.tables["codes"]
    codes = codes.filter(codes["list"] == "collection").select(collection="code", rank="order")
    return (
        sums.left_join(codes, "collection")
        .order_by("rank", "collection")
        .select("collection", "projects", "with_amount", "amount_eur")
    )


def groups_in_countries(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per target group and country that share a project: target_group, country, projects.

    Where a project names none, its target group or country is 'unknown'.
    """
    groups, countries = (
        values.of(catalog, selection, "target_group"),
        values.of(catalog, selection, "country"),
    )
    pairs = groups.join(countries, "project_id")
    return (
        pairs.group_by(target_group=pairs.value, country=pairs.value_right)
        .aggregate(projects=pairs.count())
        .order_by("target_group", "country")
    )


def group_and_country_sizes(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per value of target_group and of country, most first: parameter, value, projects."""
    held = ibis.union(
        values.of(catalog, selection, "target_group").mutate(
            parameter=ibis.literal("target_group")
        ),
        values.of(catalog, selection, "country").mutate(parameter=ibis.literal("country")),
    )
    return (
        held.group_by("parameter", "value")
        .aggregate(projects=held.count())
        .order_by("parameter", ibis._.value == UNKNOWN, ibis.desc("projects"), "value")
    )


def in_depth(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project described in depth: project_id, title, name, summary, period, amount_eur.

    amount_eur is the chosen measure, missing where it is not published.
    """
    kept = catalog.kept.filter(catalog.kept.is_in_depth)
    kept = kept.select(
        "project_id", "acronym", "start_date", "end_date", "period_precision",
        "has_period_conflict", "collection",
        name=kept[f"title_{selection.lang}"], amount_eur=kept[selection.measure],
    )  # fmt: skip
    other = "fi" if selection.lang == "en" else "en"
    projects = catalog.tables["projects"]
    # Said again, so that the texts of no other project are read.
    projects = projects.filter(projects.is_in_depth).select(
        "project_id", "code", summary=f"summary_{selection.lang}", other=f"summary_{other}"
    )
    rows = kept.join(projects, "project_id")
    return rows.select(
        "project_id", "name", "collection", "start_date", "end_date", "period_precision",
        "has_period_conflict", "amount_eur",
        title=ibis.coalesce(rows.acronym, rows.code, rows.name),
        summary=ibis.coalesce(rows.summary, rows.other),
    ).order_by(ibis.desc("start_date"), "project_id")  # fmt: skip


def in_depth_amounts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per displayed amount above zero of the projects in depth: project_id, measure.

    Also amount_eur and precision.
    """
    kept = catalog.kept.filter(catalog.kept.is_in_depth)
    amounts = catalog.tables["amounts"]
    held = amounts.filter(
        amounts.is_displayed & (amounts.amount_eur > 0) & amounts.project_id.isin(kept.project_id)
    )
    return held.select("project_id", "measure", "amount_eur", "precision").order_by(
        "project_id", "measure"
    )
