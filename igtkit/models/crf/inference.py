"""The analyses of each word of a sentence, with their probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from igtkit.boundaries import UNKNOWN
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Candidates, Key
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.model import Model, lower
from igtkit.models.crf.opinion.clues import Asked, with_values
from igtkit.models.crf.ranking.batch import Problem
from igtkit.models.crf.ranking.features import extract
from igtkit.models.crf.ranking.problem import UNKNOWN_STEM, assemble, main_gloss
from igtkit.models.crf.sentences import Sentence, new_form, split_parts
from igtkit.models.crf.unknown import OTHER_GLOSS, UNKNOWN_GLOSS
from igtkit.models.crf.unknown.knowledge import Place
from igtkit.models.crf.unknown.options import Options
from igtkit.models.crf.unknown.stems import NewStems
from igtkit.models.crf.words import Words
from igtkit.models.partial import Known

__all__ = ["Reader", "analyze", "look_up", "read_all", "stem_name", "unknown_places"]

_LIKELY = 0.01  # less probable candidates are not read; by hand, as they are not shown either
# Nats for a correction, times log(1 + how often): by hand, so that a few outweigh what training
# knew; their whole effect is measured by benchmarks/glosser_session.py.
_CORRECTION = 1.5
_EMPTY_FORM = "\0"  # what looks up no form
_COPIES = ("copy", "low")  # a form stands as its own gloss, and is no label


def stem_name(lexicon: Lexicon, stem: int) -> str | None:
    """The gloss a main stem's number stands for: ``?`` for an unknown stem, None for no stem."""
    if stem == UNKNOWN_STEM:
        return UNKNOWN_GLOSS
    return None if stem < 0 else str(lexicon.glosses.all[stem])


def unknown_places(
    model: Model, candidates: Candidates, row: int, sentence: Sentence, index: int
) -> list[tuple[Place, int]]:
    """Return the places of a candidate's unknown stems, with their slots.

    Args:
        model: The tables.
        candidates: The table of candidates.
        row: The candidate.
        sentence: The sentence the word is in.
        index: The word's index in the sentence.
    """
    if not candidates.unknown[row]:
        return []
    slots = np.flatnonzero(candidates.kind[row] == Kind.UNKNOWN).tolist()
    names = model.lexicon.glosses.all
    entries = candidates.entry[row, : candidates.size[row]].tolist()
    word = int(np.searchsorted(candidates.start, row, side="right")) - 1
    glosses = [names[model.lexicon.gloss[e]] if e >= 0 else UNKNOWN_GLOSS for e in entries]
    core = model.habits.core(sentence.words[index])
    places = []
    for slot in slots:
        begin, end = int(candidates.begin[row, slot]), int(candidates.end[row, slot])
        if isinstance(candidates.words[word], str):
            written = new_form(core[begin:end])
        else:
            written = candidates.text(word, begin, end)
        before = glosses[slot - 1] if slot else ""
        after = glosses[slot + 1] if slot + 1 < len(entries) else ""
        places.append((Place(index, lower(written), written, before, after), slot))
    return places


def analyze(
    model: Model, sentences: Sequence[Sentence], done: Sequence[Sequence[Known]] | None = None
) -> list[list[list[Hypothesis]]]:
    """Return the analyses of every word of every sentence, likeliest first.

    Args:
        model: A trained model.
        sentences: The sentences; their analyses are not looked at.
        done: What is done of each word. A word whose form is done has only analyses with that form,
            one whose gloss is done those with that gloss, if there are any.
    """
    keys = [
        [
            _key(model, word, None if done is None else done[s][w][0])
            for w, word in enumerate(one.words)
        ]
        for s, one in enumerate(sentences)
    ]
    distinct = {key for row in keys for key in row}
    if not distinct:
        return [[] for _ in sentences]
    words: list[Key] = sorted(key for key in distinct if isinstance(key, str))
    words += sorted(key for key in distinct if not isinstance(key, str))
    position = {word: i for i, word in enumerate(words)}
    of_words = model.met.of(words, (model.weights, model.opinion), partial(look_up, model))
    candidates, stems = of_words.candidates, of_words.stems
    cores = [[key if isinstance(key, str) else "".join(key) for key in row] for row in keys]
    items = [[position[key] for key in row] for row in keys]
    problem = assemble(
        model.coder,
        model.lexicon,
        [model.translations] * len(sentences),
        [model.habits.apart(sentence) for sentence in sentences],
        cores,
        items,
        candidates.start,
        of_words.features,
        stems,
        candidates.count,
    )
    problem.bias = _corrections(model, candidates, problem)
    if done is not None:
        allowed = _allowed(model, candidates, problem, [known for row in done for known in row])
        problem.bias = np.where(allowed, problem.bias, -np.inf)
    ranked = probability = model.ranker.marginals(problem)
    if model.opinion is not None:
        lines = [sentence.translation for sentence in sentences]
        experience = model.experience
        asked = Asked(cores, lines, items, candidates, model.translations, of_words.clues)
        clues = with_values(problem, experience.clues(asked))
        probability = model.opinion.beside(ranked, clues, problem.first, problem.bias)
    readers: list[Reader] = []
    number, first = 0, problem.first.tolist()
    gain = (probability - ranked).tolist()
    for sentence, row in zip(sentences, keys, strict=True):
        start = candidates.start[problem.item[number : number + len(row)]]
        known = [stem_name(model.lexicon, stem) for stem in stems[start].tolist()]
        reader = Reader(model, candidates, sentence)
        for index, row_start in enumerate(start.tolist()):
            low, high = first[number], first[number + 1]
            reader.take(index, row_start, probability[low:high], gain[low:high])
            number += 1
        unknowns = model.unknowns
        reader.ask(NewStems(unknowns, sentence.translation, known, unknowns.knowledge))
        readers.append(reader)
    return read_all(model, readers)


def read_all(model: Model, readers: Sequence[Reader]) -> list[list[list[Hypothesis]]]:
    """Return the hypotheses of each word of each sentence, likeliest first."""
    asked = [one for reader in readers for one in reader.asked.values()]
    shares = iter(model.unknowns.choose(asked))
    return [
        reader.hypotheses({place: (one, next(shares)) for place, one in reader.asked.items()})
        for reader in readers
    ]


def look_up(model: Model, words: Sequence[Key]) -> Words:
    """Return what is known of words without their sentences."""
    candidates = model.candidates(words, model.counts, model.weights)
    clues = np.zeros((len(candidates.size), 0))
    if model.opinion is not None:
        clues = model.experience.of_words(candidates, model.experience.tactics)
    features = extract(model.lexicon, model.coder, candidates)
    return Words(candidates, features, main_gloss(model.lexicon, candidates), clues)


def _key(model: Model, word: str, form: str | None) -> Key:
    if form is None:
        return model.core(word)
    return tuple(lower(part) or _EMPTY_FORM for _, part in split_parts(form))


def _corrections(model: Model, candidates: Candidates, problem: Problem) -> np.ndarray:
    """The scores that corrections since the training add to the candidates they confirm.

    The ranker's weights do not know the new words and labels yet, which others would profit from.
    """
    bias = np.zeros(len(problem.target))
    if not model.corrections:
        return bias
    for word, item in enumerate(problem.item.tolist()):
        for number, times in model.corrections.get(candidates.words[item], {}).items():
            morphs = model.lexicon.morph[model.lexicon.item_entries[number]].tolist()
            for row in range(candidates.start[item], candidates.start[item + 1]):
                entries = candidates.entry[row, : candidates.size[row]]
                if (entries >= 0).all() and model.lexicon.morph[entries].tolist() == morphs:
                    at = problem.first[word] + row - candidates.start[item]
                    bias[at] = _CORRECTION * np.log1p(times)
    return bias


def _allowed(
    model: Model, candidates: Candidates, problem: Problem, done: Sequence[Known]
) -> np.ndarray:
    """The rows that agree with the glosses that are done; all of a word's where none does."""
    allowed = np.ones(len(problem.target), bool)
    names, gloss_of = model.lexicon.glosses.all, model.lexicon.gloss
    for word, (_, gloss) in enumerate(done):
        if gloss is None:
            continue
        wanted = [part for _, part in split_parts(gloss)]
        low, high = problem.first[word], problem.first[word + 1]
        start = candidates.start[problem.item[word]]
        agrees = np.zeros(high - low, bool)
        for row in range(high - low):
            entries = candidates.entry[start + row, : candidates.size[start + row]].tolist()
            agrees[row] = len(entries) == len(wanted) and all(
                want == UNKNOWN or (entry >= 0 and names[gloss_of[entry]] == want)
                for want, entry in zip(wanted, entries, strict=True)
            )
        if agrees.any():
            allowed[low:high] = agrees
    return allowed


class Reader:
    """Reads the candidates of one sentence's words as hypotheses.

    Args:
        model: The tables.
        candidates: The candidates of its words.
        sentence: The sentence.

    Attributes:
        asked: The options of all unknown stems of the sentence.
    """

    def __init__(self, model: Model, candidates: Candidates, sentence: Sentence) -> None:
        self.model = model
        self.candidates = candidates
        self.sentence = sentence
        self.asked: dict[Place, Options] = {}
        self.rows: list[list[tuple[int, float, list[tuple[Place, int]], float]]] = []
        self.chosen: dict[Place, list[tuple[str, float, str]]] = {}

    def take(
        self, index: int, start: int, probability: np.ndarray, gain: Sequence[float] = ()
    ) -> None:
        """Take the likely candidates of the next word.

        Args:
            index: The word's index in the sentence.
            start: Its first candidate.
            probability: The probabilities of its candidates.
            gain: What the second opinion adds to each, if it is wanted.
        """
        shares: list[float] = probability.tolist()
        least = min(_LIKELY, max(shares))
        likely = [(-share, start + i) for i, share in enumerate(shares) if share >= least]
        rows = []
        for share, row in sorted(likely):
            places = unknown_places(self.model, self.candidates, row, self.sentence, index)
            rows.append((row, -share, places, gain[row - start] if gain else 0.0))
        self.rows.append(rows)

    def ask(self, stems: NewStems) -> None:
        """Ask for the options of the unknown stems of the words that were taken."""
        places = {p: None for rows in self.rows for _, _, found, _ in rows for p, _ in found}
        self.asked = {place: stems.options(place) for place in places}

    def hypotheses(
        self, options: Mapping[Place, tuple[Options, np.ndarray]]
    ) -> list[list[Hypothesis]]:
        """Return the hypotheses of each word, likeliest first.

        Args:
            options: For each place of an unknown stem its options and their probabilities.
        """
        model = self.model
        for place, (one, share) in options.items():
            best: list[tuple[str, float, str]] = []
            for i in np.argsort(-share, kind="stable").tolist():
                gloss = one.glosses[i]
                if gloss and (model.allows(gloss) or one.source(i) in _COPIES):
                    best.append((gloss, float(share[i]), one.source(i)))
                    if len(best) == model.settings.options:
                        break
            self.chosen[place] = best
        return [
            sorted(
                (one for row in rows for one in self._read(*row)), key=lambda one: -one.probability
            )
            for rows in self.rows
        ]

    def _read(
        self, row: int, probability: float, places: Sequence[tuple[Place, int]], gain: float
    ) -> list[Hypothesis]:
        """One candidate, with the options for its unknown stem; of more, the first varies."""
        lexicon, candidates = self.model.lexicon, self.candidates
        entries = candidates.entry[row, : candidates.size[row]].tolist()
        forms = [lexicon.forms.all[lexicon.form[e]] for e in entries]
        glosses = [lexicon.glosses.all[lexicon.gloss[e]] for e in entries]
        morphs = [int(lexicon.morph[e]) if e >= 0 else -1 for e in entries]
        marks = ("", *(self.model.boundary(a, b) for a, b in pairwise(morphs)))
        count = float(candidates.count[row])

        def hypothesis(share: float, source: str, stem: int = -1) -> Hypothesis:
            return Hypothesis(
                tuple(forms),
                tuple(glosses),
                probability * share,
                marks,
                source,
                count,
                stem,
                gain * share,
            )

        if not places:
            return [hypothesis(1.0, "")]
        for place, slot in places:
            gloss, _, source = self.chosen[place][0]
            forms[slot], glosses[slot] = self._form(place, gloss, source), gloss
        place, slot = places[0]
        result, rest = [], 1.0
        for gloss, share, source in self.chosen[place]:
            forms[slot], glosses[slot] = self._form(place, gloss, source), gloss
            result.append(hypothesis(share, source, slot))
            rest -= share
        forms[slot], glosses[slot] = self._form(place, OTHER_GLOSS, "none"), OTHER_GLOSS
        return [*result, hypothesis(max(rest, 0.0), "none", slot)]

    def _form(self, place: Place, gloss: str, source: str) -> str:
        """What a new stem is written as: small, but for names, where the corpus does so."""
        small = source != "copy" and self.model.habits.small(self.sentence, place.word, gloss)
        return place.chunk if small else place.written
