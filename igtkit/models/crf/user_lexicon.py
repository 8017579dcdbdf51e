"""The lexicon of a user: its entries as analyses of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from igtkit.boundaries import UNKNOWN, split_morphemes, split_words
from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import InputError
from igtkit.models.crf.sentences import Analysis

__all__ = ["Entries", "entry_analysis", "read_entries"]

Entries = Mapping[str, str] | Iterable[LexiconEntry | tuple[str, str]]
"""A lexicon as users give it: forms to glosses, pairs of these, or entries."""


def read_entries(given: Entries) -> tuple[LexiconEntry, ...]:
    """Return a user's lexicon as entries.

    Raises:
        InputError: If one is neither an entry nor a pair of a form and a gloss.

    Example:
        >>> read_entries({"kavun": "melon"})[0].gloss
        'melon'
    """
    rows = given.items() if isinstance(given, Mapping) else given
    return tuple(row if isinstance(row, LexiconEntry) else _entry(row) for row in rows)


def _entry(row: object) -> LexiconEntry:
    if (
        isinstance(row, tuple | list)
        and len(row) == 2
        and all(isinstance(part, str) and part for part in row)
    ):
        return LexiconEntry(*row)
    raise InputError(
        f"a lexicon holds entries, or pairs of a stem and its gloss, but this is {row!r:.80}"
    )


def entry_analysis(entry: LexiconEntry) -> Analysis | None:
    """Return the analysis that an entry gives a word; None where it gives none.

    Words of a gloss are joined with periods (Leipzig Glossing Rules, rule 4). An entry without
    gloss is of no use here, nor is one of several words, as words are analyzed one by one.

    Example:
        >>> entry_analysis(LexiconEntry("hat", "get out"))
        (('hat', 'get.out', ''),)
        >>> entry_analysis(LexiconEntry("kuru fasulye", "beans")) is None
        True
    """
    form = entry.form.strip("-=")
    gloss = ".".join(split_words(entry.gloss)).strip("-=")
    if not gloss or gloss == UNKNOWN or split_words(form) != [form]:
        return None
    forms, glosses = split_morphemes(form), split_morphemes(gloss)
    if len(forms) != len(glosses):
        return None
    if not all(part for _, part in (*forms, *glosses)):
        return None
    return tuple((f, g, b) for (b, f), (_, g) in zip(forms, glosses, strict=True))
