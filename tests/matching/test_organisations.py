import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devtools import stated
from projectdata.matching import organisations
from projectdata.matching.organisation_pairs import CROWD, Crowds, look


def tables(*rows):
    connection = stated.empty(duckdb.connect())
    stated.fill(connection, "organisations", [{"country": "FI", **row} for row in rows])
    return connection


def named(*names):
    return [{"organisation_id": f"o{n}", "name_original": name} for n, name in enumerate(names)]


THL = {
    "organisation_id": "thl",
    "name_original": "Terveyden ja hyvinvoinnin laitos",
    "name_en": "Finnish Institute for Health and Welfare (THL)",
}


@pytest.mark.parametrize(
    "name",
    [
        "Terveyden ja hyvinvoinnin laitos",
        "TERVEYDEN JA HYVINVOINNIN LAITOS THL",
        "THL",
        "National Institute for Health and Welfare",
        "Finnish Institute for Health and Welfare (THL)",
    ],
)
def test_every_spelling_of_the_institute_is_found(name):
    (pair,) = organisations(tables(THL, {"organisation_id": "other", "name_original": name}))
    assert {pair.one, pair.other} == {"thl", "other"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LAB-ammattikorkeakoulu", "LAB University of Applied Sciences Ltd"),
        ("Itä-Suomen yliopisto", "ITÄ-SUOMEN YLIOPISTO"),
        ("Turun yliopisto", "University of Turku"),
        ("Savonia-ammattikorkeakoulu oy", "Savonia-ammattikorkeakoulu"),
        ("THL", "Terveyden ja hyvinvoinnin laitos"),
    ],
)
def test_one_organisation_under_two_spellings_is_found(one, other):
    assert len(organisations(tables(*named(one, other)))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lahden ammattikorkeakoulu", "LAB-ammattikorkeakoulu"),
        ("Saimaan ammattikorkeakoulu", "LAB-ammattikorkeakoulu"),
        ("Lapin yliopisto", "Lapin liitto"),
        ("Lapin yliopisto", "Lapin ammattikorkeakoulu"),
        ("Municipality of Xanthi", "Municipality of Chios"),
        ("City of Pori", "Porvoon kaupunki"),
        ("Tampereen yliopisto", "Tampereen teknillinen yliopisto"),
    ],
)
def test_two_organisations_are_not_one(one, other):
    rows = named(one, other)
    if one == "City of Pori":
        rows[0]["name_fi"] = "Porin kaupunki"
    assert organisations(tables(*rows)) == []


def test_the_same_name_in_two_countries_is_two_organisations():
    rows = named("Caritas", "Caritas")
    assert organisations(tables(rows[0], {**rows[1], "country": "AT"})) == []


def test_one_business_id_is_one_organisation_whatever_its_name():
    rows = [{**row, "business_id": "2229500-6"} for row in named("Vanha nimi", "Toinen")]
    (pair,) = organisations(tables(*rows))
    assert "22295006" in pair.reasons_en


def test_organisations_that_one_project_names_side_by_side_are_two():
    rows = named("Lapin yliopisto", "University of Lapland")
    connection = tables(*rows)
    assert len(organisations(connection)) == 1
    stated.fill(
        connection,
        "participations",
        [{"project_id": "p", "organisation_id": row["organisation_id"]} for row in rows],
    )
    assert organisations(connection) == []


def test_a_name_of_a_crowd_is_not_followed_and_told():
    rows = named(*["Grundschule"] * (CROWD + 1), "Kita Nord", "Kita Nord")
    found = look(tables(*rows))
    assert [{pair.one, pair.other} for pair in found.pairs] == [{"o41", "o42"}]
    assert found.passed_over == (Crowds("name", 1, "Grundschule"),)


def test_a_name_that_a_crowd_of_all_countries_shares_is_looked_for_in_each():
    countries = ["AT", "DE", "EE", "ES", "FR", "IT", "LT", "LV", "PL", "SE", "SI"]
    rows = named(*["Caritas"] * 4 * len(countries))
    rows = [{**row, "country": countries[n % len(countries)]} for n, row in enumerate(rows)]
    found = look(tables(*rows))
    assert len(found.pairs) == len(countries) * 6
    assert found.passed_over == ()


def test_how_far_it_is_is_told():
    told = []
    look(tables(*named("THL", "THL")), tell=lambda what, part: told.append((what, part)))
    assert told[-1] == ("Comparing 1 pairs of organisations", 1)


def test_leaders_of_the_two_records_of_a_confirmed_pair_are_likelier_one():
    rows = named("Diakonissalaitos", "Deaconess Foundation")
    pair = {"project_id": "p", "other_project_id": "q", "status": "confirmed"}
    scores = []
    for pairs in ([], [pair], [{**pair, "project_id": "q", "other_project_id": "p"}]):
        connection = tables(*({**row, "url": "https://hdl.fi"} for row in rows))
        stated.fill(connection, "same_as", pairs)
        stated.fill(
            connection,
            "participations",
            [
                {"project_id": project, "organisation_id": f"o{n}", "role": "lead"}
                for n, project in enumerate("pq")
            ],
        )
        (found,) = organisations(connection, least=0)
        scores.append(found.score)
    assert scores[0] < scores[1] == scores[2]


@settings(max_examples=6)
@given(
    st.lists(
        st.sampled_from(
            ("THL", "Terveyden ja hyvinvoinnin laitos", "Lapin yliopisto", "University of Lapland")
        ),
        min_size=2,
        max_size=6,
    ),
    st.data(),
)
def test_the_order_of_the_rows_does_not_matter(names, data):
    rows = named(*names)
    shuffled = data.draw(st.permutations(rows))
    assert organisations(tables(*rows), least=0) == organisations(tables(*shuffled), least=0)
