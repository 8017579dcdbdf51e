"""The training sentences, each analyzed by what others teach.

If a sentence's candidates came from a lexicon that had seen the sentence, its words would always
be known and remembered rightly, and the ranker would learn to trust memory more than it deserves.
So the corpus is cut into folds; each gets its candidates, counts and translations from the others
(jackknife).
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit._progress import Progress
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.model import Model
from igtkit.models.crf.ranking.features import CandidateFeatures, extract
from igtkit.models.crf.ranking.problem import main_gloss
from igtkit.models.crf.targets import nearest
from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.knowledge import Knowledge

__all__ = ["Fold", "cut_folds"]

# Below so many sentences one fold for each, or 20, above 10: crf_log.md, cross-validation 4 and 5.
_ONE_BY_ONE, _TWENTY = 50, 1500


@attrs.define
class Fold:
    """One fold's sentences, analyzed by what the others teach.

    Attributes:
        sentences: Their numbers.
        candidates: The candidates of their words.
        features: Their features, until the problem has them.
        stems: Their main glosses, from `main_gloss`.
        right: For each word, as the lexicon has it, and item the right candidate, from 0.
        position: For each word its number among the candidates' words.
    """

    sentences: np.ndarray
    candidates: Candidates
    features: CandidateFeatures | None
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


def cut_folds(model: Model, cores: Sequence[Sequence[str]], seed: int, bar: Progress) -> list[Fold]:
    """Return the folds, without those that have no word.

    Args:
        model: A model whose tables are filled from the sentences.
        cores: The words of each sentence, as the lexicon has them.
        seed: Seed of which sentences stand together.
        bar: Shows how many sentences were analyzed.
    """
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


def _fold(model: Model, members: np.ndarray, cores: Sequence[Sequence[str]]) -> Fold:
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
    return Fold(members, candidates, features, stems, right, position)


def _counts(model: Model, members: np.ndarray) -> np.ndarray:
    """How often each item occurs in some sentences."""
    items = [i for s in members.tolist() for i in model.sentences[s].items if i >= 0]
    return np.bincount(np.array(items, np.int64), minlength=len(model.items))
