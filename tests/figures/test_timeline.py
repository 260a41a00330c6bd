from datetime import date

import pytest

from projectdata import measures
from projectdata.figures import timeline as figures
from projectdata.palette import DARK, LIGHT
from projectdata.queries import timeline
from projectdata.selection import Selection

DAY = date(2024, 5, 1)
ALL = Selection(on=DAY)


@pytest.fixture
def rows(catalog):
    held = catalog.rows(timeline.bars, ALL, "collection", 0, 100)
    return held.assign(lane_label=held["lane"])


@pytest.fixture
def figure(catalog, words_en, rows):
    return figures.bars(
        rows,
        words_en,
        LIGHT,
        DAY,
        statements=catalog.rows(timeline.period_statements, ALL),
        events=catalog.rows(timeline.events, ALL),
    )


def traces(figure, kind, mode=""):
    return [t for t in figure.data if t.type == kind and (not mode or t.mode == mode)]


def test_every_row_has_one_bar(figure, rows):
    drawn = [p for t in traces(figure, "bar")[:-1] for (p,) in t.customdata]
    assert sorted(drawn) == sorted(rows["project_id"])


def test_the_other_statement_is_a_second_bar(figure):
    other = traces(figure, "bar")[-1]
    assert [p for (p,) in other.customdata] == ["two-ways"]
    assert "2023–2026" in other.hovertext[0]
    assert other.marker.pattern.shape == "/"


def test_an_unknown_end_is_open(figure):
    assert [t for t in traces(figure, "scatter", "lines+text") if "?" in t.text]


def test_precision_is_said_in_the_hover(figure):
    hover = " ".join(text for t in traces(figure, "bar") for text in t.hovertext)
    assert "months only" in hover
    assert "years only" in hover


def test_dated_events_are_marks(figure):
    marks = [text for t in traces(figure, "scatter", "markers") for text in t.hovertext]
    assert len(marks) == 2


def test_text_of_data_is_no_tag(figure):
    assert "<img" not in str(figure.to_dict())


def test_parts_of_the_columns_are_the_rows(catalog, words_fi):
    spread = catalog.rows(timeline.money_by_year, ALL)
    figure = figures.money_per_year(spread, words_fi, DARK)
    drawn = sum(sum(trace.y) for trace in figure.data)
    assert drawn == pytest.approx(spread["amount_eur"].sum())


def test_planned_projects_stand_apart(catalog, words_en):
    on = Selection(on=date(2016, 1, 1))
    active = measures.active_per_year(catalog.rows(timeline.spans, on))
    figure = figures.active_per_year(active, words_en, LIGHT, on.day)
    assert [trace.name for trace in figure.data] == ["begun by 1 January 2016", "planned"]
    assert sum(sum(trace.y) for trace in figure.data) == active["projects"].sum()


def test_a_project_without_events_has_its_period(catalog, words_en):
    periods = catalog.rows(timeline.periods_of, ALL, "by-year")
    events = catalog.rows(timeline.events, ALL)
    figure = figures.project_events(periods, events[:0], words_en, LIGHT, DAY)
    assert len(traces(figure, "bar")) == 1
