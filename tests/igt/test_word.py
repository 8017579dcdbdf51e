"""Words built from morphemes."""

from __future__ import annotations

import pytest

from igtkit import Morpheme, Word
from igtkit.errors import InputError


@pytest.mark.parametrize(
    ("morphemes", "message"),
    [
        ([], "^a word needs at least one morpheme$"),
        ([Morpheme("a", "X"), Morpheme(None, "Y", "-")], "have a form and some have none"),
        ([Morpheme("a", "X"), Morpheme("b", None, "-")], "have a gloss and some have none"),
        ([Morpheme("a", "X"), Morpheme("b", "Y", "<>")], "infix"),
    ],
)
def test_words_that_cannot_be_built(morphemes, message):
    with pytest.raises(InputError, match=message):
        Word.from_morphemes(morphemes)


def test_a_word_keeps_how_the_text_has_it():
    word = Word.from_morphemes([Morpheme("cat", "cat"), Morpheme("s", "PL", "-")], "Cats")
    assert (word.form, word.gloss, word.surface) == ("cat-s", "cat-PL", "Cats")
