"""How far a text follows the rules: `Conformance` of a word and of a text, and its own labels."""

from __future__ import annotations

import enum

from igtkit._labels import expand_abbreviation, parse_gloss
from igtkit.boundaries import (
    INFIX,
    LEIPZIG,
    REDUPLICATION,
    list_words,
    split_morphemes,
    split_pair,
)
from igtkit.errors import InputError
from igtkit.igt import IGT, Word, require_igt

__all__ = [
    "Conformance",
    "conformance",
    "nonstandard_abbreviations",
    "word_conformance",
    "word_conformances",
]


class Conformance(enum.IntEnum):
    """How far a word or a text follows the Leipzig Glossing Rules; each level includes those below.

    Example:
        >>> Conformance.MORPHEMES < Conformance.FULL
        True
    """

    UNALIGNED = 0
    """Words and glosses do not pair up, or there are none."""
    WORDS = 1
    """Every word has a gloss (rule 1)."""
    MORPHEMES = 2
    """And every morpheme, infixes and reduplication included (rules 2, 9, 10); none is empty."""
    BOUNDARIES = 3
    """And each boundary is of the same kind in both lines (rules 2, 9, 10)."""
    FULL = 4
    """And every gloss can be taken apart into its elements (rules 4 to 7)."""


def conformance(igt: IGT) -> Conformance:
    """Return how far a text follows the rules: the lowest level of its words.

    Punctuation and dashes play no part. A text without segmentation, without glosses or without
    words conforms to nothing. Punctuation should stand by itself (see `igtkit.normalize`): to
    these rules a mark that hangs on a word is part of it.

    Args:
        igt: Any text.

    Example:
        >>> conformance(IGT("bibili", "bi~bili", "IPFV~buy"))
        <Conformance.FULL: 4>
        >>> conformance(IGT("palasilu", "palasi=lu", "priest-and"))
        <Conformance.MORPHEMES: 2>
        >>> conformance(IGT(None))
        <Conformance.UNALIGNED: 0>
    """
    return min(word_conformances(igt), default=Conformance.UNALIGNED)


def word_conformances(igt: IGT) -> tuple[Conformance, ...]:
    """Return how far each word follows the rules.

    Args:
        igt: Any text.

    Returns:
        A level for each word of the longer of segmentation and glosses, punctuation and dashes not
        counted. Where the lines differ in their number of words, nothing says which belong
        together: every level is `Conformance.UNALIGNED`.

    Example:
        >>> [level.name for level in word_conformances(IGT("", "a-nii láay", "3SG-laugh fut-"))]
        ['FULL', 'WORDS']
    """
    require_igt(igt)
    forms = list_words(igt.segmentation)
    glosses = list_words(igt.glosses)
    if len(forms) != len(glosses):
        return (Conformance.UNALIGNED,) * max(len(forms), len(glosses))
    return tuple(map(_pair_conformance, forms, glosses))


def word_conformance(word: Word) -> Conformance:
    """Return how far a word follows the rules; without form or gloss it conforms to nothing.

    Example:
        >>> word_conformance(Word("b<um>ili", "<ACTFOC>buy"))
        <Conformance.FULL: 4>
        >>> word_conformance(Word("b<um>ili", "ACTFOC.buy"))
        <Conformance.WORDS: 1>
    """
    if not word.form or not word.gloss or word.is_punctuation:
        return Conformance.UNALIGNED
    return _pair_conformance(word.form, word.gloss)


def _pair_conformance(form: str, gloss: str) -> Conformance:
    forms, glosses = split_pair(form, gloss, LEIPZIG)
    if len(forms) != len(glosses) or not all(text for _, text in (*forms, *glosses)):
        return Conformance.WORDS
    if any(one != other for (one, _), (other, _) in zip(forms, glosses, strict=True)):
        kinds = [sorted(boundary for boundary, _ in pairs) for pairs in (forms, glosses)]
        marked = {INFIX, REDUPLICATION} & {kind for pair in kinds for kind in pair}
        if any(kinds[0].count(mark) != kinds[1].count(mark) for mark in marked):
            return Conformance.WORDS  # an infix or a reduplicant has no counterpart
        return Conformance.MORPHEMES
    try:
        for _, text in glosses:
            parse_gloss(text)
    except InputError:
        return Conformance.BOUNDARIES
    return Conformance.FULL


def nonstandard_abbreviations(igt: IGT) -> tuple[str, ...]:
    """Return the category labels that the appendix does not have, for a text to explain them.

    Glosses that cannot be taken apart are passed over.

    Args:
        igt: A text with glosses.

    Returns:
        Each label once, in the order of the text.

    Example:
        >>> nonstandard_abbreviations(IGT("", None, "DEM1.SG-ERG walk-NPST=EMPH"))
        ('DEM1', 'EMPH')
    """
    found: dict[str, None] = {}
    for token in list_words(igt.glosses):
        for _, gloss in split_morphemes(token, LEIPZIG):
            try:
                elements = parse_gloss(gloss)
            except InputError:
                continue
            for element in elements:
                if element.is_grammatical and expand_abbreviation(element.text) is None:
                    found[element.text] = None
    return tuple(found)
