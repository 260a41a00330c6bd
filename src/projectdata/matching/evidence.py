"""What two records of projects have in common: one word for each thing that is compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from projectdata.matching import names

MONTH, YEAR = 31, 366
ROUNDING = {False: 0.01, True: 0.05}
"""How far two statements of one amount may lie apart, by whether one of them is rounded."""

SHORT = 8
"""Letters up to which the same name is likely to be another project's as well."""

PARTS = ("eu_contribution", "eu_and_state_granted", "grant")
WHOLES = ("total_budget", "public_funding_planned")
"""No part may be larger than the whole, whichever register states them."""


@dataclass(frozen=True)
class Title:
    """A project's name, and its language where the register says it."""

    text: str
    language: str | None


@dataclass(frozen=True)
class Period:
    """One statement of when a project runs."""

    start: date | None
    end: date | None
    precision: str


@dataclass(frozen=True)
class Amount:
    """One statement of an amount; a measure is only equal to itself."""

    measure: str
    euros: float
    is_rounded: bool


@dataclass(frozen=True)
class Leader:
    """An organisation that leads a project or receives its money."""

    organisation_id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """Everything a register states of a project that is compared."""

    project_id: str
    register: str
    code: str | None
    is_in_depth: bool
    titles: tuple[Title, ...]
    acronym: str | None
    short: frozenset[str]
    mentions: frozenset[str]
    periods: tuple[Period, ...]
    amounts: tuple[Amount, ...]
    leaders: tuple[Leader, ...]
    countries: frozenset[str]
    fund: frozenset[str]
    programming_period: str | None


def record(row: Mapping[str, Any]) -> Record:
    """A row of `told` as a record."""
    leads = row["leaders"]
    countries = row["countries"] or [lead["country"] for lead in leads if lead["country"]]
    return Record(
        project_id=row["project_id"],
        register=row["register"],
        code=row["code"],
        is_in_depth=row["is_in_depth"],
        titles=tuple(Title(title["text"], title["language"]) for title in row["titles"]),
        acronym=row["acronym"],
        short=frozenset(row["short"]),
        mentions=frozenset(row["mentions"]),
        periods=tuple(
            Period(p["start"], p["end"], p["precision"] or "day") for p in row["periods"]
        ),
        amounts=tuple(
            Amount(a["measure"], a["amount"], bool(a["rounded"])) for a in row["amounts"]
        ),
        leaders=tuple(Leader(lead["id"], tuple(lead["names"])) for lead in leads),
        countries=frozenset(countries),
        fund=frozenset((row["fund"] or "").replace("|", " ").split()),
        programming_period=row["programming_period"],
    )


@dataclass(frozen=True)
class Finding:
    """How two records relate in one aspect, and what shows it."""

    level: str
    shown: tuple[Any, ...] = ()


def compare(one: Record, other: Record) -> dict[str, Finding]:
    """How two records relate, by aspect. Nothing depends on which of them comes first."""
    name = _names(one, other)
    return {
        "code": _codes(one, other),
        "name": name,
        "short": _short_names(one, other, name),
        "start": _starts(one, other),
        "end": _ends(one, other),
        "sum": _sums(one, other),
        "lead": _leads(one, other),
        "country": _sets(one.countries, other.countries),
        "fund": _sets(one.fund, other.fund),
        "period": _sets(
            frozenset({one.programming_period} - {None}),
            frozenset({other.programming_period} - {None}),
        ),
    }


def _codes(one: Record, other: Record) -> Finding:
    if one.code and one.code == other.code:
        return Finding("same", (one.code,))
    for first, second in ((one, other), (other, one)):
        if first.code and first.code in second.mentions:
            return Finding("mentioned", (first.code,))
    return Finding("unknown")


def _names(one: Record, other: Record) -> Finding:
    """The closest of all names. Names in two languages are not different: they cannot be told."""
    found = [
        (names.compare(first.text, second.text), *sorted((first.text, second.text)))
        for first in one.titles
        for second in other.titles
    ]
    if not found:
        return Finding(names.UNKNOWN)
    # A part number that one language leaves out is still told by the other.
    if any(way == names.SEQUEL for way, *_ in found):
        found = [item for item in found if item[0] != names.CONTAINED]
    level = names.closest(way for way, *_ in found)
    if level == names.DIFFERENT and not _in_one_language(one, other):
        return Finding(names.UNKNOWN)
    shown = min(item[1:] for item in found if item[0] == level)
    if level == names.SAME and len("".join(names.words(shown[0]))) <= SHORT:
        return Finding("same short", shown)
    return Finding(level, shown)


def _in_one_language(one: Record, other: Record) -> bool:
    """Whether any two names are in the same language; one of unknown language is not English."""
    first, second = ({title.language for title in record.titles} for record in (one, other))
    return bool(
        first & second or (None in first and second - {"en"}) or (None in second and first - {"en"})
    )


def _short_names(one: Record, other: Record, name: Finding) -> Finding:
    """The acronym counts only where the names do not agree: it would count twice."""
    if name.level in (names.SAME, "same short", names.SPELLING):
        return Finding("unknown")
    own = [
        record.short | {"".join(names.words(t.text)) for t in record.titles if len(t.text) <= 20}
        for record in (one, other)
    ]
    common = own[0] & own[1]
    if common:
        longest = max(common, key=lambda word: (len(word), word))
        return Finding("same", (longest,)) if len(longest) >= 4 else Finding("same few", (longest,))
    return Finding("different" if one.acronym and other.acronym else "unknown")


def _starts(one: Record, other: Record) -> Finding:
    return _days(_dated(one, "start"), _dated(other, "start"))


def _ends(one: Record, other: Record) -> Finding:
    return _days(_dated(one, "end"), _dated(other, "end"))


def _dated(record: Record, side: str) -> Iterator[tuple[date, str]]:
    for period in record.periods:
        if day := getattr(period, side):
            yield day, period.precision


def _days(first: Iterable[tuple[date, str]], second: Iterable[tuple[date, str]]) -> Finding:
    """The closest of all statements: registers differ in what they call planned."""
    others = list(second)
    found = [(_apart(a, b), tuple(sorted((a[0], b[0])))) for a in first for b in others]
    if not found:
        return Finding("unknown")
    level, shown = min(found, key=lambda item: (DAYS.index(item[0]), item[1]))
    return Finding(level, shown)


DAYS = ("same", "month", "year", "apart", "far")
"""How far two days lie apart, the closest first."""


def _apart(one: tuple[date, str], other: tuple[date, str]) -> str:
    precisions = {one[1], other[1]}
    days = abs((one[0] - other[0]).days)
    if "year" in precisions:
        return "year" if one[0].year == other[0].year else "far" if days > YEAR else "apart"
    if days == 0 and "month" not in precisions:
        return "same"
    return "month" if days <= MONTH else "apart" if days <= YEAR else "far"


def _sums(one: Record, other: Record) -> Finding:
    """The strongest agreement of two amounts, else the strongest contradiction."""
    pairs = [(a, b) for a in one.amounts for b in other.amounts]
    if not pairs:
        return Finding("unknown")
    level, shown = min(
        (
            (_agreement(a, b), tuple(sorted(((a.measure, a.euros), (b.measure, b.euros)))))
            for a, b in pairs
        ),
        key=lambda item: (SUMS.index(item[0]), item[1]),
    )
    return Finding(level, shown)


SUMS = ("equal", "rounded", "equal measures apart", "impossible", "differ", "unknown")
"""How two amounts relate, what says most first."""


def _agreement(a: Amount, b: Amount) -> str:
    apart = abs(a.euros - b.euros)
    largest = max(a.euros, b.euros)
    if a.measure == b.measure:
        if apart < 1:
            return "equal"
        within = apart <= ROUNDING[a.is_rounded or b.is_rounded] * largest
        return "rounded" if within else "differ" if apart > 0.1 * largest else "unknown"
    # Round sums are equal by chance.
    if apart < 1 and largest % 1000 >= 1:
        return "equal measures apart"
    part, whole = (a, b) if a.measure in PARTS else (b, a)
    if part.measure in PARTS and whole.measure in WHOLES and part.euros > 1.05 * whole.euros:
        return "impossible"
    return "unknown"


def _leads(one: Record, other: Record) -> Finding:
    if not one.leaders or not other.leaders:
        return Finding("unknown")
    ways = [
        ("same", (first.names or (first.organisation_id,))[0])
        for first in one.leaders
        for second in other.leaders
        if first.organisation_id == second.organisation_id
    ]
    if ways:
        return Finding("same", (min(ways)[1],))
    found = [
        (names.compare_organisations(a, b), *sorted((a, b)))
        for first in one.leaders
        for second in other.leaders
        for a in first.names
        for b in second.names
    ]
    level = names.closest(way for way, *_ in found)
    shown = min((pair[1:] for pair in found if pair[0] == level), default=())
    if level in (names.SAME, names.SPELLING, names.TRANSLATED):
        return Finding("same", shown[:1])
    return Finding(LEADS.get(level, level), shown)


LEADS: Mapping[str, str] = {
    names.CONTAINED: "close",
    names.SIMILAR: "close",
    names.SEQUEL: "different",
}


def _sets(one: frozenset[Any], other: frozenset[Any]) -> Finding:
    if not one or not other:
        return Finding("unknown")
    common: Sequence[Any] = sorted(one & other)
    return Finding("same", tuple(common)) if common else Finding("different")
