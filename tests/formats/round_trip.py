"""An interleaved line, there and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import strategies as st

from igtkit.boundaries import is_word
from igtkit.errors import AlignmentError
from igtkit.formats import get

INTERLEAVED = get("interleaved")
RESERVED_TEXT = st.text("ab()\\~<>.,«?'", min_size=1, max_size=5)
"""What a form or a gloss may hold that a line has to escape, or that stands for something else."""


def collapsed(line):
    return " ".join(line.split())


def words(line):
    return [token for token in line.split() if is_word(token)]


def split(line):
    """A line as words, and each as morphemes: whatever joins them."""
    return [re.split("[-=]", word) for word in words(line)]


def marks(line):
    """Where a line has tokens that are no words."""
    return [None if is_word(token) else token for token in line.split()]


def assert_comes_back(igt):
    """In all three degrees; returns the target, or None where the text is misaligned."""
    try:
        example = INTERLEAVED.encode(igt)
    except AlignmentError:
        with pytest.raises(AlignmentError):
            igt.align()
        return None
    segmentation, glosses = collapsed(igt.segmentation), collapsed(igt.glosses)

    bare = INTERLEAVED.decode(example.target)
    assert split(bare.segmentation) == split(segmentation)
    assert words(bare.glosses) == words(glosses)
    assert not bare.problems or not words(glosses)

    # What stands in the text as it stands in a line is back in that line, and nothing else is.
    text = INTERLEAVED.decode(example.target, source=segmentation)
    assert marks(text.segmentation) == marks(segmentation)
    assert split(text.segmentation) == split(segmentation)
    assert text.problems == ()
    if marks(segmentation) == marks(glosses):
        assert text.glosses == glosses
    text = INTERLEAVED.decode(example.target, source=segmentation, punctuation="none")
    assert (text.segmentation, text.glosses) == (bare.segmentation, bare.glosses)

    exact = INTERLEAVED.decode(example.target, source=example)
    assert (exact.segmentation, exact.glosses, exact.problems) == (segmentation, glosses, ())
    return example.target
