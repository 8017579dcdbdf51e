"""Training: what is gathered, forms that are inferred, and what is learned from them."""

from __future__ import annotations

from igtkit.models.crf.model import Model
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.training import collect, fill_forms, train_crf


def test_each_word_and_analysis_is_one_item_and_the_lexicon_s_come_first(texts):
    extra = [(("wobu", "uncle", ""),), (("wobu", "uncle", ""),)]
    sentences = [make_sentence(text) for text in texts]
    items, taught = collect(sentences, Habits.learn(texts), extra)
    assert (items[0].word, items[0].analysis) == ("wobu", extra[0])
    assert len({(item.word, item.analysis) for item in items}) == len(items)
    for sentence, row in zip(sentences, taught, strict=True):
        assert [items[number].analysis for number in row.items] == list(sentence.analyses)
    for item in items:
        assert "".join(item.chunks) == item.word


def test_a_word_with_a_gloss_alone_takes_the_form_that_has_it(texts, small):
    sentences = [make_sentence(text) for text in texts]
    habits = Habits.learn(texts)
    model = Model(small, habits, *collect(sentences, habits))
    held = texts[0].replace(segmentation=None)
    (filled,) = fill_forms(model, [make_sentence(held)])
    assert filled.analyses == sentences[0].analyses
    strange = held.replace(glosses="zebra-XX " * 3 + ".")
    assert fill_forms(model, [make_sentence(strange)])[0].analyses == (None,) * 3


def test_the_same_seed_gives_the_same_weights(texts, small):
    sentences = [make_sentence(text) for text in texts[:20]]
    habits = Habits.learn(texts[:20])
    weights = []
    for seed in (3, 3, 4):
        model = Model(small, habits, *collect(sentences, habits))
        train_crf(model, sentences, seed)
        weights.append((model.ranker.weights.tolist(), model.unknowns.weights.tolist()))
    assert weights[0] == weights[1] != weights[2]
