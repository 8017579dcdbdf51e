"""Error analysis."""

from __future__ import annotations

import pytest

from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.metrics import Confusion, Novelty, confusions, most_different, seen_and_unseen

GOLD = [
    IGT("Cats run.", "cat-s run .", "cat-PL run ."),
    IGT("dogs", "dog-s", "dog-PL"),
    IGT("dog", "dog", "dog"),
]
GUESS = [Prediction(None, "cat-PL eat"), Prediction(None, "dog-PL"), Prediction(None, "")]


def test_seen_and_unseen_words_apart():
    training = [IGT("cats", "cat-s", "cat-PL"), IGT("dog", "dog", "dog"), IGT("no analysis")]
    found = seen_and_unseen(predictions=GUESS, references=GOLD, training=training)
    assert found == {"seen": Novelty(2, 1), "unseen": Novelty(2, 1)}
    assert found["seen"].accuracy == 0.5


def test_words_can_be_known_by_their_transcription():
    training = [IGT("dogs run.")]
    found = seen_and_unseen(
        predictions=GUESS, references=GOLD, training=training, line="transcription"
    )
    assert found == {"seen": Novelty(2, 1), "unseen": Novelty(2, 1)}


def test_sentences_whose_lines_do_not_pair_up_are_left_out():
    gold = [IGT("a b", "a b", "x"), IGT("a", None, "x"), IGT("a", "a", None)]
    found = seen_and_unseen(predictions=gold, references=gold, training=gold)
    assert found["seen"] == found["unseen"] == Novelty(0, 0)
    assert found["seen"].accuracy is None


def test_confusions_are_counted_and_ranked():
    gold = [IGT(None, None, "a-PL b"), IGT(None, None, "c-PL"), IGT(None, "no", None)]
    guess = [Prediction(None, "a-SG b d"), Prediction(None, "c-SG"), Prediction(None, "x")]
    assert confusions(predictions=guess, references=gold) == [
        Confusion("PL", "SG", 2),
        Confusion(None, "d", 1),
    ]
    assert confusions(predictions=guess, references=gold, level="word")[0].count == 1


def test_a_missing_gloss_is_a_confusion_with_nothing():
    assert confusions(predictions=GUESS, references=GOLD) == [
        Confusion("dog", None, 1),
        Confusion("run", "eat", 1),
    ]


def test_sentences_where_two_systems_differ_most():
    other = [Prediction(None, "cat-PL run"), Prediction(None, "x"), Prediction(None, "")]
    found = most_different(a=GUESS, b=other, references=GOLD)
    assert [(item.index, item.a, item.b) for item in found] == [(1, 0, 1), (0, 0.25, 0)]
    assert found[0].reference is GOLD[1]
    assert len(most_different(a=GUESS, b=other, references=GOLD, count=1)) == 1
    by_accuracy = most_different(
        a=GUESS, b=other, references=GOLD, metric="glossing.word.accuracy.micro"
    )
    assert [item.index for item in by_accuracy] == [1, 0]


@pytest.mark.parametrize(
    "call",
    [
        lambda: confusions(predictions=GUESS, references=GOLD, level="character"),
        lambda: confusions(predictions=GUESS, references=GOLD[:1]),
        lambda: most_different(a=GUESS, b=GUESS, references=GOLD, metric="f1"),
        lambda: most_different(a=GUESS, b=GUESS[:1], references=GOLD),
        lambda: seen_and_unseen(predictions=GUESS, references=GOLD, training=GOLD, line="glosses"),
        lambda: seen_and_unseen(predictions=GUESS, references=GOLD, training=["dog"]),
        lambda: seen_and_unseen(
            predictions=GUESS, references=GUESS, training=GOLD, line="transcription"
        ),
    ],
)
def test_bad_input_is_refused(call):
    with pytest.raises(InputError):
        call()
