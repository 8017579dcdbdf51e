"""Step 0: what the glosser sees of a text.

A sentence becomes its words (white-space tokens that carry an analysis), the other tokens
(punctuation and dashes) in the gaps around them, one analysis for each word where the training
data has one, and the words of the translation. Punctuation is handled by habit: whether the
segmentation and the gloss line keep a token like ``,``, and whether ``'`` at the edge of a word is
a letter, is counted.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import attrs

from igtkit.boundaries import separate_words, split_morphemes, split_words
from igtkit.igt import IGT

__all__ = ["Analysis", "Habits", "Sentence", "prepare", "translation_words"]

_NO_TRANSLATION = {"nan", "none", "n/a", "na", "-"}  # what tables leave behind for an empty cell

Analysis = tuple[tuple[str, str, str], ...]
"""The morphemes of a word: ``(form, gloss, boundary before it)``."""

_LETTERLIKE = "'’-="  # at a word's edge these are letters or boundaries until counts say otherwise


@attrs.frozen
class Sentence:
    """One sentence as the glosser sees it.

    Attributes:
        words: Surface words of the transcription.
        gaps: Tokens that are no words, before each word and after the last (one more than words).
        analyses: For each word its analysis, or None where none is known.
        translation: Words of the translation, as written.
        partial: For each word what is known of it as ``(segmented form, gloss)``, either None.
        id: The text's identifier, if it has one.
    """

    words: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    analyses: tuple[Analysis | None, ...]
    translation: tuple[str, ...] = ()
    partial: tuple[tuple[str | None, str | None], ...] = ()
    id: str | None = None


@lru_cache(maxsize=1 << 14)
def translation_words(line: str | None) -> tuple[str, ...]:
    """The words of a translation as written, without punctuation and apostrophes.

    Example:
        >>> translation_words('"Come in!", we said.')
        ('Come', 'in', 'we', 'said')
    """
    if not line or line.strip().lower() in _NO_TRANSLATION:
        return ()
    cleaned = "".join(
        character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        for character in line.replace("'", "").replace("’", "")
    )
    return tuple(cleaned.split())


def _analysis(form: str, gloss: str) -> Analysis | None:
    forms, glosses = split_morphemes(form), split_morphemes(gloss)
    if len(forms) != len(glosses):
        return None
    return tuple((f, g, b) for (b, f), (_, g) in zip(forms, glosses, strict=True))


def prepare(igt: IGT, *, segments: bool = True) -> Sentence:
    """Take the words, gaps, analyses and translation of a text, as far as its lines pair up.

    Args:
        igt: The text.
        segments: Whether its corpus has segmentations. If not, every word counts as one morpheme,
            with its whole gloss.
    """
    words, gaps = separate_words(split_words(igt.transcription))
    forms = separate_words(split_words(igt.segmentation))[0]
    glosses = separate_words(split_words(igt.glosses))[0]
    has_forms, has_glosses = len(forms) == len(words), len(glosses) == len(words)
    partial = tuple(
        (forms[i] if has_forms else None, glosses[i] if has_glosses else None)
        for i in range(len(words))
    )
    analyses: tuple[Analysis | None, ...] = tuple(
        None if form is None or gloss is None else _analysis(form, gloss) for form, gloss in partial
    )
    if not segments:
        pairs = zip(words, partial, strict=True)
        analyses = tuple(None if g is None else ((w, g, ""),) for w, (_, g) in pairs)
    return Sentence(
        tuple(words),
        tuple(map(tuple, gaps)),
        analyses,
        translation_words(igt.translation),
        partial,
        igt.id,
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


@attrs.frozen
class Habits:
    """What the corpus does with punctuation, as counted in its training part.

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
        """Count what happens to punctuation between transcription, segmentation and glosses."""
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
        """Where the word without its edges' punctuation begins and ends."""
        start, end = 0, len(word)
        while end > start and self._strips(word[end - 1], -1):
            end -= 1
        while start < end and self._strips(word[start], 0):
            start += 1
        return (start, end) if start < end else (0, len(word))

    def detach(
        self, words: Sequence[str], gaps: Sequence[Sequence[str]]
    ) -> tuple[list[str], list[list[str]]]:
        """Take the punctuation that is not part of the words into the gaps beside them.

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
        """Whether segmentation and glosses keep a token that is no word."""
        return self.kept.get(mark, self.default)

    def line(self, tokens: Sequence[str], gaps: Sequence[Sequence[str]], which: int) -> str:
        """Put words and the punctuation the line keeps together (0: segmentation, 1: glosses)."""
        parts: list[str] = []
        for index, gap in enumerate(gaps):
            parts += [mark for mark in gap if self.keeps(mark)[which]]
            if index < len(tokens):
                parts.append(tokens[index])
        return " ".join(parts)
