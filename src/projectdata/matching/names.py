"""How alike two names are, as a word that says in what way.

A single ratio hides what matters here: "Ohjaamo Lahti" and "Ohjaamo Espoo" are nearly the same
letters and two projects, "Osallisuus" and "Osallisuus 2" are a project and its sequel. So the words
are paired off (rapidfuzz) and what is left over on either side decides.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from projectdata.folding import fold

SAME_WORD = 84
"""Ratio from which two words count as one: inflections and slips, not "Lapin" and "Lahden"."""

SAME_PLACE = 0.8
"""Jaro-Winkler likeness of a place's name in two languages: Lapin and Lapland, Turun and Turku."""

NARROW = 40
"""Letters from which a name that is the beginning of another counts as cut: EURA has 50."""

SIMILAR_NAMES = 72
"""Ratio of the sorted words from which two names with words left over on both sides are alike."""

MOST_LETTERS = 300
"""Longer names are cut: a title that long is a summary, and comparing grows with its square."""

SAME, SPELLING, TRANSLATED, CONTAINED, SEQUEL, SIMILAR, DIFFERENT, UNKNOWN = RANK = (
    "same",
    "spelling",
    "translated",
    "contained",
    "sequel",
    "similar",
    "different",
    "unknown",
)
"""Ways in which two names relate, the closest first."""

FILLING = """
a an and by de der des die du el et for fur hanke hankkeen i in ja la le och of on osana project
projekt projekti projekten projet proyecto the to und y z za
"""
"""Words that a register adds or drops without meaning another thing."""

LEGAL_FORMS = """
ab ag asbl aisbl association bv doo eood ev ggmbh gmbh inc kft ltd limited llc lp nv osakeyhtio ou
oy oyj plc rf ry rp sa sarl sas scarl sl spa srl sro sr sia uab vzw zoo zs
"""
"""After punctuation is gone: `s.r.l.` stands as `srl`."""

UNTOLD = frozenset((FILLING + LEGAL_FORMS).split())

NATIONAL_WORDS = """
national nationale nazionale nacional finnish finland suomen kansallinen swedish sweden sveriges
estonian estonia eesti
"""
NATIONAL = frozenset(NATIONAL_WORDS.split())
"""Whose institute it is stands in the country; English names swap these words at will."""

ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}

KINDS = {
    "university": "yliopisto universitet universite universiteit universitat universita universidad"
    " universitatea univerzita uniwersytet ulikool universitate universitetas univerza sveuciliste",
    "appliedsciences": "ammattikorkeakoulu yrkeshogskola fachhochschule rakenduskorgkool",
    "city": "kaupunki kaupungin stad ville stadt town miasto mesto comune municipality"
    " kunta kunnan kommune kommun gemeente gemeinde gmina obec obcina savivaldybe vald",
    "council": "liitto",
    "institute": "laitos institut institutet instituto istituto instytut",
    "foundation": "saatio stiftelse stiftung fondazione fundacion fondation fundacja",
}
"""Words for the kind of an organisation in other languages, folded, by the English word."""

KIND_OF = {word: kind for kind, words in KINDS.items() for word in (kind, *words.split())}


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name: folded, without punctuation, filling words and legal forms."""
    text = fold(name[:MOST_LETTERS])
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)
    text = text.replace("university of applied sciences", "appliedsciences")
    text = re.sub(r"\b(ammattikorkeakoulu|yliopisto)\w+", r"\1", text)
    found = [ROMAN.get(word, word) for word in re.findall(r"\w+", text.replace("_", " "))]
    kept = [word for word in found if word not in UNTOLD]
    return tuple(kept or found)


def compare(one: str, other: str) -> str:
    """How two names of a project relate."""
    return _compare(words(one), words(other))


def compare_organisations(one: str, other: str) -> str:
    """How two names of an organisation relate; what stands in brackets is left aside."""
    first, second = (_official(name) for name in (one, other))
    way = SPELLING if _cut(first, second) else _compare(first, second, neutral=NATIONAL)
    if way in (SAME, SPELLING):
        return way
    return TRANSLATED if _translated(first, second) else way


@lru_cache(maxsize=100_000)
def _official(name: str) -> tuple[str, ...]:
    """The words of an organisation's name without its acronym."""
    found = words(re.sub(r"\([^)]*\)", " ", name).strip() or name)
    for word in found:
        rest = tuple(other for other in found if other != word)
        if len(rest) >= 3 and word == "".join(other[0] for other in rest):
            return rest
    return found


def closest(ways: Iterable[str]) -> str:
    """The closest of several ways to relate."""
    return min(ways, key=RANK.index, default=UNKNOWN)


def are_told_apart(one: str, other: str) -> bool:
    """Whether two names say the kind in one language and are not the same: Porin, Porvoon."""
    first, second = (_official(name) for name in (one, other))
    shared = set(first) & set(second) & set(KIND_OF)
    return bool(shared) and _compare(first, second, neutral=NATIONAL) not in (SAME, SPELLING)


def _translated(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both name the same kind of organisation in two languages, and the same place."""
    kind, second_kind = ([KIND_OF.get(word, word) for word in side] for side in (one, other))
    left, right = ([w for w in side if KIND_OF.get(w, w) not in KINDS] for side in (one, other))
    kinds, second_kinds = ([w for w in side if w in KINDS] for side in (kind, second_kind))
    if not kinds or kinds != second_kinds or set(one) & set(other) & set(KIND_OF):
        return False
    if not left or len(left) != len(right):
        return False
    return all(
        first[:3] == second[:3] and JaroWinkler.similarity(first, second) >= SAME_PLACE
        for first, second in zip(left, right, strict=True)
    )


@lru_cache(maxsize=200_000)
def _compare(
    one: tuple[str, ...], other: tuple[str, ...], neutral: frozenset[str] = frozenset()
) -> str:
    if not one or not other:
        return UNKNOWN
    if set(one) == set(other) or "".join(one) == "".join(other):
        return SAME
    left, right = _left_over(one, other, neutral)
    alike = fuzz.token_sort_ratio(" ".join(one), " ".join(other))
    if _numbers_differ(one, other):
        shared = min(len(one), len(other)) - min(len(left), len(right))
        return SEQUEL if shared and alike >= SIMILAR_NAMES else DIFFERENT
    if not left and not right:
        return SPELLING
    shorter, spare = (one, left) if len(one) <= len(other) else (other, right)
    matched = [word for word in shorter if word not in spare]
    if (not left or not right) and len("".join(matched)) >= 8 and len(matched) >= 2:
        return CONTAINED
    return SIMILAR if alike >= SIMILAR_NAMES else DIFFERENT


def _cut(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one is the beginning of the other, cut in the middle by a narrow column."""
    shorter, longer = sorted((" ".join(one), " ".join(other)), key=len)
    return len(shorter) >= NARROW and longer.startswith(shorter)


def _left_over(
    one: Sequence[str], other: Sequence[str], neutral: frozenset[str]
) -> tuple[list[str], list[str]]:
    """The words of each side that have no counterpart on the other."""
    only_one = [word for word in dict.fromkeys(one) if word not in other]
    only_other = [word for word in dict.fromkeys(other) if word not in one]
    if only_one and only_other:
        likeness = process.cdist(only_one, only_other, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
        for row in range(len(only_one)):
            column = int(likeness[row].argmax())
            if likeness[row, column]:
                only_one[row] = only_other[column] = ""
                likeness[:, column] = 0
    return (
        [word for word in only_one if word and word not in neutral],
        [word for word in only_other if word and word not in neutral],
    )


def _numbers_differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the numbers tell two parts or rounds apart; a year on one side alone does not."""
    first, second = ({word for word in side if word.isdigit()} for side in (one, other))
    if first and second:
        return first != second
    return any(len(number) < 4 for number in first | second)
