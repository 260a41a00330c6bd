import plotly.graph_objects as go
import pytest

from projectdata.figures import base
from projectdata.figures.sheet import Sheet
from projectdata.palette import DARK, LIGHT


def test_a_figure_is_what_was_drawn():
    sheet = Sheet({"height": 100, "margin": {"t": 1, "b": 2}})
    sheet.add_bar(x=[1, 2], y=["a", "b"])
    sheet.add_annotation(text="here", x=1, y=0)
    sheet.add_vline(x=2, line={"width": 1})
    sheet.update_layout(margin={"b": 3})
    figure = sheet.figure()
    assert [trace.type for trace in figure.data] == ["bar"]
    assert (figure.layout.margin.t, figure.layout.margin.b) == (1, 3)
    assert figure.layout.annotations[0].text == "here"
    assert figure.layout.shapes[0].yref == "y domain"


def test_a_change_of_one_figure_leaves_another_as_it_was(words_en):
    one, other = (base.empty_figure(LIGHT, words_en, height=100) for _ in range(2))
    one.update_xaxes(range=[0, 1])
    assert "range" not in other.layout["xaxis"]


def test_what_plotly_does_not_know_is_refused_in_tests():
    with pytest.raises(ValueError, match="no_such_property"):
        Sheet({"no_such_property": 1}).figure()


def test_the_small_print_adds_its_lines_to_the_height(words_en):
    figure = base.empty_figure(DARK, words_en, height=300).figure()
    base.small_print(
        figure,
        ("A title that fills more than one line " * 3, "All 450 projects", "2026"),
        DARK,
    )
    assert figure.layout.annotations[-1].text.startswith("A title")
    assert figure.layout.height > 300
    go.Figure(figure.to_dict())
