"""What imports and the lens wrote, in the reader's language.

They write once, in English, for all readers: reports and evidence stay as they are. Each of their
sentences follows one of the patterns below. It is known again by its pattern, and what is said is
the pattern in the reader's language with the same values. A sentence that follows none of them, as
of an older import, stands as it is. `tests/test_import_words.py` reads the importers and fails
where one of them writes something else.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

from projectdata.importers import lens
from projectdata.wording import Wording, message

NUMBERS = ("n", "m")
"""Names that stand for a number; all others stand for a text of the file."""

REASONS = (
    # Any file.
    message("{n} cells where the header has {m}"),
    message("the header stands here again"),
    message("the start date is “{text}”, which is no day (day/month/year)"),
    message("the end date is “{text}”, which is no day (day/month/year)"),
    # EURA.
    message("the row has not the shape of the list (code, fund, name, …, four amounts)"),
    message("a footer, not a project"),
    message("the project has no code"),
    message("the code is “{text}”; a code is a letter and a number"),
    message("the start date is “{text}”, which is no day (day.month.year)"),
    message("the end date is “{text}”, which is no day (day.month.year)"),
    message("an amount is “{text}”, which is no amount"),
    # Erasmus+.
    message("the project has no identifier"),
    message("the identifier is “{text}”, which is no number of a project"),
    message("the grant is “{text}”, which is no amount"),
    message("the grant is below zero: {text}"),
    # Kohesio.
    message("the operation has no identifier"),
    message("the identifier is “{text}”; a Kohesio item is Q and a number"),
    message("the total eligible expenditure is “{text}”, which is no amount"),
    message("the total eligible expenditure is below zero: {text}"),
    message("the EU contribution is “{text}”, which is no amount"),
    message("the EU contribution is below zero: {text}"),
    # keep.eu: projects, then partners.
    message("the project has no programme"),
    message("the project has neither ID nor acronym nor name"),
    message("the start is “{text}”, which is no day (day/month/year)"),
    message("the end is “{text}”, which is no day (day/month/year)"),
    message("the total budget is “{text}”, which is no amount"),
    message("the total budget is below zero: {text}"),
    message("the EU funding is “{text}”, which is no amount"),
    message("the EU funding is below zero: {text}"),
    message("the partner has no programme"),
    message("the partner has neither project ID nor acronym"),
    message("the partner has no name"),
    message(
        "no project that was taken has the ID “{id}” and the acronym “{acronym}” "
        "in the programme “{programme}”"
    ),
    message("no project that was taken has the ID “{id}” in the programme “{programme}”"),
    message("no project that was taken has the acronym “{acronym}” in the programme “{programme}”"),
    message(
        "{n} projects of the programme have the acronym “{acronym}”, and the partner no project ID"
    ),
)
"""Why a row of a file was not taken. Of two that fit a sentence the first is meant."""

NOTES = (
    message("The last import ({text}) is damaged: nothing of it stands."),
    message("There is no sheet of partners: who takes part is not known."),
    message(
        "{file}: {n} partners of Creative Europe or Culture are not told to be organisations; "
        "only their countries were taken."
    ),
    message(
        "{file}: {n} projects are kept without their beneficiary, because it is or may be a "
        "private person (codes of Finnvera, sole traders)."
    ),
    message("{file}: {n} amounts are below zero; they are kept as not published."),
    message("{file}: the last {n} rows are a footer and hold no project."),
)
"""What a report says of a file beside its counts."""

EVIDENCE = {
    "intervention-2014": message("intervention field {code} (2014–2020)"),
    "intervention-2021": message("intervention field {code} (2021–2027)"),
    "thematic-objective": message("thematic objective {code}"),
    "specific-objective": message("specific objective {code}"),
    "eura-2014-axis": message("priority axis {code}"),
    "eura-2021-objective": message("specific objective {code} (EURA 2021)"),
    "keep-theme": message("theme “{code}”"),
    "erasmus-topic": message("topic “{code}”"),
}
"""How the lens names a category, by its scheme; several are parted by semicolons."""

NAMED_BY_LABEL = ("keep-theme", "erasmus-topic")
"""Schemes whose codes are English words and no numbers."""


def reason(words: Wording, text: str) -> str:
    """Why a row was refused."""
    return _said(words, text, REASONS)


def note(words: Wording, text: str) -> str:
    """A note of a report."""
    return _said(words, text, NOTES)


def evidence(words: Wording, basis: str, text: str) -> str:
    """What places a project: categories in the reader's language, words as the source has them."""
    if basis != "category":
        return text
    return "; ".join(_category(words, part) for part in text.split("; "))


def _category(words: Wording, text: str) -> str:
    for scheme, pattern in sorted(EVIDENCE.items(), key=lambda item: -len(item[1])):
        if found := _shape(pattern).fullmatch(text):
            code = found["code"]
            if scheme in NAMED_BY_LABEL and words.lang == "fi":
                code = _finnish_labels().get((scheme, code), code)
            return words(pattern, code=code)
    return text


@cache
def _finnish_labels() -> dict[tuple[str, str], str]:
    return {(one.scheme, one.code): one.label_fi for one in lens.categories()}


def _said(words: Wording, text: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        if found := _shape(pattern).fullmatch(text):
            write: dict[str, Callable[[str], str]] = dict.fromkeys(
                NUMBERS, lambda said: words.number(int(said.replace(",", "")))
            )
            values = {k: write.get(k, str)(said) for k, said in found.groupdict().items()}
            return words(pattern, **values)
    return text


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    """What follows a pattern, with its values by their names."""
    parts = re.split(r"\{(\w+)\}", pattern)
    shape = "".join(
        re.escape(part)
        if place % 2 == 0
        else f"(?P<{part}>{r'[0-9][0-9,]*' if part in NUMBERS else '.*'})"
        for place, part in enumerate(parts)
    )
    return re.compile(shape, re.DOTALL)
