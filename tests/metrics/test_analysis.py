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
    training = [IGT("cats run", "cat-s run", "cat-PL run"), IGT("dog", "dog", "dog"), IGT("bare")]
    found = seen_and_unseen(predictions=GUESS, references=GOLD, training=training)
    assert found == {"seen": Novelty(3, 1), "unseen": Novelty(1, 1)}
    assert found["seen"].accuracy == pytest.approx(1 / 3)


def test_words_can_be_known_by_their_transcription():
    training = [IGT("dogs run.")]
    found = seen_and_unseen(
        predictions=GUESS, references=GOLD, training=training, line="transcription"
    )
    assert found == {"seen": Novelty(2, 1), "unseen": Novelty(2, 1)}


def test_words_too_few_and_too_many_are_paired_from_the_left():
    gold = [IGT(None, "no gloss", None), IGT(None, "a b c", "A B C"), IGT(None, "a", "A")]
    guess = [Prediction(None, "X"), Prediction(None, "A"), Prediction(None, "A B C")]
    found = seen_and_unseen(predictions=guess, references=gold, training=gold[2:])
    assert found == {"seen": Novelty(2, 2), "unseen": Novelty(2, 0)}


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


def test_words_are_confused_as_wholes():
    gold, guess = [IGT(None, None, "a-PL b")], [Prediction(None, "a-SG b")]
    found = confusions(predictions=guess, references=gold, level="word")
    assert found == [Confusion("a-PL", "a-SG", 1)]


def test_the_ten_sentences_that_differ_most_and_a_gold_of_nothing_as_asked():
    gold = [IGT(None, None, "a")] * 11 + [IGT(None, None, "")]
    right, wrong = [Prediction(None, "a")] * 12, [Prediction(None, "b")] * 12
    assert len(most_different(a=right[1:], b=wrong[1:], references=gold[:-1])) == 10
    found = most_different(a=right, b=wrong, references=gold, count=20, empty="skip")
    assert [item.index for item in found] == [*range(11)]
    with pytest.raises(InputError, match="nothing to score"):
        most_different(a=right, b=wrong, references=gold)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: confusions(predictions=GUESS, references=GOLD, level="character"),
            "level must be 'morpheme' or 'word', not 'character'",
        ),
        (lambda: confusions(predictions=GUESS, references=GOLD[:1]), "3 .* 1"),
        (
            lambda: most_different(a=GUESS, b=GUESS, references=GOLD, metric="f1"),
            "f1",
        ),
        (lambda: most_different(a=GUESS, b=GUESS[:1], references=GOLD), "1 .* 3"),
        (
            lambda: seen_and_unseen(
                predictions=GUESS, references=GOLD, training=GOLD, line="glosses"
            ),
            "line must be 'segmentation' or 'transcription', not 'glosses'",
        ),
        (
            lambda: seen_and_unseen(predictions=GUESS, references=GOLD, training=["dog"]),
            "an item of training has no attribute 'segmentation': 'dog'",
        ),
        (
            lambda: seen_and_unseen(
                predictions=GUESS, references=GUESS, training=GOLD, line="transcription"
            ),
            "an item of references has no attribute 'transcription'",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()
