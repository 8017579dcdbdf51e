"""The habits of a corpus in punctuation, capitals and brackets, counted.

Whether the segmentation and the gloss line keep a token like ``,``, whether ``'`` at the edge
of a word is a letter, whether the segmentation keeps the capital that begins a sentence, and
whether words in brackets are analyzed, differs from corpus to corpus.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from igtkit.boundaries import separate_words, split_words
from igtkit.igt import IGT
from igtkit.models.crf.brackets import brackets_of, skipped_brackets
from igtkit.models.crf.labels import is_name
from igtkit.models.crf.lines import pair_lines
from igtkit.models.crf.sentences import Sentence

__all__ = ["Habits"]

_LETTERLIKE = "'’-="  # at a word's edge these are letters or boundaries until counts say otherwise
_COMMAS = ",;،、，"  # after these goes on what was begun


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


def _begins(gaps: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a word begins a sentence, or what is said in it."""
    return index == 0 or (len(gaps[index]) > 0 and gaps[index][-1] not in _COMMAS)


@attrs.frozen
class Habits:
    """The habits of a corpus in punctuation, capitals and brackets, as counted in training texts.

    Attributes:
        letters: ``(character, side)`` pairs whose punctuation mark belongs to the word, side 0 or
        -1.
        strip: ``(character, side)`` pairs whose mark the segmentation leaves out.
        kept: For each token that is no word whether the segmentation and the gloss line keep it.
        default: The same for tokens never seen.
        lowers: Whether the segmentation writes a word small whose capital begins a sentence.
        skipped: The brackets whose words the analysis leaves out.
    """

    letters: frozenset[tuple[str, int]]
    strip: frozenset[tuple[str, int]]
    kept: dict[str, tuple[bool, bool]]
    default: tuple[bool, bool]
    lowers: bool
    skipped: frozenset[str]

    @classmethod
    def learn(cls, texts: Iterable[IGT]) -> Habits:
        """Return the habits of texts, from their transcriptions, segmentations and glosses."""
        rows, in_brackets = [], []
        edges: Counter[tuple[str, int, bool]] = Counter()
        lowered = 0  # words that begin a sentence and lose their capital, less those that keep it
        for igt in texts:
            if igt.glosses is None:
                continue
            words, gaps = separate_words(split_words(igt.transcription))
            forms, form_gaps = separate_words(split_words(igt.segmentation))
            glosses, gloss_gaps = separate_words(split_words(igt.glosses))
            rows.append((words, gaps, form_gaps, gloss_gaps))
            known = pair_lines(words, forms, glosses)
            in_brackets.append((words, brackets_of(words, gaps), known))
            lowered += sum(
                (form[0] == word[0].lower()) - (form[0] == word[0])
                for i, (word, (form, gloss)) in enumerate(zip(words, known, strict=True))
                if form is not None and gloss is not None
                if word[0].isupper() and _begins(gaps, i) and not is_name(gloss)
            )
            for word, (form, _) in zip(words, known, strict=True):
                if form is None or all(map(_is_mark, word)):
                    continue
                for side in (0, -1):
                    if _is_mark(word[side]):
                        edges[word[side], side, word[side] == form[side]] += 1
        pairs = {(mark, side) for mark, side, _ in edges}
        letters = frozenset(pair for pair in pairs if edges[*pair, True] >= edges[*pair, False])
        skipped = skipped_brackets(in_brackets)
        habits = cls(letters, frozenset(pairs - letters), {}, (False, False), lowered > 0, skipped)
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

    def skips(self, sentence: Sentence) -> list[bool]:
        """Return for each word whether it is a filler that the analysis leaves out."""
        if not self.skipped:
            return [False] * len(sentence.words)
        return [one in self.skipped for one in brackets_of(sentence.words, sentence.gaps)]

    def small(self, sentence: Sentence, index: int, gloss: str) -> bool:
        """Return whether the segmentation writes a word small that has a capital.

        Args:
            sentence: The sentence.
            index: The word's index in it.
            gloss: What the stem with the capital is glossed as.
        """
        return self.lowers and _begins(sentence.gaps, index) and not is_name(gloss)

    def line(self, tokens: Sequence[str], gaps: Sequence[Sequence[str]], which: int) -> str:
        """Return a line of words and the punctuation it keeps (0: segmentation, 1: glosses)."""
        parts: list[str] = []
        for index, gap in enumerate(gaps):
            parts += [mark for mark in gap if self.keeps(mark)[which]]
            if index < len(tokens):
                parts.append(tokens[index])
        return " ".join(parts)
