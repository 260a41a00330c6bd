"""Pairs of organisations that may be the same under two spellings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from projectdata.matching import names
from projectdata.matching.evidence import Finding
from projectdata.matching.pair import LEAST, Pair, Tell, in_silence, score
from projectdata.matching.reasons import sentences

CANDIDATES = Path(__file__).with_name("organisation_pairs.sql")
CROWD = 40
"""A key that more organisations share tells nothing and is not followed."""

SHORTEST = 3
"""Letters of an acronym that says anything."""

AT_ONCE = 5_000

PRIOR = -3.0
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "business id": {"same": 12.0, "different": -6.0},
    # The same name in one country is nearly always the same organisation; part of a name is often
    # a department, or a school of a name that another school has, too.
    "organisation": {
        "same": 5.0,
        "spelling": 5.0,
        "translated": 4.5,
        "contained": 0.0,
        "similar": -1.0,
        "sequel": -5.0,
        "different": -3.0,
    },
    # Within one country: acronyms of other countries are not compared.
    "organisation short": {"same": 4.0, "initials": 4.0},
    "host": {"same": 3.0},
    # Universities and ministries have several seats.
    "city": {"same": 1.0, "different": -1.0},
    "country": {"same": 0.5, "different": -7.0},
    "beside": {"same": -3.0},
    "leading": {"same": 3.5},
}
"""How often each finding doubles (or halves) the odds that two organisations are the same."""


@dataclass(frozen=True)
class Organisation:
    """What is compared of an organisation."""

    organisation_id: str
    names: tuple[str, ...]
    short: frozenset[str]
    printed_short: frozenset[str]
    country: str | None
    city: str | None
    business_id: str | None
    host: str | None


@dataclass(frozen=True)
class Scored:
    """Two organisations with what was found between them."""

    one: Organisation
    other: Organisation
    score: float
    findings: Mapping[str, Finding]

    @property
    def key(self) -> frozenset[str]:
        """The pair, whichever comes first."""
        return frozenset({self.one.organisation_id, self.other.organisation_id})


@dataclass(frozen=True)
class Crowds:
    """What more organisations share than are compared with each other."""

    sort: str
    """'id', 'name', 'short' or 'host'."""

    number: int
    example: str
    """The name of an organisation of the largest crowd."""


@dataclass(frozen=True)
class Found:
    """The pairs, and what was not followed in looking for them."""

    pairs: list[Pair]
    passed_over: tuple[Crowds, ...]


def organisations(connection: DuckDBPyConnection, *, least: float = LEAST) -> list[Pair]:
    """Pairs of organisations that may be the same, the likeliest first.

    Reads the tables of schema `stated`. A successor is not the same organisation and not meant.
    """
    return look(connection, least=least).pairs


def look(connection: DuckDBPyConnection, *, least: float = LEAST, tell: Tell = in_silence) -> Found:
    """The pairs, telling how far it is, and what was passed over."""
    pairs = []
    cursor = connection.cursor()
    try:
        tell("Finding organisations with something in common", 0)
        _find_candidates(cursor)
        crowds = cursor.execute(
            "select sort, keys, example from passed_over order by sort"
        ).fetchall()
        for found in _scored_candidates(cursor, tell):
            if found.score >= least:
                english, finnish = sentences(found.findings, {})
                one, other = found.one.organisation_id, found.other.organisation_id
                pairs.append(Pair(one, other, found.score, english, finnish))
    finally:
        cursor.close()
    pairs.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
    return Found(pairs, tuple(Crowds(*crowd) for crowd in crowds))


def scored(connection: DuckDBPyConnection) -> Iterator[Scored]:
    """Every pair of organisations that is compared at all, however unlikely."""
    cursor = connection.cursor()
    try:
        _find_candidates(cursor)
        yield from _scored_candidates(cursor, in_silence)
    finally:
        cursor.close()


def _find_candidates(cursor: DuckDBPyConnection) -> None:
    cursor.execute(f"set variable crowd = {CROWD}")
    cursor.execute("set variable untold = $words", {"words": sorted(names.UNTOLD)})
    cursor.execute(
        "set variable kinds = map($words, $kinds)",
        {"words": list(names.KIND_OF), "kinds": list(names.KIND_OF.values())},
    )
    cursor.execute(CANDIDATES.read_text(encoding="utf-8"))


def _scored_candidates(cursor: DuckDBPyConnection, tell: Tell) -> Iterator[Scored]:
    """Every candidate, some thousands at a time: only those are ever held."""
    number = cursor.execute("select count(*) from candidate").fetchall()[0][0]
    cursor.execute(
        "select a, b, beside.one is not null, both_lead.one is not null from candidate "
        "join told as a on a.no = candidate.one join told as b on b.no = candidate.other "
        "left join beside using (one, other) left join both_lead using (one, other)"
    )
    done = 0
    while rows := cursor.fetchmany(AT_ONCE):
        for first, second, are_beside, are_leading in rows:
            yield _scored(_organisation(first), _organisation(second), are_beside, are_leading)
        done += len(rows)
        tell(f"Comparing {number:,} pairs of organisations", done / number)


def _organisation(row: Mapping[str, Any]) -> Organisation:
    stated = tuple(row["names"])
    short = frozenset(row["short"])
    letters = " ".join(stated).lower()
    return Organisation(
        organisation_id=row["organisation_id"],
        names=stated,
        short=short,
        printed_short=frozenset(word for word in short if word in letters),
        country=row["country"],
        city=row["city"],
        business_id=(row["business_id"] or "").replace("-", "") or None,
        host=row["host"],
    )


def _scored(
    first: Organisation, second: Organisation, are_beside: bool, are_leading: bool
) -> Scored:
    one, other = sorted((first, second), key=lambda item: item.organisation_id)
    name = _names(one, other)
    findings = {
        "business id": _alike(one.business_id, other.business_id),
        "organisation": name,
        "organisation short": _short(one, other, name),
        "host": Finding("same", (one.host,)) if one.host == other.host else Finding("unknown"),
        "city": _alike(names.words(one.city or ""), names.words(other.city or "")),
        "country": _alike(one.country, other.country),
        "beside": Finding("same" if are_beside else "unknown"),
        "leading": Finding("same" if are_leading else "unknown"),
    }
    if one.host is None:
        findings["host"] = Finding("unknown")
    levels = {aspect: finding.level for aspect, finding in findings.items()}
    return Scored(one, other, score(levels, WEIGHTS, PRIOR), findings)


def _names(one: Organisation, other: Organisation) -> Finding:
    found = [
        (names.compare_organisations(first, second), *sorted((first, second)))
        for first in one.names
        for second in other.names
    ]
    level = names.closest(way for way, *_ in found)
    if level == names.TRANSLATED and any(names.are_told_apart(a, b) for _, a, b in found):
        level, found = names.DIFFERENT, [(names.DIFFERENT, a, b) for _, a, b in found]
    if level == names.DIFFERENT and (_is_short(one) or _is_short(other)):
        return Finding(names.UNKNOWN)
    return Finding(level, min(item[1:] for item in found if item[0] == level))


def _is_short(organisation: Organisation) -> bool:
    """Whether nothing but an acronym is known as its name."""
    return all(name.lower() in organisation.short for name in organisation.names)


def _short(one: Organisation, other: Organisation, name: Finding) -> Finding:
    """An acronym counts where the names do not agree: it would count twice."""
    if name.level in (names.SAME, names.SPELLING, names.TRANSLATED):
        return Finding("unknown")
    common = (one.short & other.printed_short) | (one.printed_short & other.short)
    if not any(len(word) >= SHORTEST for word in common):
        return Finding("unknown")
    shown = (max(common, key=lambda word: (len(word), word)).upper(),)
    both = one.printed_short & other.printed_short & common
    return Finding("same" if both else "initials", shown)


def _alike(one: Any, other: Any) -> Finding:
    if not one or not other:
        return Finding("unknown")
    return Finding("same", (str(one),)) if one == other else Finding("different")
