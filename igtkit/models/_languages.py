"""A word of warning where a glosser of one language is given texts of several."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable

from igtkit.igt import IGT
from igtkit.igt.language import label_of

__all__ = ["warn_of_several"]

_log = logging.getLogger("igtkit.models")


def warn_of_several(texts: Iterable[IGT], glosser: str) -> None:
    """Log a warning that names the languages of texts, with counts, if there are several.

    A text that does not say its language is of no other one.

    Args:
        texts: What is learned from.
        glosser: Who learns.
    """
    counts = Counter(label_of(text.language) for text in texts)
    named = [name for name in counts if name]
    if len(named) > 1:
        listed = ", ".join(f"{name or 'not said'} ({n})" for name, n in counts.most_common())
        _log.warning(
            "%s learns one language, and these texts are in %d: %s; words and labels of all of "
            "them are mixed up",
            glosser,
            len(named),
            listed,
        )
