"""The lexicon of a user: its entries as analyses of words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs

from igtkit.boundaries import UNKNOWN, split_morphemes, split_words
from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import InputError
from igtkit.models._unicode import UnicodeForm, normalized
from igtkit.models.crf.sentences import Analysis, Sentence

__all__ = ["Entries", "LexiconUse", "entry_analysis", "read_entries"]

_log = logging.getLogger("igtkit.models")
_MANY = 20  # forms of which some should occur in texts of the language; by hand

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


def entry_analysis(entry: LexiconEntry, form: UnicodeForm = "NFC") -> Analysis | None:
    """Return the analysis that an entry gives a word; None where it gives none.

    Words of a gloss are joined with periods (Leipzig Glossing Rules, rule 4), and so are the parts
    of a gloss with hyphens where the form has none. An entry without gloss is of no use here, nor
    is one of several words, as words are analyzed one by one.

    Args:
        entry: The entry.
        form: The Unicode form that words are known in.

    Example:
        >>> entry_analysis(LexiconEntry("hat", "get out"))
        (('hat', 'get.out', ''),)
        >>> entry_analysis(LexiconEntry("kavun", "water-melon"))
        (('kavun', 'water.melon', ''),)
        >>> entry_analysis(LexiconEntry("kuru fasulye", "beans")) is None
        True
    """
    found = _analyzed(entry, form)
    return None if isinstance(found, str) else found


def _analyzed(entry: LexiconEntry, unicode_form: UnicodeForm) -> Analysis | str:
    """The analysis of an entry, or why there is none."""
    form = normalized(entry.form.strip("-="), unicode_form) or ""
    gloss = ".".join(split_words(entry.gloss)).strip("-=")
    if not gloss or gloss == UNKNOWN:
        return "without gloss"
    if split_words(form) != [form]:
        return "of several words" if split_words(form) else "without form"
    forms = split_morphemes(form)
    if len(forms) == 1:
        gloss = _BOUNDARIES.sub(".", gloss)
    glosses = split_morphemes(gloss)
    if len(forms) != len(glosses):
        return "with other boundaries in the form than in the gloss"
    if not all(part for _, part in (*forms, *glosses)):
        return "with an empty morpheme"
    return tuple((f, g, b) for (b, f), (_, g) in zip(forms, glosses, strict=True))


_BOUNDARIES = re.compile(r"[-=~]+")


@attrs.frozen
class LexiconUse:
    """What a glosser can do with a lexicon.

    Attributes:
        entries: Number of entries.
        reasons: The entries that are of no use, by the reason.
        forms: Number of different forms that are of use.
        in_texts: How many of these forms the texts have, as a word or a morpheme; None before
            `fit`.

    Example:
        >>> str(LexiconUse.of(read_entries({"ev": "house", "iki kat": "double"})))
        '1 of 2 entries of the lexicon can be used; not 1 of several words (iki kat)'
    """

    entries: int
    reasons: Mapping[str, tuple[LexiconEntry, ...]]
    forms: int
    in_texts: int | None = None

    @classmethod
    def of(cls, lexicon: Sequence[LexiconEntry]) -> LexiconUse:
        """What can be done with the entries of a lexicon."""
        reasons: dict[str, list[LexiconEntry]] = {}
        forms = set()
        for entry in lexicon:
            found = _analyzed(entry, "NFC")
            if isinstance(found, str):
                reasons.setdefault(found, []).append(entry)
            else:
                forms.add(found)
        return cls(len(lexicon), {why: tuple(found) for why, found in reasons.items()}, len(forms))

    @property
    def unused(self) -> tuple[LexiconEntry, ...]:
        """The entries that are of no use."""
        return tuple(entry for entries in self.reasons.values() for entry in entries)

    def with_texts(self, analyses: Sequence[Analysis], sentences: Iterable[Sentence]) -> LexiconUse:
        """The same, after a look at which forms occur in texts.

        Args:
            analyses: The analyses that the lexicon gives.
            sentences: The texts.
        """
        forms = {tuple(form.lower() for form, _, _ in analysis) for analysis in analyses}
        seen: set[tuple[str, ...]] = set()
        for sentence in sentences:
            seen.update((word.lower(),) for word in sentence.words)
            for analysis in sentence.analyses:
                parts = tuple(form.lower() for form, _, _ in analysis or ())
                seen.update((part,) for part in parts)
                seen.add(parts)
        return attrs.evolve(self, forms=len(forms), in_texts=len(forms & seen))

    def log(self) -> None:
        """Log it: as a warning where entries are of no use, or none of many occurs in the texts."""
        strange = self.in_texts == 0 and self.forms >= _MANY
        level = logging.WARNING if self.unused or strange else logging.INFO
        _log.log(level, "%s", self)

    def __str__(self) -> str:
        used = self.entries - len(self.unused)
        text = f"{used} of {self.entries} entries of the lexicon can be used"
        for why, entries in self.reasons.items():
            some = ", ".join(entry.form for entry in entries[:3])
            text += f"; not {len(entries)} {why} ({some}{', …' if len(entries) > 3 else ''})"
        if self.in_texts is not None:
            text += f"; {self.in_texts} of their {self.forms} forms occur in the texts"
        return text
