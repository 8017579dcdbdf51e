"""The Leipzig Glossing Rules: how far a text follows them, and what its glosses are made of.

The rules are those of May 31, 2015 (Comrie, Haspelmath and Bickel, *The Leipzig Glossing Rules*);
rule numbers refer to them. `igtkit.check` names what is wrong; here is how good a text is.
"""

from __future__ import annotations

from igtkit._labels import (
    ABBREVIATIONS,
    GlossElement,
    expand_abbreviation,
    find_stem,
    is_grammatical,
    join_gloss,
    morph_types,
    parse_gloss,
)
from igtkit.conventions.labels import guess_labels
from igtkit.conventions.levels import (
    Conformance,
    conformance,
    nonstandard_abbreviations,
    word_conformance,
    word_conformances,
)

__all__ = [
    "ABBREVIATIONS",
    "Conformance",
    "GlossElement",
    "conformance",
    "expand_abbreviation",
    "find_stem",
    "guess_labels",
    "is_grammatical",
    "join_gloss",
    "morph_types",
    "nonstandard_abbreviations",
    "parse_gloss",
    "word_conformance",
    "word_conformances",
]
