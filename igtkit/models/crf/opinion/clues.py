"""The clues that the second opinion goes by, as one table."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.arrays import bounds
from igtkit.models.crf.candidates.lattice import identity
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.opinion.bayes import TOLD, told
from igtkit.models.crf.opinion.letters import LETTERS, Letters
from igtkit.models.crf.opinion.morphotactics import TACTICS, Morphotactics
from igtkit.models.crf.opinion.new_stems import NEW, Vocabulary
from igtkit.models.crf.opinion.precedents import VOTES, Precedents
from igtkit.models.crf.ranking.batch import Problem
from igtkit.models.crf.translation import Translations

__all__ = ["CLUES", "OWN", "OWN_CLUES", "Asked", "Experience", "add_values", "with_values"]

_VALUES = (
    "score", "score unseen", "share seen", "share", "sure",
    "there", "missing", "whole likeness", "likeness",
)  # fmt: skip
_SHAPE = (
    "size", "count", "word count", "lattice", "unknown", "variant", "rank", "candidates", "longer",
    "synthesis", "sentences",
)  # fmt: skip
_COMPARED = (
    "there", "missing", *VOTES[:3], *TOLD[:2], *TACTICS[:4],
)  # fmt: skip
OWN_CLUES = (*VOTES, *TOLD, *TACTICS, *_SHAPE, *NEW, *LETTERS)
"""The columns of `Experience.clues`."""
_PLAIN = (*_VALUES, *OWN_CLUES)
OWN = slice(len(_VALUES), len(_PLAIN))
"""Where `OWN_CLUES` stand in `CLUES`."""
CLUES = (*_PLAIN, *(f"{name}, less the best" for name in _COMPARED))
"""What is known of each candidate, the last ones less the most among its word's candidates."""
_AT = [_PLAIN.index(name) for name in _COMPARED]


@attrs.frozen
class Asked:
    """Sentences whose candidates are judged.

    Attributes:
        cores: Their words as the lexicon has them.
        lines: The words of their translations.
        items: For each word the row of the candidates' ``start``.
        candidates: The candidates.
        translations: Which glosses go with which words.
        of_words: What `Experience.of_words` says of the candidates.
        without: In training, for each training sentence whether it is left out.
    """

    cores: Sequence[Sequence[str]]
    lines: Sequence[Sequence[str]]
    items: Sequence[Sequence[int]]
    candidates: Candidates
    translations: Translations
    of_words: np.ndarray
    without: np.ndarray | None = None


class Experience:
    """What the training sentences say of candidates; a corrected sentence can be added.

    Args:
        lexicon: The morphemes.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.precedents = Precedents()
        self.tactics = Morphotactics(lexicon, ())
        self.letters = Letters(lexicon)
        self.vocabulary = Vocabulary()
        self._identity = np.zeros(0, np.uint64)
        self._morphemes = 0

    def add(self, sentences: Sequence[tuple[Sequence[str], Sequence[int], Sequence[str]]]) -> None:
        """Take in sentences: words, numbers of their items, and words of the translation."""
        for cores, items, line in sentences:
            self.precedents.add(cores, items, line)
            self.vocabulary.add(cores)
        known, every = len(self._identity), len(self.lexicon.item_entries)
        if every > known:
            self.tactics.add(range(known, every))
            self.letters.add(range(known, every))
            rows = self.lexicon.item_entries[known:]
            self._morphemes += sum(map(len, rows))
            entry = np.full((len(rows), max(map(len, rows))), -1)
            for row, own in enumerate(rows):
                entry[row, : len(own)] = own
            kind = np.where(entry >= 0, Kind.EXACT, -1)
            none = np.zeros_like(entry)
            new = identity(self.lexicon, entry, none, none, kind)
            self._identity = np.concatenate([self._identity, new])

    def of_words(self, table: Candidates, tactics: Morphotactics) -> np.ndarray:
        """Return those of `OWN_CLUES` that do not depend on a sentence, for each candidate.

        Args:
            table: The candidates.
            tactics: Which morphemes go together.
        """
        mean = self._morphemes / max(1, len(self._identity))
        parts = (
            tactics.scores(table.entry, table.kind >= 0),
            _shape(table, mean, self.precedents.sentences),
            self.vocabulary.clues(table),
            self.letters.clues(table),
        )
        return np.concatenate(parts, 1)

    def clues(self, asked: Asked) -> np.ndarray:
        """Return `OWN_CLUES`, those that are no values of the ranker's, for each row.

        A row is a candidate of a word, as in a `Problem` of these sentences.
        """
        table = asked.candidates
        items = np.array([i for row in asked.items for i in row], np.int64)
        size = table.start[items + 1] - table.start[items]
        first = bounds(size)
        rows = np.repeat(table.start[items] - first[:-1], size) + np.arange(first[-1])
        ends = first[bounds(np.array([len(row) for row in asked.cores], np.int64))]
        votes = self.precedents.votes(
            asked.cores, asked.lines, first, table.identity[rows], self._identity, asked.without
        )
        used = table.kind[rows] >= 0
        said = told(self.lexicon, asked.translations, asked.lines, ends, table.entry[rows], used)
        return np.concatenate([votes, said, asked.of_words[rows]], 1)


def _shape(table: Candidates, mean: float, sentences: int) -> np.ndarray:
    """The columns of `_SHAPE`, by candidate."""
    owner, start = table.word, table.start[:-1]
    many = np.diff(table.start)[owner]
    return np.stack(
        [
            table.size,
            np.log1p(table.count),
            np.log1p(np.add.reduceat(table.count, start))[owner],
            table.score,
            (table.kind == Kind.UNKNOWN).any(1),
            (table.kind == Kind.VARIANT).any(1),
            np.arange(len(owner)) - start[owner],
            many,
            table.size - table.size[start][owner],
            table.size - mean,
            np.full(len(owner), np.log1p(sentences)),
        ],
        1,
    ).astype(float)


def with_values(problem: Problem, clues: np.ndarray) -> np.ndarray:
    """Return all of `CLUES` for each row of a problem.

    Args:
        problem: The problem, for the values that the ranker has.
        clues: What `Experience.clues` says of its rows.
    """
    table = np.empty((len(clues), len(CLUES)))
    table[:, OWN] = clues
    add_values(problem, table)
    return table


def add_values(problem: Problem, table: np.ndarray) -> None:
    """Fill in the other columns of a table of `CLUES` of which those of `OWN_CLUES` are there.

    Args:
        problem: The problem, for the values that the ranker has.
        table: A row for each of its rows.
    """
    first = problem.first
    size = np.diff(first)
    rows = np.repeat(problem.start[problem.item] - first[:-1], size) + np.arange(first[-1])
    table[:, : OWN.start] = np.concatenate([problem.own.real[rows], problem.extra_real], 1)
    compared = table[:, _AT]
    best = np.repeat(np.maximum.reduceat(compared, first[:-1]), size, 0)
    np.subtract(compared, best, out=table[:, OWN.stop :])
