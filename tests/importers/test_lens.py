import csv
from collections import Counter

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projectdata import paths
from projectdata.folding import fold
from projectdata.importers import lens
from projectdata.importers.lens import words

LANGUAGES = "bg cs da de el en es et fi fr hr hu it lt lv nl pl pt ro sk sl sv"

SOCIAL_TITLES = {
    "bg": "Патронажна грижа за възрастни хора в община Перник",
    "cs": "Rozvoj sociálních služeb a práce s dětmi",
    "da": "Udsatte unge på vej",
    "de": "Beratung für Ältere Menschen und Geflüchtete",
    "el": "Κέντρο Κοινότητας Δήμου Λαμιέων",
    "en": "Home care for people who live alone",
    "es": "Itinerarios para personas con Discapacidad",
    "et": "Sotsiaalteenuste kättesaadavuse parandamine",
    "fi": "Ikääntyneiden palvelut lähelle",
    "fr": "Protection de l’enfance et accompagnement",
    "hr": "Socijalne usluge u zajednici",
    "hu": "Hajléktalan emberek támogatása",
    "it": "Inclusione sociale attiva nel territorio",
    "lt": "Socialinių paslaugų plėtra",
    "lv": "Sociālo pakalpojumu attīstība",
    "nl": "Mantelzorgers aan zet",
    "pl": "Usługi opiekuńcze w gminie",
    "pt": "Apoio domiciliário em meio rural",
    "ro": "Servicii sociale pentru comunitate",
    "sk": "Opatrovateľská služba v meste",
    "sl": "Nasilja v družini ni mogoče spregledati",
    "sv": "Äldreomsorg på landsbygden",
}

OTHER_TITLES = (
    "Social media marketing for small enterprises",
    "Dialogue of the social partners in the metal industry",
    "Care of forests and protection of soil",
    "Purchase of additive manufacturing equipment",
    "Flood shelter for boats and harbour renovation",
    "Romania's road network, section 3",
    "Modernisation of the railway between Roma and Napoli",
    "Integration of data systems in logistics",
    "Home appliance factory, new production line",
    "Metsänhoidon ja hoitotason parantaminen",
    "Nuorisotyöttömyyden tilastot verkkoon",
    "Perheyritysten sukupolvenvaihdokset",
    "Työpajan koneinvestointi",
    "Osallistava muotoilu matkailussa",
    "Modernisierung der Heizung und Pflege der Landschaft",
    "Behinderungsfreie Logistik im Lager",
    "Rénovation du refuge de montagne",
    "Zakup maszyn i wdrożenie innowacyjnej technologii",
    "Výrobní linka a snížení energetické náročnosti",
    "Закупуване на нови машини за предприятието",
    "Αναβάθμιση του εξοπλισμού παραγωγής",
)


def reading(texts, found=(), key="varchar"):
    """What the lens makes of texts and categories: relevance, services and groups by record."""
    connection = duckdb.connect()
    connection.execute(f"create table texts (record_id {key}, title varchar, body varchar)")
    connection.execute(f"create table found (record_id {key}, scheme varchar, code varchar)")
    if texts:
        connection.executemany("insert into texts values (?, ?, ?)", list(texts))
    if found:
        connection.executemany("insert into found values (?, ?, ?)", list(found))
    lens.read(connection, "texts", "found")
    relevance, services, groups = (
        connection.execute(f"from lens_{name} order by all").fetchall()
        for name in ("relevance", "services", "target_groups")
    )
    return relevance, services, groups


def relevant(title, body=None, found=()):
    return bool(reading([("a", title, body)], [("a", *pair) for pair in found])[0])


def ids(name):
    with (paths.data_folder() / f"{name}s.csv").open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


@pytest.mark.parametrize("rows", [lens.categories(), lens.keywords()], ids=["categories", "words"])
def test_every_service_and_group_is_in_the_code_lists(rows):
    assert {row.service for row in rows} - {None} <= ids("service")
    assert {row.target_group for row in rows} - {None} <= ids("target_group")


def test_every_keyword_is_folded_and_stands_once():
    patterns = [word.pattern for word in lens.keywords()]
    assert [p for p in patterns if p != fold(p) or p != " ".join(p.split())] == []
    assert [p for p, times in Counter(patterns).items() if times > 1] == []


def test_a_star_stands_only_at_the_end_of_a_word_of_two_letters_or_more():
    parts = {part for word in lens.keywords() for part in word.pattern.split()}
    assert sorted(p for p in parts if "*" in p and (p.index("*") != len(p) - 1 or len(p) < 3)) == []


def test_every_keyword_says_a_service_or_a_group_or_that_it_is_social():
    assert [w for w in lens.keywords() if not (w.service or w.target_group or w.is_social)] == []


def test_every_language_of_the_registers_has_words():
    spoken = Counter(language for word in lens.keywords() for language in word.languages)
    assert sorted(spoken) == LANGUAGES.split()
    assert min(spoken.values()) >= 12


def test_every_category_has_a_known_scheme_and_both_labels():
    for category in lens.categories():
        assert category.scheme in lens.SCHEMES
        assert category.label_en
        assert category.label_fi


def test_all_meanings_of_one_category_agree_on_whether_it_is_social():
    said = {(c.scheme, c.code, c.is_social) for c in lens.categories()}
    assert len(said) == len({(scheme, code) for scheme, code, _ in said})


@pytest.fixture(scope="module")
def titles_found():
    texts = [(title, title, None) for title in (*SOCIAL_TITLES.values(), *OTHER_TITLES)]
    return {row[0] for row in reading(texts)[0]}


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_a_title_about_a_social_service_is_relevant(titles_found, language):
    assert SOCIAL_TITLES[language] in titles_found


@pytest.mark.parametrize("title", OTHER_TITLES)
def test_a_title_about_something_else_is_not_relevant(titles_found, title):
    assert title not in titles_found


@pytest.mark.parametrize(
    "title",
    ["IKÄÄNTYNEIDEN koti", "ikääntyneiden koti", "ikaantyneiden koti", "(Ikääntyneiden) koti"],
)
def test_case_accents_and_brackets_do_not_matter(title):
    assert [row[1] for row in reading([("a", title, None)])[2]] == ["older-people"]


def test_a_letter_and_its_accent_may_be_two_characters():
    assert relevant("Ika\u0308a\u0308ntyneiden koti")


def test_the_words_are_shown_as_they_stand_in_the_text():
    _, services, groups = reading(
        [("a", "„Long-Term Care“ près de l’EHPAD", "Für ältere Menschen, Older PEOPLE.")]
    )
    assert services == [("a", "home-care", "read", "Long-Term Care; EHPAD")]
    assert groups == [("a", "older-people", "read", "ältere Menschen; Older PEOPLE")]


def test_a_phrase_stands_side_by_side_or_not_at_all():
    assert relevant("Social work in towns")
    assert not relevant("Social games at work")
    assert not relevant("Work, social")


def test_one_word_in_the_summary_is_not_enough_and_two_that_differ_are():
    assert not relevant("Project Beta", "Part of a programme on social inclusion.")
    assert not relevant("Project Beta", "Social inclusion means social services here.")
    assert relevant("Project Beta", "Social inclusion of homeless people.")


def test_two_groups_in_the_summary_do_not_make_a_service():
    assert not relevant("A new square", "Fit for disabled people and older people.")


def test_a_group_from_a_category_is_the_second_word():
    topic = ("erasmus-topic", "Disabilities - special needs")
    assert not relevant("Project Beta", None, [topic])
    assert relevant("Project Beta", "We train for social inclusion.", [topic])


def test_a_word_of_the_summary_says_nothing_where_the_record_is_not_relevant():
    assert reading([("a", "A new square", "Fit for disabled people and older people.")]) == (
        [],
        [],
        [],
    )


def test_a_word_that_is_not_social_by_itself_still_names_its_group():
    assert reading([("a", "Jobs for the unemployed", None)]) == (
        [],
        [],
        [("a", "unemployed", "read", "unemployed")],
    )


def test_a_category_comes_before_what_is_read():
    relevance, services, groups = reading(
        [("a", "Long-term care for older people", None)],
        [("a", "intervention-2021", "161"), ("a", "intervention-2014", "107")],
    )
    both = "intervention field 107 (2014–2020); intervention field 161 (2021–2027)"
    assert relevance == [("a", "category", both)]
    assert services == [("a", "home-care", "category", both)]
    assert groups == [("a", "older-people", "category", "intervention field 107 (2014–2020)")]


def test_a_category_that_is_not_social_names_its_groups_only():
    relevance, services, groups = reading(
        [("a", "Alpha", None)], [("a", "intervention-2014", "102")]
    )
    assert (relevance, services) == ([], [])
    assert [row[1] for row in groups] == ["inactive", "long-term-unemployed", "unemployed"]


@pytest.mark.parametrize("code", ["55", "055", "55.0", " 055 "])
def test_a_field_number_is_known_however_it_was_spoilt(code):
    assert relevant("Alpha", None, [("intervention-2014", code)])


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("intervention-2014", "999"),
        ("intervention-2014", ""),
        ("intervention-2014", None),
        ("intervention-2014", "social"),
        ("intervention-2021", "055"),
        ("eura-2014-axis", "3"),
        ("eura-2014-axis", "15"),
        ("no-such-scheme", "5"),
    ],
)
def test_an_unknown_code_or_an_axis_on_employment_gives_nothing(scheme, code):
    assert reading([("a", "Alpha", None)], [("a", scheme, code)]) == ([], [], [])


def test_a_theme_is_known_in_any_case():
    theme = ("keep-theme", "health and SOCIAL services")
    relevance, _, _ = reading([("a", "Alpha", None)], [("a", *theme)])
    assert relevance == [("a", "category", "theme “Health and social services”")]


def test_records_without_text_and_no_records_at_all_are_read():
    assert reading([("a", None, None), ("b", "", "  ")]) == ([], [], [])
    assert reading([]) == ([], [], [])


def test_the_key_keeps_its_type():
    relevance, _, _ = reading([(7, "Home care", None)], key="integer")
    assert relevance == [(7, "read", "Home care")]


def test_only_the_three_tables_stay_behind():
    connection = duckdb.connect()
    connection.execute("create schema staged")
    connection.execute("create table staged.texts (record_id integer, title varchar, body varchar)")
    connection.execute("create table found (record_id integer, scheme varchar, code varchar)")
    lens.read(connection, "staged.texts", "found")
    lens.read(connection, "staged.texts", "found")
    names = {row[2] for row in connection.execute("show all tables").fetchall()}
    assert names == {"texts", "found", "lens_relevance", "lens_services", "lens_target_groups"}


def test_a_text_without_a_space_is_read_in_time_and_peace():
    assert not relevant("x" * 1_000_000, "-" * 10_000)


def test_the_reading_folds_as_the_search_does():
    texts = [*SOCIAL_TITLES.values(), "Straße ŒUVRE Ærø Łódź İstanbul ΟΔΟΣ ς đ Ħ Ика\u0308й"]
    assert words.folded(pa.array(texts)).to_pylist() == [fold(text) for text in texts]


SAID = (
    "home care social work inclusion of the older people homeless disabled unemployed forests",
    "Ikääntyneiden Hajléktalan roma nuorten –",
)
WORDS = st.sampled_from([word for said in SAID for word in said.split()])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
CODES = st.sampled_from(["055", "102", "107", "999"])


@settings(max_examples=8)
@given(st.lists(st.tuples(TEXTS, TEXTS, CODES), min_size=1, max_size=6), st.randoms())
def test_reading_does_not_depend_on_the_order_of_the_rows(records, random):
    texts = [(f"r{n}", title, body) for n, (title, body, _) in enumerate(records)]
    found = [(f"r{n}", "intervention-2014", code) for n, (_, _, code) in enumerate(records)]
    first = reading(texts, found)
    random.shuffle(texts)
    random.shuffle(found)
    assert reading(texts, found) == first
    alone = reading([("r0", *records[0][:2])], [("r0", "intervention-2014", records[0][2])])
    assert [[row for row in part if row[0] == "r0"] for part in first] == list(alone)
