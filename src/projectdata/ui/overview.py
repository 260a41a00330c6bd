"""The parts of the overview page."""

from functools import partial

import pandas as pd
import streamlit as st

from projectdata import basemap, paths
from projectdata.figures import overview as figures
from projectdata.figures import timeline as bars
from projectdata.maps import picture, scene, view
from projectdata.queries import overview as queries
from projectdata.queries import places, summary
from projectdata.queries import timeline as times
from projectdata.queries.lens import holds_others
from projectdata.selection import SOCIAL, UNKNOWN, Selection, value_label
from projectdata.ui.cards import (
    Coverage,
    figure_card,
    foot,
    heading,
    money_coverage,
    of_projects,
)
from projectdata.ui.map_legend import legend
from projectdata.ui.page import Here
from projectdata.ui.prose import page_link, plain
from projectdata.wording import Wording, in_sentence

MOST_RUNNING = 12
MOST_GROUPS, MOST_COUNTRIES = 12, 6
MAP_WIDTH, MAP_HEIGHT = 460, 500
WIDEST_FIRST = (
    "total_budget",
    "grant",
    "public_funding_realised",
    "public_funding_planned",
    "eu_contribution",
    "eu_and_state_realised",
    "eu_and_state_granted",
)
"""Which other amount a card shows where the chosen measure is not published."""


def title(here: Here) -> str:
    """What the projects are: all kinds where the lens is off and something else was imported."""
    if here.selection.values("relevance") != (SOCIAL,) and holds_others(here.catalog):
        return here.words("EU-funded projects")
    return here.words("EU-funded social-service projects")


def strip(here: Here) -> None:
    """The figures of the selection, each with what it is based on."""
    words, totals = here.words, here.totals
    counts = here.rows(summary.counts).iloc[0]
    years = here.rows(summary.years).iloc[0]
    running = here.rows(times.period_counts).iloc[0]["running"]
    measure = here.selection.measure
    known, total = int(totals[f"{measure}_projects"]), totals[f"{measure}_eur"]
    n, m = words.number(known), words.number(here.projects)
    figures = [
        (words("Projects"), m, words("each counted once")),
        (words("Countries"), words.number(counts["countries"]), words("in any role")),
        (
            words("Organisations"),
            words.number(counts["organisations"]),
            words.plural("{n} participation", "{n} participations", int(counts["participations"])),
        ),
        (
            words.label("measure", measure),
            words("not published") if pd.isna(total) else words.money_short(total),
            words("from {n} of {m} projects", n=n, m=m),
        ),
        (
            words("Running now"),
            words.number(0 if pd.isna(running) else running),
            words("on {day}", day=words.date(here.selection.day)),
        ),
        (
            words("Years"),
            _years(words, years),
            words("{n} of {m} have a date", n=words.number(years["with_period"]), m=m),
        ),
    ]
    with st.container(horizontal=True, key="strip-of-six"):
        for label, value, based in figures:
            st.metric(
                label,
                value,
                delta=plain(based),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )


def map_card(here: Here) -> None:
    """A small map of the countries by their projects, and the way to the large one."""
    words = here.words
    title = words("Where they are")
    rows = here.rows(places.countries).sort_values(
        ["projects", "country"], ascending=[False, True], ignore_index=True
    )
    with st.container(border=True, key="card-small-map"):
        heading(title, 2)
        if rows.empty:
            st.markdown(plain(words("For no project in this selection a country is known.")))
            return
        twin = _map_twin(here, rows)
        st.markdown(plain(twin))
        drawn = _small_scene(here, rows)
        said = f"{title}. {twin}"
        st.image(
            picture.inline(drawn, _ground(), here.colours, title=said), width="stretch", alt=said
        )
        legend(here, drawn)
        st.markdown(page_link(words("Open the map"), "map", *_selected(here), _lang(here)))
        foot(
            here,
            "small-map",
            title,
            rows,
            {"country_label": words("Country"), "projects": words("Projects")},
            table=lambda: rows.assign(
                country_label=[words.country(code) for code in rows["country"]]
            ),
            note=words("A project counts in each of its countries."),
        )


def running_card(here: Here) -> None:
    """The projects that run on the day, the newest few as bars."""
    words, selection = here.words, here.selection
    rows = here.rows(times.running, MOST_RUNNING)
    running = here.rows(times.period_counts).iloc[0]["running"]
    running = 0 if pd.isna(running) else int(running)
    day = words.date(selection.day)
    twin = words.plural(
        "{n} project runs on {day}.", "{n} projects run on {day}.", running, day=day
    )
    if running > len(rows):
        twin += " " + words("The {n} that began last are drawn.", n=words.number(len(rows)))
    figure_card(
        here,
        "running-now",
        words("Running now"),
        rows,
        partial(
            bars.bars,
            words=words,
            colours=here.colours,
            day=selection.day,
            statements=of_projects(here.rows(times.period_statements), rows),
        ),
        twin=twin,
        columns={"project_link": words("Project"), "period": words("Period")},
        table=lambda: rows.assign(
            project_link=[
                page_link(row.title, "project", ("project", row.project_id), _lang(here))
                for row in rows.itertuples()
            ],
            period=[bars.period_text(row, words) for row in rows.to_dict("records")],
        ),
        coverage=Coverage(running, here.projects),
        empty=words("No project in this selection is known to run on {day}.", day=day),
    )


def where_and_when(here: Here) -> None:
    """The small map and what runs now, side by side."""
    left, right = st.columns(2)
    with left:
        map_card(here)
    with right:
        running_card(here)


def money_card(here: Here) -> None:
    """The chosen measure by collection, with the coverage of each."""
    words = here.words
    rows = here.rows(queries.money_by_collection)
    measure = words.label("measure", here.selection.measure)
    known = rows["amount_eur"].notna().any()
    figure_card(
        here,
        "money-by-collection",
        words("{measure} by collection", measure=measure),
        rows if known else rows.head(0),
        partial(figures.money_by_collection, words=words, colours=here.colours),
        twin=_money_twin(here, rows) if known else "",
        columns={
            "collection_label": words("Collection"),
            "amount": measure,
            "with_amount": words("Projects with an amount"),
            "projects": words("Projects"),
        },
        table=lambda: rows.assign(
            collection_label=[words.label("collection", code) for code in rows["collection"]],
            amount=[
                words("not published") if pd.isna(value) else words.money(value)
                for value in rows["amount_eur"]
            ],
        ),
        coverage=money_coverage(here),
        note=_sample_note(here),
        empty=words(
            "No project in this selection has an amount of this kind. Another kind of money can "
            "be chosen in the filters."
        ),
    )


def _sample_note(here: Here) -> str:
    """What a short bar does not mean, and that no bar is a total."""
    words = here.words
    if here.catalog.holdings.imports:
        return words(
            "A dotted end means that more projects belong here whose amount is not published, so "
            "a short bar need not be a small family. The bars hold what was curated and imported, "
            "no programme totals."
        )
    return words(
        "A dotted end means that more projects belong here whose amount is not published, so "
        "a short bar need not be a small family. This is a sample, no programme total."
    )


def groups_card(here: Here) -> None:
    """Target groups against countries: each number is a link that chooses both."""
    words = here.words
    title = words("For whom, in which country")
    rows = here.rows(queries.groups_in_countries)
    sizes = here.rows(queries.group_and_country_sizes)
    with st.container(border=True, key="card-groups"):
        heading(title, 2)
        if rows.empty:
            st.markdown(plain(words("No project in this selection names a target group.")))
            return
        groups = _first(sizes, "target_group", MOST_GROUPS)
        countries = _first(sizes, "country", MOST_COUNTRIES)
        st.markdown(plain(_groups_twin(here, sizes)))
        st.table(
            _cross(here, rows, sizes, groups, countries),
            border="horizontal",
            hide_index=True,
            alt=title,
        )
        named = rows[(rows["target_group"] != UNKNOWN)]
        known = sizes[(sizes["parameter"] == "target_group") & (sizes["value"] == UNKNOWN)]
        missing = int(known["projects"].sum())
        foot(
            here,
            "groups-and-countries",
            title,
            rows,
            {
                "group_label": words("Target group"),
                "country_label": words("Country"),
                "projects": words("Projects"),
            },
            coverage=Coverage(
                here.projects - missing, here.projects, words("without a target group")
            ),
            note=words(
                "A project for several groups or in several countries counts in each of them, so "
                "rows and columns do not add up. Choose a number to see its projects."
            ),
            table=lambda: named.assign(
                group_label=[
                    value_label("target_group", code, words) for code in named["target_group"]
                ],
                country_label=[value_label("country", code, words) for code in named["country"]],
            ),
        )


def in_depth_cards(here: Here) -> None:
    """The projects described in depth, each with what it is, when, and with what money."""
    words = here.words
    heading(words("Four projects in depth"), 2)
    rows = here.rows(queries.in_depth)
    if rows.empty:
        st.markdown(
            plain(words("None of the projects described in depth belongs to this selection."))
        )
        return
    st.markdown(plain(words("Read closely from their own documents, with every figure’s source.")))
    amounts = here.rows(queries.in_depth_amounts)
    for start in range(0, len(rows), 2):
        for column, row in zip(
            st.columns(2), rows.iloc[start : start + 2].to_dict("records"), strict=False
        ):
            with column, st.container(border=True, key=f"depth-{row['project_id']}"):
                _in_depth(here, row, amounts[amounts["project_id"] == row["project_id"]])


def _small_scene(here: Here, rows: pd.DataFrame) -> scene.Scene:
    words, ground = here.words, _ground()
    fills, entries = scene.count_fills(rows, words, here.colours)
    lands = [ground.country(code) for code in rows["country"]]
    points = [point for land in lands if land for point in _corners(land)]
    window = view.fit(
        points, ground.window, width=MAP_WIDTH, height=MAP_HEIGHT, margin=8, closest=4.0
    )
    names = {words.country(code) for code in rows["country"]}
    named = scene.labels(ground, window, words, first=rows["country"].tolist()[:5])
    return scene.Scene(
        view=window,
        fills=fills,
        labels=tuple(label for label in named if label.text in names),
        chosen=tuple(code for code in here.selection.values("country") if code != UNKNOWN),
        legend=((words("Projects that touch the country, logarithmic classes"), entries),),
    )


def _corners(land: basemap.Country) -> list[tuple[float, float]]:
    """Two corners of the largest part of a country."""
    boxes = [basemap.box(polygon[0]) for polygon in land.polygons]
    west, south, east, north = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
    return [(west, south), (east, north)]


def _ground() -> basemap.Basemap:
    return basemap.read(paths.data_folder() / "basemap.geojson")


def _map_twin(here: Here, rows: pd.DataFrame) -> str:
    words = here.words
    named = [
        words("{country} ({n})", country=words.country(row.country), n=words.number(row.projects))
        for row in rows.head(3).itertuples()
    ]
    return words.plural(
        "{n} country: {named}.",
        "{n} countries; most projects are in {named}.",
        len(rows),
        named=words.all_of(named),
    )


def _in_depth(here: Here, row: dict, amounts: pd.DataFrame) -> None:
    words = here.words
    heading(row["title"], 3)
    if row["name"] != row["title"]:
        st.markdown(f"*{plain(row['name'])}*")
    st.markdown(plain(_first_sentence(row["summary"])))
    period = bars.period_text(row, words)
    if row["has_period_conflict"]:
        period += " · " + words("sources disagree")
    st.markdown(
        "\n".join(
            [
                f"- **{plain(words('Collection'))}** "
                + plain(words.label("collection", row["collection"])),
                f"- **{plain(words('Period'))}** {plain(period)}",
                f"- {_amount(here, row, amounts)}",
            ]
        )
    )
    st.markdown(
        page_link(
            words("Open {project}", project=row["title"]),
            "project",
            ("project", row["project_id"]),
            _lang(here),
        )
    )


def _amount(here: Here, row: dict, amounts: pd.DataFrame) -> str:
    """The chosen measure, else another that is published, always with its name."""
    words, measure = here.words, here.selection.measure
    if pd.isna(row["amount_eur"]):
        if amounts.empty:
            nothing = words("no amount published")
            return f"**{plain(words('Money'))}** {plain(nothing)}"
        published = dict(zip(amounts["measure"], amounts["amount_eur"], strict=True))
        measure = next(name for name in WIDEST_FIRST if name in published)
        amount = published[measure]
    else:
        amount = row["amount_eur"]
    return f"**{plain(words.label('measure', measure))}** {plain(words.money(amount))}"


def _first_sentence(text: object) -> str:
    if not isinstance(text, str):
        return ""
    first, stop, _ = text.partition(". ")
    return first + "." if stop else first


def _money_twin(here: Here, rows: pd.DataFrame) -> str:
    words = here.words
    known = rows[rows["amount_eur"].notna()]
    most = known.loc[known["amount_eur"].idxmax()]
    without = rows[rows["amount_eur"].isna()]
    text = words(
        "Most of what is published, {sum}, belongs to {collection}: {n} of its {m} projects have "
        "an amount.",
        sum=words.money_short(most["amount_eur"]),
        collection=words.label("collection", most["collection"]),
        n=words.number(most["with_amount"]),
        m=words.number(most["projects"]),
    )
    if len(without):
        names = words.all_of(words.label("collection", code) for code in without["collection"])
        text += " " + words("Nothing is published for {collections}.", collections=names)
    return text


def _groups_twin(here: Here, sizes: pd.DataFrame) -> str:
    words = here.words
    groups = sizes[(sizes["parameter"] == "target_group") & (sizes["value"] != UNKNOWN)]
    if groups.empty:
        return words("No project in this selection names a target group.")
    named = groups.head(2)
    parts = [
        words(
            "{group} ({n})",
            group=in_sentence(words.label("target_group", row.value)),
            n=words.number(row.projects),
        )
        for row in named.itertuples()
    ]
    return words("Most projects are for {groups}.", groups=words.all_of(parts))


def _first(sizes: pd.DataFrame, parameter: str, most: int) -> list[str]:
    """The largest values; not known is one only where nothing else is."""
    held = sizes[sizes["parameter"] == parameter]["value"].tolist()
    return [value for value in held if value != UNKNOWN][:most] or held[:1]


def _cross(
    here: Here, rows: pd.DataFrame, sizes: pd.DataFrame, groups: list[str], countries: list[str]
) -> pd.DataFrame:
    """The table of links: a row a target group, a column a country."""
    words = here.words
    counts = rows.set_index(["target_group", "country"])["projects"].to_dict()
    totals = sizes.set_index(["parameter", "value"])["projects"].to_dict()
    table = {words("Target group"): [plain(value_label("target_group", g, words)) for g in groups]}
    everywhere = [totals[("target_group", group)] for group in groups]
    table[words("All countries")] = [
        _link(here, words, n, target_group=group)
        for group, n in zip(groups, everywhere, strict=True)
    ]
    for country in countries:
        table[plain(value_label("country", country, words))] = [
            _link(here, words, counts.get((group, country)), target_group=group, country=country)
            for group in groups
        ]
    return pd.DataFrame(table)


def _link(here: Here, words: Wording, projects: int | None, **values: str) -> str:
    if not projects:
        return "–"
    chosen = here.selection
    for name, value in values.items():
        chosen = chosen.choosing(name, [value])
    return page_link(words.number(projects), "", *_parameters(chosen), _lang(here))


def _selected(here: Here) -> list[tuple[str, str]]:
    return _parameters(here.selection)


def _parameters(selection: Selection) -> list[tuple[str, str]]:
    return [pair for pair in selection.parameters() if pair[0] != "lang"]


def _years(words: Wording, years: pd.Series) -> str:
    first, last = years["first_start"], years["last_end"]
    if pd.isna(first) and pd.isna(last):
        return words("not known")
    return "–".join("?" if pd.isna(day) else str(day.year) for day in (first, last))


def _lang(here: Here) -> tuple[str, str]:
    return ("lang", here.words.lang)
