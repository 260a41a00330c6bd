import pytest

from projectdata import basemap, paths
from projectdata.maps import view

SIZE = {"width": 620, "height": 600}


@pytest.fixture(scope="module")
def window():
    return basemap.read(paths.data_folder() / "basemap.geojson").window


def test_all_points_lie_inside_the_view(window):
    points = [(24.9, 60.2), (28.2, 61.1), (25.7, 66.5)]
    shown = view.fit(points, window, **SIZE)
    assert all(shown.holds(*shown.pixel(*point), margin=-40) for point in points)


def test_one_point_opens_in_the_middle_and_not_too_near(window):
    shown = view.fit([(25.7, 62.2)], window, **SIZE)
    assert shown.zoom == view.CLOSEST
    assert shown.pixel(25.7, 62.2) == pytest.approx((310, 300), abs=1)


@pytest.mark.parametrize("points", [[], [(-24.0, 64.0), (59.0, 31.0)], [(-24.9, 30.1)]])
def test_the_straight_edges_of_the_land_are_never_in_view(window, points):
    shown = view.fit(points, window, **SIZE)
    west, south, east, north = window
    left, top = shown.pixel(west, north)
    right, bottom = shown.pixel(east, south)
    assert max(left, top) <= 1
    assert right >= 619
    assert bottom >= 599


def test_a_place_outside_the_window_does_not_pull_the_view(window):
    near = view.fit([(24.9, 60.2)], window, **SIZE)
    assert view.fit([(24.9, 60.2), (-61.5, 16.2)], window, **SIZE) == near
