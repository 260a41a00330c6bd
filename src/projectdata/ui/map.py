"""The cards of the map page: the map, what is at a spot, partners, places, what has no place."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from projectdata import basemap, paths
from projectdata.maps import deck, picture, scene, view
from projectdata.maps.swatch import SIZE, swatch
from projectdata.palette import MARK_CHARACTERS
from projectdata.queries import denominators
from projectdata.queries import places as queries
from projectdata.selection import UNKNOWN, value_label
from projectdata.ui import address, people
from projectdata.ui.cards import MOST_TABLE_ROWS, Coverage, Rows, foot, foot_of_many, heading
from projectdata.ui.options import counted, draw, is_news, meant
from projectdata.ui.page import Here
from projectdata.ui.prose import escaped, link, page_link, plain
from projectdata.wording import in_sentence

WIDTH, HEIGHT, ASIDE = 620, 600, 260
"""Pixels of the map and of what stands beside it."""
MOST_SPOTS = 2000
"""Above this many spots the database joins neighbours before they are sent."""
EXACT_CELL, COARSE_CELL = 0.0001, 1.0
RATES = ("projects_per_100000", "money_per_100000")
LAYERS = ("projects", "money", *RATES, "none")
MARKS = ("places", "seats", "labs", "none")
TURN = "_map_turn"
MOST_LISTED = 25


@dataclass(frozen=True)
class Shown:
    """What the address says the map shows."""

    layer: str
    marks: str
    lines: str
    spot: tuple[float, ...]
    close: tuple[float, ...]


def shown() -> Shown:
    """The map's own parameters of the address; what means nothing is passed over."""
    return Shown(
        layer=_one("layer", LAYERS),
        marks=_one("marks", MARKS),
        lines="".join(address.own("lines")[:1]),
        spot=_numbers("spot", 4),
        close=_numbers("view", 3),
    )


def map_card(here: Here) -> None:
    """Countries and marks on one map, its legend, the boxes that do what a click does."""
    words, wanted = here.words, shown()
    _name_odd_values(here, wanted)
    rows = people.with_rates(here.rows(denominators.by_country))
    outside = here.rows(queries.outside_countries).iloc[0]
    title = _title(here, wanted)
    with st.container(border=True, key="card-map"):
        heading(title, 2)
        if here.projects == 0:
            st.markdown(plain(words("No project in this selection, so nothing stands on the map.")))
            return
        st.markdown(plain(_twin(here, wanted, rows)))
        with st.container(horizontal=True, key="map-choices"):
            _switch(
                here,
                "layer",
                words("Countries coloured by"),
                {
                    "projects": words("Projects"),
                    "money": words("Money"),
                    "projects_per_100000": words("Projects per 100,000 inhabitants"),
                    "money_per_100000": words("Money per 100,000 inhabitants"),
                    "none": words("Nothing"),
                },
            )
            _switch(
                here,
                "marks",
                words("Marks"),
                {
                    "places": words("Project places"),
                    "seats": words("Partner seats"),
                    "labs": words("Labs"),
                    "none": words("None"),
                },
            )
        drawn = _scene(here, wanted, rows)
        with st.container(horizontal=True, key="map-and-legend"):
            _map(here, drawn, title)
            with st.container(width=ASIDE, key="map-aside"):
                _country_box(here, rows)
                _spot_box(here, wanted, drawn.marks)
                _lines_box(here, wanted)
                legend(here, drawn)
        _foot(here, wanted, title, rows, outside)
        _picture_button(here, drawn, title, _twin(here, wanted, rows))


def spot_card(here: Here) -> None:
    """The places of the mark that was chosen, on the map or in the box."""
    words, wanted = here.words, shown()
    if not wanted.spot or wanted.marks == "none":
        return
    rows = here.rows(queries.records, wanted.marks, _padded(wanted.spot))
    with st.container(border=True, key="card-spot"):
        title = words("At the chosen mark")
        heading(title, 2)
        if rows.empty:
            st.markdown(plain(words("No place of this selection lies here any more.")))
        else:
            towns = list(dict.fromkeys(rows["town"].dropna()))
            named = words.all_of(towns[:6]) if len(towns) <= 6 else ", ".join(towns[:6]) + " …"
            count = words.plural("{n} place", "{n} places", len(rows))
            projects = words.plural(
                "of {n} project", "of {n} projects", rows["project_id"].nunique()
            )
            st.markdown(plain(f"{count} {projects}: {named}."))
            st.markdown(_listed(here, rows.head(MOST_TABLE_ROWS)))
            if len(rows) > MOST_TABLE_ROWS:
                st.caption(
                    plain(
                        words(
                            "The first {n} are listed; all are in the table of places below.",
                            n=MOST_TABLE_ROWS,
                        )
                    )
                )
        with st.container(horizontal=True, key="spot-buttons"):
            if rows[["latitude", "longitude"]].drop_duplicates().shape[0] > 1:
                st.button(
                    words("Look closer"),
                    key="closer",
                    on_click=_look_closer,
                    args=(wanted.spot,),
                    icon=":material/zoom_in:",
                )
            st.button(
                words("Close this list"),
                key="close-spot",
                on_click=address.put_own,
                args=("spot", []),
            )


def partners_card(here: Here) -> None:
    """Who works together in the project whose partner lines are drawn."""
    words, wanted = here.words, shown()
    if not wanted.lines:
        return
    rows = here.rows(queries.partners_of, wanted.lines)
    name = here.catalog.wording(here.selection.choosing("project", [wanted.lines])).label(
        "project", wanted.lines
    )
    title = words("Partners of {project}", project=name)
    with st.container(border=True, key="card-partners"):
        heading(title, 2)
        if rows.empty:
            st.markdown(
                plain(words("This project is not in the selection, or nobody is named in it."))
            )
            return
        seated = rows.dropna(subset=["latitude"])
        leads = list(rows.loc[rows["is_lead"], "name"])
        said = words.plural("{n} organisation", "{n} organisations", len(rows)) + " · "
        said += (
            words("lines run from the lead, {lead}", lead=words.all_of(leads))
            if leads
            else words("no lead is named, so no line is drawn")
        )
        if len(seated) < len(rows):
            said += " · " + words.plural(
                "the seat of {n} is not known",
                "the seats of {n} are not known",
                len(rows) - len(seated),
            )
        st.markdown(plain(said + "."))
        foot(
            here,
            "partners",
            title,
            rows,
            {
                "name": words("Organisation"),
                "role_label": words("Role"),
                "town": words("Town"),
                "country_label": words("Country"),
            },
            table=lambda: rows.assign(
                role_label=[words.label("role", role) for role in rows["role"]],
                country_label=[words.label("country", code) for code in rows["country"]],
            ),
            note=words(
                "Those who do the work: leads, beneficiaries, partners, associated partners."
            ),
        )


def places_card(here: Here) -> None:
    """Every mark of the map as a row: what it stands for, and how exact it is."""
    words, wanted = here.words, shown()
    kind = "places" if wanted.marks == "none" else wanted.marks
    counts = here.rows(queries.spot_count, kind).iloc[0]
    title = {
        "places": words("Every place on the map"),
        "seats": words("Every partner seat on the map"),
        "labs": words("Every place of a lab on the map"),
    }[kind]
    if not counts["places"]:
        return
    with st.container(border=True, key="card-places"):
        heading(title, 2)
        st.markdown(plain(_places_twin(here, counts, here.rows(queries.kinds, kind))))
        foot_of_many(
            here,
            "places",
            title,
            Rows(
                int(counts["places"]),
                partial(here.rows, queries.first_records, kind),
                partial(here.rows, queries.records, kind),
            ),
            _place_columns(here, linked=counts["places"] <= MOST_TABLE_ROWS),
            partial(_place_table, here),
            coverage=Coverage(
                int(counts["projects"]), here.projects, words("have none of these places")
            ),
            note=words(
                "Where a town lies is general knowledge; a dot marks the town, not an address."
            ),
        )


def unplaced_card(here: Here) -> None:
    """The projects that have no place, each with the reason."""
    words = here.words
    counted = here.rows(queries.unplaced_reasons).set_index("reason")["projects"]
    if counted.empty:
        return
    count, reasons = int(counted.sum()), _reasons(here)
    title = words("Not on the map")
    said = "; ".join(
        f"{in_sentence(text)} ({words.number(counted[code])})"
        for code, text in reasons.items()
        if code in counted
    )
    with st.container(border=True, key="card-unplaced"):
        heading(title, 2)
        told = words.plural(
            "{n} project has no place of its own",
            "{n} projects have no place of their own",
            count,
        )
        st.markdown(plain(f"{told}: {said}."))
        if count <= MOST_LISTED:
            lines = [
                f"- {row.project_link} – {plain(row.country_labels)}: "
                f"{plain(in_sentence(row.reason_label))}"
                for row in _unplaced_table(here, here.rows(queries.unplaced)).itertuples()
            ]
            st.markdown("\n".join(lines))
        columns = {
            "project_link" if count <= MOST_TABLE_ROWS else "title": words("Project"),
            "country_labels": words("Countries"),
            "reason_label": words("Why it has no place"),
        }
        many = Rows(
            count,
            partial(here.rows, queries.first_unplaced),
            partial(here.rows, queries.unplaced),
        )
        foot_of_many(here, "unplaced", title, many, columns, partial(_unplaced_table, here))


def _unplaced_table(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    reasons = _reasons(here)
    return rows.assign(
        project_link=[_project_link(here, row) for row in rows.itertuples()],
        country_labels=[_country_names(here, codes) for codes in rows["countries"]],
        reason_label=[reasons[code] for code in rows["reason"]],
    )


def _listed(here: Here, rows: pd.DataFrame) -> str:
    """Places as a list of links, each with what its mark stands for; it fits a phone."""
    words = here.words
    lines = []
    for row in rows.itertuples():
        mark = MARK_CHARACTERS.get(row.collection, "")
        said = [row.name, in_sentence(words.label("place_kind", row.place_kind))]
        said.append(f"{mark} {words.label('collection', row.collection)}")
        lines.append(f"- {_project_link(here, row)} – {plain(' · '.join(said))}")
    return "\n".join(lines)


def small_map(
    here: Here,
    key: str,
    spots: pd.DataFrame,
    *,
    kind: str,
    tip: Callable[[Mapping[str, Any]], str],
    alt: str,
    partners: pd.DataFrame | None = None,
    height: int = 420,
) -> scene.Scene:
    """A map of a few spots without a choice on it; returns its scene for a legend."""
    ground = _basemap()
    points = list(zip(spots["longitude"], spots["latitude"], strict=True))
    window = view.fit(points, ground.window, width=WIDTH, height=height)
    made = scene.marks(spots, window, kind, tip)
    drawn = scene.Scene(
        view=window,
        marks=made,
        labels=scene.labels(ground, window, here.words, first=(), around=made),
        lines=scene.lines(partners) if partners is not None else (),
        legend=((here.words("Marks"), scene.mark_entries(made, kind, here.words, here.colours)),),
    )
    st.pydeck_chart(
        deck.draw(drawn, ground, here.colours),
        key=f"figure-{key}",
        width=WIDTH,
        height=height,
        alt=alt,
    )
    return drawn


def legend(here: Here, drawn: scene.Scene) -> None:
    """What colours and marks mean, as a list beside the map."""
    if not drawn.legend:
        return
    parts = []
    for title, entries in drawn.legend:
        items = "".join(
            '<li style="display:flex;gap:0.6rem;align-items:flex-start;margin:0 0 0.3rem 0">'
            f'<img src="{_image(swatch(entry, here.colours))}" alt="" width="{SIZE}" '
            f'height="{SIZE}" style="flex:none;margin-top:2px">'
            f"<span>{escaped(entry.label)}</span></li>"
            for entry in entries
        )
        parts.append(
            f'<p style="margin:0.6rem 0 0.4rem 0"><strong>{escaped(title)}</strong></p>'
            f'<ul style="list-style:none;margin:0;padding:0">{items}</ul>'
        )
    st.html("".join(parts))


def _image(drawing: str) -> str:
    """A swatch as an image inside the page: Streamlit takes SVG elements out of HTML."""
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" '
        f'font-family="sans-serif">{drawing}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(whole.encode()).decode()


def _scene(here: Here, wanted: Shown, rows: pd.DataFrame) -> scene.Scene:
    words, colours, ground = here.words, here.colours, _basemap()
    chosen = tuple(code for code in here.selection.values("country") if code != UNKNOWN)
    partners = here.rows(queries.partners_of, wanted.lines) if wanted.lines else None
    window, spots = _window(here, wanted, rows, chosen, partners)
    made: tuple[scene.Mark, ...] = ()
    parts: list[tuple[str, tuple[scene.Entry, ...]]] = []
    fills: tuple[scene.Fill, ...] = ()
    if wanted.layer == "projects":
        fills, entries = scene.count_fills(rows, words, colours)
        parts.append((words("Projects that touch the country, logarithmic classes"), entries))
    elif wanted.layer == "money":
        fills, entries = scene.money_fills(rows, words, colours)
        measure = words.label("measure", here.selection.measure)
        parts.append(
            (
                words(
                    "{measure} of projects in this country alone, logarithmic classes",
                    measure=measure,
                ),
                entries,
            )
        )
    elif wanted.layer in RATES:
        money = wanted.layer == "money_per_100000"
        fills, entries = scene.rate_fills(rows, words, colours, money=money)
        parts.append((people.legend_title(here, rows, money=money), entries))
    if spots is not None:
        made = scene.marks(spots, window, wanted.marks, _tip(here, wanted.marks))
        if made:
            parts.append((words("Marks"), scene.mark_entries(made, wanted.marks, words, colours)))
    other = []
    if chosen:
        other.append(scene.Entry("line", words("Chosen country"), colours.accent))
    joined = scene.lines(partners) if partners is not None else ()
    if joined:
        other.append(scene.Entry("line", words("From the lead to a partner"), colours.ink))
    if other:
        parts.append((words("Lines"), tuple(other)))
    return scene.Scene(
        view=window,
        fills=fills,
        marks=made,
        labels=scene.labels(ground, window, words, first=[*chosen, *rows["country"]], around=made),
        lines=joined,
        chosen=chosen,
        legend=tuple(parts),
    )


def _window(
    here: Here,
    wanted: Shown,
    rows: pd.DataFrame,
    chosen: Sequence[str],
    partners: pd.DataFrame | None,
) -> tuple[view.View, pd.DataFrame | None]:
    """What the map opens on, and the spots of its marks."""
    spots, many = None, False
    if wanted.marks != "none":
        many = int(here.rows(queries.spot_count, wanted.marks)["spots"].iloc[0]) > MOST_SPOTS
        spots = here.rows(queries.spots, wanted.marks, COARSE_CELL if many else EXACT_CELL)
    ground = _basemap()
    if partners is not None and not partners.empty:
        seated = partners.dropna(subset=["latitude", "longitude"])
        points = list(zip(seated["longitude"], seated["latitude"], strict=True))
    elif chosen:
        points = [point for code in chosen for point in _corners(ground.country(code))]
    else:
        points = []
        if wanted.layer != "none" or spots is None:
            points = [point for code in rows["country"] for point in _corners(ground.country(code))]
        if spots is not None:
            points += list(zip(spots["longitude"], spots["latitude"], strict=True))
    window = view.fit(points, ground.window, width=WIDTH, height=HEIGHT)
    if wanted.close:
        longitude, latitude, zoom = wanted.close
        zoom = min(max(zoom, window.zoom), 10)
        window = view.View(longitude, latitude, zoom, WIDTH, HEIGHT)
    if many:
        cell = 12 * 360 / (view.WORLD * 2**window.zoom)
        spots = here.rows(queries.spots, wanted.marks, min(round(cell, 2) or 0.01, COARSE_CELL))
    return window, spots


def _corners(land: basemap.Country | None) -> list[tuple[float, float]]:
    if land is None:
        return []
    boxes = [basemap.box(polygon[0]) for polygon in land.polygons]
    largest = max((east - west) * (north - south) for west, south, east, north in boxes)
    return [
        point
        for west, south, east, north in boxes
        if (east - west) * (north - south) > largest / 20
        for point in ((west, south), (east, north))
    ]


def _map(here: Here, drawn: scene.Scene, title: str) -> None:
    turn = st.session_state.get(TURN, 0)
    st.pydeck_chart(
        deck.draw(drawn, _basemap(), here.colours, turn=turn),
        key="figure-map",
        width=WIDTH,
        height=HEIGHT,
        alt=here.words("{title}. The same as a table below the map.", title=title),
        on_select=lambda: _clicked(here),
        selection_mode="single-object",
    )


def _clicked(here: Here) -> None:
    """A click on a country sets the filter, a click on a mark opens its list."""
    picked = st.session_state["figure-map"]["selection"]["objects"]
    for layer, objects in picked.items():
        if not objects:
            continue
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        if layer.startswith("countries"):
            _choose_country(here, objects[0]["properties"]["country"])
        elif layer.startswith("marks"):
            address.put_own("spot", [_joined(objects[0]["bounds"])])


def _choose_country(here: Here, code: str) -> None:
    """Set the country filter; the country that is chosen alone is let go."""
    alone = here.selection.values("country") == (code,)
    _put_country("" if alone else code)


def _country_box(here: Here, rows: pd.DataFrame) -> None:
    words, chosen = here.words, here.selection.values("country")
    counts = dict(zip(rows["country"], rows["projects"], strict=True))
    options = ["", *dict.fromkeys([*chosen, *counts])]
    key, value = "map-country", chosen[0] if len(chosen) == 1 else ""
    draw(key, value)

    several = words("Several countries") if len(chosen) > 1 else words("All countries")
    names = {code: value_label("country", code, words) if code else several for code in options}

    def label(code: str) -> str:
        name = names.get(code, code)
        return counted(name, words.number(counts.get(code, 0))) if code else name

    st.selectbox(
        words("Choose a country"),
        options,
        key=key,
        format_func=label,
        on_change=_choose_country_in_box,
        args=(key, names),
        help=words("A click on the map does the same."),
    )


def _choose_country_in_box(key: str, names: Mapping[str, str]) -> None:
    code = meant(st.session_state[key], names)
    if code is not None and is_news(key, code):
        _put_country(code)


def _put_country(code: str) -> None:
    address.change(lambda chosen: chosen.choosing("country", [code] if code else []))


def _spot_box(here: Here, wanted: Shown, made: Sequence[scene.Mark]) -> None:
    if not made:
        return
    words = here.words
    ordered = sorted(made, key=lambda mark: (-mark.places, mark.name))
    value = _joined(wanted.spot) if wanted.spot else ""
    names = {
        "": words("No mark chosen"),
        **({value: words("The chosen mark")} if value else {}),
        **{_joined(mark.bounds): mark.name for mark in ordered},
    }
    places = {_joined(mark.bounds): words.number(mark.places) for mark in ordered}

    def label(spot: str) -> str:
        name = names.get(spot, spot)
        return counted(name, places[spot]) if spot in places else name

    key = "map-spot"
    draw(key, value)
    st.selectbox(
        words("List what is at a mark"),
        list(names),
        key=key,
        format_func=label,
        on_change=_put_one,
        args=("spot", key, names),
        help=words(
            "A click on the mark does the same. The number says how many places it stands for."
        ),
    )
    if wanted.close:
        st.button(
            words("Back to the whole selection"),
            key="map-back",
            icon=":material/zoom_out_map:",
            on_click=address.put_own,
            args=("view", []),
        )


def _lines_box(here: Here, wanted: Shown) -> None:
    rows = here.rows(queries.connected_projects)
    words = here.words
    names = dict(zip(rows["project_id"], rows["title"], strict=True))
    if not names and not wanted.lines:
        return
    value = wanted.lines
    names = {
        "": words("No project chosen"),
        **({value: names.get(value, value)} if value else {}),
        **names,
    }
    key = "map-lines"
    draw(key, value)
    st.selectbox(
        words("Draw the partner lines of a project"),
        list(names),
        key=key,
        format_func=lambda code: names.get(code, code),
        on_change=_put_one,
        args=("lines", key, names),
    )


def _put_one(name: str, key: str, names: Mapping[str, str]) -> None:
    value = meant(st.session_state[key], names)
    if value is not None and is_news(key, value):
        address.put_own(name, [value] if value else [])


def _switch(here: Here, name: str, title: str, options: Mapping[str, str]) -> None:
    """A choice that lives in the address; the first option is the default and stays out of it."""
    default = next(iter(options))
    value, key = _one(name, tuple(options)), f"map-{name}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value

    def put() -> None:
        picked = st.session_state[key]
        address.put_own(name, [] if picked in (None, default) else [picked])
        if name == "marks":
            address.put_own("spot", [])

    st.segmented_control(
        title,
        list(options),
        key=key,
        format_func=lambda option: options.get(option, option),
        on_change=put,
        required=True,
        wrap=True,
    )


def _foot(here: Here, wanted: Shown, title: str, rows: pd.DataFrame, outside: pd.Series) -> None:
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
    words, ground = here.words, _basemap()
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


def _picture_button(here: Here, drawn: scene.Scene, title: str, twin: str) -> None:
    words = here.words
    package = here.catalog.package

    def draw() -> bytes:
        return picture.draw(
            drawn,
            _basemap(),
            here.colours,
            title=title,
            said=[here.sentence + ".", twin],
            foot=[
                words(
                    "projectdata {version} · {day} · data: the sources named in the dataset · "
                    "land: Natural Earth, public domain",
                    version=package.version,
                    day=words.date(date.today()),
                )
            ],
        ).encode()

    st.download_button(
        words("Download the map as a picture (SVG)"),
        data=draw,
        file_name="projectdata-map.svg",
        mime="image/svg+xml",
        key="download-map-picture",
        on_click="ignore",
        type="tertiary",
        icon=":material/image:",
    )


def _title(here: Here, wanted: Shown) -> str:
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


def _twin(here: Here, wanted: Shown, rows: pd.DataFrame) -> str:
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


def _tip(here: Here, kind: str) -> Callable[[Mapping[str, Any]], str]:
    words = here.words

    def tip(spot: Mapping[str, Any]) -> str:
        if spot["places"] == 1:
            what = words.label("place_kind", str(spot["place_kind"]))
            meaning = words.description("place_kind", str(spot["place_kind"]))
            if kind == "seats":
                return "\n".join((str(spot["name"]), str(spot["title"])))
            collection = str(spot["collection"])
            mark = MARK_CHARACTERS.get(collection, "")
            return "\n".join(
                (
                    str(spot["title"]),
                    f"{mark} {words.label('collection', collection)}",
                    f"{spot['name']} – {in_sentence(what)}",
                    meaning,
                )
            )
        names = spot["names"]
        listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        count = words.plural("{n} place", "{n} places", int(spot["places"]))
        return "\n".join((f"{count}: {listed}", words("Select the mark to list them")))

    return tip


def _places_twin(here: Here, counts: pd.Series, kinds: pd.DataFrame) -> str:
    words = here.words
    count = words.plural("{n} place", "{n} places", int(counts["places"]))
    projects = words.plural("of {n} project", "of {n} projects", int(counts["projects"]))
    if len(kinds) == 1:
        return f"{count} {projects}."
    named = [
        f"{in_sentence(words.label('place_kind', kind))} ({words.number(n)})"
        for kind, n in zip(kinds["place_kind"], kinds["places"], strict=True)
    ]
    return f"{count} {projects}: {words.all_of(named)}."


def _place_table(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    words = here.words
    return rows.assign(
        project_link=[_project_link(here, row) for row in rows.itertuples()],
        collection_label=[
            f"{MARK_CHARACTERS.get(code, '')} {words.label('collection', code)}"
            for code in rows["collection"]
        ],
        country_label=[words.label("country", code) for code in rows["country"]],
        kind_label=[words.label("place_kind", code) for code in rows["place_kind"]],
        precision_label=[words.label("place_precision", code) for code in rows["precision"]],
        source_link=[
            link(row.source_title, row.source_url) if isinstance(row.source_title, str) else ""
            for row in rows.itertuples()
        ],
    )


def _place_columns(here: Here, *, linked: bool) -> dict[str, str]:
    words = here.words
    return {
        "name": words("Place"),
        "country_label": words("Country"),
        "project_link" if linked else "title": words("Project"),
        "collection_label": words("Collection"),
        "kind_label": words("What the mark stands for"),
        "precision_label": words("How exact"),
        "source_link" if linked else "source_title": words("Source"),
    }


def _project_link(here: Here, row: Any) -> str:
    return page_link(row.title, "project", ("project", row.project_id), ("lang", here.words.lang))


def _country_names(here: Here, codes: object) -> str:
    if not isinstance(codes, str):
        return here.words("not known")
    return ", ".join(here.words.country(code) for code in codes.split(" | "))


def _reasons(here: Here) -> dict[str, str]:
    words = here.words
    return {
        "country": words("Only the country is known"),
        "seats": words("Only the seats of those who take part are known"),
        "nothing": words("Not even the country is known"),
    }


def _look_closer(spot: Sequence[float]) -> None:
    west, south, east, north = spot
    window = view.fit(
        [(west, south), (east, north)],
        _basemap().window,
        width=WIDTH,
        height=HEIGHT,
        margin=120,
        closest=9,
    )
    address.put_own("view", [_joined((window.longitude, window.latitude, round(window.zoom, 2)))])
    address.put_own("spot", [])


def _basemap() -> basemap.Basemap:
    return basemap.read(paths.data_folder() / "basemap.geojson")


def _name_odd_values(here: Here, wanted: Shown) -> None:
    """Say which of the map's own parameters mean nothing."""
    read = {
        "layer": wanted.layer,
        "marks": wanted.marks,
        "spot": wanted.spot,
        "view": wanted.close,
    }
    for name, value in read.items():
        given = "".join(address.own(name)[:1])
        if given and (not value or (name in ("layer", "marks") and given != value)):
            said = here.words(
                "{parameter} = “{value}”: this value means nothing here; it was left out",
                parameter=name,
                value=given[:60],
            )
            st.warning(plain(said), icon=":material/link_off:")


def _one(name: str, options: Sequence[str]) -> str:
    given = address.own(name)[:1]
    return given[0] if given and given[0] in options else options[0]


def _numbers(name: str, count: int) -> tuple[float, ...]:
    """The numbers of a parameter like 24.9,60.2,25.1,60.4; nothing where they are not so."""
    try:
        numbers = tuple(float(part) for part in "".join(address.own(name)[:1]).split(","))
    except ValueError:
        return ()
    sound = len(numbers) == count and all(-180 <= number <= 180 for number in numbers)
    return numbers if sound else ()


def _joined(numbers: Sequence[float]) -> str:
    return ",".join(f"{number:.10g}" for number in numbers)


def _padded(spot: Sequence[float]) -> tuple[float, float, float, float]:
    west, south, east, north = spot
    return west - 0.0001, south - 0.0001, east + 0.0001, north + 0.0001
