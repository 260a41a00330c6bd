"""How much money, on which basis, and how many projects say so."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries import values
from projectdata.queries.summary import MEASURES
from projectdata.selection import UNKNOWN, Selection
from projectdata.shares import CLASS_BORDERS, SEVERAL_VALUES, SHARE_STEP

DIMENSIONS = ("collection", "country", "fund", "target_group", "service")
"""What amounts can be compared between."""

SEVERAL = ("country", "target_group", "service")
"""The dimensions in which a project may have many values, so that its bars do not add up."""


def amount_states(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection, for the chosen measure.

    collection, projects, published, zero, other_currency, not_published, rounded. The four
    states add up to the projects; rounded ones are published.
    """
    rows = _with_currency(catalog, selection)
    counted = rows.group_by("collection").aggregate(**_state_counts(rows))
    return counted.order_by(ibis.desc("projects"), "collection")


def amount_summary(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: the counts of `amount_states` for the whole selection, sum_eur and median_eur."""
    rows = _with_currency(catalog, selection)
    amount = rows["amount_eur"]
    return rows.aggregate(**_state_counts(rows), sum_eur=amount.sum(), median_eur=amount.median())


def measure_coverage(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per measure and collection: measure, collection, projects, with_amount."""
    facts = catalog.kept
    parts = [
        facts.group_by("collection")
        .aggregate(projects=facts.count(), with_amount=facts[measure].count())
        .mutate(measure=ibis.literal(measure))
        for measure in MEASURES
    ]
    return ibis.union(*parts).order_by("measure", "collection")


def amounts_by(catalog: Catalog, selection: Selection, by: str) -> ir.Table:
    """One row per value of a dimension.

    value, projects, with_amount, zero, rounded, sum_eur, median_eur. A project counts in each
    of its values; one without a value has 'unknown'. A sum over no
    amount is missing.
    """
    rows = _valued(catalog, selection, by)
    amount = rows["amount_eur"]
    return rows.group_by("value").aggregate(
        projects=rows.count(),
        with_amount=amount.count(),
        zero=rows.count(where=amount == 0),
        rounded=rows.count(where=rows["amount_precision"] == "rounded"),
        sum_eur=amount.sum(),
        median_eur=amount.median(),
    )


def cofinancing(catalog: Catalog, selection: Selection, by: str) -> ir.Table:
    """One row per value of a dimension and class of the EU share: value, low, projects.

    `low` is the lower border of a class of five percentage points; the last holds 100 % too.
    Only projects whose total budget and EU contribution are both exact, the total above zero and
    the contribution not above the total.
    """
    rows = _shares(catalog, selection, by)
    steps = round(1 / SHARE_STEP)
    low = ibis.least((rows["share"] * steps).floor(), steps - 1) / steps
    rows = rows.mutate(low=low)
    return rows.group_by("value", "low").aggregate(projects=rows.count()).order_by("value", "low")


def cofinancing_medians(catalog: Catalog, selection: Selection, by: str) -> ir.Table:
    """One row per value of a dimension: value, projects (with a share), median_share."""
    rows = _shares(catalog, selection, by)
    return rows.group_by("value").aggregate(
        projects=rows.count(), median_share=rows["share"].median()
    )


def cofinancing_coverage(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: both (amounts known), exact (both exact), with_share, median_share, above_total."""
    facts = catalog.kept
    total, part = facts["total_budget"], facts["eu_contribution"]
    exact = _is_exact(facts)
    share = (exact & (total > 0) & (part <= total)).ifelse(part / total, ibis.null("float64"))
    return facts.aggregate(
        both=facts.count(where=total.notnull() & part.notnull()),
        exact=facts.count(where=exact),
        with_share=share.count(),
        median_share=share.median(),
        above_total=facts.count(where=part > total),
    )


def distribution(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per class of amounts and collection: low, collection, projects.

    Classes begin at `CLASS_BORDERS`; 0 holds what is below the first. Amounts of zero are left out.
    """
    facts = catalog.kept
    amount = facts[selection.measure]
    rows = facts.filter(amount > 0)
    amount = rows[selection.measure]
    cases = [(amount >= border, border) for border in reversed(CLASS_BORDERS)]
    rows = rows.select("collection", low=ibis.cases(*cases, else_=0.0))
    counted = rows.group_by("low", "collection").aggregate(projects=rows.count())
    return counted.order_by("low", "collection")


def biggest(catalog: Catalog, selection: Selection, limit: int) -> ir.Table:
    """One row per project, the greatest amount first.

    project_id, collection, acronym, title, amount_eur, precision, countries.
    """
    facts = catalog.kept
    measure = selection.measure
    rows = (
        facts.filter(facts[measure] > 0)
        .select(
            "project_id",
            "collection",
            "acronym",
            title=facts[f"title_{selection.lang}"],
            amount_eur=facts[measure],
            precision=facts[f"{measure}_precision"],
        )
        .order_by(ibis.desc("amount_eur"), "project_id")
        .limit(limit)
    )
    countries = catalog.tables["project_countries"]
    countries = countries.filter(countries.project_id.isin(rows.project_id))
    listed = countries.group_by("project_id").aggregate(
        countries=countries.country.group_concat(" ", order_by=countries.country)
    )
    rows = rows.left_join(listed, "project_id").drop("project_id_right")
    return rows.order_by(ibis.desc("amount_eur"), "project_id")


def flow(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per fund, country and target group: fund, country, target_group, projects, sum_eur.

    Projects with an amount above zero, each once: one with several countries or target groups
    stands under 'several', as no source divides its money; a missing value is 'unknown'.
    """
    facts = catalog.kept
    countries = catalog.tables["project_countries"]
    groups = catalog.tables["project_target_groups"]
    rows = facts.filter(facts[selection.measure] > 0).select(
        "project_id",
        fund=ibis.coalesce(facts.fund, UNKNOWN),
        amount_eur=facts[selection.measure],
    )
    for table, column in ((countries, "country"), (groups, "target_group")):
        table = table.filter(table.project_id.isin(facts.project_id))
        value = table[column]
        single = (value.nunique() > 1).ifelse(SEVERAL_VALUES, value.min())
        rows = rows.left_join(
            table.group_by("project_id").aggregate(**{column: single}), "project_id"
        ).drop("project_id_right")
    rows = rows.mutate(
        country=ibis.coalesce(rows["country"], UNKNOWN),
        target_group=ibis.coalesce(rows["target_group"], UNKNOWN),
    )
    return (
        rows.group_by("fund", "country", "target_group")
        .aggregate(projects=rows.count(), sum_eur=rows["amount_eur"].sum())
        .order_by(ibis.desc("sum_eur"), "fund", "country", "target_group")
    )


def other_currencies(catalog: Catalog, selection: Selection, limit: int) -> ir.Table:
    """One row per published amount that is not in euros.

    project_id, title, measure, amount, currency, in_euros. `in_euros` says that the displayed
    statement of the same project and measure has euros.
    """
    facts = catalog.kept
    amounts = catalog.tables["amounts"]
    foreign = amounts.filter((amounts.currency != "EUR") & amounts.amount.notnull())
    euros = amounts.filter(amounts.is_displayed & amounts.amount_eur.notnull()).select(
        "project_id", "measure", euros=amounts.amount_eur
    )
    rows = foreign.select("project_id", "amount_id", "measure", "amount", "currency")
    rows = rows.join(
        facts.select("project_id", title=facts[f"title_{selection.lang}"]), "project_id"
    )
    rows = rows.left_join(euros, ["project_id", "measure"])
    return (
        rows.select(
            "project_id", "title", "measure", "amount", "currency", in_euros=rows["euros"].notnull()
        )
        .order_by("currency", ibis.desc("amount"), "project_id", "measure")
        .limit(limit)
    )


def _valued(catalog: Catalog, selection: Selection, by: str) -> ir.Table:
    facts = catalog.kept
    money = facts.select(
        "project_id",
        "total_budget",
        "eu_contribution",
        "total_budget_precision",
        "eu_contribution_precision",
        amount_eur=facts[selection.measure],
        amount_precision=facts[f"{selection.measure}_precision"],
    )
    return values.of(catalog, selection, by).join(money, "project_id")


def _shares(catalog: Catalog, selection: Selection, by: str) -> ir.Table:
    rows = _valued(catalog, selection, by)
    total, part = rows["total_budget"], rows["eu_contribution"]
    rows = rows.filter(_is_exact(rows) & (total > 0) & (part <= total))
    return rows.select("value", share=rows["eu_contribution"] / rows["total_budget"])


def _is_exact(rows: ir.Table) -> ir.BooleanValue:
    return (rows["total_budget_precision"] == "exact") & (
        rows["eu_contribution_precision"] == "exact"
    )


def _with_currency(catalog: Catalog, selection: Selection) -> ir.Table:
    facts, amounts = catalog.kept, catalog.tables["amounts"]
    foreign = amounts.filter(
        (amounts.measure == selection.measure)
        & (amounts.currency != "EUR")
        & amounts.amount.notnull()
    )
    return facts.select(
        "collection",
        amount_eur=facts[selection.measure],
        amount_precision=facts[f"{selection.measure}_precision"],
        has_foreign=facts.project_id.isin(foreign.project_id),
    )


def _state_counts(rows: ir.Table) -> dict[str, ir.IntegerScalar]:
    amount, missing = rows["amount_eur"], rows["amount_eur"].isnull()
    return {
        "projects": rows.count(),
        "published": rows.count(where=amount != 0),
        "zero": rows.count(where=amount == 0),
        "other_currency": rows.count(where=missing & rows["has_foreign"]),
        "not_published": rows.count(where=missing & ~rows["has_foreign"]),
        "rounded": rows.count(where=rows["amount_precision"] == "rounded"),
    }
