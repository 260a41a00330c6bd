"""Other words for what somebody searches: Finnish bends its words, half of the texts are English.

A fixed, short list, shown to the reader as choices. A search itself never widens in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from projectdata.folding import fold
from projectdata.selection import Selection, search_terms

SHORTEST = 4
"""A word is cut to no fewer letters when one that is found nowhere is shortened."""


@dataclass(frozen=True)
class Family:
    """Beginnings of words that mean the same, and the filter value that says it best."""

    stems: tuple[str, ...]
    parameter: str = ""
    value: str = ""


FAMILIES = (
    Family(("yksinäi", "lonel")),
    Family(
        ("ikäihmi", "ikäänty", "iäkkä", "vanhu", "seniori", "older", "elder", "ageing"),
        "target_group",
        "older-people",
    ),
    Family(("omaishoi", "läheishoi", "carer", "caregiver"), "target_group", "carers"),
    Family(("vammai", "disab"), "target_group", "disabilities"),
    Family(("asunnotto", "kodito", "homeless"), "target_group", "homeless"),
    Family(("päihde", "päihte", "addict", "substance"), "target_group", "substance-use"),
    Family(("mielenterv", "mental"), "target_group", "mental-health"),
    Family(
        ("maahanmuut", "pakolai", "migrant", "refugee"), "target_group", "third-country-nationals"
    ),
    Family(("nuor", "young", "youth"), "target_group", "aged-18-29"),
    Family(("laps", "laste", "child"), "target_group", "under-18"),
    Family(("perhe", "famil"), "target_group", "families"),
    Family(("työttöm", "unemploy"), "target_group", "unemployed"),
    Family(("väkival", "violence"), "target_group", "violence-victims"),
    Family(("vanki", "vangi", "rikosseur", "prison"), "target_group", "prisoners"),
    Family(("kotihoi", "kotipalvel", "vanhuspalvel", "home care"), "service", "home-care"),
    Family(("lastensuoje", "child protection", "child welfare"), "service", "child-protection"),
    Family(("kotou", "integration"), "service", "integration"),
    Family(("aikuissosiaal", "osalli", "inclusion"), "service", "adult-social-work"),
    Family(("syrjäyty", "exclusion"), "target_group", "at-risk-of-exclusion"),
    Family(("digi",), "service", "digital-care"),
)


@dataclass(frozen=True)
class Way:
    """Another search: a selection, and the beginning of a word or the filter value it asks for."""

    selection: Selection
    stem: str = ""
    parameter: str = ""
    value: str = ""

    def means(self, other: "Way") -> bool:
        """Whether both ask for the same, each within a selection of its own."""
        asked = [(way.stem, way.parameter, way.value) for way in (self, other)]
        return asked[0] == asked[1]


def ways(selection: Selection) -> Iterator[Way]:
    """Each search that means the same as a word of `q`, the curated filter value first."""
    wanted, _ = search_terms(selection.q)
    for term in wanted:
        for family in FAMILIES:
            stems = [fold(stem) for stem in family.stems]
            if not any(term.startswith(stem) for stem in stems):
                continue
            chosen = selection.values(family.parameter) if family.parameter else ()
            if family.parameter and family.value not in chosen:
                rest = with_term(selection, term, "")
                values = [*chosen, family.value]
                choice = rest.choosing(family.parameter, values)
                yield Way(choice, parameter=family.parameter, value=family.value)
            for stem, folded in zip(family.stems, stems, strict=True):
                if folded != term:
                    yield Way(with_term(selection, term, stem), stem=stem)


def shorter(selection: Selection) -> Iterator[Way]:
    """The search with its last letters taken away one by one, for one word alone."""
    wanted, unwanted = search_terms(selection.q)
    if len(wanted) == 1 and not unwanted:
        for length in range(len(wanted[0]) - 1, SHORTEST - 1, -1):
            stem = wanted[0][:length].strip()
            yield Way(with_term(selection, wanted[0], stem), stem=stem)


def with_term(selection: Selection, old: str, new: str) -> Selection:
    """The same selection with another word in place of one of its search."""
    wanted, unwanted = search_terms(selection.q)
    kept = [new if term == old else term for term in wanted]
    terms = [_quoted(term) for term in kept if term] + [f"-{_quoted(term)}" for term in unwanted]
    return replace(selection, q=" ".join(terms))


def _quoted(term: str) -> str:
    return f'"{term}"' if " " in term else term
