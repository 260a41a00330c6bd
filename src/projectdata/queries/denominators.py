"""How many people a number of projects is set against, by country and by wellbeing county.

A comparison takes the figures of one year: the one for which most areas have the indicator, the
latest of equals. An area without a figure of that year has none, whatever other years say.
"""

import ibis
import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries import places
from projectdata.selection import Selection

TOUCHED = {"country": "project_countries", "wellbeing_county": "project_counties"}
"""The table of a project's areas, by the kind of area; the column has the name of the kind."""


def by_country(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per country that a project touches: the columns of `places.countries`, and people.

    population and poverty_risk (persons at risk of poverty or social exclusion), each with _year,
    _precision, _note, _source, _publisher and _url. The year stands in every row, the figure only
    where it is known.
    """
    rows = places.countries(catalog, selection)
    rows = _beside(catalog, selection, rows, "country", "population", "population")
    return _beside(
        catalog, selection, rows, "country", "at_risk_of_poverty_or_exclusion", "poverty_risk"
    ).order_by(ibis.desc("projects"), "country")


def by_county(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per Finnish wellbeing services county that a project touches.

    wellbeing_county, projects, alone_projects, published, amount_eur (both of `alone_projects`,
    which touch no other county and no other country), and population and aged_65_plus_pct with the
    same companions as in `by_country`.
    """
    kept, counties = catalog.kept, catalog.tables["project_counties"]
    counties = counties.filter(counties.project_id.isin(kept.project_id))
    breadth = counties.group_by("project_id").aggregate(counties=counties.count())
    rows = counties.join(breadth, "project_id")
    rows = rows.join(
        kept.select("project_id", "country_count", amount=kept[selection.measure]), "project_id"
    )
    alone = (rows.counties == 1) & (rows.country_count <= 1)
    rows = rows.group_by("wellbeing_county").aggregate(
        projects=rows.count(),
        alone_projects=rows.count(where=alone),
        published=rows.amount.count(where=alone),
        amount_eur=rows.amount.sum(where=alone),
    )
    kind = "wellbeing_county"
    rows = _beside(catalog, selection, rows, kind, "population", "population")
    rows = _beside(catalog, selection, rows, kind, "population_65_plus_pct", "aged_65_plus_pct")
    return rows.order_by(ibis.desc("projects"), "wellbeing_county")


def counted(catalog: Catalog, selection: Selection, area_kind: str) -> ir.Table:
    """One row: projects in an area of the kind, in several, and in one whose population is known.

    in_an_area, in_several, with_population; a project counts once.
    """
    touched = catalog.tables[TOUCHED[area_kind]]
    touched = touched.filter(touched.project_id.isin(catalog.kept.project_id))
    people = _of_one_year(catalog, area_kind, "population")
    areas = touched.group_by("project_id").aggregate(
        areas=touched.count(), known=touched[area_kind].isin(people.area).any()
    )
    return areas.aggregate(
        in_an_area=areas.count(),
        in_several=areas.count(where=areas.areas > 1),
        with_population=areas.count(where=areas.known),
    )


def _beside(
    catalog: Catalog,
    selection: Selection,
    rows: ir.Table,
    area_kind: str,
    indicator: str,
    name: str,
) -> ir.Table:
    """The rows with an indicator of their area in the year of comparison, as columns of `name`."""
    found = _of_one_year(catalog, area_kind, indicator)
    sources = catalog.tables["sources"].select("source_id", "title", "publisher", "url")
    found = found.left_join(sources, "source_id")
    value = found["value"] if name.endswith("_pct") else found["value"].cast("int64")
    found = found.select(
        **{
            area_kind: found.area,
            name: value,
            f"{name}_precision": found.precision,
            f"{name}_note": found[f"note_{selection.lang}"],
            f"{name}_source": found.title,
            f"{name}_publisher": found.publisher,
            f"{name}_url": found.url,
        }
    )
    joined = rows.left_join(found, area_kind).drop(f"{area_kind}_right")
    year = _year(_indicator(catalog, area_kind, indicator)).as_scalar()
    return joined.mutate(**{f"{name}_year": year})


def _of_one_year(catalog: Catalog, area_kind: str, indicator: str) -> ir.Table:
    rows = _indicator(catalog, area_kind, indicator)
    return rows.filter(rows.year == _year(rows).as_scalar())


def _indicator(catalog: Catalog, area_kind: str, indicator: str) -> ir.Table:
    rows = catalog.tables["denominators"]
    return rows.filter((rows.area_kind == area_kind) & (rows.indicator == indicator))


def _year(rows: ir.Table) -> ir.Table:
    """One row, one column: the year for which most areas have a figure."""
    years = rows.group_by("year").aggregate(areas=rows.count())
    return years.order_by(ibis.desc("areas"), ibis.desc("year")).limit(1).select("year")
