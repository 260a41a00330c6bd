"""A scene as a pydeck deck: drawn by the browser from what it is sent, without a map service."""

import json
from collections.abc import Iterable
from itertools import pairwise

import pydeck
from pydeck.bindings.json_tools import default_serialize

from projectdata.basemap import Basemap, Country, Polygon
from projectdata.figures.base import FONT
from projectdata.maps import marks
from projectdata.maps.scene import Scene
from projectdata.maps.view import farthest
from projectdata.palette import Colours

EMPTY_STYLE = "app/static/empty-style.json"
"""A style without a layer, from our own address: where there is none, a map service is asked."""

HATCH = 0.7
"""Degrees between the lines of a hatching."""


class Deck(pydeck.Deck):
    """A deck that is sent without line breaks and blanks: a quarter of the bytes."""

    def to_json(self) -> str:
        """The deck as JSON."""
        return json.dumps(self, default=default_serialize, separators=(",", ":"))


def draw(scene: Scene, basemap: Basemap, colours: Colours, *, turn: int = 0) -> pydeck.Deck:
    """The deck of a scene.

    `turn` goes into the names of the layers that can be clicked: with a new name the browser
    forgets what was clicked before, and nothing stays dimmed.
    """
    view = scene.view
    layers = [
        _land(scene, basemap, colours),
        _countries(scene, basemap, colours, turn),
        _hatching(scene, basemap, colours),
    ]
    if scene.chosen:
        layers += _outlines(scene, basemap, colours)
    layers += [_labels(scene, colours), *_lines(scene, colours), _marks(scene, colours, turn)]
    layers.append(_numbers(scene, colours))
    west, south, east, north = basemap.window
    controller = {
        "maxBounds": [[west, south], [east, north]],
        "scrollZoom": False,
        "dragRotate": False,
        "touchRotate": False,
        "keyboard": True,
    }
    return Deck(
        layers=layers,
        views=[pydeck.View(type="MapView", controller=controller)],
        initial_view_state=pydeck.ViewState(
            longitude=view.longitude,
            latitude=view.latitude,
            zoom=view.zoom,
            min_zoom=round(farthest(basemap.window, view.width, view.height), 3),
            max_zoom=10,
            pitch=0,
            bearing=0,
        ),
        map_style=EMPTY_STYLE,
        map_provider="maplibre",
        tooltip={
            "text": "{tip}",
            "style": {
                "backgroundColor": colours.paper,
                "color": colours.ink,
                "border": f"1px solid {colours.line}",
                "borderRadius": "6px",
                "fontFamily": FONT,
                "fontSize": "14px",
                "lineHeight": "1.4",
                "padding": "8px 12px",
                "maxWidth": "320px",
                "whiteSpace": "pre-line",
                "boxShadow": "0 2px 8px rgba(0,0,0,.18)",
            },
        },
    )


def spoken(text: object) -> str:
    """A text of data in a deck: deck.gl runs a text that begins with @@, so none does."""
    said = str(text)
    return f" {said}" if said.startswith("@@") else said


def rgb(colour: str) -> list[int]:
    """A hex colour as deck.gl wants it."""
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


def _land(scene: Scene, basemap: Basemap, colours: Colours) -> pydeck.Layer:
    """The countries of which nothing is said: they cannot be clicked and have no tooltip."""
    filled = {fill.country for fill in scene.fills}
    rest = [_feature(c, {}) for c in basemap.countries if c.code not in filled]
    return pydeck.Layer(
        "GeoJsonLayer",
        rest,
        id="land",
        pickable=False,
        get_fill_color=rgb(colours.land),
        **_borders(colours),
    )


def _countries(scene: Scene, basemap: Basemap, colours: Colours, turn: int) -> pydeck.Layer:
    features = [
        _feature(
            country,
            {"country": fill.country, "fill": rgb(fill.colour), "tip": spoken(fill.tip)},
        )
        for fill in scene.fills
        if (country := basemap.country(fill.country))
    ]
    return pydeck.Layer(
        "GeoJsonLayer",
        features,
        id=f"countries-{turn}",
        pickable=True,
        get_fill_color="properties.fill",
        **_borders(colours),
    )


def _borders(colours: Colours) -> dict[str, object]:
    return {
        "filled": True,
        "stroked": True,
        "get_line_color": rgb(colours.border),
        "line_width_units": "'pixels'",
        "get_line_width": 1,
        "line_joint_rounded": True,
    }


def _hatching(scene: Scene, basemap: Basemap, colours: Colours) -> pydeck.Layer:
    missing = {fill.country for fill in scene.fills if fill.kind == "missing"}
    data = [
        {"path": path}
        for country in basemap.countries
        if country.code in missing
        for polygon in country.polygons
        for path in hatched(polygon)
    ]
    return pydeck.Layer(
        "PathLayer",
        data,
        id="hatching",
        get_path="path",
        get_color=rgb(colours.quiet),
        width_units="'pixels'",
        get_width=1,
        pickable=False,
        opacity=0.7,
    )


def hatched(polygon: Polygon, step: float = HATCH) -> list[list[list[float]]]:
    """Slanting lines that fill a polygon, its holes left out."""
    edges = [(a, b) for ring in polygon for a, b in pairwise(ring)]
    heights = [x + y for ring in polygon for x, y in ring]
    paths = []
    level = (min(heights) // step + 1) * step
    while level < max(heights):
        crossings = sorted(_crossings(edges, level))
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            paths.append([[round(x, 3), round(level - x, 3)] for x in (start, end)])
        level += step
    return paths


def _crossings(edges: Iterable, level: float) -> Iterable[float]:
    for (ax, ay), (bx, by) in edges:
        a, b = ax + ay - level, bx + by - level
        if (a < 0) != (b < 0):
            yield ax + (bx - ax) * a / (a - b)


def _outlines(scene: Scene, basemap: Basemap, colours: Colours) -> list[pydeck.Layer]:
    """Chosen countries, outlined on a lighter band so that it shows on every colour."""
    chosen = [_feature(c, {}) for c in basemap.countries if c.code in scene.chosen]
    return [
        pydeck.Layer(
            "GeoJsonLayer",
            chosen,
            id=name,
            pickable=False,
            filled=False,
            stroked=True,
            get_line_color=rgb(colour),
            line_width_units="'pixels'",
            get_line_width=width,
            line_joint_rounded=True,
        )
        for name, colour, width in (
            ("chosen-band", colours.paper, 6),
            ("chosen", colours.accent, 3),
        )
    ]


def _labels(scene: Scene, colours: Colours) -> pydeck.Layer:
    data = [
        {"text": label.text, "at": [label.longitude, label.latitude], "offset": [0, label.down]}
        for label in scene.labels
    ]
    return pydeck.Layer(
        "TextLayer",
        data,
        id="labels",
        pickable=False,
        get_text="text",
        get_position="at",
        get_pixel_offset="offset",
        get_size=13,
        get_color=rgb(colours.ink),
        font_family=f"'{FONT}'",
        character_set="'auto'",
        font_weight=600,
        font_settings={"sdf": True, "fontSize": 48, "buffer": 8, "radius": 16},
        outline_width=4,
        outline_color=[*rgb(colours.paper), 230],
    )


def _lines(scene: Scene, colours: Colours) -> list[pydeck.Layer]:
    """Dark lines on a lighter band, so that they show on every colour."""
    data = [{"start": list(line.start), "end": list(line.end)} for line in scene.lines]
    return [
        pydeck.Layer(
            "LineLayer",
            data,
            id=name,
            pickable=False,
            get_source_position="start",
            get_target_position="end",
            get_color=rgb(colour),
            get_width=width,
            width_units="'pixels'",
        )
        for name, colour, width in (
            ("lines-band", colours.paper, 5),
            ("lines", colours.ink, 2),
        )
    ]


def _marks(scene: Scene, colours: Colours, turn: int) -> pydeck.Layer:
    data = [
        {
            "at": [mark.longitude, mark.latitude],
            "icon": marks.name(mark.shape, hollow=mark.hollow, dark=colours.is_dark),
            "size": mark.size,
            "tip": spoken(mark.tip),
            "bounds": list(mark.bounds),
        }
        for mark in scene.marks
    ]
    return pydeck.Layer(
        "IconLayer",
        data,
        id=f"marks-{turn}",
        pickable=True,
        get_position="at",
        get_icon="icon",
        get_size="size",
        size_units="'pixels'",
        icon_atlas=f"'{marks.ATLAS}'",
        icon_mapping=marks.mapping(),
        alpha_cutoff=0.05,
    )


def _numbers(scene: Scene, colours: Colours) -> pydeck.Layer:
    paper, ink = rgb(colours.paper), rgb(colours.ink)
    data = [
        {
            "at": [mark.longitude, mark.latitude],
            "text": str(mark.places),
            "colour": ink if mark.hollow else paper,
            "offset": [0, 3 if mark.shape == "finnish-regional" else 1],
        }
        for mark in scene.marks
        if mark.places > 1
    ]
    return pydeck.Layer(
        "TextLayer",
        data,
        id="numbers",
        pickable=False,
        get_text="text",
        get_position="at",
        get_pixel_offset="offset",
        get_size=12,
        get_color="colour",
        font_family=f"'{FONT}'",
        character_set="'auto'",
        font_weight=700,
    )


def _feature(country: Country, said: dict) -> dict:
    return {
        "type": "Feature",
        "properties": said,
        "geometry": {"type": "MultiPolygon", "coordinates": country.polygons},
    }
