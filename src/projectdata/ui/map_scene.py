"""What stands on a map: the window it opens on, colours, marks, lines; a small map of few spots."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from projectdata import basemap, paths
from projectdata.maps import deck, scene, view
from projectdata.queries import places as queries
from projectdata.selection import UNKNOWN, Code
from projectdata.ui import cells, people
from projectdata.ui.map_address import RATES, Shown
from projectdata.ui.page import Here
from projectdata.wording import in_sentence

WIDTH, HEIGHT = 620, 600
"""Pixels of the map."""
MOST_SPOTS = 2000
"""Above this many spots the database joins neighbours before they are sent."""
EXACT_CELL, FINEST_CELL, COARSE_CELL = 0.0001, 0.01, 1.0


def read_ground() -> basemap.Basemap:
    """The outlines of the countries."""
    return basemap.read(paths.data_folder() / "basemap.geojson")


def scene_of_selection(here: Here, wanted: Shown, rows: pd.DataFrame) -> scene.Scene:
    """All that the map shows of a selection, with its legend."""
    words, colours, ground = here.words, here.colours, read_ground()
    chosen = tuple(code for code in here.selection.values("country") if code != UNKNOWN)
    partners = here.rows(queries.partners_of, Code(wanted.lines)) if wanted.lines else None
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
    ground = read_ground()
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
        cell = _step(12 * 360 / (view.WORLD * 2**window.zoom))
        spots = here.rows(queries.spots, wanted.marks, min(max(cell, FINEST_CELL), COARSE_CELL))
    return window, spots


def _step(cell: float) -> float:
    """The next smaller of ten sizes a power of ten: a statement for each size is built once."""
    return round(10 ** (math.floor(10 * math.log10(cell)) / 10), 4)


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


def _tip(here: Here, kind: str) -> Callable[[Mapping[str, Any]], str]:
    words = here.words

    def tip(spot: Mapping[str, Any]) -> str:
        if spot["places"] == 1:
            what = words.label("place_kind", str(spot["place_kind"]))
            meaning = words.description("place_kind", str(spot["place_kind"]))
            if kind == "seats":
                return "\n".join((str(spot["name"]), str(spot["title"])))
            return "\n".join(
                (
                    str(spot["title"]),
                    cells.collection(str(spot["collection"]), words),
                    f"{spot['name']} – {in_sentence(what)}",
                    meaning,
                )
            )
        names = spot["names"]
        listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        count = words.plural("{n} place", "{n} places", int(spot["places"]))
        return "\n".join((f"{count}: {listed}", words("Select the mark to list them")))

    return tip


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
    ground = read_ground()
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
