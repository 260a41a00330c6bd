"""A pair of records, and how much a piece of evidence counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LEAST = 0.7
"""The score from which a pair is suggested."""

Tell = Callable[[str, float], None]
"""(what is being done, how far it is from 0 to 1)."""

SUGGESTED, CONFIRMED, REJECTED = STATUSES = ("suggested", "confirmed", "rejected")


@dataclass(frozen=True)
class Pair:
    """Two records that may be the same thing, how likely it is, and why."""

    one: str
    other: str
    score: float
    reasons_en: str
    reasons_fi: str
    status: str = SUGGESTED


def in_silence(what: str, part: float) -> None:
    """Tell nobody."""


def score(
    levels: Mapping[str, str], weights: Mapping[str, Mapping[str, float]], prior: float
) -> float:
    """The probability, from 0 to 1: each piece of evidence doubles or halves the odds."""
    doublings = prior + sum(weights[aspect].get(level, 0.0) for aspect, level in levels.items())
    return round(1 / (1 + 2**-doublings), 3)
