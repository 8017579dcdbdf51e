"""From texts to a model; when words are looked up instead is in `output/test_backoff.py`."""

from __future__ import annotations

from models.quick import QUICK

from igtkit import IGT
from igtkit.models.crf.learning import Learning
from igtkit.models.crf.sentences import make_sentence


def _learn(texts, **options):
    return Learning(QUICK, **options).learn(texts, [make_sentence(text) for text in texts])


def test_where_a_form_is_missing_it_is_inferred_before_the_model_learns():
    texts = [IGT("cats", "cat-s", "cat-PL"), IGT("dogs", "dog-s", "dog-PL"),
             IGT("cats", None, "cat-PL")]  # fmt: skip
    model = _learn(texts)
    assert model.segments
    assert [model.items[i].analysis for s in model.sentences for i in s.items][-1] == (
        ("cat", "cat", ""), ("s", "PL", "-"),
    )  # fmt: skip


def test_analyses_of_a_lexicon_count_and_labels_are_closed():
    extra = [(("wobu", "uncle", ""),)]
    texts = [IGT("cats", "cat-s", "cat-PL")]
    model = _learn(texts, extra=extra, closed=frozenset({"SG"}))
    assert (model.extra, model.items[0].analysis) == (1, extra[0])
    assert not model.allows("PL")
