"""Numbers, money, dates and periods as people write them in each language."""

from datetime import date

import pytest

from projectdata.wording import Wording, in_sentence

EN, FI = Wording("en"), Wording("fi")
NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "digits", "english", "finnish"),
    [
        (1504960, 0, "1,504,960", f"1{NB}504{NB}960"),
        (0.3, 1, "0.3", "0,3"),
        (999, 0, "999", "999"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers(value, digits, english, finnish):
    assert EN.number(value, digits) == english
    assert FI.number(value, digits) == finnish


@pytest.mark.parametrize(
    ("amount", "english", "finnish"),
    [
        (1504960, "€1,504,960", f"1{NB}504{NB}960{NB}€"),
        (190859.38, "€190,859.38", f"190{NB}859,38{NB}€"),
        (0, "€0", f"0{NB}€"),
    ],
)
def test_money_in_full(amount, english, finnish):
    assert EN.money(amount) == english
    assert FI.money(amount) == finnish


def test_another_currency_keeps_its_code():
    assert EN.money(1500000, "SEK") == f"1,500,000{NB}SEK"


@pytest.mark.parametrize(
    ("amount", "english"),
    [
        (1504960, f"€1.5{NB}million"),
        (2e6, f"€2{NB}million"),
        (123_400_000, f"€123{NB}million"),
        (2.5e9, f"€2.5{NB}billion"),
        (999_999, f"€1{NB}million"),
        (54_321, "€54,321"),
    ],
)
def test_money_in_short(amount, english):
    assert EN.money_short(amount) == english


def test_shares():
    assert EN.percent(0.128, 1) == "12.8%"
    assert FI.percent(0.128, 1) == f"12,8{NB}%"


@pytest.mark.parametrize(
    ("day", "precision", "english", "finnish"),
    [
        (date(2014, 9, 1), "day", "1 September 2014", "1.9.2014"),
        (date(2022, 9, 1), "month", "September 2022", "syyskuu 2022"),
        (date(2023, 1, 1), "year", "2023", "2023"),
    ],
)
def test_dates_to_their_precision(day, precision, english, finnish):
    assert EN.date(day, precision) == english
    assert FI.date(day, precision) == finnish


@pytest.mark.parametrize(
    ("start", "end", "precision", "english"),
    [
        (date(2014, 9, 1), date(2017, 8, 31), "day", "1 September 2014 – 31 August 2017"),
        (date(2023, 1, 1), date(2026, 12, 31), "year", "2023–2026"),
        (date(2023, 1, 1), date(2023, 12, 31), "year", "2023"),
        (date(2023, 3, 1), None, "month", "from March 2023, end not known"),
        (None, date(2017, 12, 31), "year", "until 2017"),
        (None, None, "day", "not known"),
    ],
)
def test_periods_say_an_open_end(start, end, precision, english):
    assert EN.period(start, end, precision) == english


def test_lists_and_countries():
    assert EN.any_of(["a", "b", "c"]) == "a, b or c"
    assert FI.any_of(["a", "b"]) == "a tai b"
    assert EN.all_of(["a", "b"]) == "a and b"
    assert (EN.country("FI"), FI.country("SE")) == ("Finland", "Ruotsi")


def test_a_code_without_a_label_stands_for_itself_and_nothing_is_not_known():
    assert EN.label("fund", "gold") == "gold"
    assert EN.label("fund", float("nan")) == "not known"
    assert EN.label("fund", None) == "not known"


def test_plurals():
    assert EN.plural("{n} project", "{n} projects", 1) == "1 project"
    assert EN.plural("{n} project", "{n} projects", 1234) == "1,234 projects"


def test_labels_in_a_sentence_start_small_unless_they_are_abbreviations():
    assert in_sentence("Older people") == "older people"
    assert in_sentence("ESF") == "ESF"


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (17.78, "17.8"),
        (3.84, "3.8"),
        (0.996, "1.0"),
        (0.33, "0.33"),
        (0.0024, "0.0024"),
        (0, "0.0"),
    ],
)
def test_rates_keep_digits_that_count(value, english):
    assert EN.rate(value) == english


def test_a_zero_has_no_sign_whoever_asked_first():
    for words in (Wording("en"), Wording("fi")):
        assert words.number(-0.0) == words.number(0) == "0"
