import csv
import json
import math
from itertools import pairwise

from curation.simplify_outlines import rings
from projectdata import basemap, paths

SHORE = 0.05
"""Degrees: five kilometres, two pixels of the map of one country."""


def is_inside(x: float, y: float, country: basemap.Country) -> bool:
    """Whether a point lies in a country: a line to its east crosses an odd number of sides."""
    crossings = 0
    for (ax, ay), (bx, by) in sides(country):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossings += 1
    return crossings % 2 == 1


def distance(x: float, y: float, country: basemap.Country) -> float:
    """How far a point lies from the nearest side of a country, in degrees of latitude."""
    wide = math.cos(math.radians(y))
    found = []
    for (ax, ay), (bx, by) in sides(country):
        east, north, along, up = (ax - x) * wide, ay - y, (bx - ax) * wide, by - ay
        length = along**2 + up**2
        part = min(max(-(east * along + north * up) / length, 0), 1) if length else 0
        found.append(math.hypot(east + part * along, north + part * up))
    return min(found)


def sides(country: basemap.Country):
    return (side for polygon in country.polygons for ring in polygon for side in pairwise(ring))


def test_every_member_state_is_on_the_map():
    ground = basemap.read(paths.data_folder() / "basemap.geojson")
    union = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
    assert [code for code in union.split() if ground.country(code) is None] == []


def test_a_country_that_lies_elsewhere_is_not_on_it():
    assert basemap.read(paths.data_folder() / "basemap.geojson").country("MX") is None


def test_rings_are_closed_and_labels_lie_in_the_window():
    ground = basemap.read(paths.data_folder() / "basemap.geojson")
    west, south, east, north = ground.window
    for country in ground.countries:
        assert west <= country.longitude <= east
        assert south <= country.latitude <= north
        for polygon in country.polygons:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) > 3


INLAND = ("AD", "AT", "CH", "CZ", "HU", "LI", "LU", "MD", "MK", "RS", "SK", "SM", "XK")
"""Countries of Europe that have a neighbour on every side."""


def test_neighbours_share_their_borders():
    file = json.loads((paths.data_folder() / "basemap.geojson").read_text(encoding="utf-8"))
    sides: dict[frozenset, list[str]] = {}
    for feature in file["features"]:
        for ring in rings(feature):
            for one, other in pairwise(map(tuple, ring)):
                sides.setdefault(frozenset((one, other)), []).append(
                    feature["properties"]["country"]
                )
    alone = {codes[0] for codes in sides.values() if len(codes) == 1}
    assert alone & set(INLAND) == set()
    assert max(map(len, sides.values())) == 2


def test_a_browser_without_a_graphics_card_can_draw_the_outlines():
    ground = basemap.read(paths.data_folder() / "basemap.geojson")
    assert sum(len(r) for c in ground.countries for p in c.polygons for r in p) < 9_000


def test_curated_places_lie_in_their_country_or_at_its_shore():
    ground = basemap.read(paths.data_folder() / "basemap.geojson")
    with (paths.data_folder() / "places.csv").open(encoding="utf-8", newline="") as file:
        placed = [row for row in csv.DictReader(file) if row["latitude"]]
    far = []
    for row in placed:
        x, y = float(row["longitude"]), float(row["latitude"])
        country = ground.country(row["country"])
        if country and not is_inside(x, y, country) and distance(x, y, country) > SHORE:
            far.append(row["name"])
    assert len(placed) > 400
    assert far == []
