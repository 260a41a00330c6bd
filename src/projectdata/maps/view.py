"""What of the world a map shows: Web Mercator at a zoom, in pixels of 512 a world at zoom 0."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from projectdata.basemap import Bounds

WORLD = 512
CLOSEST = 6.6
"""The nearest a map opens: about the size of a Finnish region, because our dots are towns."""


@dataclass(frozen=True)
class View:
    """A window on the map."""

    longitude: float
    latitude: float
    zoom: float
    width: int
    height: int

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies in the window, from its top left corner."""
        x, y = _mercator(longitude, latitude)
        centre_x, centre_y = _mercator(self.longitude, self.latitude)
        size = WORLD * 2**self.zoom
        return self.width / 2 + (x - centre_x) * size, self.height / 2 - (y - centre_y) * size

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a pixel lies inside the window."""
        return -margin <= x <= self.width + margin and -margin <= y <= self.height + margin


def farthest(window: Bounds, width: int, height: int) -> float:
    """The least zoom at which the straight edges of the basemap stay outside the view."""
    west, south, east, north = window
    left, bottom = _mercator(west, south)
    right, top = _mercator(east, north)
    return max(
        math.log2(width / (WORLD * (right - left))), math.log2(height / (WORLD * (top - bottom)))
    )


def fit(
    points: Iterable[tuple[float, float]],
    window: Bounds,
    *,
    width: int,
    height: int,
    margin: int = 48,
    closest: float = CLOSEST,
) -> View:
    """The view that shows all points with a margin, inside the window of the basemap.

    Without a point, or with points too far apart, it is all that the window can show.
    """
    west, south, east, north = window
    inside = [(x, y) for x, y in points if west <= x <= east and south <= y <= north]
    least = farthest(window, width, height)
    flat = [_mercator(x, y) for x, y in inside] or [_mercator(10, 47), _mercator(24, 68)]
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    spans = ((max(xs) - min(xs), width), (max(ys) - min(ys), height))
    zooms = [
        math.log2((pixels - 2 * margin) / (WORLD * span)) for span, pixels in spans if span > 0
    ]
    zoom = max(least, min([closest, *zooms])) if inside else least
    left, bottom = _mercator(west, south)
    right, top = _mercator(east, north)
    half = [pixels / 2 / (WORLD * 2**zoom) for pixels in (width, height)]
    x = min(max((min(xs) + max(xs)) / 2, left + half[0]), right - half[0])
    y = min(max((min(ys) + max(ys)) / 2, bottom + half[1]), top - half[1])
    longitude, latitude = _degrees(x, y)
    return View(
        round(longitude, 4), round(latitude, 4), math.ceil(zoom * 1000) / 1000, width, height
    )


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Shares of the world's width, x to the east and y to the north."""
    y = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return longitude / 360, y / (2 * math.pi)


def _degrees(x: float, y: float) -> tuple[float, float]:
    return x * 360, math.degrees(2 * math.atan(math.exp(y * 2 * math.pi)) - math.pi / 2)
