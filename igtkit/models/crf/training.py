"""Training: from sentences to a model's tables, and from these to all that is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
import numpy as np

from igtkit._progress import Progress
from igtkit.models.crf.candidates.align import align
from igtkit.models.crf.candidates.table import Lookups
from igtkit.models.crf.folds import Fold, cut_folds
from igtkit.models.crf.model import Item, Model, Taught, lower
from igtkit.models.crf.opinion.clues import CLUES, OWN, Asked, add_values
from igtkit.models.crf.opinion.morphotactics import Morphotactics
from igtkit.models.crf.opinion.second import learn as learn_opinion
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.ranking.batch import Problem
from igtkit.models.crf.ranking.features import CandidateFeatures
from igtkit.models.crf.ranking.problem import assemble, join_features
from igtkit.models.crf.ranking.ranker import Ranker, passes_over
from igtkit.models.crf.rehearsal import rehearse, tried_words
from igtkit.models.crf.sentences import Analysis, Sentence, new_form, split_parts
from igtkit.models.crf.translation import Translations

__all__ = ["collect", "fill_forms", "rehearse_clues", "train_crf"]

_FEW_WORDS = 100_000  # of more there is no second opinion: their clues take much memory; by hand


def collect(
    sentences: Sequence[Sentence], habits: Habits, extra: Sequence[Analysis] = ()
) -> tuple[list[Item], list[Taught]]:
    """Return the distinct (word, analysis) pairs of a corpus, aligned, and its sentences.

    Args:
        sentences: The sentences.
        habits: What the corpus does with punctuation.
        extra: Analyses known from elsewhere; their items come first.
    """
    number: dict[tuple[str, Analysis], int] = {}
    times: Counter[int] = Counter()
    for known in extra:
        key = (lower("".join(form for form, _, _ in known)), known)
        times[number.setdefault(key, len(number))] += 1
    taught = []
    for sentence in sentences:
        row = []
        for word, analysis in zip(sentence.words, sentence.analyses, strict=True):
            if analysis is None:
                row.append(-1)
                continue
            key = (lower(habits.core(word)), analysis)
            row.append(number.setdefault(key, len(number)))
            times[row[-1]] += 1
        taught.append(Taught(sentence.words, tuple(row), sentence.translation, sentence.id))
    rows = [(word, analysis, times[i]) for i, (word, analysis) in enumerate(number)]
    chunks = align(rows)
    items = [Item(w, a, c) for (w, a, _), c in zip(rows, chunks, strict=True)]
    return items, taught


def fill_forms(model: Model, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return sentences with an inferred form for each word that has a gloss and no form.

    Such a word takes the best of its candidates that has its gloss; without one it stays open.

    Args:
        model: A model with the tables of the words that are segmented.
        sentences: The sentences.
    """
    result = []
    words = sorted(
        {
            model.core(word)
            for s in sentences
            for word, (form, gloss) in zip(s.words, s.partial, strict=True)
            if form is None and gloss is not None
        }
    )
    candidates = model.candidates(words, model.counts, model.weights)
    position = {word: i for i, word in enumerate(words)}
    lexicon = model.lexicon

    def new(at: int, row: int, slot: int) -> str:
        begin, end = candidates.begin[row, slot], candidates.end[row, slot]
        return new_form(candidates.text(at, begin, end))

    def fill(word: str, gloss: str) -> Analysis | None:
        wanted = split_parts(gloss)
        at = position[model.core(word)]
        for row in range(candidates.start[at], candidates.start[at + 1]):
            entries = candidates.entry[row, : candidates.size[row]].tolist()
            names = [lexicon.glosses.all[lexicon.gloss[e]] if e >= 0 else None for e in entries]
            if len(names) == len(wanted) and all(
                name in (None, part) for name, (_, part) in zip(names, wanted, strict=True)
            ):
                forms = [
                    lexicon.forms.all[lexicon.form[e]] if e >= 0 else new(at, row, slot)
                    for slot, e in enumerate(entries)
                ]
                return tuple((f, g, b) for f, (b, g) in zip(forms, wanted, strict=True))
        return None

    for sentence in sentences:
        analyses = tuple(
            fill(word, gloss) if form is None and gloss is not None else analysis
            for word, analysis, (form, gloss) in zip(
                sentence.words, sentence.analyses, sentence.partial, strict=True
            )
        )
        result.append(attrs.evolve(sentence, analyses=analyses))
    return result


def train_crf(
    model: Model, sentences: Sequence[Sentence], seed: int = 0, progress: bool | None = None
) -> None:
    """Train the ranker and the choice of unknown stems' glosses.

    Args:
        model: A model whose tables are filled from `sentences`.
        sentences: The training sentences, in the model's order.
        seed: Seed of folds, order and dropout.
        progress: Whether to show a bar; None: where standard error is a terminal.
    """
    cores = [[model.core(word) for word in s.words] for s in sentences]
    passes = 1 + passes_over(sum(map(len, cores)), model.settings.ranker)
    with Progress(len(sentences) * passes, progress, "learning") as bar:
        folds = cut_folds(model, cores, seed, bar)
        model.lookups = Lookups()  # what the folds looked up takes memory
        tried = _learn_ranking(model, sentences, cores, folds, seed, bar)
    rehearse(model, sentences, cores, folds, tried, seed)


def _learn_ranking(  # noqa: PLR0917
    model: Model,
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    folds: Sequence[Fold],
    seed: int,
    bar: Progress,
) -> dict[int, list[np.ndarray]]:
    """Learn the ranker and the second opinion; return what they say of words they were spared."""
    problem = _problem(model, sentences, cores, folds)
    model.ranker, unseen = Ranker.train(problem, model.settings.ranker, seed, bar)
    if len(problem.item) <= _FEW_WORDS:
        clues = _clues(model, cores, folds, problem)
        model.opinion, unseen = learn_opinion(problem, clues, unseen, seed)
    return tried_words(problem, unseen)


def rehearse_clues(
    model: Model, sentences: Sequence[Sentence], seed: int
) -> tuple[Problem, np.ndarray]:
    """Return what the second opinion learns from: the sentences to rank, and the clues of each row.

    Args:
        model: A model whose tables are filled from `sentences`.
        sentences: The training sentences, in the model's order.
        seed: Seed of the folds.
    """
    cores = [[model.core(word) for word in s.words] for s in sentences]
    folds = cut_folds(model, cores, seed, Progress(None, shown=False))
    problem = _problem(model, sentences, cores, folds)
    return problem, _clues(model, cores, folds, problem)


def _problem(
    model: Model,
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    folds: Sequence[Fold],
) -> Problem:
    items: list[list[int]] = [[] for _ in sentences]
    targets: list[list[int]] = [[] for _ in sentences]
    translations: list[Translations] = [model.translations] * len(sentences)
    starts, base, rows = [np.zeros(1, np.int64)], 0, 0
    features: list[CandidateFeatures] = []
    for fold in folds:
        if fold.features is not None:
            features.append(fold.features)
            fold.features = None
        others = fold.translations(model)
        for s in fold.sentences:
            taught = model.sentences[s].items
            items[s] = [base + fold.position[core] for core in cores[s]]
            targets[s] = [
                fold.right.get((core, item), -1)
                for core, item in zip(cores[s], taught, strict=True)
            ]
            translations[s] = others
        starts.append(fold.candidates.start[1:] + rows)
        base += len(fold.candidates.words)
        rows += int(fold.candidates.start[-1])
    return assemble(
        model.coder,
        model.lexicon,
        translations,
        [model.habits.apart(sentence) for sentence in sentences],
        cores,
        items,
        np.concatenate(starts),
        join_features(features),
        np.concatenate([fold.stems for fold in folds]),
        np.concatenate([fold.candidates.count for fold in folds]),
        targets,
    )


def _clues(
    model: Model, cores: Sequence[Sequence[str]], folds: Sequence[Fold], problem: Problem
) -> np.ndarray:
    """The clues of each row of the problem, by what the other folds teach."""
    experience = model.experience
    table = np.zeros((len(problem.target), len(CLUES)))
    for fold in folds:
        members = fold.sentences.tolist()
        without = np.isin(np.arange(len(model.sentences)), members)
        gone = np.flatnonzero((model.counts > 0) & (model.counts <= fold.counts(model))).tolist()
        tactics = Morphotactics(model.lexicon, gone, experience.tactics)
        with experience.letters.without(gone):
            of_words = experience.of_words(fold.candidates, tactics)
        lines = [model.sentences[s].translation for s in members]
        items = [[fold.position[core] for core in cores[s]] for s in members]
        own, told = [cores[s] for s in members], fold.translations(model)
        asked = Asked(own, lines, items, fold.candidates, told, of_words, without)
        rows = [np.arange(*problem.first[problem.sentence[s : s + 2]]) for s in members]
        table[np.concatenate(rows), OWN] = experience.clues(asked)
    add_values(problem, table)
    return table
