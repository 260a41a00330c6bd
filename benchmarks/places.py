"""Invented towns inside the real outlines of countries, each in one region of every NUTS level."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.vocabulary import Generator, invented

LEAST_TOWNS = 60
TOWNS = 30_000
"""Towns of all countries; each country has its share, but not fewer than the least."""


@dataclass(frozen=True)
class Towns:
    """The towns of a country, a list a column; the first are drawn the most often."""

    latitude: np.ndarray
    longitude: np.ndarray
    name: np.ndarray
    postal_code: np.ndarray
    lau: np.ndarray
    nuts: dict[int, tuple[np.ndarray, np.ndarray]]
    """By level: (codes, labels)."""


def towns(
    country: str, regions: str, share: float, syllables: list[str], outline: Path, random: Generator
) -> Towns:
    """The towns of a country. `regions` names its NUTS 1 regions, each with its NUTS 2."""
    count = max(LEAST_TOWNS, int(TOWNS * share))
    points = _points(_rings(outline, country), count, random)
    names = np.array(invented(syllables, count, random), dtype=object)
    widths = [part.split(":") for part in regions.split()]
    nuts: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    codes = np.empty(count, dtype=object)
    everywhere = np.arange(count)
    for code, members in _divide(points, everywhere, [code for code, _ in widths], random):
        codes[members] = code
    nuts[1] = (codes, _labels(codes, random.permutation(names)))
    for level in (2, 3):
        above, codes = codes, np.empty(count, dtype=object)
        for region in sorted(set(above)):
            inside = np.flatnonzero(above == region)
            wanted = int(dict(widths)[region]) if level == 2 else 1 + int(random.integers(5))
            below = [f"{region}{number}" for number in range(1, wanted + 1)]
            for code, members in _divide(points, inside, below, random):
                codes[members] = code
        nuts[level] = (codes, _labels(codes, random.permutation(names)))
    numbers = random.integers(1_000, 99_999, count)
    prefix = {"GR": "EL"}.get(country, country)
    return Towns(
        latitude=points[:, 1],
        longitude=points[:, 0],
        name=names,
        postal_code=np.array([f"{number:05d}" for number in numbers.tolist()], dtype=object),
        lau=np.array([f"{prefix}_{n + 10_000}" for n in range(count)], dtype=object),
        nuts=nuts,
    )


def _divide(
    points: np.ndarray, members: np.ndarray, codes: list[str], random: Generator
) -> Iterator[tuple[str, np.ndarray]]:
    """Give every member to the region whose centre, one of the members, is the nearest."""
    centres = random.choice(members, min(len(codes), len(members)), replace=False)
    away = ((points[members][:, None, :] - points[centres][None, :, :]) ** 2).sum(axis=2)
    nearest = away.argmin(axis=1)
    for number, code in enumerate(codes[: len(centres)]):
        yield code, members[nearest == number]


def _labels(codes: np.ndarray, names: np.ndarray) -> np.ndarray:
    """One name for each region."""
    _, first, inverse = np.unique(codes.astype(str), return_index=True, return_inverse=True)
    return names[first][inverse]


def _rings(outline: Path, country: str) -> list[np.ndarray]:
    features = json.loads(outline.read_text(encoding="utf-8"))["features"]
    shape = next(f["geometry"] for f in features if f["properties"]["country"] == country)
    several = shape["type"] == "MultiPolygon"
    polygons = shape["coordinates"] if several else [shape["coordinates"]]
    return [np.array(ring)[:, :2] for polygon in polygons for ring in polygon]


def _points(rings: list[np.ndarray], count: int, random: Generator) -> np.ndarray:
    corners = np.concatenate(rings)
    low, high = corners.min(axis=0), corners.max(axis=0)
    found = np.empty((0, 2))
    while len(found) < count:
        tried = random.uniform(low, high, (2 * count, 2))
        found = np.concatenate([found, tried[_inside(rings, tried)]])
    return found[:count]


def _inside(rings: list[np.ndarray], points: np.ndarray) -> np.ndarray:
    """Whether a line from each point to the east crosses the rings an odd number of times."""
    crossings = np.zeros(len(points), dtype=int)
    x, y = points[:, 0], points[:, 1]
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring[:-1].tolist(), ring[1:].tolist(), strict=True):
            if y1 != y2:
                crossed = ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
                crossings += crossed
    return crossings % 2 == 1
