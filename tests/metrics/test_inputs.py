"""What comes in is checked in full, and what cannot be scored is left out or refused."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest
from metrics.examples import GOLD, GUESS, score

from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.metrics import error_rate, evaluate


@pytest.mark.parametrize("gold", ["", "  ", ".", "« , ... »"])
@pytest.mark.parametrize("preset", ["paper", "published"])
def test_gold_without_words_raises_and_names_the_entry(gold, preset):
    with pytest.raises(InputError, match=r"references\[1\].*glosses"):
        evaluate(
            predictions=[Prediction("a", "a"), Prediction("a", "a")],
            references=[IGT(None, "a", "a"), IGT(None, "a", gold)],
            preset=preset,
        )


def test_gold_without_tokens_raises_for_segmentation():
    with pytest.raises(InputError, match=r"references\[0\].*segmentation"):
        score(" ", "a", "a", "a")


def test_skipped_gold_is_left_out_and_counted():
    report = evaluate(
        predictions=[Prediction("a", "a"), Prediction("b", "b")],
        references=[IGT(None, "a", "a"), IGT(None, "", "...")],
        empty="skip",
    )
    assert report.to_dict()["n"] == {"glossing": 1, "segmentation": 1, "alignment": 2}
    assert report.to_dict()["skipped"] == {"glossing": 1, "segmentation": 1}
    assert report.skipped["glossing"] == (1,)
    assert report["glossing.word.error_rate"] == 0


def test_when_all_gold_is_skipped_no_figure_is_made_up():
    report = score("", ".", "a", "a", empty="skip")
    assert report["glossing.morpheme.bleu"] is None
    assert report["segmentation.f1"] is None
    with pytest.raises(InputError, match="every reference is empty"):
        error_rate(["a"], ["."], empty="skip")


def test_each_family_uses_the_references_that_have_its_line():
    report = evaluate(
        predictions=[Prediction("a", "a")] * 3,
        references=[IGT(None, "a", "a"), IGT(None, "a"), IGT(None, None, "a")],
    )
    assert report.to_dict()["n"] == {"glossing": 2, "segmentation": 2, "alignment": 1}


@pytest.mark.parametrize(
    ("predictions", "references", "message"),
    [
        ([], [], "nothing to score"),
        (GUESS, GOLD[:1], "2 predictions but 1 references"),
        ("ab", GOLD, "predictions must be a list"),
        (GUESS, None, "references must be a list"),
        (["the cat-s", "paka"], GOLD, r"predictions\[0\] has no attribute 'segmentation'"),
        (GUESS, [GOLD[0], None], r"references\[1\] has no attribute"),
        ([GUESS[0], SimpleNamespace(segmentation=math.nan, glosses="a")], GOLD, r"predictions\[1\]\.segmentation .*nan"),
        ([SimpleNamespace(segmentation="a", glosses=3)], GOLD[:1], r"predictions\[0\]\.glosses .*int"),
        (GUESS, [GOLD[0], SimpleNamespace(segmentation="a", glosses=3)], r"references\[1\]\.glosses .*int"),
        (GUESS, [IGT("a"), IGT("b")], "no reference has glosses or a segmentation"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(predictions, references, message):
    with pytest.raises(InputError, match=message):
        evaluate(predictions=predictions, references=references)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"preset": "mine"}, "no preset 'mine'"),
        ({"preset": ["paper"]}, "no preset"),
        ({"empty": "drop"}, "empty must be"),
        ({"by": "dialect"}, "no attribute 'dialect'"),
        ({"by": 3}, "by must name an attribute"),
        ({"by": lambda igt: [igt.glosses]}, "not hashable"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(InputError, match=message):
        evaluate(predictions=GUESS, references=GOLD, **settings)
