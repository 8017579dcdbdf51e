"""How well a glosser will do: blocks held out, curves, and what to gloss next."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

import igtkit
from igtkit import IGT
from igtkit.errors import InputError
from igtkit.models import (
    CurvePoint,
    LookupGlosser,
    cross_validate,
    expected_gain,
    learning_curve,
    rank_for_annotation,
)
from igtkit.models.validation import Validation

SAMPLE = igtkit.load_sample().split("train")[:60]


class Remembers(LookupGlosser):
    """Notes what it learned from and what it was asked."""

    made: list[tuple[set[IGT], set[IGT]]]

    def fit(self, train, dev=None):
        self.learned = set(train)
        return super().fit(train, dev)

    def predict(self, items, *, given=None):
        items = list(items)
        self.made.append((self.learned, set(items)))
        return super().predict(items, given=given)


@pytest.fixture
def remembers():
    Remembers.made = []
    return Remembers


def test_no_text_is_judged_by_a_glosser_that_saw_it(remembers):
    found = cross_validate(SAMPLE, remembers, folds=4)
    assert len(remembers.made) == 4
    assert all(not learned & asked for learned, asked in remembers.made)
    assert list(found.texts) == list(SAMPLE)
    assert [len(block) for block in found.blocks] == [15] * 4
    assert list(found.texts[:15]) == list(SAMPLE[:15])  # neighbors stay together


def test_whole_sources_are_held_out(remembers):
    texts = [igt.replace(source=f"text {i % 7}") for i, igt in enumerate(SAMPLE)]
    cross_validate(texts, remembers, folds=3)
    for learned, asked in remembers.made:
        assert not {igt.source for igt in learned} & {igt.source for igt in asked}


def test_texts_that_stand_in_training_are_told():
    twice = [SAMPLE[0], *SAMPLE[1:30], SAMPLE[0].replace(id="again")]
    found = cross_validate(twice, LookupGlosser, folds=2)
    assert [i for i, seen in enumerate(found.seen) if seen] == [0, 30]


def test_the_report_and_the_reliability_are_of_these_predictions():
    found = cross_validate(SAMPLE, quick_glosser, folds=3, at_most=1)
    assert len(found.texts) == 20
    expected = igtkit.metrics.evaluate(predictions=found.predictions, references=found.texts)
    assert found.report().to_dict() == expected.to_dict()
    rows = found.reliability()
    assert [row.low for row in rows][1:] == [row.high for row in rows][:-1]
    right = sum(row.right * row.words for row in rows if row.words)
    gold = [w for t in found.texts for w in t.words if any(c.isalnum() for c in w.form)]
    made = [s[0] for p in found.predictions for s in p.words if s and s[0].probability is not None]
    assert sum(row.words for row in rows) == len(gold) == len(made)
    pairs = zip(gold, made, strict=True)
    assert right == pytest.approx(sum((g.form, g.gloss) == (m.form, m.gloss) for g, m in pairs))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cross_validate(SAMPLE, folds=1), "2 or more"),
        (lambda: cross_validate(SAMPLE[:3], folds=5), "3 texts cannot be parted into 5"),
        (lambda: learning_curve(SAMPLE[:3]), "too few"),
        (lambda: expected_gain([CurvePoint(10, 0.5)]), "fewer than two points"),
        (lambda: cross_validate(SAMPLE[0]), "many texts"),
    ],
)
def test_what_cannot_be_judged(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_the_curve_has_halved_sizes_and_falls():
    curve = learning_curve(SAMPLE, LookupGlosser, at_most=5)
    assert [point.sentences for point in curve] == [24, 48]
    assert curve[0].error_rate > curve[1].error_rate
    share = curve[1].error_rate / curve[0].error_rate
    assert 0 < expected_gain(curve, 48) == pytest.approx(curve[1].error_rate * (1 - share))
    assert expected_gain([CurvePoint(10, 0.3), CurvePoint(20, 0.4)]) == 0
    assert expected_gain([CurvePoint(10, 0.3), CurvePoint(20, 0.0)]) == 0


def test_the_least_sure_text_comes_first():
    glosser = quick_glosser().fit(SAMPLE)
    known = SAMPLE[3].replace(segmentation=None, glosses=None, translation=None)
    strange = IGT("Xyzzy plugh qwrtp")
    assert rank_for_annotation(glosser, [known, strange]) == (1, 0)
    with pytest.raises(InputError, match="does not say how sure"):
        rank_for_annotation(Silent().fit(SAMPLE), [known])


class Silent(LookupGlosser):
    def predict(self, items, *, given=None):
        return [one.replace(score=None) for one in super().predict(items, given=given)]


def test_nothing_is_judged_where_there_are_no_probabilities():
    empty = Validation(tuple(SAMPLE[:1]), (igtkit.Prediction("a", "b"),), ((0,),), (False,))
    assert all(row.right is None and row.words == 0 for row in empty.reliability())
