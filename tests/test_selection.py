"""Addresses and words of the same selections, in one table of cases, in both languages."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest

from projectdata.folding import fold
from projectdata.selection import FILTERS, Selection, parse, search_terms

DAY = date(2024, 5, 1)
EVERYTHING = Selection(on=DAY)


def read(catalog, query):
    return parse(parse_qsl(query, keep_blank_values=True), catalog.known)


def kept(catalog, selection):
    found = catalog.answer(selection.matching(catalog.tables))
    return sorted(found["project_id"])


CASES = [
    ("", "All 2 projects", "Kaikki 2 hanketta"),
    ("country=FI", "2 projects in Finland", "2 hanketta: maa Suomi"),
    ("country=FI&country=SE", "2 projects in Finland or Sweden", None),
    ("not.country=FI", "2 projects not in Finland", None),
    ("country=unknown", "2 projects country not known", None),
    ("country=FI&country=unknown", "2 projects in Finland or country not known", None),
    ("target_group=older-people", "2 projects for older people", None),
    ("service=home-care", "2 projects on home care and care of older people", None),
    ("fund=esf", "2 projects paid from ESF", None),
    ("status=running&on=2024-05-01", "2 projects running on 1 May 2024", None),
    ("q=day+centre", "2 projects with the words “day centre”", None),
    ("from=2015&to=2017", "2 projects active in 2015–2017", None),
    ("from=2015", "2 projects active in 2015 or later", None),
    ("to=2017", "2 projects active in 2017 or earlier", None),
    ("min_amount=1000&measure=grant", "2 projects grant at least €1,000", None),
    (
        "min_amount=1000&max_amount=2000",
        "2 projects total budget between €1,000 and €2,000",
        None,
    ),
    ("project=two-ways", "2 projects named TWO", None),
]


@pytest.mark.parametrize(("query", "english", "finnish"), CASES, ids=[c[0] or "all" for c in CASES])
def test_a_selection_says_itself_and_comes_back_from_its_address(catalog, query, english, finnish):
    selection, problems = read(catalog, query)
    assert problems == []
    assert selection.in_words(catalog.wording(selection), 2) == english
    in_finnish = replace(selection, lang="fi")
    said = in_finnish.in_words(catalog.wording(in_finnish), 2)
    assert said == finnish if finnish and _translated() else said
    again, _ = read(catalog, urlencode(selection.parameters()))
    assert again == selection


def _translated():
    from projectdata.wording import catalogue

    return bool(catalogue("fi"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=EE", ["open-end", "three-countries"]),
        ("lead_country=SE", ["krona"]),
        ("country=FI&country=EE&collection=interreg", ["three-countries", "two-ways"]),
        ("country=LV&target_group=unknown&service=unknown", ["quiet"]),
        ("target_group=unemployed", ["by-month", "by-year"]),
        ("target_group=long-term-unemployed", ["by-month"]),
        ("programme=empty-2021", []),
        ("project=same-register", ["same-kohesio"]),
        ("wellbeing_county=keski-suomi", ["by-month", "by-year"]),
        ("region=FI19&collection=finnish-regional", ["by-month", "by-year"]),
        ("status=planned&on=2021-12-01&fund=esf-plus", ["krona"]),
        ("status=unknown", ["open-end", "quiet"]),
        ("q=jyvaskyla", ["by-month"]),
        ("q=JYVÄSKYLÄ", ["by-month"]),
        ("q=lodz", ["lodz"]),
        ("q=ηλικιωμενους", ["greek"]),
        ("q=ΑΘΗΝΑ", ["greek"]),
        ("q=workshops+-jyväskylä", []),
        ('q="two ways" -zzz', ["two-ways"]),
        ('q="ways two"', []),
        ("q=ways+two", ["two-ways"]),
        ("q=%25", []),
        ("q=src%3Dx", ["odd-name"]),
        ("from=2027", ["two-ways"]),
        ("to=2010", ["odd-name"]),
        ("min_amount=0&max_amount=0", ["zero"]),
        ("min_amount=250000&measure=grant", ["roundly"]),
        ("organisation=caritas-at", ["odd-name"]),
        ("country=ee&collection=INTERREG", ["three-countries"]),
    ],
)
def test_a_selection_keeps_the_projects_it_should(catalog, query, expected):
    selection, problems = read(catalog, query)
    assert problems == []
    assert kept(catalog, selection) == expected


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("country=ZZ", "country"),
        ("not.country=Finland", "not.country"),
        ("status=asleep", "status"),
        ("from=banana", "from"),
        ("to=21000", "to"),
        ("min_amount=-5", "min_amount"),
        ("max_amount=1e9", "max_amount"),
        ("on=2024-13-01", "on"),
        ("on=1.5.2024", "on"),
        ("lang=sv", "lang"),
        ("measure=gold", "measure"),
        ("q=" + "x" * 201, "q"),
        ("from=2020&to=2010", "from"),
        ("min_amount=5&max_amount=1", "min_amount"),
    ],
)
def test_a_bad_value_is_named_and_changes_nothing_else(catalog, query, parameter):
    selection, problems = read(catalog, f"{query}&fund=esf")
    assert [problem.parameter for problem in problems] == [parameter]
    assert selection.values("fund") == ("esf",)
    for lang in ("en", "fi"):
        assert parameter in problems[0].sentence(catalog.wording(Selection(lang=lang)))


def test_an_unknown_parameter_and_an_empty_value_are_ignored(catalog):
    assert read(catalog, "utm_source=news&lanes=country&country=&q=&from=") == (Selection(), [])


def test_every_filter_takes_unknown_and_can_be_left_out(catalog):
    for name in FILTERS:
        selection, problems = read(catalog, f"{name}=unknown&not.{name}=unknown")
        assert problems == []
        assert kept(catalog, selection) == []


def test_a_chip_takes_away_what_it_names(catalog):
    selection, _ = read(catalog, "country=FI&country=SE&not.fund=esf&q=care&from=2015&min_amount=5")
    words = catalog.wording(selection)
    chips = selection.chips(words)
    labels = [chip.label for chip in chips]
    assert labels == ["Finland", "Sweden", "not ESF", "“care”", "from 2015", "at least €5"]
    for chip in chips:
        name = chip.parameter.removeprefix("not.")
        less = selection.without(chip.parameter, chip.value if name in FILTERS else None)
        assert len(less.chips(words)) == len(chips) - 1


def test_clearing_keeps_language_measure_and_day():
    selection = Selection(q="x", measure="grant", on=DAY, lang="fi").choosing("country", ["FI"])
    assert selection.cleared() == Selection(measure="grant", on=DAY, lang="fi")


@pytest.mark.parametrize(
    ("q", "wanted", "unwanted"),
    [
        ("Näin koti", ["nain", "koti"], []),
        ('"two ways" care', ["two ways", "care"], []),
        ('-care -"old people"', [], ["care", "old people"]),
        ('unclosed "quote', ["unclosed", "quote"], []),
        ("- --  \t", [], []),
        ("well-being", ["well-being"], []),
    ],
)
def test_search_terms(q, wanted, unwanted):
    found, left_out = search_terms(q)
    assert (found, [term for term in left_out if term.strip("-")]) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Jyväskylä", "jyvaskyla"), ("ŁÓDŹ", "lodz"), ("Straße", "strasse"), ("ΟΔΟΣ", "οδοσ")],
)
def test_fold(text, folded):
    assert fold(text) == folded
