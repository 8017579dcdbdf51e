"""Lexicons: the morphemes of a language with their glosses, given by a linguist or extracted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from igtkit._labels import type_apart
from igtkit._labels.placeholders import mark_unknown
from igtkit.boundaries import LEIPZIG, UNKNOWN, Boundaries
from igtkit.conventions import find_stem, is_grammatical, morph_types
from igtkit.errors import InputError
from igtkit.igt import IGT, Word, require_igt, require_text

__all__ = ["LexiconEntry", "allomorphs", "extract_lexicon"]


def _check_text(_entry: object, attribute: attrs.Attribute[Any], value: object) -> None:
    require_text(value, f"LexiconEntry.{attribute.name}")


def _check_form(_entry: object, _attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value:
        raise InputError(f"LexiconEntry.form must be a string that is not empty, got {value!r}")


@attrs.frozen
class LexiconEntry:
    """One morpheme of a language, in one form and with one gloss.

    Attributes:
        form: The form, without boundaries.
        gloss: Its gloss; None where it is not known.
        morph_type: ``"stem"``, ``"prefix"``, ``"suffix"``, ``"infix"``, ``"proclitic"``,
            ``"enclitic"`` or another word of FLEx; None where it is not known.
        pos: Part of speech.
        id: Identifier in its source.
        count: How often it occurs, where that was counted.
        examples: Indices of texts it occurs in.

    Raises:
        InputError: If the form is no string or empty, or another text is no string.

    Example:
        >>> LexiconEntry("ler", "PL", "suffix").gloss
        'PL'
    """

    form: str = attrs.field(validator=_check_form)
    gloss: str | None = attrs.field(default=None, validator=_check_text)
    morph_type: str | None = attrs.field(default=None, validator=_check_text)
    pos: str | None = attrs.field(default=None, validator=_check_text)
    id: str | None = attrs.field(default=None, validator=_check_text)
    count: int | None = None
    examples: tuple[int, ...] = ()


def extract_lexicon(
    texts: Iterable[IGT], *, boundaries: Boundaries = LEIPZIG, examples: int = 3
) -> tuple[LexiconEntry, ...]:
    """Return every form, gloss and morpheme type of a corpus, counted.

    The types of morphemes are those of `igtkit.conventions.morph_types`. Where a word of several
    morphemes has no lexical gloss, nobody can tell, and the type is None. Texts that do not align
    are taken as far as their words pair up.

    Args:
        texts: The corpus.
        boundaries: Which marks separate morphemes.
        examples: How many texts to name for each entry.

    Returns:
        The entries by form, those of one form most frequent first.

    Raises:
        InputError: If an item is no `IGT`.

    Example:
        >>> for entry in extract_lexicon([IGT("evlerde", "ev-ler-de", "house-PL-LOC")]):
        ...     print(entry.form, entry.gloss, entry.morph_type, entry.count)
        de LOC suffix 1
        ev house stem 1
        ler PL suffix 1
    """
    found: dict[tuple[str, str, str | None], list[int]] = {}
    counts: dict[tuple[str, str, str | None], int] = {}
    for index, igt in enumerate(texts):
        require_igt(igt)
        for word in igt.align(boundaries, strict=False):
            for part, morph_type in zip(word.morphemes, _types(word), strict=True):
                if word.is_punctuation or not part.form or not part.gloss:
                    continue
                if mark_unknown(part.gloss) == UNKNOWN:
                    continue
                key = part.form, part.gloss, morph_type
                counts[key] = counts.get(key, 0) + 1
                where = found.setdefault(key, [])
                if len(where) < examples and index not in where:
                    where.append(index)
    order = sorted(counts, key=lambda key: (key[0], -counts[key], key[1], key[2] or ""))
    return tuple(LexiconEntry(*key, count=counts[key], examples=tuple(found[key])) for key in order)


def allomorphs(entries: Iterable[LexiconEntry]) -> dict[str, tuple[LexiconEntry, ...]]:
    """The grammatical glosses that have several forms, with their forms, most frequent first.

    Args:
        entries: From `extract_lexicon`, or a lexicon of your own.

    Example:
        >>> texts = [IGT(None, "ev-ler", "house-PL"), IGT(None, "kız-lar", "girl-PL")]
        >>> [entry.form for entry in allomorphs(extract_lexicon(texts))["PL"]]
        ['lar', 'ler']
    """
    by_gloss: dict[str, list[LexiconEntry]] = {}
    for entry in entries:
        if entry.gloss and is_grammatical(entry.gloss):
            by_gloss.setdefault(entry.gloss, []).append(entry)
    return {
        gloss: tuple(sorted(found, key=lambda entry: -(entry.count or 0)))
        for gloss, found in sorted(by_gloss.items())
        if len({entry.form for entry in found}) > 1
    }


def _types(word: Word) -> Sequence[str | None]:
    """The type of each morpheme of a word."""
    boundaries = [part.boundary for part in word.morphemes]
    apart = type_apart(word.form or "") if len(boundaries) == 1 else None
    if apart:
        return [apart]
    stem = find_stem(boundaries, [part.gloss for part in word.morphemes])
    return [None] * len(boundaries) if stem is None else morph_types(boundaries, stem)
