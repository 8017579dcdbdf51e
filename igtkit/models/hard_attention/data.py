"""Texts as the network takes them: words of characters, and a label for each morpheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs
import torch

from igtkit.boundaries import (
    CLITIC,
    is_punctuation,
    is_word,
    list_words,
    split_edges,
    split_word,
    split_words,
)
from igtkit.igt import IGT
from igtkit.models.hard_attention.network import Batch

__all__ = [
    "LabeledSentence",
    "Vocabulary",
    "chunked",
    "cut",
    "learnable",
    "make_batch",
    "mark_like",
    "show_label",
]

_PADDING, _UNSEEN = 0, 1  # numbers of characters


@attrs.frozen
class LabeledSentence:
    """A sentence to learn from.

    Attributes:
        words: Its words, in the transcription.
        labels: For each word the labels of its morphemes: the gloss, with ``=`` before it if it is
            of a clitic that is joined by that.
    """

    words: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]


def learnable(text: IGT) -> LabeledSentence | None:
    """Return what a text teaches; None if its transcription and glosses differ in number of words.

    Example:
        >>> learnable(IGT("cats run", None, "cat-PL run")).labels
        (('cat', 'PL'), ('run',))
    """
    words = tuple(list_words(text.transcription))
    glosses = tuple(list_words(text.glosses))
    if not words or len(words) != len(glosses):
        return None
    return LabeledSentence(words, tuple(map(_labels, glosses)))


def _labels(gloss: str) -> tuple[str, ...]:
    return tuple(
        CLITIC + text if boundary == CLITIC else text for boundary, text in split_word(gloss)
    )


def show_label(label: str) -> tuple[str, str]:
    """The boundary before a morpheme that is not the first, and its gloss, as its label has them.

    Example:
        >>> show_label("PL"), show_label("=and")
        (('-', 'PL'), ('=', 'and'))
    """
    return (CLITIC, label[1:]) if label.startswith(CLITIC) else ("-", label)


def cut(
    word: str, split: Sequence[int], glosses: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The morphemes of a word with the boundary before each, joined as their labels say.

    Args:
        word: The word, without boundaries.
        split: For each character the number of its morpheme.
        glosses: For each morpheme its boundary and gloss, from `show_label`.

    Example:
        >>> cut("evler", [0, 0, 1, 1, 1], [("-", "house"), ("-", "PL")])
        [('', 'ev'), ('-', 'ler')]
        >>> cut("ko", [0, 0], [("=", "PST")]), cut("re", [0, 0], [("-", "REL=")])  # written apart
        ([('=', 'ko')], [('', 're=')])
    """
    parts: list[tuple[str, str]] = []
    for character, morpheme in zip(word, split, strict=False):
        if morpheme == len(parts):
            mark = glosses[morpheme][0]
            parts.append((mark if morpheme or mark == CLITIC else "", ""))
        boundary, text = parts[-1]
        parts[-1] = (boundary, text + character)
    if parts:
        boundary, text = parts[-1]
        parts[-1] = (boundary, text + split_edges(glosses[len(parts) - 1][1])[2])
    return parts


def mark_like(form: str, gloss: str) -> str:
    """The gloss with the mark after it that the form has, or none.

    Example:
        >>> mark_like("re=", "REL"), mark_like("ev", "REL=")
        ('REL=', 'REL')
    """
    before, core, _ = split_edges(gloss)
    return before + core + split_edges(form)[2]


@attrs.frozen
class Vocabulary:
    """Numbers for characters and labels.

    Attributes:
        characters: The known characters; the first is number 2.
        labels: The known labels; the first is number 0.
        apart: Punctuation marks that stand by themselves more often than at the edge of a word.
    """

    characters: tuple[str, ...]
    labels: tuple[str, ...]
    apart: tuple[str, ...] = ()

    @classmethod
    def of(cls, sentences: Iterable[LabeledSentence], lines: Iterable[str] = ()) -> Vocabulary:
        """Return the vocabulary of sentences; a character that occurs once stays unknown.

        Args:
            sentences: What is learned from.
            lines: The transcriptions, as they are written.
        """
        characters: Counter[str] = Counter()
        labels: Counter[str] = Counter()
        for sentence in sentences:
            characters.update(_fold(" ".join(sentence.words)))
            labels.update(label for word in sentence.labels for label in word)
        known = sorted(each for each, count in characters.items() if count > 1)
        return cls(tuple(known), tuple(sorted(labels)), _marks_apart(lines))

    def strip(self, word: str) -> tuple[str, str, str]:
        """A word between the marks at its edges that stand apart in what was learned from.

        Example:
            >>> Vocabulary((), (), apart=(".",)).strip("gel.")
            ('', 'gel', '.')
        """
        bare = word.strip("".join(self.apart))
        start = word.index(bare)
        return word[:start], bare, word[start + len(bare) :]

    def number_characters(self) -> dict[str, int]:
        """The number of each known character."""
        return {each: number for number, each in enumerate(self.characters, _UNSEEN + 1)}

    def number_labels(self) -> dict[str, int]:
        """The number of each label."""
        return {each: number for number, each in enumerate(self.labels)}


def _marks_apart(lines: Iterable[str]) -> tuple[str, ...]:
    """Marks that are tokens more often than they stand at the edge of a word."""
    alone: Counter[str] = Counter()
    attached: Counter[str] = Counter()
    for token, times in Counter(token for line in lines for token in split_words(line)).items():
        counter, marks = (attached, token[0] + token[-1]) if is_word(token) else (alone, token)
        for mark in set(filter(is_punctuation, marks)):
            counter[mark] += times
    return tuple(sorted(mark for mark in alone if alone[mark] > attached[mark]))


def _fold(text: str) -> str:
    """The text in lower case, with as many characters as before."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


def make_batch(sentences: Sequence[Sequence[str]], numbers: dict[str, int]) -> Batch:
    """Return sentences as one batch.

    Args:
        sentences: The words of each, at least one, none empty.
        numbers: From `Vocabulary.number_characters`.
    """
    rows = [[numbers.get(each, _UNSEEN) for each in _fold(" ".join(words))] for words in sentences]
    lengths = [len(row) for row in rows]
    filled = [row + [_PADDING] * (max(lengths) - len(row)) for row in rows]
    owners, starts, word_lengths = [], [], []
    for index, words in enumerate(sentences):
        start = 0
        for word in words:
            owners.append(index)
            starts.append(start)
            word_lengths.append(len(word))
            start += len(word) + 1
    return Batch(*map(torch.tensor, (filled, lengths, owners, starts, word_lengths)))


def chunked(order: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield parts of so many, and the rest."""
    for start in range(0, len(order), size):
        yield order[start : start + size]
