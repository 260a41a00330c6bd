"""Text that looks like a register's: words of a language and a theme, as often as in real text.

General words follow Zipf's law, about a fifth belong to the theme, and a long tail of names and
numbers keeps compression and search from being flattered.
"""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
from babel import Locale

WORDS = Path(__file__).with_name("words")
BAG = 1 << 16
"""Words of a bag: each stands in it as often as its frequency says, so a draw is one look-up."""
NAMES = 8_000
"""Invented names in the tail of a language."""
TAIL = 0.1
"""The share of the tail in a text."""

Generator = np.random.Generator


@cache
def languages() -> tuple[str, ...]:
    """The languages that texts can be written in."""
    return tuple(sorted(path.stem for path in WORDS.glob("*.toml")))


@cache
def lists(language: str) -> dict[str, list[str]]:
    """The words of a language, `general` and by theme."""
    written = tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    return {theme: text.split() for theme, text in written.items()}


def invented(syllables: list[str], count: int, random: Generator) -> list[str]:
    """Names of places and firms, from beginnings, middles and ends."""
    heads, middles, ends = (part.split() for part in syllables)
    draws = zip(
        random.choice(heads, count).tolist(),
        random.choice([*middles, "", ""], count).tolist(),
        random.choice(["", "", *middles], count).tolist(),
        random.choice(ends, count).tolist(),
        strict=True,
    )
    return ["".join(parts) for parts in draws]


class Writer:
    """Writes titles and summaries; one per process, because its bags take memory."""

    def __init__(self, syllables: dict[str, list[str]]) -> None:
        self._syllables = syllables
        self._bags: dict[tuple[str, str, float], np.ndarray] = {}
        self._tails: dict[str, list[str]] = {}

    def words(
        self, language: str, theme: str, count: int, share: float, random: Generator
    ) -> list[str]:
        """Words in a row, a `share` of them of the theme."""
        key = (language, theme, share)
        if key not in self._bags:
            self._bags[key] = self._bag(*key)
        picked: list[str] = self._bags[key][random.integers(0, BAG, count)].tolist()
        return picked

    def titles(self, language: str, theme: str, count: int, random: Generator) -> list[str]:
        """Titles of 20 to 120 characters."""
        lengths = random.integers(4, 15, count)
        words = self.words(language, theme, int(lengths.sum()), 0.4, random)
        styles = random.random(count)
        titles = []
        for end, length, style in zip(
            np.cumsum(lengths).tolist(), lengths.tolist(), styles.tolist(), strict=True
        ):
            said = words[end - length : end]
            if style < 0.1:
                said[0] = f'"{said[0].capitalize()}"'
            elif style < 0.25:
                said[1] = f"{said[1]} –"
            elif style < 0.35:
                said[-2] = f"{said[-2]},"
            title = " ".join(said)
            title = title.upper() if style > 0.88 else title[:1].upper() + title[1:]
            titles.append(_within(title, 20, 120, words[0]))
        return titles

    def summaries(self, language: str, theme: str, count: int, random: Generator) -> list[str]:
        """Summaries of 150 to 900 characters, in sentences and some in paragraphs."""
        lengths = (24 + 116 * random.beta(1.3, 1.8, count)).astype(int)
        total = int(lengths.sum())
        words = self.words(language, theme, total, 0.2, random)
        stops = random.integers(8, 26, total // 8 + count).tolist()
        commas = random.random(total // 8 + count).tolist()
        summaries, start = [], 0
        sentence = 0
        for length in lengths.tolist():
            end, sentences = start + length, []
            while start < end:
                stop = min(end, start + stops[sentence])
                said = words[start:stop]
                said[0] = said[0].capitalize()
                if commas[sentence] < 0.6 and len(said) > 5:
                    said[4] += ","
                sentences.append(" ".join(said) + ".")
                start = stop
                sentence += 1
            summaries.append(_summary(sentences, commas[sentence - 1]))
        return summaries

    def _bag(self, language: str, theme: str, share: float) -> np.ndarray:
        written = lists(language)
        if language not in self._tails:
            self._tails[language] = self._tail(language)
        tail = self._tails[language]
        names, spread = int(BAG * TAIL), int(BAG * share)
        parts = [
            _by_rank(written[theme], spread),
            _evenly(tail, names),
            _by_rank(written["general"], BAG - spread - names),
        ]
        return np.array([word for part in parts for word in part], dtype=object)

    def _tail(self, language: str) -> list[str]:
        random = np.random.default_rng(languages().index(language))
        locale = Locale(language)
        named = [*locale.territories.values(), *locale.languages.values()]
        said = [name for name in named if len(name.split()) == 1]
        numbers = [str(number) for number in random.integers(2, 5000, 800).tolist()]
        return [*said, *numbers, *invented(self._syllables[language], NAMES, random)]


def _summary(sentences: list[str], style: float) -> str:
    if style < 0.08:
        text = "\n".join(sentences)
    elif style < 0.12:
        text = "\n".join(f"- {sentence}" for sentence in sentences)
    elif style > 0.97:
        text = " ".join([f'"{sentences[0]}"', *sentences[1:]])
    elif style > 0.967:
        text = "_x000D_\n".join(sentences).replace(" ", " &amp; ", 1)
    else:
        text = " ".join(sentences)
    return _within(text, 150, 900, sentences[0])


def _within(text: str, shortest: int, longest: int, more: str) -> str:
    while len(text) < shortest:
        text = f"{text} {more}"
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0]


def _by_rank(words: list[str], count: int) -> list[str]:
    """The words as often as Zipf's law says, flattened at the head as in real text."""
    weights = 1 / (np.arange(len(words)) + 2.7)
    ends = np.cumsum(weights / weights.sum()) * count
    times = np.diff(np.round(ends).astype(int), prepend=0)
    repeated: list[str] = np.repeat(np.array(words, dtype=object), times).tolist()
    return repeated


def _evenly(words: list[str], count: int) -> list[str]:
    return [words[number % len(words)] for number in range(count)]
