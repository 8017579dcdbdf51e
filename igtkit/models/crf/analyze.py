"""From sentences to the analyses each word may have, with their probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.assemble import UNKNOWN_STEM, assemble, main_gloss
from igtkit.models.crf.candidates import Candidates
from igtkit.models.crf.decode import MISS, Hypothesis
from igtkit.models.crf.features import extract
from igtkit.models.crf.lexicon import UNKNOWN, UNKNOWN_GLOSS, Lexicon
from igtkit.models.crf.model import Model, lower
from igtkit.models.crf.text import Sentence
from igtkit.models.crf.unknown import Place, View

__all__ = ["analyze", "stem_name", "unknown_place"]

_LEAST = 0.01


def stem_name(lexicon: Lexicon, stem: int) -> str | None:
    """The gloss a main stem's number stands for: ``?`` for an unknown stem, None for no stem."""
    if stem == UNKNOWN_STEM:
        return UNKNOWN_GLOSS
    return None if stem < 0 else str(lexicon.glosses.all[stem])


def unknown_place(
    model: Model, candidates: Candidates, row: int, sentence: Sentence, index: int
) -> tuple[Place, int] | None:
    """Where a candidate's unknown stem stands, and its slot; None if it has none.

    Args:
        model: The tables.
        candidates: The table of candidates.
        row: The candidate.
        sentence: The sentence the word is in.
        index: The word's index in the sentence.
    """
    slots = np.flatnonzero(candidates.kind[row] == UNKNOWN)
    if not len(slots):
        return None
    slot = int(slots[0])
    names = model.lexicon.glosses.all
    entries = candidates.entry[row, : candidates.size[row]].tolist()
    begin, end = int(candidates.begin[row, slot]), int(candidates.end[row, slot])
    core = model.habits.core(sentence.words[index])
    before = names[model.lexicon.gloss[entries[slot - 1]]] if slot else ""
    after = names[model.lexicon.gloss[entries[slot + 1]]] if slot + 1 < len(entries) else ""
    written = core[begin:end]
    return Place(0, index, lower(written), written, before, after), slot


def analyze(model: Model, sentences: Sequence[Sentence]) -> list[list[list[Hypothesis]]]:
    """The analyses of every word of every sentence, likeliest first.

    Args:
        model: A trained model.
        sentences: The sentences; their analyses are not looked at.
    """
    cores = [[model.core(word) for word in s.words] for s in sentences]
    words = sorted({core for row in cores for core in row})
    if not words:
        return [[] for _ in sentences]
    position = {word: i for i, word in enumerate(words)}
    candidates = model.candidates(words, model.counts, model.weights)
    stems = main_gloss(model.lexicon, candidates)
    problem = assemble(
        model.coder,
        model.lexicon,
        [model.translations] * len(sentences),
        sentences,
        cores,
        [[position[core] for core in row] for row in cores],
        candidates.start,
        extract(model.lexicon, model.coder, candidates),
        stems,
        candidates.count,
    )
    probability = model.ranker.marginals(problem)
    result: list[list[list[Hypothesis]]] = []
    number = 0
    for sentence, row in zip(sentences, cores, strict=True):
        first = candidates.start[problem.item[number : number + len(row)]]
        known = [stem_name(model.lexicon, stem) for stem in stems[first].tolist()]
        reader = _Reader(model, candidates, sentence, known)
        result.append([])
        for index in range(len(row)):
            low, high = problem.first[number], problem.first[number + 1]
            result[-1].append(reader.hypotheses(index, int(first[index]), probability[low:high]))
            number += 1
    return result


@attrs.define
class _Reader:
    """Reads the candidates of one sentence's words as hypotheses."""

    model: Model
    candidates: Candidates
    sentence: Sentence
    known: Sequence[str | None]
    view: View | None = None

    def hypotheses(self, index: int, start: int, probability: np.ndarray) -> list[Hypothesis]:
        """The hypotheses for one word, likeliest first."""
        found: list[Hypothesis] = []
        likely = np.flatnonzero(probability >= min(_LEAST, probability.max()))
        for offset in likely[np.argsort(-probability[likely], kind="stable")].tolist():
            found += self._one(index, start + offset, float(probability[offset]))
        return sorted(found, key=lambda one: -one.probability)

    def _one(self, index: int, row: int, probability: float) -> list[Hypothesis]:
        model, lexicon, candidates = self.model, self.model.lexicon, self.candidates
        entries = candidates.entry[row, : candidates.size[row]].tolist()
        forms = [lexicon.forms.all[lexicon.form[e]] for e in entries]
        glosses = [lexicon.glosses.all[lexicon.gloss[e]] for e in entries]
        marks = self._boundaries(entries)
        found = unknown_place(model, candidates, row, self.sentence, index)
        if found is None:
            return [Hypothesis(tuple(forms), tuple(glosses), probability, row, "", marks)]
        place, slot = found
        forms[slot] = place.written
        if self.view is None and self.sentence.translation:
            self.view = View(self.sentence.translation, self.known, model.translations)
        options = model.unknowns.options(place, self.view)
        shares = model.unknowns.choose(options)
        rest, result = 1.0, []
        for option in np.argsort(-shares, kind="stable")[: model.settings.options].tolist():
            if not options.glosses[option]:
                continue
            glosses[slot] = options.glosses[option]
            share = float(shares[option])
            source = options.source(option)
            result.append(
                Hypothesis(tuple(forms), tuple(glosses), probability * share, row, source, marks)
            )
            rest -= share
        glosses[slot] = MISS
        result.append(
            Hypothesis(tuple(forms), tuple(glosses), probability * rest, row, "none", marks)
        )
        return result

    def _boundaries(self, entries: Sequence[int]) -> tuple[str, ...]:
        morph = self.model.lexicon.morph
        numbers = [int(morph[e]) if e >= 0 else -1 for e in entries]
        return tuple(
            "" if i == 0 else self.model.boundary(numbers[i - 1], numbers[i])
            for i in range(len(numbers))
        )
