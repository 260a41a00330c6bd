"""The verdicts of the benchmark table."""

import io

import pytest
from rich.console import Console

from benchmarks import table
from benchmarks.table import Line


@pytest.mark.parametrize(("ours", "met"), [(2.9, True), (3.0, True), (3.1, False)])
def test_a_cost_is_met_up_to_its_limit(ours, met):
    line = table.at_most("import", ours, 1.0, 3, table.seconds)
    assert (line.ratio, line.target, line.met) == (ours, "<= 3 x", met)


@pytest.mark.parametrize(("yardstick", "met"), [(49.0, False), (50.0, True), (51.0, True)])
def test_a_gain_is_met_from_its_limit(yardstick, met):
    line = table.faster("facets", 1.0, yardstick, 50)
    assert (line.ratio, line.target, line.met) == (yardstick, ">= 50 x", met)


def test_without_a_target_there_is_no_verdict():
    assert table.faster("search", 1.0, 5.0).met is None


def test_a_limit_of_its_own_needs_no_yardstick():
    line = table.limited("memory", 2e9, 1.5e9, table.gigabytes)
    assert (line.ours, line.ratio, line.target, line.met) == ("2.00 GB", None, "<= 1.50 GB", False)


def test_the_table_says_which_targets_are_missed():
    console = Console(width=120, file=io.StringIO())
    lines = [Line("one", "1 s", "2 s", 0.5, "<= 2 x", True), Line("two", "3 s", met=False)]
    console.print(table.drawn("Speed", lines))
    said = console.file.getvalue()
    assert "0.50 x" in said
    assert "yes" in said
    assert "no" in said.split("two")[1]
