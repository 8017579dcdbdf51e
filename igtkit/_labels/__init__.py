"""The grammar of glosses: what a gloss is made of, and what its labels stand for.

It knows no text, so that a text can use it; `igtkit.conventions` hands it on.
"""

from __future__ import annotations

from igtkit._labels.abbreviations import ABBREVIATIONS, expand_abbreviation
from igtkit._labels.elements import GlossElement, is_grammatical, join_gloss, parse_gloss
from igtkit._labels.lower_case import is_standard_lower, names_category, split_labels
from igtkit._labels.morphs import find_stem, morph_types, type_apart

__all__ = [
    "ABBREVIATIONS",
    "GlossElement",
    "expand_abbreviation",
    "find_stem",
    "is_grammatical",
    "is_standard_lower",
    "join_gloss",
    "morph_types",
    "names_category",
    "parse_gloss",
    "split_labels",
    "type_apart",
]
