"""The habits of a corpus in punctuation, counted.

Whether the segmentation and the gloss line keep a token like ``,``, and whether ``'`` at the edge
of a word is a letter, differs from corpus to corpus.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from igtkit.boundaries import separate_words, split_words
from igtkit.igt import IGT
from igtkit.models.crf.sentences import Sentence

__all__ = ["Habits"]

_LETTERLIKE = "'’-="  # at a word's edge these are letters or boundaries until counts say otherwise


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


@attrs.frozen
class Habits:
    """The habits of a corpus in punctuation, as counted in its training part.

    Attributes:
        letters: ``(character, side)`` pairs whose punctuation mark belongs to the word, side 0 or
        -1.
        strip: ``(character, side)`` pairs whose mark the segmentation leaves out.
        kept: For each token that is no word whether the segmentation and the gloss line keep it.
        default: The same for tokens never seen.
    """

    letters: frozenset[tuple[str, int]]
    strip: frozenset[tuple[str, int]]
    kept: dict[str, tuple[bool, bool]]
    default: tuple[bool, bool]

    @classmethod
    def learn(cls, texts: Iterable[IGT]) -> Habits:
        """Return the habits of texts, from their transcriptions, segmentations and glosses."""
        rows = []
        edges: Counter[tuple[str, int, bool]] = Counter()
        for igt in texts:
            if igt.glosses is None:
                continue
            words, gaps = separate_words(split_words(igt.transcription))
            forms, form_gaps = separate_words(split_words(igt.segmentation))
            rows.append((words, gaps, form_gaps, separate_words(split_words(igt.glosses))[1]))
            if len(words) != len(forms):
                continue
            for word, form in zip(words, forms, strict=True):
                for side in (0, -1):
                    if _is_mark(word[side]) and not all(map(_is_mark, word)):
                        edges[word[side], side, word[side] == form[side]] += 1
        pairs = {(mark, side) for mark, side, _ in edges}
        letters = frozenset(pair for pair in pairs if edges[*pair, True] >= edges[*pair, False])
        habits = cls(letters, frozenset(pairs - letters), {}, (False, False))
        seen: Counter[str] = Counter()
        in_line: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for words, gaps, *lines in rows:
            seen.update(token for gap in habits.detach(words, gaps)[1] for token in gap)
            for counter, line in zip(in_line, lines, strict=True):
                counter.update(token for gap in line for token in gap)
        total = max(1, sum(seen.values()))
        by_default = [2 * sum(line.values()) >= total for line in in_line]
        kept = {
            token: (2 * in_line[0][token] >= n, 2 * in_line[1][token] >= n)
            for token, n in seen.items()
        }
        return attrs.evolve(habits, kept=kept, default=(by_default[0], by_default[1]))

    def core(self, word: str) -> str:
        """The word without the punctuation at its edges that is not part of it."""
        start, end = self._inside(word)
        return word[start:end]

    def _inside(self, word: str) -> tuple[int, int]:
        """The begin and end of the word without the punctuation at its edges."""
        start, end = 0, len(word)
        if word[:1].isalnum() and word[-1:].isalnum():  # nearly all words
            return start, end
        while end > start and self._strips(word[end - 1], -1):
            end -= 1
        while start < end and self._strips(word[start], 0):
            start += 1
        return (start, end) if start < end else (0, len(word))

    def detach(
        self, words: Sequence[str], gaps: Sequence[Sequence[str]]
    ) -> tuple[list[str], list[list[str]]]:
        """Return words and gaps, with the punctuation that is not part of the words in the gaps.

        So a text that writes it to its words is read, and written, like one that sets it apart.

        Args:
            words: Words as written.
            gaps: The tokens before each word and after the last.

        Returns:
            Words and gaps, as many as before.
        """
        bare: list[str] = []
        wider = [list(gap) for gap in gaps]
        for index, word in enumerate(words):
            start, end = self._inside(word)
            bare.append(word[start:end])
            wider[index] += self._marks(word[:start])
            wider[index + 1][:0] = self._marks(word[end:])
        return bare, wider

    def apart(self, sentence: Sentence) -> Sentence:
        """A sentence with its punctuation apart from its words."""
        words, gaps = self.detach(sentence.words, sentence.gaps)
        return attrs.evolve(sentence, words=tuple(words), gaps=tuple(map(tuple, gaps)))

    def _marks(self, marks: str) -> list[str]:
        """Punctuation as one token if the corpus has that token, else mark by mark."""
        return [marks] if marks in self.kept else list(marks)

    def _strips(self, character: str, side: int) -> bool:
        if (character, side) in self.strip:
            return True
        if (character, side) in self.letters or character in _LETTERLIKE:
            return False
        return _is_mark(character)

    def keeps(self, mark: str) -> tuple[bool, bool]:
        """Return whether segmentation and glosses keep a token that is no word."""
        return self.kept.get(mark, self.default)

    def line(self, tokens: Sequence[str], gaps: Sequence[Sequence[str]], which: int) -> str:
        """Return a line of words and the punctuation it keeps (0: segmentation, 1: glosses)."""
        parts: list[str] = []
        for index, gap in enumerate(gaps):
            parts += [mark for mark in gap if self.keeps(mark)[which]]
            if index < len(tokens):
                parts.append(tokens[index])
        return " ".join(parts)
