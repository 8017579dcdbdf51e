"""Sentences: a text as the glosser sees it.

A sentence becomes its words (white-space tokens that carry an analysis), the other tokens
(punctuation and dashes) in the gaps around them, one analysis for each word where the training
data has one, and the words of the translation.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import attrs

from igtkit.boundaries import (
    LEIPZIG,
    UNKNOWN,
    list_words,
    separate_words,
    split_morphemes,
    split_word,
    split_words,
    unsegment,
)
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.models.base import Given
from igtkit.models.crf.lines import pair_lines
from igtkit.models.partial import OPEN, Known, known_words

__all__ = [
    "Analysis",
    "Sentence",
    "finished",
    "has_open_words",
    "make_sentence",
    "new_form",
    "split_parts",
    "to_analyze",
    "translation_words",
]

_NO_TRANSLATION = {"nan", "none", "n/a", "na", "-"}  # what tables leave behind for an empty cell

_JOINERS = str.maketrans("", "", LEIPZIG.joiners)

Analysis = tuple[tuple[str, str, str], ...]
"""The morphemes of a word: ``(form, gloss, boundary before it)``."""


@attrs.frozen
class Sentence:
    """One sentence as the glosser sees it.

    Attributes:
        words: Surface words of the transcription.
        gaps: Tokens that are no words, before each word and after the last (one more than words).
        analyses: For each word its analysis, or None where none is known.
        translation: Words of the translation, as written.
        partial: For each word what its lines say of it.
        id: The text's identifier, if it has one.
    """

    words: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    analyses: tuple[Analysis | None, ...]
    translation: tuple[str, ...] = ()
    partial: tuple[Known, ...] = ()
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


@lru_cache(maxsize=1 << 14)
def split_parts(word: str) -> tuple[tuple[str, str], ...]:
    """The morphemes of a word, or of its gloss, with the boundary before each but the first.

    The mark of a clitic written as a word is part of it, so that it is learned, and written, as it
    is.

    Example:
        >>> split_parts("=koba"), split_parts("ev-de")
        ((('', '=koba'),), (('', 'ev'), ('-', 'de')))
    """
    (mark, first), *others = split_word(word)
    return (("", mark + first), *others)


def new_form(letters: str) -> str:
    """What a new morpheme is written as: its letters, without the marks of boundaries among them.

    A hyphen that a word is written with would count as one boundary more than there are glosses.

    Example:
        >>> new_form("faljɛ-"), new_form("-")
        ('faljɛ', '???')
    """
    if letters.isalnum():
        return letters
    form = letters.translate(_JOINERS)
    if len(split_morphemes(form, LEIPZIG)) > 1:
        form = form.replace("<", "").replace(">", "")
    return form or UNKNOWN


def _analysis(form: str, gloss: str) -> Analysis | None:
    forms, glosses = split_parts(form), split_parts(gloss)
    if len(forms) != len(glosses):
        return None
    return tuple((f, g, b) for (b, f), (_, g) in zip(forms, glosses, strict=True))


def make_sentence(igt: IGT, *, segments: bool = True) -> Sentence:
    """Return the words, gaps, analyses and translation of a text, as far as its lines pair up.

    Args:
        igt: The text.
        segments: Whether its corpus has segmentations. If not, every word counts as one morpheme,
            with its whole gloss.
    """
    words, gaps = separate_words(split_words(igt.transcription))
    partial = pair_lines(words, list_words(igt.segmentation), list_words(igt.glosses))
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


def has_open_words(sentence: Sentence) -> bool:
    """Return whether a word of a sentence has a gloss and no segmentation."""
    return any(form is None and gloss is not None for form, gloss in sentence.partial)


def finished(sentence: Sentence) -> Sentence:
    """Return a sentence without the words that a person has left open."""
    partial = tuple(
        (None if form is None or UNKNOWN in form else form, gloss)
        if gloss is not None and UNKNOWN not in gloss
        else (form, None)
        for form, gloss in sentence.partial
    )
    analyses = tuple(
        analysis
        if analysis and not any(UNKNOWN in form + gloss for form, gloss, _ in analysis)
        else None
        for analysis in sentence.analyses
    )
    return attrs.evolve(sentence, partial=partial, analyses=analyses)


def to_analyze(text: IGT, given: Given | None) -> tuple[Sentence, list[Known]]:
    """Return the sentence to analyze, and what is done of each of its words.

    Args:
        text: The text.
        given: What is taken from it, as for `CrfGlosser.predict`.

    Raises:
        InputError: If it lacks the line that is needed.
    """
    if given == "segmentation":
        words, _ = separate_words(split_words(text.segmentation))
        if not words:
            raise InputError(f"there is no segmentation to gloss in {text.transcription!r}")
        surface = text.transcription
        if len(separate_words(split_words(surface))[0]) != len(words):
            surface = " ".join(
                unsegment(token) or token for token in split_words(text.segmentation)
            )
        return make_sentence(IGT(surface, None, None, text.translation)), [(w, None) for w in words]
    if text.transcription is None:
        raise InputError("a text without transcription cannot be segmented and glossed")
    sentence = make_sentence(IGT(text.transcription, None, None, text.translation))
    if given == "partial":
        return sentence, known_words(text)
    return sentence, [OPEN] * len(sentence.words)
