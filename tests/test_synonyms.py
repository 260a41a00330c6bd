from projectdata import synonyms
from projectdata.selection import Selection


def stems(q: str) -> set[str]:
    return {way.selection.q for way in synonyms.ways(Selection(q=q))}


def test_a_bent_finnish_word_leads_to_its_stem_and_to_english():
    assert {"yksinäi", "lonel"} <= stems("Yksinäisyys")


def test_a_word_with_a_filter_of_its_own_offers_the_filter_first():
    first = next(synonyms.ways(Selection(q="vanhukset Lahti")))
    assert first.selection.values("target_group") == ("older-people",)
    assert first.selection.q == "lahti"


def test_the_other_words_of_the_search_stay():
    assert 'lonel "day centre" -prison' in stems('yksinäisyys "day centre" -prison')


def test_a_word_without_a_family_offers_nothing():
    assert not stems("Puumala")


def test_a_single_word_is_shortened_letter_by_letter():
    tried = [way.stem for way in synonyms.shorter(Selection(q="osuuskunta"))]
    assert tried[0] == "osuuskunt"
    assert tried[-1] == "osuu"
    assert not list(synonyms.shorter(Selection(q="two words")))


def test_every_filter_value_of_a_family_exists(curated):
    for family in synonyms.FAMILIES:
        if family.parameter:
            assert family.value in curated.known[family.parameter]
