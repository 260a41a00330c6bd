"""A figure is drawn once for all who ask for the same, and anew for whoever asks for another."""

from functools import partial

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from projectdata.figures import overview
from projectdata.palette import DARK, LIGHT
from projectdata.ui import drawn

COLUMNS = ("collection", "projects", "with_amount", "amount_eur")
ROWS = pd.DataFrame([("interreg", 3, 2, 100.0), ("other", 1, 0, None)], columns=COLUMNS)
SAID = ("Money", "All 4 projects")


def asked(rows, words, colours=LIGHT, said=SAID, version="one"):
    maker = partial(overview.money_by_collection, rows, words=words, colours=colours)
    return drawn.figure(maker, drawn.Setting("money", "Money", said, colours, version))


def test_the_same_rows_in_another_frame_have_the_same_figure(words_en):
    assert asked(ROWS, words_en) is asked(ROWS.copy(), words_en)


@pytest.mark.parametrize(
    "other",
    [
        {"rows": ROWS.assign(amount_eur=[100.5, None])},
        {"rows": ROWS.head(1)},
        {"colours": DARK},
        {"said": ("Money", "All 5 projects")},
        {"version": "two"},
    ],
)
def test_what_differs_in_anything_is_another_figure(words_en, other):
    given = {"rows": ROWS, "words": words_en}
    assert asked(**given) is not asked(**(given | other))


def test_another_language_is_another_figure(words_en, words_fi):
    assert asked(ROWS, words_en) is not asked(ROWS, words_fi)


def test_a_page_leaves_the_figure_as_it_was(words_en):
    before = asked(ROWS, words_en).to_json()

    def page(figure):
        import streamlit as st

        st.plotly_chart(figure, theme=None)

    AppTest.from_function(page, args=(asked(ROWS, words_en),)).run()
    assert asked(ROWS, words_en).to_json() == before


def test_what_is_shown_again_is_what_was_shown(words_fi):
    drawings = []

    def draw(rows, words, colours):
        drawings.append(1)
        return overview.money_by_collection(rows, words, colours)

    def page(maker, setting):
        from projectdata.ui import drawn

        drawn.show(maker, setting)

    maker = partial(draw, ROWS, words=words_fi, colours=LIGHT)
    setting = drawn.Setting("again", "Rahaa", SAID, LIGHT, "one")
    first, second = (
        AppTest.from_function(page, args=(maker, setting)).run().get("plotly_chart")[0].proto
        for _ in range(2)
    )
    assert first == second
    assert first.alt == "Rahaa"
    assert len(drawings) == 1
