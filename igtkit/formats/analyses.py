"""`Analyses`: how the words of training texts were segmented and glossed, found by word.

They stand in the prompts of the word format (`igtkit.formats.word`).
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

import attrs

from igtkit._characters import fold_case
from igtkit.boundaries import UNKNOWN, list_words, split_morphemes
from igtkit.igt import IGT

__all__ = ["Analyses", "Retrieved", "Row", "rows_of"]

Row = tuple[str, str, str]
"""A word as the transcription, the segmentation and the gloss line have it."""

_Weighed = tuple[float, str, str]  # what it costs in nats, the form, the gloss
_Counts = Mapping[tuple[str | None, ...], Counter[Any]]

_STRETCH, _CHARACTER = 10.0, 2.0  # what a stretch that is no known morpheme costs, in nats

_LONGEST = 60  # characters of a word that is split, in time by their square


@attrs.frozen
class Retrieved:
    """What training texts tell about a word.

    Attributes:
        analyses: Pairs of form and gloss, the best first.
        costs: For each how unlikely it is by the counts alone, in nats.
        known: Whether the word itself had them; else they are made of known morphemes.
    """

    analyses: tuple[tuple[str, str], ...]
    costs: tuple[float, ...] = attrs.field(repr=False)
    known: bool = attrs.field()


def rows_of(text: IGT) -> tuple[Row, ...] | None:
    """The words of a text with their forms and glosses.

    Args:
        text: The text.

    Returns:
        A row for each word; None where the three lines have not the same number of words, or a
        form and its gloss not the same number of morphemes.

    Example:
        >>> rows_of(IGT("Evde kim ?", "ev-de kim", "house-LOC who"))
        (('Evde', 'ev-de', 'house-LOC'), ('kim', 'kim', 'who'))
    """
    lines = [list_words(line) for line in (text.transcription, text.segmentation, text.glosses)]
    if len({*map(len, lines)}) > 1:
        return None
    rows = tuple(zip(*lines, strict=True))
    pairs = ((split_morphemes(form), split_morphemes(gloss)) for _, form, gloss in rows)
    return rows if all(len(forms) == len(glosses) for forms, glosses in pairs) else None


@attrs.frozen
class Analyses:
    """The analyses of training texts.

    Attributes:
        texts: The words of each text.

    Example:
        >>> known = Analyses.learn([IGT("evde kim", "ev-de kim", "house-LOC who")])
        >>> [(found.analyses[0], found.known) for found in known.of_words(["Kim", "kimde"])]
        [(('kim', 'who'), True), (('kim-de', 'who-LOC'), False)]
    """

    texts: tuple[tuple[Row, ...], ...] = attrs.field(default=(), repr=False)

    @classmethod
    def learn(cls, texts: Iterable[IGT]) -> Self:
        """Return the analyses of texts; a text whose lines do not pair up has none."""
        return cls(tuple(rows for rows in map(rows_of, texts) if rows))

    def to_json(self) -> list[list[list[str]]]:
        """The words of each text, as lists."""
        return [[list(row) for row in rows] for rows in self.texts]

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Return the analyses that `to_json` gave.

        Raises:
            ValueError: If they are none.
        """
        if not isinstance(value, list) or not all(isinstance(text, list) for text in value):
            raise ValueError(f"expected a list of texts, found {value!r:.80}")
        for row in (row for text in value for row in text):
            if (
                not isinstance(row, list)
                or len(row) != 3
                or not all(isinstance(token, str) for token in row)
                or len(split_morphemes(row[1])) != len(split_morphemes(row[2]))
            ):
                raise ValueError(f"expected a word, its form and its gloss, found {row!r:.80}")
        return cls(tuple(tuple((w, form, gloss) for w, form, gloss in text) for text in value))

    def of_words(
        self, words: Sequence[str], *, most: int = 3, without: Sequence[Row] = ()
    ) -> list[Retrieved]:
        """Return what is known about each word of a text, whatever its case.

        The first analysis of a known word is the one with the largest share: of all occurrences of
        the word, of those after the same word and of those before the same word, added up. An
        unknown word is split into known morphemes, glossed as in such a place of a word, and
        stretches that are none, glossed ``???``: the likeliest splits, where morphemes and glosses
        are as likely as they are frequent.

        Args:
            words: The words, in order.
            most: How many analyses of a word.
            without: The words of a learned text, which is then left out of the counts.
        """
        own = _count([without] if without in self._distinct else [])
        folded = [fold_case(word) for word in words]
        sides = zip([None, *folded], folded, [*folded[1:], None], strict=False)
        found = []
        for left, word, right in sides:
            known = self._ranked(own, left, word, right)[:most]
            best = known or self._splits(own, word, most)
            analyses = tuple((form, gloss) for _, form, gloss in best)
            costs = tuple(cost for cost, _, _ in best)
            found.append(Retrieved(analyses, costs, known=bool(known)))
        return found

    @cached_property
    def _counts(self) -> _Counts:
        return _count(self.texts)

    @cached_property
    def _distinct(self) -> frozenset[Sequence[Row]]:
        return frozenset(self.texts)

    def _found(self, own: _Counts, *key: str | None) -> Counter[Any]:
        """The counts of a key, without a text's own."""
        counts = self._counts.get(key, Counter())
        return counts - own[key] if key in own else counts

    def _ranked(
        self, own: _Counts, left: str | None, word: str, right: str | None
    ) -> list[_Weighed]:
        everywhere = self._found(own, "word", word)
        after = self._found(own, "after", left, word)
        before = self._found(own, "before", word, right)
        shares = {
            analysis: count / everywhere.total()
            + after[analysis] / (after.total() + 1)
            + before[analysis] / (before.total() + 1)
            for analysis, count in everywhere.items()
        }
        whole = math.fsum(shares.values())  # in whatever order
        return sorted((-math.log(share / whole), *analysis) for analysis, share in shares.items())

    def _splits(self, own: _Counts, word: str, most: int) -> list[_Weighed]:
        if len(word) > _LONGEST:
            return [(_STRETCH + _CHARACTER * len(word), word, UNKNOWN)]
        word = "".join(morpheme for _, morpheme in split_morphemes(word)) or word
        total = self._found(own, "morphemes").total()
        best: list[list[_Weighed]] = [[(0.0, "", "")]]
        for end in range(1, len(word) + 1):
            longer = []
            for start in range(end):
                piece = word[start:end]
                counts = self._found(own, "morpheme", piece)
                if counts:
                    price = math.log(total / counts.total())
                    glosses = _in_place(counts, start > 0, end < len(word), most)
                else:
                    price = _STRETCH + _CHARACTER * len(piece)
                    glosses = [(0.0, "-" if start else "", UNKNOWN)]
                longer += [
                    (cost + price + rarer, form + boundary + piece, before + boundary + gloss)
                    for cost, form, before in best[start]
                    for rarer, boundary, gloss in glosses
                ]
            best.append(heapq.nsmallest(most, longer))
        return best[-1]


def _count(texts: Iterable[Sequence[Row]]) -> _Counts:
    """Count analyses by word, by word and neighbor, and glosses by morpheme."""
    counts: defaultdict[tuple[str | None, ...], Counter[Any]] = defaultdict(Counter)
    for rows in texts:
        words = [fold_case(surface) for surface, _, _ in rows]
        for (_, form, gloss), left, word, right in zip(
            rows, [None, *words], words, [*words[1:], None], strict=False
        ):
            counts["word", word][form, gloss] += 1
            counts["after", left, word][form, gloss] += 1
            counts["before", word, right][form, gloss] += 1
            pairs = list(zip(split_morphemes(form), split_morphemes(gloss), strict=True))
            for at, ((boundary, piece), (_, text)) in enumerate(pairs):
                place = boundary, text, at > 0, at < len(pairs) - 1
                counts["morpheme", fold_case(piece)][place] += 1
                counts["morphemes",]["all"] += 1
    return counts


def _in_place(
    counts: Counter[Any], follows: bool, goes_on: bool, most: int
) -> list[tuple[float, str, str]]:
    """The glosses of a morpheme in a place of a word, each with its boundary and what it costs.

    The cost is 0 for the most frequent one, and the logarithm of how much rarer another is.
    """
    here: Counter[tuple[str, str]] = Counter()
    everywhere: Counter[tuple[str, str]] = Counter()
    for (boundary, gloss, *place), count in counts.items():
        found = (boundary or "-") if follows else "", gloss
        everywhere[found] += count
        if place == [follows, goes_on]:
            here[found] += count
    rated = here or everywhere
    top = max(rated.values())
    return heapq.nsmallest(most, ((math.log(top / n), *found) for found, n in rated.items()))
