"""A small map of organisations: where they sit, with lines from the lead to the others."""

import pandas as pd
import streamlit as st

from projectdata import basemap, paths
from projectdata.maps import picture, scene, view
from projectdata.ui.cards import heading
from projectdata.ui.map_legend import legend
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

WIDTH, HEIGHT = 760, 460
CLOSEST = 4.3
"""Near enough to tell towns apart, far enough to see in which country they are."""


def seat_map(here: Here, key: str, title: str, rows: pd.DataFrame, *, level: int = 3) -> None:
    """Organisations on a map: name, country, city, latitude, longitude, is_lead.

    Those without a place are counted under it; the table beside it says the same.
    """
    words = here.words
    rows = rows.drop_duplicates("organisation_id")
    seated = rows.dropna(subset=["latitude", "longitude"])
    with st.container(border=True, key=f"card-{key}"):
        heading(title, level)
        if seated.empty:
            st.markdown(plain(words("No organisation here has a known place.")))
            return
        drawn = _scene(here, seated)
        twin = _twin(here, rows, seated)
        st.markdown(plain(twin))
        ground = basemap.read(paths.data_folder() / "basemap.geojson")
        said = f"{title}. {twin}"
        left, right = st.columns([3, 1])
        with left:
            st.image(
                picture.inline(drawn, ground, here.colours, title=said), width="stretch", alt=said
            )
        with right:
            legend(here, drawn)


def _scene(here: Here, seated: pd.DataFrame) -> scene.Scene:
    words = here.words
    ground = basemap.read(paths.data_folder() / "basemap.geojson")
    points = list(zip(seated["longitude"], seated["latitude"], strict=True))
    window = view.fit(points, ground.window, width=WIDTH, height=HEIGHT, closest=CLOSEST)
    spots = seated.assign(
        places=1,
        exact_places=1,
        collection="other",
        collections=1,
        west=seated["longitude"],
        east=seated["longitude"],
        south=seated["latitude"],
        north=seated["latitude"],
    )
    marks = scene.marks(spots, window, "seats", lambda group: ", ".join(group["names"]))
    return scene.Scene(
        view=window,
        marks=marks,
        labels=scene.labels(
            ground, window, words, first=sorted(set(seated["country"].dropna())), around=marks
        ),
        lines=scene.lines(seated),
        legend=((words("Marks"), scene.mark_entries(marks, "seats", words, here.colours)),),
    )


def _twin(here: Here, rows: pd.DataFrame, seated: pd.DataFrame) -> str:
    words = here.words
    countries = sorted({words.country(code) for code in seated["country"].dropna()})
    text = words.plural(
        "{n} organisation, in {countries}.",
        "{n} organisations, in {countries}.",
        len(seated),
        countries=words.all_of(countries),
    )
    unplaced = len(rows) - len(seated)
    if unplaced:
        text += " " + words.plural(
            "{n} has no known place and is in the table only.",
            "{n} have no known place and are in the table only.",
            unplaced,
        )
    return text + " " + words("A mark stands for the town of the seat, not for an address.")
