"""Training, with every sentence analyzed by what the others teach.

If a sentence's candidates came from a lexicon that had seen the sentence, its words would always
be known and remembered rightly, and the ranker would learn to trust memory more than it deserves.
So the corpus is cut into folds; each gets its candidates, counts and translations from the others
(jackknife).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import attrs
import numpy as np

from igtkit._progress import Progress
from igtkit.models.crf.calibration import Calibration, Judged, judge
from igtkit.models.crf.candidates.align import align
from igtkit.models.crf.candidates.table import Candidates, Lookups
from igtkit.models.crf.inference import Reader, read_all, stem_name, unknown_places
from igtkit.models.crf.model import Item, Model, Taught, lower
from igtkit.models.crf.opinion.clues import CLUES, OWN, Asked, add_values
from igtkit.models.crf.opinion.morphotactics import Morphotactics
from igtkit.models.crf.opinion.second import learn as learn_opinion
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.ranking.features import CandidateFeatures, extract
from igtkit.models.crf.ranking.problem import assemble, join_features, main_gloss
from igtkit.models.crf.ranking.ranker import Problem, Ranker, passes_over
from igtkit.models.crf.sentences import Analysis, Sentence, split_parts
from igtkit.models.crf.targets import nearest
from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.knowledge import Knowledge, View
from igtkit.models.crf.unknown.stems import KnownStem

__all__ = ["collect", "fill_forms", "rehearse_clues", "train_crf"]

# Below so many sentences one fold for each, or 20, above 10: crf_log.md, cross-validation 4 and 5.
_ONE_BY_ONE, _TWENTY = 50, 1500
_TEACHING = 12_000  # sentences, at most, that teach the choice of new stems' glosses; by hand
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
                    lexicon.forms.all[lexicon.form[e]]
                    if e >= 0
                    else candidates.text(at, candidates.begin[row, c], candidates.end[row, c])
                    for c, e in enumerate(entries)
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


@attrs.define
class _Fold:
    """One fold's sentences, analyzed by the others' knowledge."""

    sentences: np.ndarray
    candidates: Candidates
    features: CandidateFeatures | None  # until the problem has them
    stems: np.ndarray
    right: dict[tuple[str, int], int]
    position: dict[str, int]

    def counts(self, model: Model) -> np.ndarray:
        """How often each item occurs in its sentences."""
        return _counts(model, self.sentences)

    def translations(self, model: Model) -> Translations:
        """What the others' translations say; found for each use, as it takes memory."""
        return model.translations.without(self.sentences.tolist())

    def knowledge(self, model: Model) -> Knowledge:
        """What the others know of stems; the same."""
        stems, members = model.stems(self.counts(model)), self.sentences.tolist()
        return model.unknowns.without(members, stems, self.translations(model))


def _counts(model: Model, members: np.ndarray) -> np.ndarray:
    """How often each item occurs in some sentences."""
    items = [i for s in members.tolist() for i in model.sentences[s].items if i >= 0]
    return np.bincount(np.array(items, np.int64), minlength=len(model.items))


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
        parts = _parts(model, cores, seed, bar)
        model.lookups = Lookups()  # what the folds looked up takes memory
        tried = _learn_ranking(model, sentences, cores, parts, seed, bar)
    examples = _unknown_examples(model, sentences, cores, parts)
    model.unknowns.train([one for s, one in examples if s not in tried], seed)
    model.calibration = _rehearse(model, sentences, parts, tried)
    model.unknowns.train([one for _, one in examples], seed)


def _learn_ranking(  # noqa: PLR0917
    model: Model,
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    parts: Sequence[_Fold],
    seed: int,
    bar: Progress,
) -> dict[int, list[np.ndarray]]:
    """Learn the ranker and the second opinion; return what they say of words they were spared."""
    problem = _problem(model, sentences, cores, parts)
    model.ranker, unseen = Ranker.train(problem, model.settings.ranker, seed, bar)
    if len(problem.item) <= _FEW_WORDS:
        clues = _clues(model, cores, parts, problem)
        model.opinion, unseen = learn_opinion(problem, clues, unseen, seed)
    return _tried(problem, unseen)


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
    parts = _parts(model, cores, seed, Progress(None, shown=False))
    problem = _problem(model, sentences, cores, parts)
    return problem, _clues(model, cores, parts, problem)


def _parts(model: Model, cores: Sequence[Sequence[str]], seed: int, bar: Progress) -> list[_Fold]:
    """The folds, without those that have no word."""
    count = len(cores)
    folds = min(model.settings.folds or _folds(count), count)
    fold_of = np.random.default_rng(seed).permutation(count) % max(folds, 1)
    parts = []
    for number in range(folds):
        members = np.flatnonzero(fold_of == number)
        if any(cores[s] for s in members.tolist()):
            parts.append(_fold(model, members, cores))
        bar.advance(len(members))
    return parts


def _folds(count: int) -> int:
    return count if count < _ONE_BY_ONE else 20 if count < _TWENTY else 10


def _fold(model: Model, members: np.ndarray, cores: Sequence[Sequence[str]]) -> _Fold:
    words = sorted({core for s in members for core in cores[s]})
    counts = model.counts - _counts(model, members)
    weights = model.weigh(counts)
    candidates = model.candidates(words, counts, weights)
    position = {word: i for i, word in enumerate(words)}
    pairs = sorted(
        {
            (position[core], item)
            for s in members
            for core, item in zip(cores[s], model.sentences[s].items, strict=True)
            if item >= 0
        }
    )
    rows = nearest(model.lexicon, weights, candidates, pairs)
    right = {
        (words[w], item): row - int(candidates.start[w])
        for (w, item), (row, _) in zip(pairs, rows, strict=True)
    }
    features = extract(model.lexicon, model.coder, candidates)
    stems = main_gloss(model.lexicon, candidates)
    return _Fold(members, candidates, features, stems, right, position)


def _problem(
    model: Model,
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    parts: Sequence[_Fold],
) -> Problem:
    items: list[list[int]] = [[] for _ in sentences]
    targets: list[list[int]] = [[] for _ in sentences]
    translations: list[Translations] = [model.translations] * len(sentences)
    starts, base, rows = [np.zeros(1, np.int64)], 0, 0
    features: list[CandidateFeatures] = []
    for part in parts:
        if part.features is not None:
            features.append(part.features)
            part.features = None
        others = part.translations(model)
        for s in part.sentences:
            taught = model.sentences[s].items
            items[s] = [base + part.position[core] for core in cores[s]]
            targets[s] = [
                part.right.get((core, item), -1)
                for core, item in zip(cores[s], taught, strict=True)
            ]
            translations[s] = others
        starts.append(part.candidates.start[1:] + rows)
        base += len(part.candidates.words)
        rows += int(part.candidates.start[-1])
    return assemble(
        model.coder,
        model.lexicon,
        translations,
        [model.habits.apart(sentence) for sentence in sentences],
        cores,
        items,
        np.concatenate(starts),
        join_features(features),
        np.concatenate([part.stems for part in parts]),
        np.concatenate([part.candidates.count for part in parts]),
        targets,
    )


def _clues(
    model: Model, cores: Sequence[Sequence[str]], parts: Sequence[_Fold], problem: Problem
) -> np.ndarray:
    """The clues of each row of the problem, by what the other folds teach."""
    experience = model.experience
    table = np.zeros((len(problem.target), len(CLUES)))
    for part in parts:
        members = part.sentences.tolist()
        without = np.isin(np.arange(len(model.sentences)), members)
        gone = np.flatnonzero((model.counts > 0) & (model.counts <= part.counts(model))).tolist()
        asked = Asked(
            [cores[s] for s in members],
            [model.sentences[s].translation for s in members],
            [[part.position[core] for core in cores[s]] for s in members],
            part.candidates,
            part.translations(model),
            Morphotactics(model.lexicon, gone, experience.tactics),
            without,
        )
        rows = [np.arange(*problem.first[problem.sentence[s : s + 2]]) for s in members]
        with experience.letters.without(gone):
            table[np.concatenate(rows), OWN] = experience.clues(asked)
    add_values(problem, table)
    return table


def _unknown_examples(
    model: Model,
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    parts: Sequence[_Fold],
) -> list[tuple[int, KnownStem]]:
    """The options of every stem that the other folds did not know, with its gloss; by sentence.

    Of very many sentences a part is enough.
    """
    examples, step = [], -(-len(sentences) // _TEACHING)
    for part in parts:
        candidates, knowledge = part.candidates, part.knowledge(model)
        for s in part.sentences[::step]:
            sentence, offers = sentences[s], None
            known = [
                stem_name(model.lexicon, part.stems[candidates.start[part.position[core]]])
                for core in cores[s]
            ]
            for index, core in enumerate(cores[s]):
                analysis = sentence.analyses[index]
                item = model.sentences[s].items[index]
                if analysis is None or (core, item) not in part.right:
                    continue
                row = int(candidates.start[part.position[core]]) + part.right[core, item]
                found = unknown_places(model, candidates, row, sentence, index)
                if not found or candidates.size[row] != len(analysis):
                    continue
                if offers is None and sentence.translation:
                    view = View(sentence.translation, known, knowledge.translations)
                    offers = model.unknowns.offers(view, knowledge)
                place, slot = found[0]
                options = model.unknowns.options(place, offers, knowledge)
                examples.append((int(s), KnownStem.of(options, analysis[slot][1])))
    return examples


def _tried(problem: Problem, unseen: np.ndarray) -> dict[int, list[np.ndarray]]:
    """Of the sentences that a run of the ranker has not seen, and was tried on, what it said.

    Returns:
        For each such sentence the probabilities of the candidates of each of its words.
    """
    tried = {}
    for s, (begin, end) in enumerate(pairwise(problem.sentence.tolist())):
        if begin < end and not np.isnan(unseen[problem.first[begin]]):
            words = pairwise(problem.first[begin : end + 1].tolist())
            tried[s] = [unseen[low:high] for low, high in words]
    return tried


def _rehearse(
    model: Model,
    sentences: Sequence[Sentence],
    parts: Sequence[_Fold],
    tried: Mapping[int, Sequence[np.ndarray]],
) -> Calibration:
    """Gloss the sentences that were tried, and see how far the probabilities are right."""
    judged: list[Judged] = []
    lines = [model.read(sentence.words) for sentence in sentences]
    total = Counter(lines)
    for part in parts:
        own, knowledge = Counter(lines[s] for s in part.sentences), part.knowledge(model)
        readers, members = [], [s for s in part.sentences.tolist() if s in tried]
        for s in members:
            items = [part.position[model.core(word)] for word in sentences[s].words]
            rows = part.candidates.start[items].tolist()
            known = [stem_name(model.lexicon, part.stems[row]) for row in rows]
            reader = Reader(model, part.candidates, sentences[s], known, knowledge)
            for index, row in enumerate(rows):
                reader.take(index, row, tried[s][index])
            readers.append(reader)
        for s, words in zip(members, read_all(model, readers), strict=True):
            again = total[lines[s]] > own[lines[s]]
            judged += judge(zip(words, sentences[s].analyses, strict=True), again=again)
    return Calibration.learn(judged)
