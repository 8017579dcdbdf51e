"""The Leipzig Glossing Rules: how far a text follows them, and what its glosses are made of.

The rules are those of May 31, 2015 (Comrie, Haspelmath and Bickel, *The Leipzig Glossing Rules*);
rule numbers refer to them. `igtkit.check` names what is wrong; here is how good a text is.
"""

from __future__ import annotations

from igtkit.conventions.abbreviations import (
    ABBREVIATIONS,
    expand_abbreviation,
    nonstandard_abbreviations,
)
from igtkit.conventions.elements import GlossElement, is_grammatical, join_gloss, parse_gloss
from igtkit.conventions.levels import (
    Conformance,
    conformance,
    word_conformance,
    word_conformances,
)
from igtkit.conventions.morphs import find_stem, morph_types

__all__ = [
    "ABBREVIATIONS",
    "Conformance",
    "GlossElement",
    "conformance",
    "expand_abbreviation",
    "find_stem",
    "is_grammatical",
    "join_gloss",
    "morph_types",
    "nonstandard_abbreviations",
    "parse_gloss",
    "word_conformance",
    "word_conformances",
]
