"""Projects and money set against the people of a country or of a wellbeing services county."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from projectdata.figures import denominators as figures
from projectdata.measures import per_inhabitants
from projectdata.queries import denominators as queries
from projectdata.ui.cards import Coverage, foot, heading, plot
from projectdata.ui.page import Here
from projectdata.ui.prose import link, page_link, plain

RATES = {"projects": "projects_per_100000", "amount_eur": "eur_per_100000"}


def with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of an area with their projects and their money per 100,000 inhabitants."""
    return per_inhabitants(rows, RATES)


def legend_title(here: Here, rows: pd.DataFrame, *, money: bool) -> str:
    """What is set against which people, with their year and who counted them."""
    words = here.words
    counted = {"year": _year(rows), "source": words.all_of(_publishers(rows)) or "–"}
    if money:
        return words(
            "{measure} of projects in this country alone, per 100,000 inhabitants of {year} "
            "({source}), logarithmic classes",
            measure=words.label("measure", here.selection.measure),
            **counted,
        )
    return words(
        "Projects that touch the country, per 100,000 inhabitants of {year} ({source}), "
        "logarithmic classes",
        **counted,
    )


def most(here: Here, rows: pd.DataFrame, *, money: bool) -> str:
    """The countries with the highest rates, in a sentence without its end."""
    words, column = here.words, "eur_per_100000" if money else "projects_per_100000"
    best = rows[rows[column].notna()].nlargest(3, column)
    if best.empty:
        return words("No country has a figure per 100,000 inhabitants")
    text = words.money_short if money else words.rate
    named = [
        f"{words.country(code)} ({text(rate)})"
        for code, rate in zip(best["country"], best[column], strict=True)
    ]
    if money:
        return words(
            "Most money per 100,000 inhabitants of projects in one country alone is in {countries}",
            countries=words.all_of(named),
        )
    return words(
        "Most projects per 100,000 inhabitants are in {countries}", countries=words.all_of(named)
    )


def coverage(here: Here, rows: pd.DataFrame, *, money: bool) -> Coverage:
    """How many projects the rates of countries rest on."""
    words = here.words
    if money:
        based = int(rows.loc[rows["eur_per_100000"].notna(), "published"].sum())
        return Coverage(
            based,
            here.projects,
            words("are in several countries, or lack an amount in this measure or a population"),
        )
    based = int(here.rows(queries.counted, "country").iloc[0]["with_population"])
    return Coverage(based, here.projects, words("have no country whose population is known"))


def note(here: Here, rows: pd.DataFrame, names: Sequence[str]) -> str:
    """What a rate of a sample says and what it does not, and who counted the people."""
    words = here.words
    said = [
        words(
            "The projects are a curated sample and what was imported: a rate shows how densely "
            "this dataset covers a country, not how much a country does."
        )
        if here.catalog.holdings.imports
        else words(
            "The projects are a sample: a rate shows how densely this dataset covers a country, "
            "not how much a country does."
        ),
        _counted(here, rows),
    ]
    unknown = [name for name, n in zip(names, rows["population"], strict=True) if pd.isna(n)]
    if unknown:
        said.append(
            words(
                "Without a population of {year}, so hatched: {countries}.",
                year=_year(rows),
                countries=words.all_of(unknown),
            )
        )
    said.append(
        words(
            "The people at risk of poverty or social exclusion in the table are background: no "
            "cause is claimed."
        )
    )
    return " ".join(said)


def columns(here: Here, rows: pd.DataFrame, *, money: bool) -> dict[str, str]:
    """The columns that a table of countries gains with a rate."""
    words = here.words
    rate = (
        {"money_rate_label": words("Money per 100,000 inhabitants")}
        if money
        else {"rate_label": words("Projects per 100,000 inhabitants")}
    )
    return rate | {
        "population_label": words("Population, {year}", year=_year(rows)),
        "risk_label": words(
            "At risk of poverty or social exclusion, {year}", year=_year(rows, "poverty_risk")
        ),
        "population_link": words("Source of the population"),
    }


def table(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with rates, people and their sources written out."""
    words = here.words
    shown = rows.assign(
        rate_label=[_or_unknown(here, v, words.rate) for v in rows["projects_per_100000"]],
        money_rate_label=[_or_unknown(here, v, words.money_short) for v in rows["eur_per_100000"]],
        population_label=[_or_unknown(here, v, words.number) for v in rows["population"]],
        population_link=[
            link(_short(row.population_publisher), row.population_url)
            if isinstance(row.population_url, str)
            else ""
            for row in rows.itertuples()
        ],
    )
    if "poverty_risk" not in rows:
        return shown
    return shown.assign(
        risk_label=[
            words("about {n}", n=words.number(n))
            if precision == "rounded"
            else _or_unknown(here, n, words.number)
            for n, precision in zip(
                rows["poverty_risk"], rows["poverty_risk_precision"], strict=True
            )
        ]
    )


def counties_card(here: Here) -> None:
    """Finnish wellbeing services counties: projects, and projects per 100,000 inhabitants."""
    words = here.words
    rows = with_rates(here.rows(queries.by_county))
    if rows.empty:
        return
    rows = rows.assign(
        county=[words.label("wellbeing_county", code) for code in rows["wellbeing_county"]]
    )
    title = words("Finnish wellbeing services counties")
    with st.container(border=True, key="card-counties"):
        heading(title, 2)
        twin = _counties_twin(here, rows)
        st.markdown(plain(twin))
        maker = partial(figures.counties, rows, words, here.colours)
        plot(here, "counties", title, maker, alt=f"{title}. {twin}")
        choose = plain(words("Narrow everything to a county:"))
        st.markdown(f"{choose} {' · '.join(_links(here, rows))}")
        counts = here.rows(queries.counted, "wellbeing_county").iloc[0]
        foot(
            here,
            "counties",
            title,
            rows,
            _county_columns(here, rows),
            coverage=Coverage(
                int(counts["in_an_area"]),
                here.projects,
                words("are outside Finland, or no county is known"),
            ),
            note=_counties_note(here, rows),
            table=partial(_county_table, here, rows),
        )


def _counties_twin(here: Here, rows: pd.DataFrame) -> str:
    words = here.words
    by_count = rows.iloc[0]
    said = words.plural(
        "{n} county has projects of this selection; most are in {county} ({projects})",
        "{n} counties have projects of this selection; most are in {county} ({projects})",
        len(rows),
        county=by_count["county"],
        projects=words.number(by_count["projects"]),
    )
    rated = rows[rows["projects_per_100000"].notna()]
    if rated.empty:
        return f"{said}."
    best = rated.loc[rated["projects_per_100000"].idxmax()]
    most = words(
        "per 100,000 inhabitants, most are in {county} ({rate})",
        county=best["county"],
        rate=words.rate(best["projects_per_100000"]),
    )
    return f"{said}; {most}."


def _counties_note(here: Here, rows: pd.DataFrame) -> str:
    words = here.words
    return " ".join(
        (
            words(
                "A project counts in every county where it has a place or where somebody who takes "
                "part has a seat; nationwide organisations often sit in Helsinki."
            ),
            words(
                "The projects are a curated sample and what was imported: a rate shows how densely "
                "this dataset covers a county."
            )
            if here.catalog.holdings.imports
            else words(
                "The projects are a sample: a rate shows how densely this dataset covers a county."
            ),
            _counted(here, rows),
        )
    )


def _county_columns(here: Here, rows: pd.DataFrame) -> dict[str, str]:
    words = here.words
    return {
        "county_link": words("Wellbeing services county"),
        "projects": words("Projects"),
        "rate_label": words("Projects per 100,000 inhabitants"),
        "population_label": words("Population, {year}", year=_year(rows)),
        "aged_label": words("Aged 65 or over, {year}", year=_year(rows, "aged_65_plus_pct")),
        "population_link": words("Source of the population"),
    }


def _county_table(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    words = here.words
    return table(here, rows).assign(
        county_link=_links(here, rows),
        aged_label=[
            _or_unknown(here, share, lambda share: words.percent(share / 100, 1))
            for share in rows["aged_65_plus_pct"]
        ],
    )


def _links(here: Here, rows: pd.DataFrame) -> list[str]:
    """Each county as a link that narrows the selection to it."""
    found = []
    for code, name in zip(rows["wellbeing_county"], rows["county"], strict=True):
        chosen = here.selection.choosing("wellbeing_county", [code]).parameters()
        kept = [pair for pair in chosen if pair[0] != "lang"]
        found.append(page_link(name, "map", *kept, ("lang", here.words.lang)))
    return found


def _counted(here: Here, rows: pd.DataFrame) -> str:
    """Whose population, of which year."""
    words = here.words
    return words(
        "Population of {year}: {source}; the table and the CSV name each document.",
        year=_year(rows),
        source=words.all_of(_publishers(rows)) or words("not known"),
    )


def _publishers(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(_short(name) for name in rows["population_publisher"].dropna()))


def _short(publisher: object) -> str:
    """Who counted, without who copied: a publisher is written 'Eurostat; copy by …'."""
    return str(publisher).partition(";")[0]


def _year(rows: pd.DataFrame, name: str = "population") -> str:
    years = rows[f"{name}_year"].dropna()
    return str(int(years.iloc[0])) if len(years) else "–"


def _or_unknown(here: Here, value: float, text: Callable[[float], str]) -> str:
    return here.words("not known") if pd.isna(value) else text(value)
