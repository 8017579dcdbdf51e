"""Each metric as a plain function: one line or many, and nothing that cannot be scored."""

from __future__ import annotations

import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.examples import score
from metrics.oracle import LEVELS, PRESETS, corpora

from igtkit import alignment_score
from igtkit.errors import InputError
from igtkit.metrics import (
    PRESETS as SETTINGS,
)
from igtkit.metrics import (
    accuracy,
    alignment,
    bleu,
    error_rate,
    segmentation_scores,
    stem_gram_scores,
)


@pytest.mark.parametrize(
    "call",
    [
        lambda: error_rate(["a"], ["a", "b"]),
        lambda: error_rate("a", ["a"]),
        lambda: error_rate([], []),
        lambda: error_rate({"a", "b"}, ["a", "b"]),  # in no order
        lambda: error_rate(["a"], {"a": 1}),
        lambda: error_rate([None], ["a"]),
        lambda: error_rate("a", "a", level="sentence"),
        lambda: accuracy("a", "a", level="character"),
        lambda: accuracy("a", "a", average="mean"),
        lambda: bleu([math.nan], ["a"]),
        lambda: bleu("a", ""),
        lambda: segmentation_scores("a", " "),
        lambda: alignment(["a"], []),
        lambda: alignment(["a"], [b"a"]),
    ],
)
def test_the_plain_functions_refuse_bad_input(call):
    with pytest.raises(InputError):
        call()


def test_a_refusal_says_what_there_is():
    with pytest.raises(InputError, match="no level 'sentence'; there are: 'morpheme', 'word', 'ch"):
        bleu("a", "a", level="sentence")
    with pytest.raises(InputError, match="must be 'morpheme' or 'word' for accuracy, not 'charact"):
        accuracy("a", "a", level="character")
    with pytest.raises(InputError, match="average must be 'micro' or 'macro', not 'mean'"):
        accuracy("a", "a", average="mean")
    with pytest.raises(InputError, match="1 predictions but 2 references"):
        error_rate(["a"], ["a", "b"])
    with pytest.raises(InputError, match="predictions must be a list"):
        error_rate({"a"}, ["a"])
    with pytest.raises(InputError, match="1 segmentations but 2 glosses"):
        alignment(["a"], ["a", "b"])
    with pytest.raises(InputError, match=r"references\[1\].*glosses"):
        stem_gram_scores(["a", "a"], ["a", "..."])


def test_in_characters_every_character_is_one():
    """Also those that stand for a space, an unknown and an empty gloss where tokens are counted."""
    preset = attrs.evolve(SETTINGS["paper"], separators=False)
    predicted, gold = "abcdef", "a\0b\1c\2def"
    report = score("x", gold, "x", predicted, preset=preset)
    figures = report.to_dict()["glossing"]["character"]
    assert figures["error_rate"] == error_rate(predicted, gold, level="character", preset=preset)
    assert figures["error_rate"] == 3 / 9
    assert figures["bleu"] == bleu(predicted, gold, level="character")
    assert figures["bleu"] < 0.5


ONE_BY_ONE = {
    "error rate": error_rate,
    "macro accuracy": lambda *pair: accuracy(*pair, average="macro"),
    "segmentation f1": lambda *pair: segmentation_scores(*pair)["f1"],
    "edit distance": lambda *pair: segmentation_scores(*pair)["edit_distance"],
    "alignment": alignment,
}


@pytest.mark.parametrize("name", ONE_BY_ONE)
@given(corpus=corpora)
def test_an_average_over_sentences_is_that_of_each_alone(name, corpus):
    metric = ONE_BY_ONE[name]
    alone = [metric(one, other) for one, other in zip(*corpus, strict=True)]
    assert metric(*corpus) == pytest.approx(sum(alone) / len(alone))


@given(corpora)
def test_what_is_right_has_the_best_score(corpus):
    gold = corpus[1]
    assert {error_rate(gold, gold, level=level) for level in LEVELS} == {0}
    assert accuracy(gold, gold, level="word") == 1
    assert segmentation_scores(gold, gold)["f1"] == 1
    assert alignment(gold, gold) == 1
    for scores in stem_gram_scores(gold, gold).values():
        assert set(scores.values()) in ({1.0}, {None})


@pytest.mark.parametrize("function", [error_rate, accuracy, bleu, stem_gram_scores])
def test_an_empty_gold_line_is_skipped_where_it_is_asked_for(function):
    predicted, gold = ["dog-PL run", "x"], ["dog-SG run", "... "]
    with pytest.raises(InputError, match=r"references\[1\]"):
        function(predicted, gold)
    assert function(predicted, gold, empty="skip") == function(predicted[:1], gold[:1])


def test_a_segmentation_of_punctuation_alone_is_scored_and_a_blank_one_skipped():
    assert segmentation_scores(".", ".")["f1"] == 1
    assert segmentation_scores(["a", "x"], ["a", " "], empty="skip")["f1"] == 1


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_has_a_name_or_is_given_whole(name):
    pair = ("a-b c d", "a b")
    for function in (error_rate, accuracy):
        assert function(*pair, preset=name) == function(*pair, preset=SETTINGS[name])


@given(st.text("ab-= ,", max_size=9), st.text("ab-= ,", max_size=9))
def test_alignment_of_one_sentence_is_its_alignment_score(segmentation, glosses):
    assert alignment(segmentation, glosses) == alignment_score(segmentation, glosses)
