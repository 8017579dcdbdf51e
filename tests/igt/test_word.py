"""Words built from morphemes."""

from __future__ import annotations

import pytest

from igtkit import Morpheme, Word
from igtkit.errors import InputError


@pytest.mark.parametrize(
    ("morphemes", "message"),
    [
        ([], "at least one"),
        ([Morpheme("a", "X"), Morpheme(None, "Y", "-")], "have a form and some have none"),
        ([Morpheme("a", "X"), Morpheme("b", "Y", "<>")], "infix"),
    ],
)
def test_words_that_cannot_be_built(morphemes, message):
    with pytest.raises(InputError, match=message):
        Word.from_morphemes(morphemes)
