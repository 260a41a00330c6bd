"""Pairs of records that may be the same project, stated in two registers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from projectdata.matching.evidence import Finding, Record, compare, record
from projectdata.matching.pair import (
    CONFIRMED,
    LEAST,
    REJECTED,
    Pair,
    Tell,
    in_silence,
    score,
)
from projectdata.matching.reasons import Labels, sentences

HERE = Path(__file__).parent
RECORDS, CANDIDATES, TOLD = (
    HERE / f"project_{name}.sql" for name in ("records", "candidates", "told")
)
CROWD, SMALL_CROWD = 30, 8
"""A key that more records share tells nothing and is not followed; days with a sum or a lead are
shared by chance sooner than names."""

AT_ONCE = 5_000

RIVAL = 0.05
"""A pair this much worse than the best of both its records is not shown beside them."""

PRIOR = -3.0
"""Doublings of the odds before anything is known: one candidate in nine is the same project."""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    # A code is given to one project only.
    "code": {"same": 20.0, "mentioned": 10.0},
    # Parts of group projects and yearly rounds share names, so a name alone is not enough (0.59).
    # What differs is kept below what the labelled pairs say: among millions of records, two that
    # only share lead and dates are mostly two projects of one organisation.
    "name": {
        "same": 3.5,
        "same short": 3.5,
        "spelling": 3.5,
        "similar": 1.5,
        "contained": 0.5,
        "sequel": -3.5,
        "different": -3.0,
    },
    "short": {"same": 2.5, "same few": 1.0, "different": -3.0},
    # Registers agree on the first day and move the last one.
    "start": {"same": 3.0, "month": 1.0, "year": 1.0, "apart": -2.5, "far": -4.0},
    "end": {"same": 1.0, "month": 1.0, "year": 0.5, "apart": -1.0, "far": -1.5},
    # The same sum to the euro is hardly chance, even where registers call it by two measures. A
    # part that outgrows its whole is usually a plan of an earlier day.
    "sum": {
        "equal measures apart": 4.5,
        "equal": 4.0,
        "rounded": 2.5,
        "differ": -1.5,
        "impossible": -0.5,
    },
    "lead": {"same": 2.5, "close": 0.0, "different": -4.0},
    "country": {"different": -5.0},
    "fund": {"different": -3.0},
    "period": {"different": -3.0},
}
"""How often each finding doubles (or halves) the odds that two records are the same project.

Fitted to one half of the labelled pairs (logistic regression that stays near a first guess, since
the pairs are few) and rounded to halves; `python -m benchmarks.matching --weights` counts the
evidence again. Read as parts of a whole, not as truths of their own: dates, sums and leads agree
together.
"""


@dataclass(frozen=True)
class Scored:
    """Two records with what was found between them."""

    one: Record
    other: Record
    score: float
    findings: Mapping[str, Finding]

    @property
    def key(self) -> frozenset[str]:
        """The pair, whichever comes first."""
        return frozenset({self.one.project_id, self.other.project_id})

    @property
    def sides(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Each record, with the register of the other."""
        return (
            (self.one.project_id, self.other.register),
            (self.other.project_id, self.one.register),
        )


def projects(
    connection: DuckDBPyConnection,
    *,
    least: float = LEAST,
    decided: Iterable[Pair] = (),
    tell: Tell = in_silence,
) -> list[Pair]:
    """Pairs of records from two registers, the likeliest first.

    Reads the tables of schema `stated`. A pair that `same_as` or `decided` holds comes with its
    own status and reasons, whatever its score; a rejected one does not come; and a record that is
    confirmed is not suggested for that register again.
    """
    cursor = connection.cursor()
    try:
        _find_candidates(cursor, tell)
        known = known_pairs(cursor) | {frozenset({pair.one, pair.other}): pair for pair in decided}
        labels = _labels(cursor)
        likely = [s for s in _scored(cursor, tell) if s.score >= least or s.key in known]
    finally:
        cursor.close()
    pairs = [_pair(found, known, labels) for found in _worth_showing(likely, known)]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def scored(connection: DuckDBPyConnection) -> Iterator[Scored]:
    """Every pair that is compared at all, however unlikely."""
    cursor = connection.cursor()
    _find_candidates(cursor)
    return _scored(cursor)


def reasons(connection: DuckDBPyConnection, one: str, other: str) -> Pair | None:
    """Two records compared, `one` first, however unlikely; nothing if one of them is not there."""
    cursor = connection.cursor()
    try:
        _run(cursor, RECORDS)
        cursor.execute(
            "create or replace temp table candidate as select a.no as one, b.no as other "
            "from record as a, record as b where a.project_id = $one and b.project_id = $other",
            {"one": one, "other": other},
        )
        _run(cursor, TOLD)
        labels = _labels(cursor)
        for found in _scored(cursor):
            english, finnish = sentences(found.findings, labels)
            return Pair(one, other, found.score, english, finnish)
    finally:
        cursor.close()
    return None


def _find_candidates(cursor: DuckDBPyConnection, tell: Tell = in_silence) -> None:
    cursor.execute(f"set variable crowd = {CROWD}; set variable small_crowd = {SMALL_CROWD}")
    steps = (
        (RECORDS, "Reading the records"),
        (CANDIDATES, "Finding records with something in common"),
        (TOLD, "Reading what they tell"),
    )
    for number, (path, what) in enumerate(steps):
        tell(what, number / len(steps))
        _run(cursor, path)


def _run(cursor: DuckDBPyConnection, path: Path) -> None:
    cursor.execute(path.read_text(encoding="utf-8"))


def _scored(cursor: DuckDBPyConnection, tell: Tell = in_silence) -> Iterator[Scored]:
    """Every candidate, a few thousand at a time: only those are ever held."""
    number = cursor.execute("select count(*) from candidate").fetchall()[0][0]
    done = 0
    cursor.execute(
        "select a, b from candidate join told as a on a.no = one join told as b on b.no = other"
    )
    while rows := cursor.fetchmany(AT_ONCE):
        for first, second in rows:
            one, other = _in_order(record(first), record(second))
            findings = compare(one, other)
            levels = {aspect: finding.level for aspect, finding in findings.items()}
            yield Scored(one, other, score(levels, WEIGHTS, PRIOR), findings)
        done += len(rows)
        tell(f"Comparing {number:,} pairs of records", done / number)


def _in_order(one: Record, other: Record) -> tuple[Record, Record]:
    """First the record that would stand for both: the one told in depth, else by its id."""
    pair = sorted((one, other), key=lambda record: (not record.is_in_depth, record.project_id))
    return pair[0], pair[1]


def _worth_showing(
    likely: Iterable[Scored], known: Mapping[frozenset[str], Pair]
) -> Iterator[Scored]:
    """Pairs that are decided, and those that no better pair of both their records outdoes."""
    kept = [s for s in likely if s.key not in known or known[s.key].status != REJECTED]
    best: dict[tuple[str, str], float] = defaultdict(float)
    taken: set[tuple[str, str]] = set()
    for found in kept:
        is_confirmed = found.key in known and known[found.key].status == CONFIRMED
        for side in found.sides:
            best[side] = max(best[side], found.score)
            if is_confirmed:
                taken.add(side)
    for found in kept:
        if found.key in known or (
            not taken.intersection(found.sides)
            and any(found.score >= best[side] - RIVAL for side in found.sides)
        ):
            yield found


def _pair(found: Scored, known: Mapping[frozenset[str], Pair], labels: Labels) -> Pair:
    if said := known.get(found.key):
        return Pair(
            said.one, said.other, found.score, said.reasons_en, said.reasons_fi, said.status
        )
    english, finnish = sentences(found.findings, labels)
    return Pair(found.one.project_id, found.other.project_id, found.score, english, finnish)


def known_pairs(connection: DuckDBPyConnection) -> dict[frozenset[str], Pair]:
    """The pairs that `same_as` holds, whichever comes first."""
    rows = connection.execute(
        "select project_id, other_project_id, reasons_en, reasons_fi, status from stated.same_as"
    ).fetchall()
    return {
        frozenset({one, other}): Pair(one, other, 0.0, english, finnish, status)
        for one, other, english, finnish, status in rows
    }


def _labels(cursor: DuckDBPyConnection) -> Labels:
    rows: list[tuple[Any, ...]] = cursor.execute(
        "select measure, label_en, label_fi from stated.measures"
    ).fetchall()
    return {measure: {"en": english, "fi": finnish} for measure, english, finnish in rows}
