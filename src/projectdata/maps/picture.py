"""A scene as an SVG picture that carries its title, selection, legend, source and date."""

import html
import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache

from projectdata.basemap import Basemap, Country, Polygon
from projectdata.figures.base import FONT
from projectdata.maps.deck import hatched
from projectdata.maps.scene import Scene, mark_colour
from projectdata.maps.swatch import shape, swatch
from projectdata.maps.view import View
from projectdata.palette import Colours

ASIDE, EDGE = 270, 24
"""Width of the legend beside the map, and the margin around everything."""


def draw(
    scene: Scene,
    basemap: Basemap,
    colours: Colours,
    *,
    title: str,
    said: Sequence[str],
    foot: Sequence[str],
) -> str:
    """The picture: title and sentences above, map and legend, source and date below."""
    view = scene.view
    width = view.width + ASIDE + 3 * EDGE
    head = [line for text in said for line in textwrap.wrap(text, 125)]
    tail = [line for text in foot for line in textwrap.wrap(text, 135)]
    top = EDGE + 34 + 20 * len(head) + 8
    legend, legend_height = _legend(scene, colours, view.width + 2 * EDGE, top)
    bottom = top + max(view.height, legend_height) + 24
    height = bottom + 18 * len(tail) + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{html.escape(FONT)}" font-size="14" '
        f'fill="{colours.ink}" role="img" aria-label="{html.escape(title, quote=True)}">',
        f"<title>{html.escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="{colours.paper}"/>',
        _text(EDGE, EDGE + 20, title, 'font-size="22" font-weight="700"'),
        *(_text(EDGE, EDGE + 48 + 20 * n, line) for n, line in enumerate(head)),
        f'<svg x="{EDGE}" y="{top}" width="{view.width}" height="{view.height}" '
        f'viewBox="0 0 {view.width} {view.height}">',
        *_land(scene, basemap, colours),
        *_lines(scene, colours),
        *_labels(scene, colours),
        *_marks(scene, colours),
        "</svg>",
        f'<rect x="{EDGE}" y="{top}" width="{view.width}" height="{view.height}" fill="none" '
        f'stroke="{colours.line}"/>',
        *legend,
        *(
            _text(EDGE, bottom + 18 * n, line, f'font-size="12" fill="{colours.quiet}"')
            for n, line in enumerate(tail)
        ),
        "</svg>",
    ]
    return "\n".join(parts)


def inline(scene: Scene, basemap: Basemap, colours: Colours, *, title: str) -> str:
    """The map alone, for a page that says the rest beside it."""
    view = scene.view
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{view.width}" height="{view.height}" '
        f'viewBox="0 0 {view.width} {view.height}" font-family="{html.escape(FONT)}" '
        f'fill="{colours.ink}" role="img" aria-label="{html.escape(title, quote=True)}">',
        *_land(scene, basemap, colours),
        *_lines(scene, colours),
        *_labels(scene, colours),
        *_marks(scene, colours),
        "</svg>",
    ]
    return "\n".join(parts)


def _land(scene: Scene, basemap: Basemap, colours: Colours) -> Iterable[str]:
    view, fills = scene.view, {fill.country: fill for fill in scene.fills}
    for country in basemap.countries:
        fill = fills.get(country.code)
        path = _outline(country, view)
        if path:
            yield (
                f'<path d="{path}" fill="{fill.colour if fill else colours.land}" '
                f'fill-rule="evenodd" stroke="{colours.border}"/>'
            )
        if fill and fill.kind == "missing":
            lines = _hatching(country, view)
            yield f'<path d="{lines}" stroke="{colours.quiet}" stroke-width="0.8" fill="none"/>'
    for country in basemap.countries:
        if country.code in scene.chosen:
            path = _outline(country, view)
            for stroke, width in ((colours.paper, 6), (colours.accent, 3)):
                yield f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'


def _labels(scene: Scene, colours: Colours) -> Iterable[str]:
    for label in scene.labels:
        x, y = scene.view.pixel(label.longitude, label.latitude)
        yield _text(
            x,
            y + label.down + 4,
            label.text,
            f'font-size="13" font-weight="600" text-anchor="middle" stroke="{colours.paper}" '
            'stroke-width="3" stroke-linejoin="round" paint-order="stroke"',
        )


def _lines(scene: Scene, colours: Colours) -> Iterable[str]:
    for line in scene.lines:
        (ax, ay), (bx, by) = scene.view.pixel(*line.start), scene.view.pixel(*line.end)
        path = f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"
        yield f'<path d="{path}" stroke="{colours.paper}" stroke-width="5"/>'
        yield f'<path d="{path}" stroke="{colours.ink}" stroke-width="2"/>'


def _marks(scene: Scene, colours: Colours) -> Iterable[str]:
    for mark in scene.marks:
        x, y = scene.view.pixel(mark.longitude, mark.latitude)
        if not scene.view.holds(x, y, mark.size):
            continue
        colour = mark_colour(mark.shape, colours)
        yield shape(mark.shape, x, y, mark.size * 0.4, colour, colours, hollow=mark.hollow)
        if mark.places > 1:
            down = 7 if mark.shape == "finnish-regional" else 4
            fill = colours.ink if mark.hollow else colours.paper
            yield _text(
                x,
                y + down,
                str(mark.places),
                f'font-size="12" font-weight="700" text-anchor="middle" fill="{fill}"',
            )


def _legend(scene: Scene, colours: Colours, x: float, y: float) -> tuple[list[str], float]:
    parts, line = [], y + 14
    for heading, entries in scene.legend:
        for text in textwrap.wrap(heading, 34):
            parts.append(_text(x, line, text, 'font-weight="700"'))
            line += 20
        for entry in entries:
            parts.append(swatch(entry, colours, x, line - 12))
            for text in textwrap.wrap(entry.label, 32):
                parts.append(_text(x + 32, line + 4, text))
                line += 19
            line += 6
        line += 14
    return parts, line - y


@lru_cache(maxsize=1000)
def _outline(country: Country, view: View) -> str:
    """A country's land as path data. Nearly all readers look at the same few views."""
    return "".join(_path(polygon, view) for polygon in country.polygons)


@lru_cache(maxsize=500)
def _hatching(country: Country, view: View) -> str:
    return "".join(_line(view, line) for polygon in country.polygons for line in hatched(polygon))


def _path(polygon: Polygon, view: View) -> str:
    """A polygon as path data, or nothing where it lies outside the view."""
    rings = [[view.pixel(x, y) for x, y in ring] for ring in polygon]
    xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
    if max(xs) < 0 or min(xs) > view.width or max(ys) < 0 or min(ys) > view.height:
        return ""
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)


def _line(view: View, line: Sequence[Sequence[float]]) -> str:
    (ax, ay), (bx, by) = (view.pixel(x, y) for x, y in line)
    return f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"


def _text(x: float, y: float, text: str, attributes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{html.escape(text)}</text>'
