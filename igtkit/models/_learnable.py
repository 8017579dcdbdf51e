"""Which texts are learned from, and what is said of the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from igtkit._labels.placeholders import mark_unknown
from igtkit.boundaries import UNKNOWN, split_words
from igtkit.igt import IGT, is_ungrammatical
from igtkit.models._languages import warn_of_several
from igtkit.models.base import require_texts

__all__ = ["texts_to_learn", "without_ungrammatical"]

_log = logging.getLogger("igtkit.models")


def texts_to_learn(items: Iterable[IGT], glosser: str, *, ungrammatical: bool) -> list[IGT]:
    """Return the texts that a glosser of one language learns from.

    Texts of several languages, those that are left out, and placeholders among the glosses are
    named in a warning.

    Args:
        items: The texts.
        glosser: Who learns.
        ungrammatical: As for `without_ungrammatical`.

    Raises:
        InputError: As for `igtkit.models.base.require_texts`.
    """
    kept = without_ungrammatical(items, glosser, ungrammatical=ungrammatical)
    warn_of_several(kept, glosser)
    _warn_of_placeholders(kept, glosser)
    return kept


def _warn_of_placeholders(texts: list[IGT], glosser: str) -> None:
    """Say that what nobody has glossed is learned as it stands: published corpora have ``???``."""
    lines = (split_words(mark_unknown(text.glosses)) for text in texts)
    count = sum(UNKNOWN in gloss for line in lines for gloss in line)
    if count:
        _log.warning(
            "%s learns %s as the gloss of %d words, as the texts have it; "
            "Lessons.of(texts).teach(glosser) learns only what is glossed",
            glosser,
            UNKNOWN,
            count,
        )


def without_ungrammatical(
    items: Iterable[IGT], learner: str, *, ungrammatical: bool = False
) -> list[IGT]:
    """Return texts to learn from without those that speakers reject, which a warning counts.

    Args:
        items: The texts.
        learner: Who learns.
        ungrammatical: Whether to keep those that are marked as ungrammatical
            (`igtkit.igt.is_ungrammatical`).

    Raises:
        InputError: As for `igtkit.models.base.require_texts`.

    Example:
        >>> texts = [IGT("geldi"), IGT("gelen ev", metadata={"judgment": "*"})]
        >>> [igt.transcription for igt in without_ungrammatical(texts, "the model")]
        ['geldi']
    """
    texts = require_texts(items)
    kept = texts if ungrammatical else [text for text in texts if not is_ungrammatical(text)]
    if len(kept) < len(texts):
        _log.warning(
            "%s leaves out %d of %d texts, which are marked as ungrammatical; ungrammatical=True "
            "learns from them, too",
            learner,
            len(texts) - len(kept),
            len(texts),
        )
    return kept
