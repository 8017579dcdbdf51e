"""Metrics of a user's own, beside igtkit's."""

from __future__ import annotations

import pytest

from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.metrics import compare, confidence_intervals, evaluate

GOLD = [
    IGT("a b", "a b", "A B", language="One"),
    IGT("c", "c", "C", language="Two"),
    IGT("d e f", None, "D E F", language="Two"),
]
GUESS = [Prediction("a b", "A X"), Prediction("c", "C"), Prediction("d", "X Y Z")]


def share_right(prediction, reference):
    pairs = list(zip(prediction.glosses.split(), reference.glosses.split(), strict=True))
    return sum(mine == gold for mine, gold in pairs) / len(pairs)


def forms(prediction, reference):
    return None if reference.segmentation is None else len(prediction.segmentation.split())


EXTRA = {"right": share_right, "my forms": forms}


def test_own_metrics_stand_in_the_report():
    report = evaluate(predictions=iter(GUESS), references=GOLD, by="language", extra=EXTRA)
    assert report["extra.right"] == (0.5 + 1 + 0) / 3
    assert report["extra.my forms"] == 1.5
    assert report["n.extra.right"] == 3
    assert report["n.extra.my forms"] == 2
    assert report.groups["Two"]["extra"] == {"right": 0.5, "my forms": 1.0}
    assert report.average["extra"] == {"right": 0.5, "my forms": 1.5}
    assert report.to_dict()["extra"]["right"] == 0.5
    assert report.signature.endswith("|extra:right,my forms")
    assert "extra.right" in report.to_text(["extra.right"])


def test_the_other_figures_and_the_signature_do_not_change():
    plain = evaluate(predictions=GUESS, references=GOLD)
    for none in (None, {}):
        assert evaluate(predictions=GUESS, references=GOLD, extra=none).to_dict() == plain.to_dict()
    own = evaluate(predictions=GUESS, references=GOLD, extra=EXTRA).to_dict()
    del own["extra"], own["n"]["extra.right"], own["n"]["extra.my forms"]
    own["signature"] = own["signature"].replace("|extra:right,my forms", "")
    assert own == plain.to_dict()


def test_a_metric_with_nothing_to_count_is_none():
    report = evaluate(predictions=GUESS, references=GOLD, extra={"none": lambda *_: None})
    assert report["extra.none"] is None
    assert report["n.extra.none"] == 0


def test_own_metrics_have_intervals_and_tests():
    gold = [IGT(text, text, text) for text in "abcdefghijklmnopqrst"]
    good = [Prediction(text, text) for text in "abcdefghijklmnopqr.."]
    poor = [Prediction(text, text) for text in "abcdef.............."]
    interval = confidence_intervals(predictions=good, references=gold, extra=EXTRA)["extra.right"]
    assert interval.low < interval.value == 0.9 < interval.high <= 1
    own = compare(a=good, b=poor, references=gold, extra=EXTRA)["extra.right"]
    built_in = compare(a=good, b=poor, references=gold)["glossing.word.accuracy.macro"]
    assert own == built_in  # the same counts, the same samples


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "0.5", [1]])
def test_what_is_no_number_is_refused_by_sentence(value):
    with pytest.raises(InputError, match=r"metric 'odd' gave .* for predictions\[1\]"):
        evaluate(
            predictions=GUESS,
            references=GOLD,
            extra={"odd": lambda _, reference: value if reference is GOLD[1] else 1},
        )


@pytest.mark.parametrize("extra", [[share_right], {"": share_right}, {"right": 0.5}, {3: forms}])
def test_what_is_no_metric_is_refused(extra):
    with pytest.raises(InputError, match="extra must be a dict of functions by name"):
        evaluate(predictions=GUESS, references=GOLD, extra=extra)
