"""What fits in a word: each stretch of it that the lexicon knows, or that may be a new stem.

A stretch is known exactly, through a rewrite rule or as a spelling variant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs
import numpy as np

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.skeletons import plain_letters, skeletons

__all__ = ["Spans", "find_forms", "find_spans"]

_LONG_STEM = 64  # letters; a longer new stem is at an edge of its word; by hand
_VARIANT_COST = 4.0  # nats: crf_log.md, cross-validation 5 (2.5 and 6 are worse)
_BEGIN, _END, _LETTERS, _KINDS = 12, 2, 0x3FF, 3  # bits of a stretch's begin, end and kind


@attrs.frozen
class Spans:
    """The lexicon's entries that fit somewhere in a word, in parallel arrays.

    Attributes:
        begin: First letter of the stretch.
        end: Letter after it.
        entry: Entry of the lexicon, or -1 for a stem never seen.
        kind: A `Kind`, but not REWRITE.
        cost: What the kind itself costs, and an unknown stem's letters, in nats.
        length: Number of letters of the word, or of morphemes that are given.
        step: How many letters one of `length` stands for: of a word that is too long to be cut,
            all; else 1.
    """

    begin: np.ndarray
    end: np.ndarray
    entry: np.ndarray
    kind: np.ndarray
    cost: np.ndarray
    length: int
    step: int = 1


@lru_cache(maxsize=_LONG_STEM)
def _short_stretches(letters: int) -> tuple[np.ndarray, np.ndarray]:
    begins, ends = np.triu_indices(letters + 1, 1)
    return begins, ends


def _stretches(letters: int) -> tuple[np.ndarray, np.ndarray]:
    """The beginnings and ends of the stretches of a word that may be a stem never seen.

    In a very long word these are the shorter ones and those at its edges, so that their number
    does not grow with the square of its length.
    """
    if letters <= _LONG_STEM:
        return _short_stretches(letters)
    begins = np.repeat(np.arange(letters), _LONG_STEM)
    ends = begins + np.tile(np.arange(1, _LONG_STEM + 1), letters)
    begins, ends = begins[ends <= letters], ends[ends <= letters]
    longer = np.arange(_LONG_STEM + 1, letters + 1)
    zeros, last = np.zeros(len(longer), np.int64), np.full(len(longer) - 1, letters)
    begins = np.concatenate([begins, zeros, letters - longer[:-1]])
    return begins, np.concatenate([ends, longer, last])


def find_spans(lexicon: Lexicon, word: str, variants: bool = True) -> Spans:
    """Return every stretch of a word that is in the lexicon or may be an unknown stem."""
    n = len(word)
    if n > LONGEST_WORD:
        return attrs.evolve(find_forms(lexicon, [word]), step=n)
    entries: list[int] = []
    found: list[int] = []  # each stretch's begin, end and kind, as one number
    sizes: list[int] = []  # how many entries it has
    span, alike, plain = lexicon.span, lexicon.variants, plain_letters(word)
    for i in range(n):
        for j, skeleton in enumerate(skeletons(plain[i : i + lexicon.longest]), i + 1):
            how, hit = Kind.EXACT, span.get(word[i:j])
            if hit is None and variants and j - i >= 3:
                how, hit = Kind.VARIANT, alike.get(skeleton)
            if hit is not None:
                entries += hit
                found.append(i << _BEGIN | j << _END | how)
                sizes.append(len(hit))
    begins, ends = _stretches(n)
    running, first, last = lexicon.letters.scores(word)
    many = len(entries)
    place = np.repeat(np.array(found, np.int32), np.array(sizes, np.int64))
    begin, end, kind, entry = np.empty((4, many + len(begins)), np.int32)
    begin[:many], begin[many:] = place >> _BEGIN, begins
    end[:many], end[many:] = place >> _END & _LETTERS, ends
    kind[:many], kind[many:] = place & _KINDS, Kind.UNKNOWN
    entry[:many], entry[many:] = entries, -1
    cost = np.where(kind == Kind.VARIANT, -_VARIANT_COST, 0.0)
    cost[many:] = first[begins] + (running[ends - 1] - running[begins]) + last[ends - 1]
    return Spans(begin, end, entry, kind, cost, n)


def find_forms(lexicon: Lexicon, forms: Sequence[str]) -> Spans:
    """Return the entries of each morpheme of a given segmentation; the stretches are morphemes."""
    found: list[tuple[int, int]] = []
    cost: list[float] = []
    for place, form in enumerate(forms):
        known = lexicon.of_form(form)
        running, first, last = lexicon.letters.scores(form)
        found += [(place, entry) for entry in known] + [(place, -1)]
        cost += [0.0] * len(known) + [float(first[0] + running[-2] + last[-1])]
    begin, entry = np.array(found, np.int64).T
    kind = np.where(entry >= 0, Kind.EXACT, Kind.UNKNOWN)
    return Spans(begin, begin + 1, entry, kind, np.array(cost), len(forms))
