"""Sentences and candidates put together, and the evidence of the translation."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from igtkit import IGT
from igtkit.models.crf.candidates.lexicon import Lexicon
from igtkit.models.crf.candidates.table import Lookups, Memory, build
from igtkit.models.crf.ranking.batch import Batch, Hashed
from igtkit.models.crf.ranking.features import Coder, extract
from igtkit.models.crf.ranking.problem import (
    NO_STEM,
    UNKNOWN_STEM,
    assemble,
    join_features,
    main_gloss,
)
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.translation import Translations

ITEMS = [
    ("kata", (("ka", "go", ""), ("ta", "PST", "-")), ("ka", "ta")),
    ("ta", (("ta", "PST", ""),), ("ta",)),
    ("mu", (("mu", "mouse", ""),), ("mu",)),
]
COUNTS = np.ones(len(ITEMS))
WORDS = ["kata", "mu", "ta"]


@pytest.fixture
def lexicon():
    return Lexicon(ITEMS)


@pytest.fixture
def candidates(lexicon):
    memory = Memory()
    for number, (word, analysis, _) in enumerate(ITEMS):
        memory.add(number, word, [form for form, _, _ in analysis])
    return build(lexicon, lexicon.weigh(COUNTS), memory, COUNTS, WORDS, lookups=Lookups())


PAIRS = [(["mouse"], ["mouse"]), (["go"], ["went"])]


def assembled(lexicon, candidates, texts, targets=None, pairs=PAIRS):
    coder = Coder(lexicon)
    sentences = [make_sentence(text) for text in texts]
    cores = [[word.lower() for word in one.words] for one in sentences]
    counts = Translations.of(pairs)
    return assemble(
        coder,
        lexicon,
        [counts] * len(texts),
        sentences,
        cores,
        [[WORDS.index(core) for core in row] for row in cores],
        candidates.start,
        extract(lexicon, coder, candidates),
        main_gloss(lexicon, candidates),
        candidates.count,
        targets,
    )


def test_the_main_gloss_is_that_of_the_first_stem(lexicon, candidates):
    stems = main_gloss(lexicon, candidates)
    first = stems[candidates.start[:-1]].tolist()
    assert lexicon.glosses.all[first[0]] == "go"
    assert lexicon.glosses.all[first[1]] == "mouse"
    assert first[2] == NO_STEM
    assert UNKNOWN_STEM in stems


def test_each_word_has_a_row_for_each_candidate(lexicon, candidates):
    texts = [IGT("Kata mu"), IGT("ta"), IGT("mu kata")]
    problem = assembled(lexicon, candidates, texts, [[0, 0], [-1], [0, 1]])
    sizes = np.diff(candidates.start)
    assert np.diff(problem.sentence).tolist() == [2, 1, 2]
    assert np.diff(problem.first).tolist() == [sizes[i] for i in (0, 1, 2, 1, 0)]
    wanted = problem.first[:-1][[0, 1, 3, 4]] + [0, 0, 0, 1]
    assert np.flatnonzero(problem.target).tolist() == sorted(wanted.tolist())


def test_a_translation_speaks_for_a_gloss_and_only_there(lexicon, candidates):
    plain, translated = (
        assembled(lexicon, candidates, [IGT("mu", translation=line), IGT("kata")])
        for line in (None, "A mouse")
    )
    size = plain.first[1]
    assert not plain.extra_real.any()
    assert translated.extra_real[0].tolist()[2] == 1  # the gloss is a word of it
    assert not translated.extra_real[size:].any()
    assert np.array_equal(plain.extra[size:], translated.extra[size:])


def test_the_numbers_are_those_that_saved_glossers_weigh(lexicon, candidates):
    """A glosser's file holds a weight for each number, and not what the number is of.

    If another number is wanted, files of before must be refused (`igtkit.models.crf.checkpoint`).
    """
    pairs = [(["go"], ["went"])] * 3 + [(["mouse"], ["rodent"])] * 2 + [(["dog"], ["dog"])] * 9
    texts = [
        IGT("Kata , mu !", translation="The mouse went"),
        IGT("ta"),
        IGT("mu kata ta", translation="mouses or a rodent"),
    ]
    problem = assembled(lexicon, candidates, texts, pairs=pairs)
    assert zlib.crc32(problem.context.tobytes()) == 2106889944
    go, _, _, mouse = problem.extra_real[:4].tolist()
    assert go == [0.625, 0, 0, 0]  # "went" goes with it
    assert mouse == [0, 0.5, 1, 0]  # it is there, and "rodent" is not
    assert problem.extra_real[7].tolist() == [0.5, 0, 0, 1]  # "mouses" looks like it
    assert problem.extra_real[9].tolist() == [0, 0.625, 0, 0]
    assert zlib.crc32(problem.extra.tobytes()) == 1714204086
    batch = Batch(problem, np.arange(3), Hashed(12))
    found = [zlib.crc32(part.tobytes()) for part in (batch.own, batch.cross, batch.chain)]
    assert found == [3979384517, 1202725605, 1492300898]


def test_features_of_tables_one_after_another(lexicon, candidates):
    one = extract(lexicon, Coder(lexicon), candidates)
    both = join_features([one, one])
    assert np.array_equal(join_features([one]).index, one.index)
    rows = len(one.offset) - 1
    assert both.offset[rows:].tolist() == (one.offset + one.offset[-1]).tolist()
    assert np.array_equal(both.index[len(one.index) :], one.index)
    assert np.array_equal(both.attributes[rows:], one.attributes)
