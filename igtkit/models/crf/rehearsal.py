"""Words that training was spared, glossed by what the others teach.

They show how the gloss of a new stem is to be chosen, and how far probabilities are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from igtkit.models.crf.calibration import Calibration, Judged, judge
from igtkit.models.crf.folds import Fold
from igtkit.models.crf.inference import Reader, read_all, stem_name, unknown_places
from igtkit.models.crf.model import Model
from igtkit.models.crf.ranking.batch import Problem
from igtkit.models.crf.sentences import Sentence
from igtkit.models.crf.unknown.stems import KnownStem, NewStems

__all__ = ["rehearse", "tried_words"]

_TEACHING = 12_000  # sentences, at most, that teach the choice of new stems' glosses; by hand


def tried_words(problem: Problem, unseen: np.ndarray) -> dict[int, list[np.ndarray]]:
    """Return what was said of the sentences that were spared by a run of the training.

    Args:
        problem: The training sentences.
        unseen: For each row its probability by a run that has not seen it, NaN where all have.

    Returns:
        For each such sentence the probabilities of the candidates of each of its words.
    """
    tried = {}
    for s, (begin, end) in enumerate(pairwise(problem.sentence.tolist())):
        if begin < end and not np.isnan(unseen[problem.first[begin]]):
            words = pairwise(problem.first[begin : end + 1].tolist())
            tried[s] = [unseen[low:high] for low, high in words]
    return tried


def rehearse(  # noqa: PLR0917
    model: Model,
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    folds: Sequence[Fold],
    tried: Mapping[int, Sequence[np.ndarray]],
    seed: int,
) -> None:
    """Learn the choice of new stems' glosses, and how far probabilities are right.

    The sentences that were tried are glossed by a choice that was spared them. Of very many
    sentences a part is enough to learn the choice.

    Args:
        model: The model, whose ranker is trained.
        sentences: The training sentences.
        cores: Their words as the lexicon has them.
        folds: The same, analyzed.
        tried: What `tried_words` says.
        seed: Seed of the training.
    """
    readers: dict[int, Reader] = {}
    examples: list[KnownStem] = []
    owners: list[int] = []
    step = -(-len(sentences) // _TEACHING)
    for fold in folds:
        knowledge, start = fold.knowledge(model), fold.candidates.start
        teaching = set(fold.sentences[::step].tolist())
        for s in fold.sentences.tolist():
            rows = start[[fold.position[core] for core in cores[s]]].tolist()
            known = [stem_name(model.lexicon, fold.stems[row]) for row in rows]
            stems = NewStems(model.unknowns, sentences[s].translation, known, knowledge)
            if s in tried:
                readers[s] = Reader(model, fold.candidates, sentences[s])
                for index, row in enumerate(rows):
                    readers[s].take(index, row, tried[s][index])
                readers[s].ask(stems)
            if s in teaching:
                found = list(_examples(model, fold, s, sentences[s], cores[s], stems))
                examples += found
                owners += [s] * len(found)
    known_stems = model.unknowns.study(examples)
    del examples  # which take memory
    spared = np.flatnonzero([s not in tried for s in owners])
    model.unknowns.train(known_stems, spared, seed)
    model.calibration = Calibration.learn(_judged(model, sentences, folds, readers))
    model.unknowns.train(known_stems, seed=seed)


def _examples(  # noqa: PLR0917
    model: Model,
    fold: Fold,
    number: int,
    sentence: Sentence,
    cores: Sequence[str],
    stems: NewStems,
) -> Iterator[KnownStem]:
    """The options of each stem of a sentence that the other folds do not know, with its gloss."""
    candidates = fold.candidates
    for index, core in enumerate(cores):
        analysis, item = sentence.analyses[index], model.sentences[number].items[index]
        if analysis is None or (core, item) not in fold.right:
            continue
        row = int(candidates.start[fold.position[core]]) + fold.right[core, item]
        found = unknown_places(model, candidates, row, sentence, index)
        if found and candidates.size[row] == len(analysis):
            place, slot = found[0]
            yield KnownStem.of(stems.options(place), analysis[slot][1])


def _judged(
    model: Model,
    sentences: Sequence[Sentence],
    folds: Sequence[Fold],
    readers: Mapping[int, Reader],
) -> list[Judged]:
    """How likely the chosen analyses of the tried sentences are, and whether they are right."""
    judged: list[Judged] = []
    lines = [model.read(sentence.words) for sentence in sentences]
    total = Counter(lines)
    for fold in folds:
        own = Counter(lines[s] for s in fold.sentences)
        members = [s for s in fold.sentences.tolist() if s in readers]
        every = read_all(model, [readers[s] for s in members])
        for s, words in zip(members, every, strict=True):
            again = total[lines[s]] > own[lines[s]]
            judged += judge(zip(words, sentences[s].analyses, strict=True), again=again)
    return judged
