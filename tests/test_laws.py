"""The laws that hold for every selection, tried with random ones."""

import csv
import io
import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from projectdata import exports
from projectdata.queries import facets, rows, summary, timeline
from projectdata.selection import (
    FILTERS,
    PARAMETERS,
    STATUSES,
    UNKNOWN,
    Code,
    Selection,
    fold,
    parse,
)

EVERYTHING = Selection()
DAY = date(2024, 5, 1)
WORDS = (
    "hoiva",
    "care",
    "näin",
    "ŁÓDŹ",
    '"two ways"',
    "-sauna",
    "Βοήθεια",
    "malmo",
    "%",
    "_",
    "zzz",
)

ASSIGNED = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0")
"""Characters of the Unicode that Python knows; the engine may know some more."""


def known_values(catalog, name):
    values = STATUSES if name == "status" else sorted(catalog.known[name])
    return st.sampled_from([*values, UNKNOWN])


def used_values(catalog, name):
    """Values that some project has, so that a random selection is seldom empty."""
    if name == "status":
        return st.sampled_from([*STATUSES, UNKNOWN])
    found = catalog.frame(
        f"select distinct value from filter_values where parameter = '{name}' order by value"
    )
    return st.sampled_from([*found["value"], UNKNOWN])


@st.composite
def selections(draw, catalog):
    """Any combination of parameters, as the address could hold it."""
    selection = replace(EVERYTHING, on=draw(st.sampled_from([DAY, date(2016, 1, 1)])))
    for name in draw(st.lists(st.sampled_from(FILTERS), max_size=3, unique=True)):
        one = st.one_of(used_values(catalog, name), known_values(catalog, name))
        selection = selection.choosing(name, draw(st.lists(one, min_size=1, max_size=3)))
    for name in draw(st.lists(st.sampled_from(FILTERS), max_size=1, unique=True)):
        one = used_values(catalog, name)
        selection = selection.leaving_out(name, draw(st.lists(one, min_size=1, max_size=2)))
    years = sorted(draw(st.lists(st.integers(2005, 2030), min_size=2, max_size=2)))
    since, until = (draw(st.sampled_from([None, year])) for year in years)
    least = draw(st.sampled_from([None, None, None, 0.0, 50_000.0, 333_333.33]))
    most = draw(st.sampled_from([None, None, None, 400_000.0, 2_000_000.0]))
    words = draw(st.lists(st.sampled_from(WORDS), max_size=1))
    return replace(
        selection,
        q=" ".join(words),
        since=since,
        until=until,
        min_amount=least,
        max_amount=most,
        measure=draw(st.sampled_from(["total_budget", "eu_and_state_granted", "grant"])),
    )


def ids(catalog, selection):
    found = catalog.answer(selection.matching(catalog.tables))
    return set(found["project_id"])


def totals(catalog, selection):
    return catalog.rows(summary.measure_totals, selection).iloc[0]


def csv_rows(catalog, selection):
    order = exports.Order(selection)
    text = b"".join(exports.file_chunks(catalog, order, DAY)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(data=st.data())
@settings(max_examples=12)
def test_page_rows_csv_and_summary_agree(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = data.draw(selections(one))
    kept = ids(one, selection)
    assert set(one.rows(rows.project_rows, selection)["project_id"]) == kept
    taken = csv_rows(one, selection)
    assert len(taken) == len(kept) == int(totals(one, selection)["projects"])
    assert {row["project_id"] for row in taken} == kept
    # The sum a reader makes of the file's column is the sum on the screen.
    column = [float(row[selection.measure]) for row in taken if row[selection.measure]]
    total = totals(one, selection)[f"{selection.measure}_eur"]
    assert len(column) == int(totals(one, selection)[f"{selection.measure}_projects"])
    assert pd.isna(total) if not column else math.isclose(total, sum(column), abs_tol=0.01)


@given(data=st.data())
def test_the_parts_add_up_to_the_whole(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = data.draw(selections(one))
    whole = totals(one, selection)
    parts = [
        totals(one, selection.choosing("collection", [code]))
        for code in one.known["collection"]
        if not selection.values("collection") or code in selection.values("collection")
    ]
    measure = f"{selection.measure}_eur"
    assert sum(int(part["projects"]) for part in parts) <= int(whole["projects"])
    if UNKNOWN not in selection.values("collection"):
        assert sum(int(part["projects"]) for part in parts) == int(whole["projects"])
        known = [part[measure] for part in parts if not pd.isna(part[measure])]
        assert pd.isna(whole[measure]) == (not known)
        assert not known or math.isclose(whole[measure], sum(known), abs_tol=0.01)


@given(data=st.data())
def test_a_sum_over_nothing_is_missing_and_never_zero(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    found = totals(one, data.draw(selections(one)))
    for measure in summary.MEASURES:
        assert pd.isna(found[f"{measure}_eur"]) == (int(found[f"{measure}_projects"]) == 0)


@given(data=st.data())
@settings(max_examples=12)
def test_the_number_beside_an_option_is_what_choosing_it_gives(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = data.draw(selections(one))
    offered = facets.facets(one, selection)
    for row in offered.sample(min(4, len(offered)), random_state=1).itertuples():
        plain = selection.leaving_out(row.parameter, [])
        chosen = plain.choosing(row.parameter, [row.value])
        assert len(ids(one, chosen)) == row.projects, (row.parameter, row.value)


@given(data=st.data())
def test_an_address_brings_the_same_selection_back(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = replace(data.draw(selections(one)), lang=data.draw(st.sampled_from(["en", "fi"])))
    again, problems = parse(selection.parameters(), one.known)
    assert (again, problems) == (selection, [])


@given(data=st.data())
def test_a_value_and_its_opposite_part_the_projects(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = data.draw(selections(one))
    name = data.draw(st.sampled_from(FILTERS))
    value = data.draw(used_values(one, name))
    free = selection.choosing(name, []).leaving_out(name, [])
    with_it, without = free.choosing(name, [value]), free.leaving_out(name, [value])
    assert ids(one, with_it) | ids(one, without) == ids(one, free)
    assert not ids(one, with_it) & ids(one, without)


@given(data=st.data())
def test_known_and_unknown_make_all(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    name = data.draw(st.sampled_from(FILTERS))
    free = data.draw(selections(one)).choosing(name, []).leaving_out(name, [])
    values = STATUSES if name == "status" else one.known[name]
    known, unknown = ids(one, free.choosing(name, values)), ids(one, free.choosing(name, [UNKNOWN]))
    assert known | unknown == ids(one, free)
    assert not known & unknown


@given(data=st.data())
def test_more_values_never_shrink_a_selection_and_more_filters_never_widen_it(
    catalog, curated, data
):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = data.draw(selections(one))
    name = data.draw(st.sampled_from(FILTERS))
    one_more, another = data.draw(st.tuples(used_values(one, name), used_values(one, name)))
    narrow = selection.choosing(name, [one_more])
    assert ids(one, narrow) <= ids(one, selection.choosing(name, [one_more, another]))
    assert ids(one, narrow) <= ids(one, selection.choosing(name, []))


@given(data=st.data())
@settings(max_examples=12)
def test_every_row_taken_away_obeys_the_selection(catalog, curated, data):
    one = data.draw(st.sampled_from([catalog, curated]))
    selection = data.draw(selections(one))
    columns = {
        "country": "countries",
        "lead_country": "lead_countries",
        "collection": "collection",
        "programme": "programme_id",
        "fund": "fund",
        "programming_period": "programming_period",
        "target_group": "target_groups",
        "service": "services",
        "region": "regions",
        "wellbeing_county": "wellbeing_counties",
        "status": "status",
    }
    for row in csv_rows(one, selection):
        for name, column in columns.items():
            values = set(row[column].split(rows.JOINED)) if row[column] else {UNKNOWN}
            chosen, left_out = selection.values(name), selection.values_left_out(name)
            assert not chosen or values & set(chosen), (name, row["project_id"])
            assert not values & set(left_out), (name, row["project_id"])
        amount = row[selection.measure]
        if selection.min_amount is not None:
            assert float(amount) >= selection.min_amount
        if selection.max_amount is not None:
            assert float(amount) <= selection.max_amount
        if selection.until is not None:
            assert int((row["start_date"] or row["end_date"])[:4]) <= selection.until
        if selection.since is not None:
            assert int((row["end_date"] or row["start_date"])[:4]) >= selection.since


@given(data=st.data())
@settings(max_examples=20)
def test_case_and_accents_do_not_matter(catalog, data):
    names = catalog.frame("select title_en, title_fi from facts")
    titles = [*names["title_en"], *names["title_fi"]]
    words = [word for title in titles for word in title.split() if '"' not in word]
    quoted = f'"{data.draw(st.sampled_from(words))}"'
    found = ids(catalog, replace(EVERYTHING, q=quoted))
    assert found
    for other in (quoted.upper(), quoted.lower(), fold(quoted)):
        assert ids(catalog, replace(EVERYTHING, q=other)) == found


@given(st.text(ASSIGNED, max_size=40))
@settings(max_examples=300)
@example("ΟΔΟΣ")
@example("İstanbul ǅ ẞ Œuvre Ærø Łódź ﬁ ½ ǖ")
def test_python_and_the_engine_fold_text_alike(catalog, text):
    cursor = catalog.engine.connection.cursor()
    assert cursor.execute("select fold($text)", {"text": text}).fetchone()[0] == fold(text)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=8)), st.text(max_size=30)
        ),
        max_size=6,
    )
)
@settings(max_examples=50)
def test_no_address_breaks_anything(catalog, pairs):
    selection, problems = parse(pairs, catalog.known)
    assert ids(catalog, selection) <= ids(catalog, EVERYTHING)
    words = catalog.wording(selection)
    assert selection.in_words(words, 3)
    assert all(problem.sentence(words) for problem in problems)


@pytest.mark.parametrize("name", [n for n in facets.COUNTED if n not in facets.NOT_TOTALLED])
@pytest.mark.parametrize("relevance", [(), ("social",), ("other",)])
def test_what_is_counted_beforehand_is_what_counting_gives(curated, name, relevance):
    selection = Selection().choosing("relevance", relevance)
    before = curated.rows(facets.totals, selection, (name,), relevance)
    now = curated.rows(facets.options, selection, name, facets.MOST)
    assert before.head(facets.MOST).to_dict("records") == now.to_dict("records")


@given(st.dates(date(1995, 1, 1), date(2040, 12, 31)))
def test_the_status_on_any_day_is_counted_from_the_edges_of_the_periods(curated, day):
    selection = Selection(on=day)
    before = curated.rows(facets.totals, selection, ("status",), ())
    now = curated.rows(facets.options, selection, "status", facets.MOST)
    assert before.to_dict("records") == now.to_dict("records")


@pytest.mark.parametrize("name", facets.IN_TOTALS)
def test_the_sides_of_the_lens_of_one_value_are_what_counting_gives(curated, name):
    for value in [*sorted(curated.known[name])[:40], UNKNOWN]:
        selection = Selection().choosing(name, [value])
        before = curated.rows(facets.sides, selection, name, value)
        now = curated.rows(facets.options, selection, "relevance", facets.MOST)
        assert before.to_dict("records") == now.to_dict("records"), value


@pytest.mark.parametrize("but", ["", "country"])
@given(data=st.data())
def test_selections_of_one_pattern_keep_what_each_would(catalog, data, but):
    selection = data.draw(selections(catalog))
    own = catalog.engine.compile(selection.matching(catalog.tables, but=but))
    _asked, kept = catalog._question(rows.project_rows, selection, (), but)
    # How a long statement is broken into lines depends on the length of its codes.
    assert kept.split() == own.split()


@pytest.mark.parametrize("code", ["near", "it's", "x§0§y", "", "no-such-project"])
def test_one_statement_serves_all_codes(catalog, code):
    own, _ = catalog._question(timeline.periods_of, EVERYTHING, (code,), "")
    shared, _ = catalog._question(timeline.periods_of, EVERYTHING, (Code(code),), "")
    assert shared.split() == own.split()
    assert catalog.rows(timeline.periods_of, EVERYTHING, Code(code)).equals(
        catalog.rows(timeline.periods_of, EVERYTHING, code)
    )
