"""Classes of very uneven values: logarithmic steps whose borders are round numbers."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from projectdata.palette import Colours
from projectdata.wording import Wording

MOST = 6
SERIES = ((1, 2, 5), (1, 3), (1,))
"""Steps inside a decade, from fine to coarse."""


@dataclass(frozen=True)
class Classes:
    """Lower borders of the classes, rising; the last class has no upper border."""

    borders: tuple[float, ...]

    def number(self, value: float) -> int:
        """The class of a positive value, from 0."""
        return max(bisect_right(self.borders, value) - 1, 0)

    def shades(self, colours: Colours) -> tuple[str, ...]:
        """A shade of the one hue for each class, from little to much."""
        count, ramp = len(self.borders), colours.ramp
        if count == 1:
            return (ramp[len(ramp) // 2],)
        return tuple(ramp[round(n * (len(ramp) - 1) / (count - 1))] for n in range(count))

    def count_labels(self, words: Wording) -> tuple[str, ...]:
        """The classes of a count: '1–2', '3–9', '10 or more'."""
        labels = []
        for low, high in zip(self.borders, self.borders[1:], strict=False):
            last = high - 1
            labels.append(
                words.number(low) if last == low else f"{words.number(low)}–{words.number(last)}"
            )
        return (*labels, words("{n} or more", n=words.number(self.borders[-1])))

    def rate_labels(self, words: Wording) -> tuple[str, ...]:
        """The classes of a rate: 'from 0.1 to under 0.3'."""
        said = [words.number(low, _digits(low)) for low in self.borders]
        labels = [words("{a} to under {b}", a=low, b=high) for low, high in pairwise(said)]
        return (*labels, words("{n} or more", n=said[-1]))

    def money_labels(self, words: Wording) -> tuple[str, ...]:
        """The classes of an amount: 'from €100,000 to under €1 million'."""
        short = words.money_short
        labels = [
            words("{a} to under {b}", a=short(low), b=short(high))
            for low, high in zip(self.borders, self.borders[1:], strict=False)
        ]
        return (*labels, words("{n} or more", n=short(self.borders[-1])))


def logarithmic(values: Iterable[float], most: int = MOST) -> Classes | None:
    """The finest round logarithmic classes, at most so many, that hold all positive values."""
    positive = [value for value in values if value > 0]
    if not positive:
        return None
    low, high = min(positive), max(positive)
    for steps in SERIES:
        borders = _borders(steps, low, high)
        if len(borders) <= most:
            return Classes(borders)
    return Classes(borders[-most:])


def _digits(border: float) -> int:
    """How many digits after the point a border of one digit needs."""
    return max(math.ceil(-math.log10(border) - 1e-6), 0)


def _borders(steps: Sequence[int], low: float, high: float) -> tuple[float, ...]:
    """The round numbers from the last at or below `low` to the last at or below `high`."""
    found, decade = [], 1.0
    while decade > low:
        decade /= 10
    while decade <= high:
        found += [decade * step for step in steps if decade * step <= high]
        decade *= 10
    start = max(bisect_right(found, low) - 1, 0)
    return tuple(found[start:])
