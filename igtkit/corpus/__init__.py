"""Collections of interlinear glossed texts, and what can be done with a whole corpus.

What looks things up is loaded when it is first used, so that a `Corpus` stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from igtkit.corpus.collection import Corpus, Skipped

if TYPE_CHECKING:
    from igtkit.corpus.concordance import Concordance, Hit, MorphemePattern, kwic, parse_pattern
    from igtkit.corpus.consistency import Finding, find_inconsistencies
    from igtkit.corpus.lexicon import LexiconEntry, allomorphs, extract_lexicon

__all__ = [
    "Concordance",
    "Corpus",
    "Finding",
    "Hit",
    "LexiconEntry",
    "MorphemePattern",
    "Skipped",
    "allomorphs",
    "extract_lexicon",
    "find_inconsistencies",
    "kwic",
    "parse_pattern",
]

_LAZY = {
    **dict.fromkeys(
        ("Concordance", "Hit", "MorphemePattern", "kwic", "parse_pattern"),
        "igtkit.corpus.concordance",
    ),
    **dict.fromkeys(("LexiconEntry", "allomorphs", "extract_lexicon"), "igtkit.corpus.lexicon"),
    **dict.fromkeys(("Finding", "find_inconsistencies"), "igtkit.corpus.consistency"),
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'igtkit.corpus' has no attribute {name!r}")
    value = getattr(importlib.import_module(_LAZY[name]), name)
    globals()[name] = value
    return value
