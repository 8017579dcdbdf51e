"""The second opinion: what it begins with, what it learns, and whether it is kept."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files

import numpy as np
import pytest

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.opinion.clues import CLUES
from igtkit.models.crf.opinion.second import (
    SecondOpinion,
    clue_names,
    learn,
    load_start,
    word_weights,
)
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.training import rehearse_clues


def content():
    return (files("igtkit") / "data" / "opinion.json.gz").read_bytes()


def test_the_clues_and_what_was_learned_from_them_belong_together():
    raw = json.loads(gzip.decompress(content()))
    assert raw["made_for"] == clue_names(), (
        "the clues were changed: run python benchmarks/crf_opinion.py"
    )
    assert load_start().hidden.shape[0] == len(CLUES)


def test_the_file_is_small_and_packed_without_a_date():
    assert len(content()) < 100_000
    assert content()[4:8] == bytes(4)  # the time


@pytest.fixture(scope="module")
def rehearsed(glosser, texts):
    sentences = [make_sentence(text) for text in texts]
    problem, clues = rehearse_clues(glosser._model, sentences, 0)
    return problem, clues


def test_every_row_has_all_clues(rehearsed):
    problem, clues = rehearsed
    assert clues.shape == (len(problem.target), len(CLUES))
    assert np.isfinite(clues).all()


def test_a_long_sentence_weighs_more_than_a_short_one_but_less_than_its_words(rehearsed):
    problem, _ = rehearsed
    weight = word_weights(problem)
    assert weight.mean() == pytest.approx(1)
    assert (weight > 0).all()


def test_it_is_kept_where_the_ranker_knows_nothing(rehearsed):
    problem, clues = rehearsed
    size = np.diff(problem.first)
    even = np.repeat(1 / size, size)
    opinion, mixed = learn(problem, clues, even, 0)
    assert opinion is not None
    assert opinion.share == 0.7
    right = problem.target > 0
    assert mixed[right].mean() > even[right].mean() + 0.1
    assert np.add.reduceat(mixed, problem.first[:-1]) == pytest.approx(1)


def test_it_is_left_out_where_the_ranker_is_always_right(rehearsed):
    problem, clues = rehearsed
    opinion, mixed = learn(problem, clues, problem.target.astype(float), 0)
    assert opinion is None
    assert (mixed == problem.target).all()


def test_sentences_that_were_not_tried_stay_so(rehearsed):
    problem, clues = rehearsed
    size = np.diff(problem.first)
    unseen = np.repeat(1 / size, size)
    unseen[problem.first[problem.sentence[10]] :] = np.nan
    opinion, mixed = learn(problem, clues, unseen, 0)
    assert opinion is not None
    assert (np.isnan(mixed) == np.isnan(unseen)).all()


def test_the_same_seed_gives_the_same(rehearsed):
    problem, clues = rehearsed
    size = np.diff(problem.first)
    even = np.repeat(1 / size, size)
    (one, first), (two, second) = (learn(problem, clues, even, 5) for _ in range(2))
    assert (first == second).all()
    assert (one.network.numbers() == two.network.numbers()).all()


def test_what_a_person_ruled_out_gets_nothing(rehearsed):
    problem, clues = rehearsed
    bias = np.zeros(len(problem.target))
    bias[problem.first[0] + 1 : problem.first[1]] = -np.inf
    opinion = SecondOpinion(load_start(), 0.5)
    own = opinion.of(clues, problem.first, bias)
    assert own[0] == 1
    mixed = opinion.beside(np.zeros(len(own)), clues, problem.first, bias)
    assert mixed == pytest.approx(own / 2)


def test_a_text_gets_the_same_alone_and_among_others(glosser, held_out):
    together = glosser.predict(held_out)
    for number in (0, 7, 20):
        assert glosser.predict([held_out[number]])[0] == together[number]


def test_a_correction_is_met_by_the_next_opinion(texts, small):
    glosser = CrfGlosser(small).fit(texts)
    model = glosser._model
    model.opinion = SecondOpinion(load_start(), 0.5)
    glosser.predict(texts[:1])
    before = model.experience.precedents.sentences
    new = IGT("Gomis hane ta", "gomi-s hane ta", "spirit-DAT see PST", "The spirit saw.")
    glosser.update(new)
    assert model.experience.precedents.sentences == before + 1
    assert "gomis" in model.experience.vocabulary.words
    assert len(model.experience._identity) == len(model.items)
    assert glosser.predict([new.replace(segmentation=None, glosses=None)])[0].glosses


def test_a_glosser_that_was_updated_and_saved_is_the_same(texts, held_out, small, tmp_path):
    glosser = CrfGlosser(small).fit(texts)
    glosser._model.opinion = SecondOpinion(load_start(), 0.5)
    glosser.update(held_out[:3])
    glosser.save_pretrained(tmp_path / "saved")
    again = CrfGlosser.from_pretrained(tmp_path / "saved")
    assert again._model.opinion.share == 0.5
    assert again.predict(held_out[3:8]) == glosser.predict(held_out[3:8])


def test_a_glosser_without_one_is_saved_without(texts, held_out, small, tmp_path):
    glosser = CrfGlosser(small).fit(texts)
    glosser._model.opinion = None
    glosser.save_pretrained(tmp_path / "saved")
    again = CrfGlosser.from_pretrained(tmp_path / "saved")
    assert again._model.opinion is None
    assert again.predict(held_out[:5]) == glosser.predict(held_out[:5])
