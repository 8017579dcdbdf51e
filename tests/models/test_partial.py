"""Words that a person has done: found, completed, and kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Prediction, Suggestion
from igtkit.boundaries import UNKNOWN
from igtkit.errors import InputError
from igtkit.models.partial import (
    done_part,
    fill_gloss,
    fill_word,
    fitting_form,
    keep_known,
    keep_marks,
    known_forms,
    known_words,
)

WORDS = st.sampled_from(("cat", "cat-s", "cat=s", "do-er-s"))
KNOWN = st.none() | WORDS | st.just(f"cat-{UNKNOWN}")


def test_what_is_done_of_each_word():
    text = IGT("Cats run , now .", f"cat-s {UNKNOWN} , now .", f"cat-PL {UNKNOWN} , {UNKNOWN} .")
    assert known_words(text) == [("cat-s", "cat-PL"), (None, None), ("now", None)]
    assert known_words(IGT("cats run")) == [(None, None)] * 2
    with pytest.raises(InputError, match="2 words, the glosses 1: write '\\?\\?\\?'"):
        known_words(IGT("cats run", None, "cat-PL"))


@given(KNOWN, KNOWN, WORDS, WORDS)
def test_nothing_that_is_done_is_changed_and_nothing_else_is_made_up(
    form, gloss, other, other_gloss
):
    suggested = Suggestion(other, other_gloss, 0.5)
    found = fill_word((form, gloss), suggested)
    assert found.form == (form if form is not None else fitting_form(other, gloss or other))
    if gloss is not None:
        assert found.gloss == fill_gloss(gloss, other_gloss)
        assert UNKNOWN in gloss or found.gloss == gloss
    elif form is None:
        assert found == suggested
    else:
        assert found.gloss.count(UNKNOWN) in (0, form.count("-") + form.count("=") + 1)


def test_a_word_that_is_wholly_done_is_sure():
    done = fill_word(("cat-s", "cat-PL"), Suggestion("cat", "dog", 0.2))
    assert (done.form, done.gloss, done.probability) == ("cat-s", "cat-PL", 1.0)
    half = fill_word((None, "cat-PL"), Suggestion("cat", "dog", 0.2))
    assert (half.form, half.gloss, half.probability) == (UNKNOWN, "cat-PL", None)


def test_forms_are_asked_for_again_only_where_they_differ():
    begun = IGT("Cats run .", f"cat-s {UNKNOWN} .")
    assert known_forms(begun, Prediction("cat-s run .", "cat-PL run .")) is None
    assert known_forms(begun, Prediction("cats run .", "cat run .")) == "cat-s run ."
    assert known_forms(begun, Prediction("cats", "cat")) == "cat-s run ."


def test_what_is_done_goes_over_a_prediction_of_any_length():
    begun = IGT("Cats run .", None, f"cat-PL {UNKNOWN} .")
    kept = keep_known(begun, Prediction("cat-s run .", "dog-PL run ."))
    assert (kept.segmentation, kept.glosses) == ("cat-s run .", "cat-PL run .")
    short = keep_known(begun, Prediction("cat-s", "dog-PL"))
    assert (short.segmentation, short.glosses) == (f"{UNKNOWN} {UNKNOWN} .", f"cat-PL {UNKNOWN} .")


def test_the_marks_of_a_person_stay():
    begun = IGT("Cats run.", None, f"« cat-PL {UNKNOWN} » !")
    kept = keep_marks(begun, Prediction("cat-s run", "cat-PL run"))
    assert (kept.segmentation, kept.glosses) == ("cat-s run", "« cat-PL run » !")
    assert keep_marks(begun, Prediction("a b c", "a b c")).glosses == "a b c"


def test_the_words_that_are_done_make_a_text():
    text = IGT("Cats , dogs run .", "cat-s dog-s run", "cat-PL ??? run", "Cats run.", id="1")
    assert done_part(text) == IGT("Cats run", "cat-s run", "cat-PL run", "Cats run.", id="1")
    assert done_part(IGT("cats run", None, "cat-PL ???")) == IGT("cats", None, "cat-PL")
    assert done_part(IGT("cats run", "cat-s run")) is None
    assert done_part(IGT("cats run", None, "cat-PL")) is None
