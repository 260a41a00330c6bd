import re

import pandas as pd
import pytest

from projectdata import shares
from projectdata.catalog import Catalog
from projectdata.figures import funding as figures
from projectdata.palette import DARK, LIGHT
from projectdata.queries import funding as queries
from projectdata.selection import Selection
from projectdata.shares import CLASS_BORDERS


def texts(figure) -> str:
    return " ".join(str(note.text) for note in figure.layout.annotations)


def test_every_value_has_a_bar_its_coverage_and_its_sum(catalog: Catalog, words_en):
    rows = shares.ranked(catalog.rows(queries.amounts_by, Selection(), "collection"), "sum_eur")
    figure = figures.amounts_by(rows, words_en, LIGHT, "collection")
    assert len(figure.data[0].x) == len(rows)
    assert sum(figure.data[0].x) == pytest.approx(rows["sum_eur"].sum())
    assert "known" in texts(figure)


def test_a_value_without_an_amount_says_so_instead_of_a_bar(catalog: Catalog, words_en):
    some = Selection().choosing("project", ["unsaid"])
    rows = catalog.rows(queries.amounts_by, some, "collection")
    figure = figures.amounts_by(rows, words_en, LIGHT, "collection")
    assert "nothing published in this measure" in texts(figure)
    assert "0 of 1 known" in texts(figure)


def test_states_fill_each_bar(catalog: Catalog, words_en):
    rows = catalog.rows(queries.amount_states, Selection())
    figure = figures.amount_states(rows, words_en, LIGHT)
    lengths = [sum(trace.x[place] for trace in figure.data) for place in range(len(rows))]
    assert lengths == pytest.approx([1.0] * len(rows))


def test_the_distribution_draws_every_project_and_the_median(catalog: Catalog, words_en):
    rows = catalog.rows(queries.distribution, Selection())
    figure = figures.distribution(rows, words_en, DARK, 200_000)
    assert sum(sum(trace.y) for trace in figure.data) == rows["projects"].sum()
    assert "median €200,000" in texts(figure)


def test_the_flow_carries_the_sum_through_both_steps(catalog: Catalog, words_en):
    rows = catalog.rows(queries.flow, Selection())
    steps = figures.flow(rows, words_en, LIGHT).data
    assert len(steps) == 2
    for step in steps:
        assert sum(step.link.value) == pytest.approx(rows["sum_eur"].sum())


def test_the_share_is_drawn_with_its_median(catalog: Catalog, words_en):
    rows = catalog.rows(queries.cofinancing, Selection(), "collection")
    medians = catalog.rows(queries.cofinancing_medians, Selection(), "collection")
    figure = figures.cofinancing(rows, medians, words_en, LIGHT, "collection")
    assert len(figure.data[0].x) == len(rows)
    assert "median 80%" in texts(figure)


def test_a_class_is_written_in_money(words_en, words_fi):
    assert figures.class_name(200_000.0, words_en) == "€200,000 – €500,000"
    assert figures.class_name(0.0, words_fi).replace("\N{NO-BREAK SPACE}", " ") == "0 € – 100 €"


def test_text_from_data_cannot_become_a_tag(words_en):
    figure = figures.base.empty_figure(LIGHT, words_en, height=100)
    figures.row_label(figure, 0, "<img src=x>", "1 of 2", LIGHT)
    assert "<img" not in texts(figure.figure())


@pytest.mark.parametrize("lang", ["words_en", "words_fi"])
def test_millions_of_projects_are_told_in_lines_that_a_phone_shows(lang, request):
    words = request.getfixturevalue(lang)
    counts = {"published": 174_310, "zero": 2_652, "other_currency": 13, "not_published": 1_802}
    rows = pd.DataFrame([{"collection": "kohesio", "projects": sum(counts.values()), **counts}])
    figure = figures.amount_states(rows, words, LIGHT)
    told = figure.layout.annotations[0].text
    lines = [re.sub(r"<[^>]*>", "", line) for line in told.split("<br>")]
    assert max(map(len, lines)) <= figures.LINE
    assert "…" not in told
    assert all(words.number(n) in told for n in counts.values())
    few = figures.amount_states(rows.assign(zero=0, other_currency=0), words, LIGHT)
    assert few.layout.height < figure.layout.height


def test_a_number_stands_in_a_circle_only_where_it_has_room(words_en):
    rows = pd.DataFrame({"value": "kohesio", "low": [0.0, 0.5, 0.9], "projects": [28_830, 97, 2]})
    medians = pd.DataFrame({"value": ["kohesio"], "median_share": [0.6], "projects": [28_929]})
    strip = figures.cofinancing(rows, medians, words_en, LIGHT, "collection").data[0]
    assert list(strip.text) == ["", "", ""]
    strip = figures.cofinancing(
        rows.assign(projects=[97, 60, 2]), medians, words_en, LIGHT, "collection"
    ).data[0]
    assert list(strip.text) == ["97", "60", ""]


def test_few_amounts_are_named_along_many_classes(words_en):
    rows = pd.DataFrame({"collection": "kohesio", "low": [0.0, *CLASS_BORDERS], "projects": 1})
    axis = figures.distribution(rows, words_en, LIGHT, None).layout.xaxis
    assert 3 <= len(axis.ticktext) <= figures.MOST_TICKS
    assert axis.tickangle == 0
    borders = figures.class_borders(rows["low"])
    named = [figures.round_money(borders[place], words_en) for place in axis.tickvals]
    shown = [text.replace("<br>", "\N{NO-BREAK SPACE}") for text in axis.ticktext]
    assert shown == named
