"""Which morpheme is the stem, and what the others are by what joins them to it."""

from __future__ import annotations

import pytest

from igtkit.boundaries import LEIPZIG, UNKNOWN, split_morphemes
from igtkit.conventions import find_stem, morph_types


@pytest.mark.parametrize(
    ("gloss", "stem"),
    [
        ("dog", 0),
        ("PL", 0),
        ("NEG-go-PST", 1),
        ("DEM-PL", None),
        ("house-and", 0),
        (f"{UNKNOWN}-house", 1),
        (f"{UNKNOWN}-PL", 0),
        ("PFV<buy>", None),
        ("buy<PFV>", 0),
    ],
)
def test_the_stem_is_the_first_lexical_morpheme(gloss, stem):
    pairs = split_morphemes(gloss, LEIPZIG)
    boundaries, glosses = zip(*pairs, strict=True)
    assert find_stem(boundaries, glosses) == stem


@pytest.mark.parametrize(
    ("form", "stem", "types"),
    [
        ("a", 0, ("stem",)),
        ("a-b", 1, ("prefix", "stem")),
        ("a=b", 1, ("proclitic", "stem")),
        ("a-b=c", 0, ("stem", "suffix", "enclitic")),
        ("b<um>ili-n", 0, ("stem", "infix", "suffix")),
        ("a=b<um>c-d", 1, ("proclitic", "stem", "infix", "suffix")),
        ("bi~bili", 1, ("prefix", "stem")),
    ],
)
def test_the_others_are_named_by_their_side_and_boundary(form, stem, types):
    boundaries = [boundary for boundary, _ in split_morphemes(form, LEIPZIG)]
    assert morph_types(boundaries, stem) == types
