from datetime import date

from projectdata import palette
from projectdata.figures import organisations, practices, project
from projectdata.queries import organisations as organisation_queries
from projectdata.queries import practices as practice_queries
from projectdata.queries import project as project_queries
from projectdata.selection import Selection

TWO = Selection().choosing("project", ["two-ways"])


def test_every_statement_and_dated_event_is_drawn(catalog, words_en):
    rows = catalog.rows(project_queries.statements_of_period, TWO)
    figure = project.statements_of_period(rows, words_en, palette.LIGHT, date(2024, 5, 1))
    assert len(figure.data) == len(rows)
    said = " ".join(note.text for note in figure.layout.annotations)
    assert "Period, shown" in said
    assert "Period, beside it" in said
    assert "today" in said


def test_a_period_without_an_end_says_so(catalog, words_en):
    chosen = Selection().choosing("project", ["open-end"])
    rows = catalog.rows(project_queries.statements_of_period, chosen)
    figure = project.statements_of_period(rows, words_en, palette.LIGHT, date(2024, 5, 1))
    assert any("end not known" in note.text for note in figure.layout.annotations)


def test_planned_and_found_are_two_bars_a_row(catalog, words_fi):
    rows = catalog.rows(practice_queries.planned_and_found, TWO)
    figure = practices.planned_and_found(rows, words_fi, palette.DARK)
    assert [len(trace.x) for trace in figure.data] == [len(rows), len(rows)]
    assert len(figure.layout.annotations) == len(rows)


def test_what_is_not_named_is_not_said_to_be_undone(catalog, words_en):
    rows = catalog.rows(practice_queries.planned_and_found, TWO)
    said = [practices.found_of_planned(row, words_en) for _, row in rows.iterrows()]
    assert said == ["1 named of 4 planned", "none named of 1 planned"]


def test_events_keep_every_dated_event(catalog, words_en):
    rows = catalog.rows(practice_queries.events, Selection())
    dated = rows[rows["start_date"].notna()]
    figure = practices.events(dated, words_en, palette.LIGHT, date(2024, 5, 1))
    assert sum(len(trace.x) for trace in figure.data) == len(dated)


def test_each_organisation_of_the_network_is_one_mark(curated, words_en):
    pairs = curated.rows(organisation_queries.cooperation, Selection())
    figure = organisations.cooperation(pairs, words_en, palette.LIGHT)
    marks = sum(len(trace.x) for trace in figure.data if "markers" in trace.mode)
    assert marks == len({*pairs["a_id"], *pairs["b_id"]})
    assert len({trace.marker.symbol for trace in figure.data if trace.name}) == len(
        [trace for trace in figure.data if trace.name]
    )
