import json
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from PIL import Image

from projectdata import basemap, paths
from projectdata.maps import deck, marks, picture, scene, view
from projectdata.palette import DARK, LIGHT
from projectdata.queries import places
from projectdata.selection import Selection

NASTY = "<img src=x onerror=alert(1)> & @@=alert(1)"


@pytest.fixture(scope="module")
def ground():
    return basemap.read(paths.data_folder() / "basemap.geojson")


@pytest.fixture(scope="module")
def window(ground):
    return view.fit([(20, 40), (30, 70)], ground.window, width=620, height=600)


def spots(*rows) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "longitude": longitude,
                "latitude": latitude,
                "west": longitude,
                "south": latitude,
                "east": longitude,
                "north": latitude,
                "places": places_,
                "projects": places_,
                "exact_places": exact,
                "collections": 1,
                "collection": collection,
                "title": NASTY,
                "name": f"town {number}",
                "place_kind": "seat",
                "project_id": "p",
            }
            for number, (longitude, latitude, places_, exact, collection) in enumerate(rows)
        ]
    )


def test_marks_that_would_cover_each_other_become_one_with_a_count(window):
    made = scene.marks(
        spots((25, 60, 3, 0, "kohesio"), (25.1, 60.1, 2, 0, "kohesio"), (10, 45, 1, 1, "interreg")),
        window,
        "places",
        lambda spot: "",
    )
    assert [(mark.places, mark.shape, mark.hollow) for mark in made] == [
        (5, "kohesio", True),
        (1, "interreg", False),
    ]
    assert made[0].bounds == (25, 60, 25.1, 60.1)


def test_a_mark_of_two_collections_takes_the_colour_of_neither(window):
    made = scene.marks(
        spots((25, 60, 1, 1, "kohesio"), (25, 60, 1, 0, "interreg")),
        window,
        "places",
        lambda spot: "",
    )
    assert [(mark.shape, mark.hollow) for mark in made] == [("mixed", False)]


def test_all_places_of_the_dataset_stand_on_some_mark(curated, ground, window):
    rows = curated.rows(places.spots, Selection(), "places", 0.0001)
    made = scene.marks(rows, window, "places", lambda spot: "")
    assert sum(mark.places for mark in made) == rows["places"].sum()
    pixels = [window.pixel(mark.longitude, mark.latitude) for mark in made]
    closest = min(
        ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
        for n, (ax, ay) in enumerate(pixels)
        for bx, by in pixels[:n]
    )
    assert closest >= scene.SINGLE - 4


def test_labels_are_in_the_language_and_do_not_collide(ground, window, words_fi):
    found = scene.labels(ground, window, words_fi, first=["FI", "SE"])
    names = [label.text for label in found]
    assert {"Suomi", "Ruotsi"} <= set(names)
    boxes = []
    for label in found:
        x, y = window.pixel(label.longitude, label.latitude)
        boxes.append((x, y + label.down, len(label.text) * scene.LETTER))
    for n, (ax, ay, aw) in enumerate(boxes):
        for bx, by, bw in boxes[:n]:
            assert abs(ax - bx) >= (aw + bw) / 2 - 1 or abs(ay - by) >= scene.LINE - 1


def test_no_amount_zero_and_little_are_three_different_things(words_en):
    rows = pd.DataFrame(
        [
            {"country": "FI", "projects": 2, "published": 1, "amount_eur": 67_704.0},
            {"country": "FR", "projects": 1, "published": 1, "amount_eur": 0.0},
            {"country": "PT", "projects": 1, "published": 0, "amount_eur": float("nan")},
        ]
    )
    fills, legend = scene.money_fills(rows, words_en, LIGHT)
    assert [fill.kind for fill in fills] == ["class", "zero-money", "missing"]
    assert [entry.kind for entry in legend] == ["class", "zero-money", "missing", "zero"]
    assert "€67,704" in fills[0].tip


def test_a_country_without_a_population_is_hatched_and_named(words_en):
    rows = pd.DataFrame(
        {
            "country": ["FI", "GB", "FR", "PT"],
            "projects": [2, 1, 1, 1],
            "published": [1, 1, 1, 0],
            "population": [5_500_000, None, 67_000_000, 10_000_000],
            "population_year": [2022] * 4,
            "projects_per_100000": [0.036, None, 0.0015, 0.01],
            "eur_per_100000": [4_000.0, None, 0.0, None],
        }
    )
    fills, legend = scene.rate_fills(rows, words_en, LIGHT)
    assert [fill.kind for fill in fills] == ["class", "missing", "class", "class"]
    assert "population of 2022 not known" in fills[1].tip
    assert "0.036 per 100,000 inhabitants" in fills[0].tip
    assert "Projects, but no population of 2022" in [entry.label for entry in legend]
    fills, legend = scene.rate_fills(rows, words_en, LIGHT, money=True)
    assert [fill.kind for fill in fills] == ["class", "missing", "zero-money", "missing"]
    assert [entry.kind for entry in legend] == ["class", "zero-money", "missing", "zero"]


def test_lines_run_from_the_lead_and_never_to_itself():
    partners = pd.DataFrame(
        [
            {"is_lead": True, "longitude": 15.6, "latitude": 58.4},
            {"is_lead": False, "longitude": 4.4, "latitude": 50.9},
            {"is_lead": False, "longitude": 15.6, "latitude": 58.4},
            {"is_lead": False, "longitude": float("nan"), "latitude": float("nan")},
        ]
    )
    assert scene.lines(partners) == (scene.Line((15.6, 58.4), (4.4, 50.9)),)
    assert scene.lines(partners.iloc[1:]) == ()


@pytest.fixture
def drawn(window, words_en):
    rows = pd.DataFrame([{"country": "FI", "projects": 2, "published": 0, "amount_eur": None}])
    fills, legend = scene.money_fills(rows.astype({"amount_eur": float}), words_en, LIGHT)
    made = scene.marks(
        spots((25, 60, 1, 1, "kohesio"), (26, 66, 4, 0, "erasmus")),
        window,
        "places",
        lambda spot: str(spot["title"]),
    )
    entries = (*legend, *scene.mark_entries(made, "places", words_en, LIGHT))
    return scene.Scene(
        view=window,
        fills=fills,
        marks=made,
        chosen=("FI",),
        labels=(scene.Label(NASTY, 25, 62, 0),),
        legend=((NASTY, entries),),
    )


def test_the_deck_asks_nobody_for_a_map(drawn, ground):
    text = deck.draw(drawn, ground, LIGHT).to_json()
    sent = json.loads(text)
    assert sent["mapStyle"] == deck.EMPTY_STYLE
    assert "http" not in text


def test_a_clicked_layer_gets_a_new_name(drawn, ground):
    def names(turn):
        sent = json.loads(deck.draw(drawn, ground, LIGHT, turn=turn).to_json())
        return {layer["id"] for layer in sent["layers"] if layer["pickable"]}

    assert names(0) == {"countries-0", "marks-0"}
    assert names(1) == {"countries-1", "marks-1"}


def test_what_can_be_pointed_at_has_a_tooltip(drawn, ground):
    sent = json.loads(deck.draw(drawn, ground, LIGHT).to_json())
    layers = {layer["id"]: layer for layer in sent["layers"]}
    assert all(row["tip"] for row in layers["marks-0"]["data"])
    assert all(row["properties"]["tip"] for row in layers["countries-0"]["data"])


def test_text_of_data_is_never_run(drawn, ground):
    deck_tooltip = deck.draw(drawn, ground, LIGHT)._tooltip
    assert "html" not in deck_tooltip
    assert deck.spoken("@@=alert(1)") == " @@=alert(1)"


def test_every_mark_stands_in_the_picture_of_marks():
    with Image.open(paths.PACKAGE / "ui" / "static" / "marks.png") as sheet:
        width, height = sheet.size
    for place in marks.mapping().values():
        assert place["x"] + place["width"] <= width
        assert place["y"] + place["height"] <= height
    for colours in (LIGHT, DARK):
        for shape in (*colours.collections, "mixed", "seat", "lab"):
            assert marks.name(shape, hollow=True, dark=colours.is_dark) in marks.mapping()


def test_hatching_stays_inside_and_leaves_holes_out():
    square = ((0, 0), (10, 0), (10, 10), (0, 10), (0, 0))
    hole = ((4, 4), (6, 4), (6, 6), (4, 6), (4, 4))
    paths_ = deck.hatched((square, hole), step=1.0)
    assert paths_
    for (ax, ay), (bx, by) in paths_:
        assert all(-0.001 <= value <= 10.001 for value in (ax, ay, bx, by))
        middle_x, middle_y = (ax + bx) / 2, (ay + by) / 2
        assert not (4.01 < middle_x < 5.99 and 4.01 < middle_y < 5.99)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_picture_is_sound_and_carries_title_selection_legend_and_source(drawn, ground, colours):
    text = picture.draw(
        drawn, ground, colours, title=NASTY, said=["24 projects in Finland."], foot=["Source"]
    )
    root = ET.fromstring(text)
    words = " ".join("".join(part.itertext()) for part in root.iter())
    assert NASTY in words
    assert "24 projects in Finland." in words
    assert "Source" in words
    assert "<img" not in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
