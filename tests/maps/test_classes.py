import pytest

from projectdata.maps.classes import MOST, logarithmic
from projectdata.palette import LIGHT


@pytest.mark.parametrize(
    "values",
    [[1], [1, 2, 3], [1, 192], [0.5, 3], [67_704, 40_000_000], [1, 10**9], [0, 0, 5]],
)
def test_classes_are_few_and_hold_every_positive_value(values):
    classes = logarithmic(values)
    assert 1 <= len(classes.borders) <= MOST
    assert len(classes.shades(LIGHT)) == len(classes.borders)
    for value in values:
        if value > 0:
            assert 0 <= classes.number(value) < len(classes.borders)
    assert list(classes.borders) == sorted(set(classes.borders))


def test_a_greater_value_never_gets_a_lower_class():
    values = [1, 2, 5, 9, 10, 30, 99, 100, 192]
    numbers = [logarithmic(values).number(value) for value in values]
    assert numbers == sorted(numbers)


def test_nothing_positive_has_no_classes():
    assert logarithmic([0, float("nan")]) is None


def test_borders_are_written_out(words_en, words_fi):
    counts = logarithmic([1, 192])
    assert counts.count_labels(words_en) == ("1–2", "3–9", "10–29", "30–99", "100 or more")
    money = logarithmic([600_000, 1_500_000])
    said = [label.replace("\N{NO-BREAK SPACE}", " ") for label in money.money_labels(words_en)]
    assert said == ["€500,000 to under €1 million", "€1 million or more"]
    assert len(money.money_labels(words_fi)) == 2


def test_borders_of_a_rate_need_digits(words_en, words_fi):
    rates = logarithmic([0.0024, 3.84])
    assert rates.rate_labels(words_en)[0] == "0.001 to under 0.01"
    assert rates.rate_labels(words_fi)[-1].startswith("1")
