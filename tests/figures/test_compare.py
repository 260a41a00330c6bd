from datetime import date

import pandas as pd

from projectdata.figures import compare as figures
from projectdata.palette import DARK, LIGHT


def test_both_sides_are_drawn_with_different_marks(words_en):
    rows = pd.DataFrame(
        {
            "value": ["kohesio", "unknown"],
            "a": [2, 1],
            "b": [0, 4],
            "a_share": [0.5, 0.25],
            "b_share": [0.0, 1.0],
        }
    )
    figure = figures.shares(rows, words_en, LIGHT, "collection")
    marks = {trace.name: trace.marker.symbol for trace in figure.data if trace.mode == "markers"}
    assert marks == {"A": "circle", "B": "diamond-open"}
    said = " ".join(note.text for note in figure.layout.annotations)
    assert "A 2 (50%) · B 0 (0%)" in said


def test_a_missing_amount_has_no_bar_and_says_so(words_en):
    panel = figures.Panel("Total budget", ("A", "B"), (100.0, None), ("€100", "not published"))
    figure = figures.bars([panel], words_en, DARK)
    assert [trace.x[0] for trace in figure.data] == [1.0, 0.0]
    assert any("B: not published" in note.text for note in figure.layout.annotations)


def test_an_open_period_is_hatched(words_en):
    rows = pd.DataFrame(
        {
            "title": ["NEAR", "Open"],
            "collection": ["interreg", "erasmus"],
            "start_date": pd.to_datetime(["2023-01-01", "2023-02-01"]),
            "end_date": pd.to_datetime(["2026-12-31", None]),
            "period_precision": ["day", "day"],
            "period": ["2023–2026", "from 2023"],
        }
    )
    figure = figures.periods(rows, words_en, LIGHT, date(2024, 6, 1))
    assert [bool(trace.marker.pattern.shape) for trace in figure.data] == [False, True]
