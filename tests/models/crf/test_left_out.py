"""What a glosser cannot learn from."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.models.crf.left_out import passed_over, refused_texts
from igtkit.models.crf.sentences import make_sentence

FILLER = IGT("[er] cats run", "cat-s run", "cat-PL run")
WHOLE = IGT("cats run", "cat-s run", "cat-PL run")
NOTHING = IGT("cats run", "cat-s run", "cat-PL")


def test_a_text_is_refused_or_passed_over_in_part_or_neither():
    texts = [FILLER, WHOLE, NOTHING]
    sentences = [make_sentence(text) for text in texts]
    assert refused_texts(texts, sentences) == (NOTHING,)
    assert passed_over(texts, sentences) == ((FILLER, ("[er]",)),)


@pytest.mark.parametrize(
    "text",
    [
        IGT("cats run", "cat-s ???", "cat-PL ???"),
        IGT("cats run", "cat-s run-s", "cat-PL ???"),
        IGT("cats run", "cat-s run", "cat-PL ???-???"),
        IGT("cats run", None, "cat-PL run"),
    ],
)
def test_a_word_that_a_person_has_left_open_is_not_passed_over(text):
    assert passed_over([text], [make_sentence(text)]) == ()
