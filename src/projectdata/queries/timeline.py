"""When projects run: bars, statements of periods, events, and what begins and ends."""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog, Query
from projectdata.queries import values
from projectdata.selection import UNKNOWN, Selection

LANES = ("collection", "country", "target_group", "lead")
"""How the bars can be parted; with all but the first a project may stand in several lanes."""

LEADS = ("lead", "beneficiary")


def lane_sizes(catalog: Catalog, selection: Selection, lanes: str) -> ir.Table:
    """One row per lane, in the order of the lanes: lane, lane_name, projects (with a date), number.

    Collections keep their own order; other lanes stand by size. 'unknown' is a lane, the last.
    """
    held = _laned(catalog, selection, lanes)
    sizes = held.group_by("lane").aggregate(lane_name=held.lane_name.min(), projects=held.count())
    if lanes == "collection":
        codes = catalog.tables["codes"]
        codes = codes.filter(codes["list"] == "collection").select(lane="code", rank="order")
        sizes = sizes.left_join(codes, "lane").drop("lane_right")
    else:
        sizes = sizes.mutate(rank=-sizes.projects)
    order = [sizes.lane == UNKNOWN, sizes["rank"].asc(nulls_first=False), sizes.lane]
    numbered = sizes.mutate(number=ibis.row_number().over(order_by=order))
    return numbered.select("lane", "lane_name", "projects", "number").order_by("number")


def bars(catalog: Catalog, selection: Selection, lanes: str, offset: int, limit: int) -> ir.Table:
    """One row per lane and project with a date, lane by lane, the newest first; a page of them.

    Columns: lane, lane_name, lane_projects, project_id, title, collection, start_date, end_date,
    period_precision, has_period_conflict.
    """
    held = _laned(catalog, selection, lanes)
    sizes = (
        lane_sizes(catalog, selection, lanes)
        .select("lane", "number", lane_projects="projects")
        .view()
    )
    rows = held.join(sizes, "lane")
    return (
        rows.order_by(
            "number",
            ibis.coalesce(rows.start_date, rows.end_date).desc(),
            "title",
            "project_id",
        )
        .select(
            "lane", "lane_name", "lane_projects", "project_id", "title", "collection",
            "start_date", "end_date", "period_precision", "has_period_conflict",
        )
        .limit(limit, offset=offset)
    )  # fmt: skip


def period_statements(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per statement of a period where a project's sources disagree; the displayed first.

    Columns: project_id, title, collection, start_date, end_date, precision, basis, is_displayed,
    is_in_depth, note, source_id, source_title, source_url.
    """
    kept = _named(catalog.kept, selection)
    rows = _statements(catalog, selection, kept.filter(kept.has_period_conflict))
    return rows.order_by(
        ibis.desc("is_in_depth"),
        "title",
        "project_id",
        ibis.desc("is_displayed"),
        "end_date",
        "start_date",
    )


def events(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per event or milestone, dated ones first: project_id, title, event_id, kind, level.

    Also event (its title), start_date, end_date, precision, date_basis, place, attendance, note,
    source_id, source_title, source_url.
    """
    kept = _named(catalog.kept, selection)
    held, sources = catalog.tables["events"], catalog.tables["sources"]
    lang = selection.lang
    rows = (
        kept.select("project_id", "title", "collection")
        .join(held, "project_id")
        .left_join(sources.select("source_id", source_title="title", source_url="url"), "source_id")
    )
    return rows.select(
        "project_id", "title", "collection", "event_id", "kind", "level",
        "start_date", "end_date", "precision", "date_basis", "place", "attendance",
        "source_id", "source_title", "source_url",
        event=rows[f"title_{lang}"], note=rows[f"note_{lang}"],
    ).order_by("project_id", ibis.asc("start_date", nulls_first=False), "event_id")  # fmt: skip


def periods_of(catalog: Catalog, selection: Selection, project: str) -> ir.Table:
    """One row per statement of one project's period, the displayed first; columns as above."""
    kept = _named(catalog.kept, selection)
    rows = _statements(catalog, selection, _the_one(catalog, kept, project))
    return rows.order_by(ibis.desc("is_displayed"), "end_date", "start_date")


def spans(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection, start year, end year and is_planned (starts after the day): projects.

    A year that is not known is missing.
    """
    kept = catalog.kept
    rows = kept.select(
        "collection",
        start_year=kept.start_date.year(),
        end_year=kept.end_date.year(),
        is_planned=(kept.start_date > _on(selection)).fill_null(False),
    )
    keys = ("collection", "start_year", "end_year", "is_planned")
    return rows.group_by(*keys).aggregate(projects=rows.count()).order_by(*keys)


def money_by_year(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per collection and year: amount_eur in the chosen measure, and projects.

    Each amount is spread evenly over the days of its project, both ends included; `projects` are
    those with a day in the year. Only projects with both dates and an amount.
    """
    kept = catalog.kept
    start, end, amount = kept.start_date, kept.end_date, kept[selection.measure]
    known = kept.filter((end >= start) & amount.notnull())
    rows = known.select(
        "collection",
        "start_date",
        "end_date",
        amount=known[selection.measure],
        days=known.end_date.delta(known.start_date, unit="day") + 1,
        year=ibis.range(known.start_date.year(), known.end_date.year() + 1).unnest(),
    )
    first, last = ibis.date(rows.year, 1, 1), ibis.date(rows.year, 12, 31)
    within = ibis.least(rows.end_date, last).delta(
        ibis.greatest(rows.start_date, first), unit="day"
    )
    spread = rows.mutate(part=rows.amount * (within + 1) / rows.days)
    return (
        spread.group_by("collection", "year")
        .aggregate(amount_eur=spread.part.sum(), projects=spread.count())
        .order_by("collection", "year")
    )


def spread_money(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: projects that `money_by_year` spreads, and the sum_eur of their amounts."""
    kept = catalog.kept
    amount = kept[selection.measure]
    known = (kept.end_date >= kept.start_date) & amount.notnull()
    return kept.aggregate(projects=kept.count(where=known), sum_eur=amount.sum(where=known))


def first_of(catalog: Catalog, selection: Selection, query: Query, most: int) -> ir.Table:
    """The first rows of another query of this module, so many at most."""
    return query(catalog, selection).limit(most)


def count_of(catalog: Catalog, selection: Selection, query: Query) -> ir.Table:
    """One row: the rows that another query of this module has, as `n`."""
    rows = query(catalog, selection)
    return rows.aggregate(n=rows.count())


def ending_soon(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project running on the day that ends within twelve months of it, soonest first.

    Columns: project_id, title, collection, start_date, end_date, period_precision,
    has_period_conflict.
    """
    kept = _named(catalog.kept, selection)
    day = _on(selection)
    soon = kept.filter(
        (kept.end_date >= day)
        & (kept.end_date <= _on(selection, years=1))
        & (kept.start_date.isnull() | (kept.start_date <= day))
    )
    return _period_rows(soon).order_by("end_date", "title", "project_id")


def recently_ended(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project that ended in the twelve months before the day, the latest first."""
    kept = _named(catalog.kept, selection)
    ended = kept.filter(
        (kept.end_date < _on(selection)) & (kept.end_date >= _on(selection, years=-1))
    )
    return _period_rows(ended).order_by(ibis.desc("end_date"), "title", "project_id")


def running(catalog: Catalog, selection: Selection, limit: int) -> ir.Table:
    """One row per project running on the day, the newest first, so many at most."""
    kept = _named(catalog.kept, selection)
    now = kept.filter((kept.start_date <= _on(selection)) & (kept.end_date >= _on(selection)))
    return _period_rows(now).order_by(ibis.desc("start_date"), "title", "project_id").limit(limit)


def undated(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project with neither start nor end: project_id, title, collection."""
    kept = _named(catalog.kept, selection)
    rows = kept.filter(kept.start_date.isnull() & kept.end_date.isnull())
    return rows.select("project_id", "title", "collection").order_by("title", "project_id")


def period_counts(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row: projects by what is known of their dates, and by their status on the day."""
    kept = catalog.kept
    start, end, day = kept.start_date.notnull(), kept.end_date.notnull(), _on(selection)
    with_amount = kept[selection.measure].notnull()
    return kept.aggregate(
        dated=(start | end).sum(),
        both=(start & end).sum(),
        one=(start ^ end).sum(),
        undated=(~start & ~end).sum(),
        started=start.sum(),
        running=((kept.start_date <= day) & (kept.end_date >= day)).sum(),
        planned=(kept.start_date > day).sum(),
        ended=(kept.end_date < day).sum(),
        both_and_amount=(start & end & with_amount).sum(),
    )


def _laned(catalog: Catalog, selection: Selection, lanes: str) -> ir.Table:
    """One row per lane and project that has a date."""
    kept = _named(catalog.kept, selection)
    kept = kept.filter(kept.start_date.notnull() | kept.end_date.notnull())
    lane = (
        _leads(catalog)
        if lanes == "lead"
        else values.of(catalog, selection, lanes).select(
            "project_id", lane="value", lane_name=ibis.null("string")
        )
    )
    rows = kept.left_join(lane, "project_id")
    return rows.select(
        "project_id", "title", "collection", "start_date", "end_date", "period_precision",
        "has_period_conflict", "lane", "lane_name",
    ).mutate(lane=ibis.coalesce(ibis._.lane, UNKNOWN))  # fmt: skip


def _leads(catalog: Catalog) -> ir.Table:
    taking_part, organisations = catalog.tables["participations"], catalog.tables["organisations"]
    leads = taking_part.filter(taking_part.role.isin(LEADS))
    rows = leads.join(organisations, "organisation_id")
    return rows.select(
        "project_id",
        lane="organisation_id",
        lane_name=ibis.coalesce(rows.name_original, rows.name_en, rows.name_fi),
    ).distinct()


def _named(kept: ir.Table, selection: Selection) -> ir.Table:
    return kept.mutate(title=ibis.coalesce(kept.acronym, kept[f"title_{selection.lang}"]))


def _period_rows(rows: ir.Table) -> ir.Table:
    return rows.select(
        "project_id", "title", "collection", "start_date", "end_date", "period_precision",
        "has_period_conflict",
    )  # fmt: skip


def _statements(catalog: Catalog, selection: Selection, kept: ir.Table) -> ir.Table:
    periods, sources = catalog.tables["periods"], catalog.tables["sources"]
    sources = sources.select("source_id", source_title="title", source_url="url")
    rows = (
        kept.select("project_id", "title", "collection", "is_in_depth")
        .join(periods, "project_id")
        .left_join(sources, "source_id")
    )
    return rows.select(
        "project_id", "title", "collection", "start_date", "end_date", "precision", "basis",
        "is_displayed", "is_in_depth", "source_id", "source_title", "source_url",
        note=rows[f"note_{selection.lang}"],
    )  # fmt: skip


def _on(selection: Selection, years: int = 0) -> ir.DateScalar:
    """The day of the selection, or the same day some years away (28 February for 29)."""
    day = selection.day
    if years:
        day = day.replace(
            year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day
        )
    return ibis.date(day)


def _the_one(catalog: Catalog, kept: ir.Table, project: str) -> ir.Table:
    records = catalog.tables["identities"]
    return kept.filter(
        kept.project_id.isin(records.filter(records.record_id == project).project_id)
    )
