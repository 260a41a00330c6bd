from projectdata import basemap, paths


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
