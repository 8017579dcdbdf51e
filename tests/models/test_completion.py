"""Glossing what is open, and nothing else."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

import igtkit
from igtkit import IGT
from igtkit.errors import InputError
from igtkit.models import LookupGlosser, complete

TRAIN = igtkit.load_sample().split("train")[:40]
OPEN = IGT("Kedi pazarda .", translation="The cat is at the market.")
BEGUN = IGT("Kedi pazarda .", None, "feline ??? .")


@pytest.fixture(scope="module")
def glosser():
    return quick_glosser().fit(TRAIN)


def test_only_open_texts_change(glosser):
    suggested = OPEN.replace(
        segmentation="x y .", glosses="x y .", metadata={"prediction": {"confirmed": False}}
    )
    texts = [TRAIN[0], OPEN, suggested, BEGUN]
    done = complete(glosser, texts)
    assert done.suggested == (1, 3)
    assert done.refused == ()
    assert done.texts[0] is texts[0]
    assert done.texts[2] is suggested
    assert done.texts[1].metadata["prediction"]["confirmed"] is False


def test_a_persons_word_stays(glosser):
    done = complete(glosser, [BEGUN])
    assert done.texts[0].glosses.split()[0] == "feline"
    assert "???" not in done.texts[0].glosses
    assert done.words == 1


def test_the_mark_tells_which_words_a_person_had_done(glosser):
    begun = IGT("Kedi pazarda , uyudu", "kedi ??? , ???", "feline ??? , sleep")
    [text] = complete(glosser, [begun]).texts
    assert text.metadata["prediction"]["given"] == [True, False, False, False]
    assert "evidence" not in text.metadata["prediction"]
    assert "given" not in complete(glosser, [OPEN]).texts[0].metadata["prediction"]


def test_the_estimate_is_the_sum_of_the_probabilities(glosser):
    done = complete(glosser, [OPEN])
    [prediction] = glosser.predict([OPEN])
    words = [word[0].probability for word in prediction.words[:2]]
    assert (done.words, done.judged) == (2, 2)
    assert done.expected_right == pytest.approx(sum(words))


def test_a_glosser_without_probabilities_judges_nothing():
    class Silent(LookupGlosser):
        def predict(self, items, *, given=None):
            return [p.replace(words=()) for p in super().predict(items, given=given)]

    done = complete(Silent().fit(TRAIN), [OPEN])
    assert (done.words, done.judged, done.expected_right) == (2, 0, 0)


def test_what_cannot_be_glossed_is_told(glosser):
    uneven = IGT("Kedi pazarda .", None, "cat ??? ???")
    segmented = IGT(None, "kedi pazar-da")
    done = complete(glosser, [uneven, segmented, OPEN])
    assert done.suggested == (2,)
    (first, why), (second, other) = done.refused
    assert (first, second) == (0, 1)
    assert "the transcription has 2 words, the glosses 3" in why
    assert other == "it has no transcription"


def test_options_go_to_predict(glosser):
    glosses = complete(glosser, [OPEN], threshold=1.0).texts[0].glosses
    assert set(glosses) == {"?", "-", " ", "."}
    with pytest.raises(InputError, match="threshold"):
        complete(glosser, [OPEN], threshold=2)


def test_words_that_stay_unknown_are_counted():
    glosser = LookupGlosser().fit([IGT("cats run", "cat-s run", "cat-PL run")])
    done = complete(glosser, [IGT("cats zzz"), IGT("run", "run", "run")])
    assert done.texts[0].glosses == "cat-PL ???"
    assert (done.words, done.left) == (1, 1)
