"""Keywords in running text, a batch of texts at a time.

A text is split into words, and each different word of a batch is folded and compared with the
keywords once: folding the text itself, or one expression of all keywords, takes ten times as long.
Of a phrase only the places of its rarest word are looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from projectdata.folding import SPELT

Numbers = npt.NDArray[np.int64]

JOINTS = ("-", "'", "’")
"""They end a word but stay on it, so that the words can be shown as written."""

NOT_A_LETTER = "[^0-9a-zͰ-ӿ]+"


@dataclass(frozen=True)
class Parts:
    """The words that patterns are made of, each once, and the patterns as numbers of parts."""

    patterns: tuple[str, ...]
    parts: tuple[str, ...]
    made_of: tuple[tuple[int, ...], ...]

    @cached_property
    def starts(self) -> dict[int, dict[str, int]]:
        """By number of letters: the beginnings that have a star, and the part they are."""
        lengths: dict[int, dict[str, int]] = {}
        for number, part in enumerate(self.parts):
            if part.endswith("*"):
                lengths.setdefault(len(part) - 1, {})[part[:-1]] = number
        return lengths

    @cached_property
    def lengths(self) -> Numbers:
        """How many words each pattern has."""
        return np.array([len(made_of) for made_of in self.made_of], np.int64)

    @cached_property
    def wholes(self) -> dict[str, int]:
        """The parts that are whole words."""
        return {part: n for n, part in enumerate(self.parts) if not part.endswith("*")}


def parts_of(patterns: Iterable[str]) -> Parts:
    """Patterns taken apart."""
    patterns = tuple(patterns)
    numbers: dict[str, int] = {}
    made_of = tuple(
        tuple(numbers.setdefault(part, len(numbers)) for part in pattern.split())
        for pattern in patterns
    )
    return Parts(patterns, tuple(numbers), made_of)


def folded(texts: pa.Array) -> pa.Array:
    """Small letters without accents, as the search of the dashboard folds."""
    texts = pc.utf8_lower(texts)
    for letter, plain in SPELT.items():
        texts = pc.replace_substring(texts, letter, plain)
    texts = pc.utf8_normalize(texts, "NFD")
    return pc.utf8_normalize(pc.replace_substring_regex(texts, r"\p{M}+", ""), "NFC")


def found_in(texts: pa.Array, parts: Parts) -> pa.RecordBatch:
    """One row per keyword found: row (of the text), number of the pattern, start and the words.

    A space must stand behind each joint of the texts.
    """
    split = pc.split_pattern(texts, " ")
    offsets = split.offsets.to_numpy().astype(np.int64)
    running = split.values.dictionary_encode()
    vocabulary, codes = running.dictionary, running.indices.to_numpy(zero_copy_only=False)
    code, part = _known_words(vocabulary, parts)
    position, pattern = _places(codes, offsets, code, part, parts, len(vocabulary))
    row = np.searchsorted(offsets, position, side="right") - 1
    return pa.record_batch(
        {
            "row": pa.array(row),
            "pattern": pa.array(pattern),
            "start": pa.array(position - offsets[row]),
            "written": _written(vocabulary, codes, position, pattern, parts),
        }
    )


def _known_words(vocabulary: pa.Array, parts: Parts) -> tuple[Numbers, Numbers]:
    """The words that are, or begin with, a part: pairs of word and part."""
    words = pc.utf8_trim(
        pc.replace_substring_regex(folded(vocabulary), NOT_A_LETTER, " "), characters=" "
    )
    pairs = [_pairs(words, parts.wholes)]
    pairs += [
        _pairs(pc.utf8_slice_codeunits(words, 0, letters), beginnings)
        for letters, beginnings in sorted(parts.starts.items())
    ]
    return (
        np.concatenate([word for word, _ in pairs]),
        np.concatenate([part for _, part in pairs]),
    )


def _pairs(words: pa.Array, known: dict[str, int]) -> tuple[Numbers, Numbers]:
    at = pc.index_in(words, pa.array(list(known), pa.string()))
    word = np.flatnonzero(at.is_valid().to_numpy(zero_copy_only=False))
    numbers = np.array(list(known.values()), np.int64)
    return word.astype(np.int64), numbers[at.drop_null().to_numpy(zero_copy_only=False)]


def _places(
    codes: Numbers, offsets: Numbers, code: Numbers, part: Numbers, parts: Parts, words: int
) -> tuple[Numbers, Numbers]:
    """Where each pattern starts in the running text: pairs of position and pattern."""
    times = np.bincount(codes, minlength=words)
    frequency = np.bincount(part, weights=times[code], minlength=len(parts.parts))
    anchored: dict[int, list[tuple[int, int]]] = {}
    for pattern, made_of in enumerate(parts.made_of):
        place = min(range(len(made_of)), key=lambda at: frequency[made_of[at]])
        if frequency[made_of[place]]:
            anchored.setdefault(made_of[place], []).append((pattern, place))
    known = np.unique(code * len(parts.parts) + part)
    position, hit_part = _hits(codes, code, part, np.array(sorted(anchored), np.int64), words)
    starts, patterns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    order = np.argsort(hit_part, kind="stable")
    bounds = np.searchsorted(hit_part[order], np.arange(len(parts.parts) + 1))
    for anchor, those in anchored.items():
        at = position[order[bounds[anchor] : bounds[anchor + 1]]]
        for pattern, place in those:
            start = _standing(
                at - place, parts.made_of[pattern], place, codes, offsets, known, parts
            )
            starts.append(start)
            patterns.append(np.full(len(start), pattern, np.int64))
    return np.concatenate(starts), np.concatenate(patterns)


def _hits(
    codes: Numbers, code: Numbers, part: Numbers, anchors: Numbers, words: int
) -> tuple[Numbers, Numbers]:
    """Where the running text has a word that begins with an anchor: pairs of position and part."""
    chosen = np.isin(part, anchors)
    code, part = code[chosen], part[chosen]
    order = np.argsort(code, kind="stable")
    code, part = code[order], part[order]
    first = np.searchsorted(code, np.arange(words))
    many = np.bincount(code, minlength=words)
    position = np.flatnonzero(many.astype(bool)[codes])
    repeats = many[codes[position]]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    repeated = np.repeat(position, repeats)
    return repeated, part[first[codes[repeated]] + within]


def _standing(
    start: Numbers,
    made_of: tuple[int, ...],
    anchor: int,
    codes: Numbers,
    offsets: Numbers,
    known: Numbers,
    parts: Parts,
) -> Numbers:
    """The starts at which all parts of a pattern stand side by side in one text."""
    if len(made_of) == 1 or not len(start):
        return start
    start = start[(start >= 0) & (start + len(made_of) <= len(codes))]
    for place, part in enumerate(made_of):
        if place != anchor and len(start):
            pair = codes[start + place].astype(np.int64) * len(parts.parts) + part
            at = np.minimum(np.searchsorted(known, pair), len(known) - 1)
            start = start[known[at] == pair]
    last = start + len(made_of) - 1
    ends = np.searchsorted(offsets, last, side="right")
    return start[np.searchsorted(offsets, start, side="right") == ends]


def _written(
    vocabulary: pa.Array, codes: Numbers, position: Numbers, pattern: Numbers, parts: Parts
) -> pa.Array:
    """The words of each find as they stand in the text, joined by a space."""
    lengths = parts.lengths[pattern]
    written = vocabulary.take(pa.array(codes[position]))
    for place in range(1, int(lengths.max(initial=1))):
        longer = lengths > place
        at = np.where(longer, position + place, position)
        joined = pc.binary_join_element_wise(written, vocabulary.take(pa.array(codes[at])), " ")
        written = pc.if_else(pa.array(longer), joined, written)
    return written
