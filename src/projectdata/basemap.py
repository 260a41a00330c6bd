"""The outlines of the countries, from our own file."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]
Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

DIGITS = 2
"""Decimals of a degree kept: a kilometre, which is less than a pixel on our maps."""


@dataclass(frozen=True, eq=False)
class Country:
    """One country's land, and where its name goes; known by identity, as it is read once."""

    code: str
    longitude: float
    latitude: float
    polygons: tuple[Polygon, ...]

    @cached_property
    def extent(self) -> float:
        """Roughly how large it is: the area of the box around its largest part."""
        return max(
            (east - west) * (north - south)
            for west, south, east, north in (box(polygon[0]) for polygon in self.polygons)
        )


@dataclass(frozen=True)
class Basemap:
    """All countries, and the window that they were cut to."""

    countries: tuple[Country, ...]
    window: Bounds

    def country(self, code: str) -> Country | None:
        """The country of a code, or None where the map has none."""
        return next((c for c in self.countries if c.code == code), None)


def box(points: Ring) -> Bounds:
    """The bounds of some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


@cache
def read(path: Path) -> Basemap:
    """The basemap of a file. It is read once; it never changes while the server runs."""
    file = json.loads(path.read_text(encoding="utf-8"))
    countries = []
    for feature in file["features"]:
        shape, said = feature["geometry"], feature["properties"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        polygons = tuple(p for p in (_polygon(part) for part in parts) if p)
        if polygons:
            countries.append(
                Country(said["country"], said["label_longitude"], said["label_latitude"], polygons)
            )
    return Basemap(tuple(countries), tuple(file["bbox"]))


def _polygon(rings: list[list[list[float]]]) -> Polygon:
    rounded = [_ring(ring) for ring in rings]
    return tuple(r for r in rounded if len(r) > 3) if len(rounded[0]) > 3 else ()


def _ring(points: list[list[float]]) -> Ring:
    """The points rounded, without those that then repeat the one before."""
    kept: list[tuple[float, float]] = []
    for x, y in points:
        point = (round(x, DIGITS), round(y, DIGITS))
        if not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)
