"""What the map says in words: its title, its sentence, its notes, its countries as a table."""

import pandas as pd

from projectdata.queries import places as queries
from projectdata.ui import people
from projectdata.ui.cards import Coverage, foot
from projectdata.ui.map_address import RATES, Shown
from projectdata.ui.map_scene import COARSE_CELL, read_ground
from projectdata.ui.page import Here
from projectdata.wording import in_sentence


def title_of_map(here: Here, wanted: Shown) -> str:
    """What colours the countries, as a title."""
    words = here.words
    if wanted.layer == "money":
        measure = in_sentence(words.label("measure", here.selection.measure))
        return words("Money by country: {measure}", measure=measure)
    if wanted.layer == "projects":
        return words("Projects by country")
    if wanted.layer == "projects_per_100000":
        return words("Projects per 100,000 inhabitants, by country")
    if wanted.layer == "money_per_100000":
        measure = in_sentence(words.label("measure", here.selection.measure))
        return words("Money per 100,000 inhabitants, by country: {measure}", measure=measure)
    return words("Where the projects are")


def twin_of_map(here: Here, wanted: Shown, rows: pd.DataFrame) -> str:
    """Where most is, and how many projects have no place on the map."""
    words = here.words
    if wanted.layer == "money":
        best = rows[rows["amount_eur"].notna()].nlargest(3, "amount_eur")
        if best.empty:
            said = words("No country has a project of its own with an amount in this measure")
        else:
            named = [
                f"{words.country(r.country)} ({words.money_short(r.amount_eur)})"
                for r in best.itertuples()
            ]
            said = words(
                "Most money of projects in one country alone is in {countries}",
                countries=words.all_of(named),
            )
    elif rows.empty:
        said = words("No country of these projects is known")
    elif wanted.layer in RATES:
        said = people.most(here, rows, money=wanted.layer == "money_per_100000")
    else:
        named = [
            f"{words.country(r.country)} ({words.number(r.projects)})"
            for r in rows.head(3).itertuples()
        ]
        said = words("Most projects are in {countries}", countries=words.all_of(named))
    missing = int(here.rows(queries.unplaced_reasons)["projects"].sum())
    rest = (
        words.plural(
            "{n} project has no place on the map", "{n} projects have no place on the map", missing
        )
        if missing
        else words("every project has a place on the map")
    )
    return f"{said}; {rest}."


def foot_of_countries(
    here: Here, wanted: Shown, title: str, rows: pd.DataFrame, outside: pd.Series
) -> None:
    """The foot of the map: what it is based on and leaves out, the countries as a table."""
    words = here.words
    if wanted.layer in RATES:
        money = wanted.layer == "money_per_100000"
        coverage = people.coverage(here, rows, money=money)
        note = people.note(here, rows, [words.country(code) for code in rows["country"]])
    elif wanted.layer == "money":
        coverage = Coverage(
            int(rows["published"].sum()),
            here.projects,
            words("are in several countries, or have no amount in this measure"),
        )
        note = words(
            "An amount cannot be split between countries, "
            "so a project in several countries colours none of them."
        )
        if outside["several_published"]:
            note += " " + words.plural(
                "Left out this way: {n} project with {amount}.",
                "Left out this way: {n} projects with {amount}.",
                int(outside["several_published"]),
                amount=words.money_short(outside["several_eur"]),
            )
    else:
        known = here.projects - int(outside["nowhere_projects"])
        coverage = Coverage(known, here.projects, words("have no country"))
        note = (
            words.plural(
                "A project counts in each of its countries: {n} project is in more than one, "
                "so the countries add up to more than the projects.",
                "A project counts in each of its countries: {n} projects are in more than one, "
                "so the countries add up to more than the projects.",
                int(outside["several_projects"]),
            )
            if outside["several_projects"]
            else ""
        )
    note = f"{note} {_off_the_map(here, wanted, rows)}".strip()
    zooming = words("Zoom with the buttons or a double click.")
    note = f"{note} {zooming}".strip()
    measure = words.label("measure", here.selection.measure)
    columns = {"country_label": words("Country"), "projects_label": words("Projects")}
    if wanted.layer != "projects_per_100000":
        columns |= {
            "alone_label": words("In this country alone"),
            "published_label": words("Of them with an amount"),
            "amount_label": words("{measure} of these", measure=measure),
        }
    if wanted.layer in RATES:
        columns |= people.columns(here, rows, money=wanted.layer == "money_per_100000")
    foot(
        here,
        "countries",
        title,
        rows,
        columns,
        coverage=coverage,
        note=note,
        table=lambda: people.table(here, rows).assign(
            country_label=[words.country(code) for code in rows["country"]],
            projects_label=[words.number(n) for n in rows["projects"]],
            alone_label=[words.number(n) for n in rows["alone_projects"]],
            published_label=[words.number(n) for n in rows["published"]],
            amount_label=[
                words("not published") if pd.isna(amount) else words.money(amount)
                for amount in rows["amount_eur"]
            ],
        ),
    )


def _off_the_map(here: Here, wanted: Shown, rows: pd.DataFrame) -> str:
    """What the map cannot show because it lies outside of it; the tables hold it."""
    words, ground = here.words, read_ground()
    lands = [words.country(code) for code in rows["country"] if ground.country(code) is None]
    said = []
    if lands:
        said.append(
            words("Outside the map, but in the table: {countries}.", countries=words.all_of(lands))
        )
    if wanted.marks != "none":
        spots = here.rows(queries.spots, wanted.marks, COARSE_CELL)
        west, south, east, north = ground.window
        inside = spots["longitude"].between(west, east) & spots["latitude"].between(south, north)
        places = int(spots.loc[~inside, "places"].sum())
        if places:
            said.append(
                words.plural(
                    "{n} place lies outside the map and stands in the table of places.",
                    "{n} places lie outside the map and stand in the table of places.",
                    places,
                )
            )
    return " ".join(said)
