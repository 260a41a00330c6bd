"""Take points out of data/basemap.geojson that hardly anybody could see on our maps.

    python curation/simplify_outlines.py [--seen 16] [--data FOLDER]

A point goes if the triangle that it makes with its neighbours is small (Visvalingam) as Mercator
draws it: fewer than --seen square pixels while the country fills a map 500 pixels wide or high. So
a small country, which is only looked at closely, keeps more. Countries around Europe stay far away
and keep little; Finland keeps more. Points are taken out of all rings at once, so neighbours keep
one border.

What stays whatever its triangle: where three borders meet, the ends of the box around a country
(an import looks whether a place lies in it), the smallest countries, and a point whose triangle
holds another point, as lines would cross without it. Run again, it takes a little more: start from
the file that basemap.md names.
"""

import argparse
import heapq
import json
import math
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

SMALL = 40
"""A country of fewer points is left as it is: Malta, Luxembourg, Liechtenstein."""
LEAST = 4
"""Points that an island keeps, so that it does not end as a triangle."""
MAP = 500
"""Pixels of the longer side of a country that fills a map."""
COARSEST = 0.03
"""Square degrees as drawn; at the zoom of all Europe this is four square pixels."""
AROUND = "AM AZ BY DZ EG IL IQ IR JO KZ LB LY MA PS RU SA SY TM TN UZ"
"""Land around Europe, which is drawn so that it is not taken for sea."""
HOME = "FI"
"""Where half of the readers look first and longest: a fourth of the limit, its shores show it."""
CELL = 0.25
"""Degrees; the side of the squares in which the points around a triangle are looked for."""


def rings(feature):
    """All rings of a country, whatever its shape is called."""
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for part in parts for ring in part]


def simplified(features, seen):
    """The features with fewer points."""
    lines = [[tuple(point) for point in ring] for feature in features for ring in rings(feature)]
    gone = removable(lines, pinned(features), limits(features, seen))

    def without(found):
        if isinstance(found[0][0], list):
            return [without(part) for part in found]
        kept = [point for point in found[:-1] if tuple(point) not in gone]
        return [*kept, kept[0]]

    for feature in features:
        shape = feature["geometry"]
        yield feature | {"geometry": shape | {"coordinates": without(shape["coordinates"])}}


def limits(features, seen):
    """For each point how large its triangle must be; on a border the finer country decides."""
    found = {}
    for feature in features:
        limit, country = COARSEST, feature["properties"]["country"]
        if country not in AROUND.split():
            limit = min(limit, seen * (span(feature) / MAP) ** 2)
        if country == HOME:
            limit /= 4
        for ring in rings(feature):
            for point in ring:
                found[tuple(point)] = min(found.get(tuple(point), limit), limit)
    return found


def span(feature):
    """The longer side of a country's largest part in degrees as drawn."""
    xs, ys = zip(*max(rings(feature), key=extent), strict=True)
    return max(max(xs) - min(xs), drawn(max(ys)) - drawn(min(ys)))


def drawn(latitude):
    """Where Mercator draws a latitude, in degrees of the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def pinned(features):
    """The points that stay: small countries, and what a box around a country touches."""
    for feature in features:
        found = [[tuple(point) for point in ring] for ring in rings(feature)]
        if sum(len(ring) for ring in found) < SMALL:
            yield from (point for ring in found for point in ring)
            continue
        everything = [point for ring in found for point in ring]
        for points in (everything, max(found, key=extent)):
            for axis in (0, 1):
                yield min(points, key=lambda point: point[axis])
                yield max(points, key=lambda point: point[axis])


def extent(ring):
    """The area of the box around a ring."""
    xs, ys = zip(*ring, strict=True)
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def removable(lines, pins, limits):
    """The points that can go, the least visible first."""

    def seen(point):
        return triangle(point, *beside[point]) / limits[point]

    beside = defaultdict(set)
    for line in lines:
        for one, other in pairwise(line):
            beside[one].add(other)
            beside[other].add(one)
    held = defaultdict(list)
    for number, line in enumerate(lines):
        for point in set(line):
            held[point].append(number)
    left = Counter({number: len(set(line)) for number, line in enumerate(lines)})
    squares = defaultdict(set)
    for point in beside:
        squares[square(point)].add(point)
    fixed = set(pins) | {point for point, others in beside.items() if len(others) != 2}
    waiting = [(seen(point), point) for point in beside if point not in fixed]
    heapq.heapify(waiting)
    gone = set()
    while waiting and waiting[0][0] < 1:
        size, point = heapq.heappop(waiting)
        if point in gone or size != seen(point):
            continue
        one, other = beside[point]
        needed = any(left[number] <= LEAST for number in held[point])
        if needed or other in beside[one] or encloses(point, one, other, squares):
            continue
        gone.add(point)
        squares[square(point)].discard(point)
        left.subtract(held[point])
        for end, across in ((one, other), (other, one)):
            beside[end] = (beside[end] - {point}) | {across}
            if end not in fixed:
                heapq.heappush(waiting, (seen(end), end))
    return gone


def triangle(point, one, other):
    """The area of a triangle as a map in Mercator's projection draws it."""
    (x, y), (ax, ay), (bx, by) = point, one, other
    return abs((ax - x) * (by - y) - (bx - x) * (ay - y)) / 2 / math.cos(math.radians(y))


def square(point):
    """The square that a point lies in."""
    return math.floor(point[0] / CELL), math.floor(point[1] / CELL)


def encloses(point, one, other, squares):
    """Whether the triangle of three points has another point inside or on its border."""
    xs, ys = zip(point, one, other, strict=True)
    (left, low), (right, high) = square((min(xs), min(ys))), square((max(xs), max(ys)))
    return any(
        near not in (point, one, other) and within(near, point, one, other)
        for x in range(left, right + 1)
        for y in range(low, high + 1)
        for near in squares.get((x, y), ())
    )


def within(near, *corners):
    """Whether a point lies in a triangle."""
    turns = [turn(a, b, near) for a, b in zip(corners, corners[1:] + corners[:1], strict=True)]
    return all(t >= 0 for t in turns) or all(t <= 0 for t in turns)


def turn(a, b, c):
    """Positive if the way from a by b to c turns to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def written(document):
    """GeoJSON with a country a line, so that a difference can be read."""
    head = json.dumps({k: v for k, v in document.items() if k != "features"}, separators=(",", ":"))
    lines = [json.dumps(f, separators=(",", ":")) for f in document["features"]]
    return head[:-1] + ',"features":[\n' + ",\n".join(lines) + "\n]}\n"


def points(features):
    """How many points some features have."""
    return sum(len(ring) for feature in features for ring in rings(feature))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seen", type=float, default=16)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "data")
    asked = parser.parse_args()
    path = asked.data / "basemap.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    before = points(document["features"])
    document["features"] = list(simplified(document["features"], asked.seen))
    path.write_text(written(document), encoding="utf-8")
    print(f"{before} points before, {points(document['features'])} after")


if __name__ == "__main__":
    main()
