import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devtools import stated
from projectdata import paths
from projectdata.matching import Pair, projects

FIRST = {
    "project_id": "kohesio-q1",
    "name_original": "Sosiaalisen osallisuuden edistäminen",
    "code": "Q1000001",
    "code_scheme": "kohesio",
    "collection": "kohesio",
}
SECOND = {
    "project_id": "eura-s1",
    "name_original": "Sosiaalisen osallisuuden edistäminen",
    "code": "S20001",
    "code_scheme": "eura-2014",
    "collection": "finnish-regional",
}


def tables(*records, days=("2015-01-01",), same_as=()):
    """Records that all start and end alike."""
    connection = stated.empty(duckdb.connect())
    for number, record in enumerate(records):
        stated.fill(connection, "projects", [{"is_in_depth": False, **record}])
        period = {"start_date": days[number % len(days)], "precision": "day"}
        stated.fill(
            connection,
            "periods",
            [{"project_id": record["project_id"], "period_id": "p", **period}],
        )
    stated.fill(connection, "same_as", same_as)
    return connection


def ids(pairs):
    return {frozenset({pair.one, pair.other}) for pair in pairs}


BOTH = frozenset({"kohesio-q1", "eura-s1"})


@pytest.fixture(scope="module")
def curated_pairs():
    connection = stated.load(duckdb.connect(), paths.data_folder())
    connection.execute("delete from stated.same_as")
    return projects(connection)


@pytest.mark.parametrize(
    "known",
    [
        {"lapin-sote-savotta", "eura-a70203"},
        {"kohesio-q3757214", "eura-s20220"},
        {"kohesio-q3757452", "eura-s20458"},
    ],
    ids=["Lapin Sote-savotta", "Sokra", "Kaiku"],
)
def test_a_curated_project_of_two_registers_is_found_again(curated_pairs, known):
    assert known in ids(curated_pairs)


def test_the_reasons_say_what_agrees_and_what_does_not(curated_pairs):
    (pair,) = [p for p in curated_pairs if p.one == "lapin-sote-savotta"]
    assert "Same name; same start (1 September 2014)" in pair.reasons_en
    assert "the same sum under two measures" in pair.reasons_en
    assert "1\xa0504\xa0960 €" in pair.reasons_en
    assert "sama alkamispäivä (1.9.2014)" in pair.reasons_fi
    (pair,) = [p for p in curated_pairs if "eura-s20458" in (p.one, p.other)]
    assert "but the ends differ" in pair.reasons_en
    assert "mutta loppu eroaa" in pair.reasons_fi


@pytest.mark.skipif(not stated.EURA.exists(), reason="the real export is not here")
def test_the_real_finnish_register_gives_only_pairs_that_are_known():
    connection = stated.load(duckdb.connect(), paths.data_folder())
    rows = stated.eura_rows()
    stated.add_eura(connection, rows)
    found = ids(projects(connection))
    assert {
        frozenset({"lapin-sote-savotta", "eura-a70203"}),
        frozenset({"kohesio-q3757214", "eura-s20220"}),
        frozenset({"kohesio-q3757245", "eura-s20251"}),
        frozenset({"kohesio-q3757452", "eura-s20458"}),
        frozenset({"kohesio-q3757590", "eura-s20309"}),
    } == found


def test_the_same_name_and_start_in_two_registers_is_suggested():
    assert ids(projects(tables(FIRST, SECOND))) == {BOTH}


def test_the_same_name_alone_is_not_enough():
    assert projects(tables(FIRST, SECOND, days=("2015-01-01", "2019-06-01"))) == []


def test_a_sequel_is_not_the_project():
    second = {**SECOND, "name_original": f"{SECOND['name_original']} 2"}
    assert projects(tables(FIRST, second)) == []


@pytest.mark.parametrize("scheme", ["kohesio", "eura-2014"])
def test_two_records_of_one_register_are_never_a_pair(scheme):
    records = [{**FIRST, "code_scheme": scheme}, {**SECOND, "code_scheme": scheme}]
    assert projects(tables(*records), least=0) == []


def test_periods_of_the_finnish_register_are_one_register():
    assert projects(tables({**FIRST, "code_scheme": "eura-2021"}, SECOND), least=0) == []


@pytest.mark.parametrize("place", ["url", "acronym", "name_en"])
def test_a_code_that_stands_in_the_other_record_makes_a_pair(place):
    said = {
        "url": "https://example.eu/projects/S20001",
        "acronym": "S20001",
        "name_en": "X (S20001)",
    }
    first = {**FIRST, "name_original": "Something else", place: said[place]}
    (pair,) = projects(tables(first, SECOND))
    assert "S20001" in pair.reasons_en


def test_a_code_that_both_only_mention_makes_none():
    said = "https://example.eu/A99999"
    first = {**FIRST, "name_original": "Something else", "url": said}
    second = {**SECOND, "url": said}
    assert projects(tables(first, second), least=0) == []


def test_a_record_without_a_name_is_in_no_pair():
    nameless = [{**record, "name_original": None} for record in (FIRST, SECOND)]
    assert projects(tables(*nameless), least=0) == []


def test_names_in_two_languages_do_not_speak_against_a_pair():
    first = {**FIRST, "name_original": None, "name_en": "Promoting social inclusion"}
    second = {**SECOND, "original_language": "fi"}
    connection = tables(first, second)
    for record, measure in ((first, "total_budget"), (second, "public_funding_planned")):
        stated.fill(
            connection,
            "amounts",
            [{"project_id": record["project_id"], "measure": measure, "amount_eur": 123456.5}],
        )
    (pair,) = projects(connection)
    assert "the same sum under two measures" in pair.reasons_en


def test_a_register_row_that_is_curated_is_suggested_once():
    curated = {**FIRST, "project_id": "osallisuus", "is_in_depth": True}
    imported = {**FIRST, "project_id": "kohesio-q1000001"}
    assert ids(projects(tables(curated, imported, SECOND))) == {
        frozenset({"osallisuus", "eura-s1"})
    }


def known(status):
    return {
        "project_id": "eura-s1",
        "other_project_id": "kohesio-q1",
        "reasons_en": "Seen.",
        "reasons_fi": "Nähty.",
        "status": status,
    }


@pytest.mark.parametrize("status", ["confirmed", "suggested"])
def test_a_known_pair_keeps_its_status_reasons_and_order(status):
    (pair,) = projects(tables(FIRST, SECOND, same_as=[known(status)]))
    assert (pair.one, pair.other, pair.reasons_fi, pair.status) == (
        "eura-s1",
        "kohesio-q1",
        "Nähty.",
        status,
    )


def test_a_known_pair_is_shown_whatever_its_score():
    connection = tables(
        FIRST,
        {**SECOND, "name_original": "Something else"},
        days=("2015-01-01", "2019-01-01"),
        same_as=[known("confirmed")],
    )
    assert ids(projects(connection)) == {BOTH}


def test_a_rejected_pair_stays_away():
    rejected = Pair("kohesio-q1", "eura-s1", 0.0, "", "", "rejected")
    assert projects(tables(FIRST, SECOND), decided=[rejected]) == []
    assert projects(tables(FIRST, SECOND, same_as=[known("rejected")])) == []


def test_a_confirmed_record_is_not_suggested_for_that_register_again():
    third = {**SECOND, "project_id": "eura-s2", "code": "S20002"}
    assert len(projects(tables(FIRST, SECOND, third))) == 2
    connection = tables(FIRST, SECOND, third, same_as=[known("confirmed")])
    assert ids(projects(connection)) == {BOTH}


def test_a_pair_that_both_records_outdo_is_not_shown():
    fourth = {**FIRST, "project_id": "kohesio-q4", "code": "Q1000004"}
    third = {**SECOND, "project_id": "eura-s3", "code": "S20003"}
    connection = tables(FIRST, SECOND, third, fourth)
    for project_id, euros in (
        ("kohesio-q1", 11),
        ("eura-s1", 11),
        ("kohesio-q4", 77),
        ("eura-s3", 77),
    ):
        stated.fill(
            connection,
            "amounts",
            [{"project_id": project_id, "measure": "total_budget", "amount_eur": euros * 1001.5}],
        )
    assert ids(projects(connection)) == {BOTH, frozenset({"kohesio-q4", "eura-s3"})}


NAMES = ("Osallisuus ja työ", "Osallisuus ja työ 2", "OSALLISUUS", "Ohjaamo Lahti", "Inclusion")
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "name_original": st.sampled_from(NAMES),
            "name_en": st.sampled_from((None, *NAMES)),
            "acronym": st.sampled_from((None, "SOVA", "Topi")),
            "code_scheme": st.sampled_from(("kohesio", "eura-2014", "keep", "erasmus", None)),
            "fund": st.sampled_from((None, "esf", "erdf")),
            "collection": st.sampled_from(("kohesio", "interreg")),
        }
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=6)
@given(records=RECORDS, data=st.data())
def test_the_order_of_the_rows_does_not_matter(records, data):
    named = [{**r, "project_id": f"p{n}", "code": f"X{n}0000"} for n, r in enumerate(records)]
    shuffled = data.draw(st.permutations(named))
    found = projects(tables(*named), least=0)
    assert found == projects(tables(*shuffled), least=0)
    assert [pair.score for pair in found] == sorted((p.score for p in found), reverse=True)
    scheme = {record["project_id"]: record["code_scheme"] for record in named}
    assert all(scheme[pair.one] is None or scheme[pair.one] != scheme[pair.other] for pair in found)
    assert all(0 <= pair.score <= 1 and pair.reasons_en.endswith(".") for pair in found)
