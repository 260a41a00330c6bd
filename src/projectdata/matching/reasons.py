"""Why two records may be the same, in sentences of English and Finnish."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from projectdata.matching.evidence import Finding

LANGUAGES = ("en", "fi")

TEXTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("code", "same"): ("same code ({0})", "sama koodi ({0})"),
    ("code", "mentioned"): (
        "the code {0} of the one stands in the other",
        "toisen koodi {0} mainitaan toisessa",
    ),
    ("name", "same"): ("same name", "sama nimi"),
    ("name", "same short"): ("same short name ({0})", "sama lyhyt nimi ({0})"),
    ("name", "spelling"): (
        "same name, spelt differently ({0}; {1})",
        "sama nimi eri kirjoitusasuissa ({0}; {1})",
    ),
    ("name", "contained"): (
        "one name holds the other ({0}; {1})",
        "toinen nimi sisältyy toiseen ({0}; {1})",
    ),
    ("name", "similar"): ("similar names ({0}; {1})", "samankaltaiset nimet ({0}; {1})"),
    ("name", "sequel"): (
        "but the numbers in the names differ ({0}; {1})",
        "mutta nimien numerot eroavat ({0}; {1})",
    ),
    ("name", "different"): ("but the names differ", "mutta nimet eroavat"),
    ("business id", "same"): ("same business id ({0})", "sama Y-tunnus ({0})"),
    ("business id", "different"): (
        "but the business ids differ",
        "mutta Y-tunnukset eroavat",
    ),
    ("organisation", "same"): ("same name ({0}; {1})", "sama nimi ({0}; {1})"),
    ("organisation", "spelling"): (
        "same name, spelt differently ({0}; {1})",
        "sama nimi eri kirjoitusasuissa ({0}; {1})",
    ),
    ("organisation", "translated"): (
        "same name in two languages ({0}; {1})",
        "sama nimi kahdella kielellä ({0}; {1})",
    ),
    ("organisation", "contained"): (
        "one name holds the other ({0}; {1})",
        "toinen nimi sisältyy toiseen ({0}; {1})",
    ),
    ("organisation", "similar"): ("similar names ({0}; {1})", "samankaltaiset nimet ({0}; {1})"),
    ("organisation", "different"): (
        "but the names differ ({0}; {1})",
        "mutta nimet eroavat ({0}; {1})",
    ),
    ("organisation short", "same"): ("same acronym ({0})", "sama lyhenne ({0})"),
    ("organisation short", "initials"): (
        "the acronym of the one has the first letters of the other ({0})",
        "toisen lyhenteessä ovat toisen nimen alkukirjaimet ({0})",
    ),
    ("host", "same"): ("same website ({0})", "sama verkkosivusto ({0})"),
    ("city", "different"): ("but the cities differ", "mutta kaupungit eroavat"),
    ("beside", "same"): (
        "but one project names both side by side",
        "mutta yksi hanke nimeää molemmat rinnakkain",
    ),
    ("leading", "same"): (
        "both lead a project that is confirmed to be one",
        "molemmat johtavat hanketta, joka on vahvistettu samaksi",
    ),
    ("short", "same"): ("same acronym ({0})", "sama lyhenne ({0})"),
    ("short", "same few"): ("same acronym ({0})", "sama lyhenne ({0})"),
    ("short", "different"): ("but the acronyms differ", "mutta lyhenteet eroavat"),
    ("start", "same"): ("same start ({0})", "sama alkamispäivä ({0})"),
    ("start", "month"): (
        "start within a month ({0}; {1})",
        "alku kuukauden sisällä ({0}; {1})",
    ),
    ("start", "year"): ("start in the same year", "alku samana vuonna"),
    ("start", "apart"): ("but the starts differ ({0}; {1})", "mutta alku eroaa ({0}; {1})"),
    ("start", "far"): ("but the starts differ ({0}; {1})", "mutta alku eroaa ({0}; {1})"),
    ("end", "same"): ("same end ({0})", "sama päättymispäivä ({0})"),
    ("end", "month"): ("end within a month ({0}; {1})", "loppu kuukauden sisällä ({0}; {1})"),
    ("end", "year"): ("end in the same year", "loppu samana vuonna"),
    ("end", "apart"): ("but the ends differ ({0}; {1})", "mutta loppu eroaa ({0}; {1})"),
    ("end", "far"): ("but the ends differ ({0}; {1})", "mutta loppu eroaa ({0}; {1})"),
    ("sum", "equal"): ("same sum ({0})", "sama summa ({0})"),
    ("sum", "rounded"): (
        "the same measure but for rounding ({0}; {1})",
        "sama rahamäärä pyöristystä lukuun ottamatta ({0}; {1})",
    ),
    ("sum", "equal measures apart"): (
        "the same sum under two measures ({0}; {1})",
        "sama summa kahtena eri rahamääränä ({0}; {1})",
    ),
    ("sum", "impossible"): (
        "but a part would be larger than the whole ({0}; {1})",
        "mutta osa olisi kokonaisuutta suurempi ({0}; {1})",
    ),
    ("sum", "differ"): (
        "but the same measure differs ({0}; {1})",
        "mutta sama rahamäärä eroaa ({0}; {1})",
    ),
    ("lead", "same"): ("same lead ({0})", "sama päätoteuttaja ({0})"),
    ("lead", "close"): (
        "leads of similar names ({0}; {1})",
        "samannimiset päätoteuttajat ({0}; {1})",
    ),
    ("lead", "different"): (
        "but the leads differ ({0}; {1})",
        "mutta päätoteuttajat eroavat ({0}; {1})",
    ),
    ("country", "different"): ("but the countries differ", "mutta maat eroavat"),
    ("fund", "different"): ("but the funds differ", "mutta rahastot eroavat"),
    ("period", "different"): (
        "but the programming periods differ",
        "mutta ohjelmakaudet eroavat",
    ),
}
"""The clause of each finding that a reader should weigh; the rest is silent."""

Labels = Mapping[str, Mapping[str, str]]
"""What a measure is called, by language."""


def sentences(findings: Mapping[str, Finding], labels: Labels) -> tuple[str, str]:
    """The findings as one sentence in English and one in Finnish, what speaks against last."""
    told = []
    for place, lang in enumerate(LANGUAGES):
        clauses = [
            TEXTS[(aspect, finding.level)][place].format(
                *(_shown(value, lang, labels) for value in finding.shown)
            )
            for aspect, finding in findings.items()
            if (aspect, finding.level) in TEXTS
        ]
        clauses.sort(key=lambda clause: clause.startswith(("but ", "mutta ")))
        text = "; ".join(clauses)
        told.append(f"{text[:1].upper()}{text[1:]}.")
    return told[0], told[1]


def _shown(value: Any, lang: str, labels: Labels) -> str:
    if isinstance(value, date):
        return format_date(value, "d MMMM y" if lang == "en" else "d.M.y", locale=lang)
    if isinstance(value, tuple):
        measure, euros = value
        number = format_decimal(round(euros), "#,##0", locale="fi")
        name = labels.get(measure, {}).get(lang, measure)
        return f"{name[:1].lower() if name[1:2].islower() else name[:1]}{name[1:]} {number} €"
    return str(value)
