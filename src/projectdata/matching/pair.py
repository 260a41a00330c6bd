"""A pair of records, and how much a piece of evidence counts."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 0.7
"""The score from which a pair is suggested."""

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


def score(
    levels: Mapping[str, str], weights: Mapping[str, Mapping[str, float]], prior: float
) -> float:
    """The probability, from 0 to 1: each piece of evidence doubles or halves the odds."""
    doublings = prior + sum(weights[aspect].get(level, 0.0) for aspect, level in levels.items())
    return round(1 / (1 + 2**-doublings), 3)
