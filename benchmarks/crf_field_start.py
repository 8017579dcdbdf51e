"""The weights that the choice of a new stem's gloss starts from (for `crf_field.py`).

Stems of many languages are made unknown: some sentences of a language are learned from, and in
others every stem that they lack is glossed by the options that a glosser would have, with a table
of the field that has not seen the language. From these choices weights are learned, on features
only that many languages have.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from igtkit import IGT
from igtkit.models.crf.candidates.lexicon import STEM, gloss_class
from igtkit.models.crf.model import lower
from igtkit.models.crf.sentences import Sentence, make_sentence
from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown import UNKNOWN_GLOSS
from igtkit.models.crf.unknown.field import NO_FIELD, Field
from igtkit.models.crf.unknown.knowledge import Place, View
from igtkit.models.crf.unknown.offers import Offers
from igtkit.models.crf.unknown.options import BITS, TEMPLATES, features
from igtkit.models.crf.unknown.stems import Unknowns

SIZES = (15, 30, 60, 120, 250, 500)  # sentences to learn from
SCORED, STEMS = 90, 150  # sentences whose new stems are looked at; stems of a language in a round
LEAST_TEXTS, LEAST_LANGUAGES = 12, 15
EPOCHS, RATE, L2, BATCH, DROPPED = 3, 0.1, 0.05, 64, 0.3
LEAST_WEIGHT = 0.03


@attrs.frozen
class Example:
    """The options of a stem made unknown.

    Attributes:
        corpus: The language's.
        rows: What is noted of each option.
        right: The number of the right one; the last, for none, where it is not among them.
    """

    corpus: str
    rows: np.ndarray
    right: int


def make_examples(
    corpora: Mapping[str, Sequence[IGT]], field: Field, least: int, seed: int
) -> Iterator[Example]:
    """Make at least so many stems of some languages unknown, in rounds over the languages."""
    rng = random.Random(seed)
    prepared = {
        name: [s for s in map(make_sentence, texts) if s.words and all(s.analyses)]
        for name, texts in corpora.items()
        if len(texts) >= LEAST_TEXTS
    }
    names = sorted(prepared)
    rng.shuffle(names)
    made = 0
    while made < least:
        for name in names:
            size = rng.choice(SIZES)
            many = STEMS * (2 if name.startswith("uratyp") else 1)
            found = list(new_stems(prepared[name], field, size, rng))
            for unknowns, place, offers, gloss in rng.sample(found, min(len(found), many)):
                options = unknowns.options(place, offers)
                right = options.glosses.index(gloss) if gloss in options.glosses else -1
                yield Example(name, options.table(), right % len(options.glosses))
                made += 1


def new_stems(
    texts: Sequence[Sentence], field: Field, size: int, rng: random.Random
) -> Iterator[tuple[Unknowns, Place, Offers, str]]:
    """The stems that some sentences of a language have and others, of a given number, lack."""
    shuffled = rng.sample(texts, len(texts))
    size = min(size, int(0.8 * len(shuffled)))
    known: defaultdict[str, set[str]] = defaultdict(set)
    stems: Counter[tuple[str, str]] = Counter()
    pairs = []
    for sentence in shuffled[:size]:
        morphemes = [m for analysis in sentence.analyses for m in analysis or ()]
        pairs.append(([gloss for _, gloss, _ in morphemes], sentence.translation))
        for form, gloss, _ in morphemes:
            known[lower(form)].add(gloss)
            if gloss_class(gloss) == STEM:
                stems[lower(form), gloss] += 1
    translations = Translations.of(pairs)
    unknowns = Unknowns(pairs, stems, translations, field)
    if unknowns.field is NO_FIELD:  # few of its translations are in English
        return
    for sentence in shuffled[size : size + SCORED]:
        if not sentence.translation:
            continue
        main: list[str | None] = []
        places: list[tuple[Place, str]] = []
        for index, analysis in enumerate(sentence.analyses):
            assert analysis
            new = [k for k, (f, g, _) in enumerate(analysis) if g not in known.get(lower(f), ())]
            first = next((g for _, g, _ in analysis if gloss_class(g) == STEM), None)
            main.append(UNKNOWN_GLOSS if new else first)
            if len(new) != 1 or lower(analysis[new[0]][0]) in known:
                continue
            form, gloss, _ = analysis[new[0]]
            if any(map(str.isalnum, form)) and any(map(str.isalnum, gloss)):
                before, after = (
                    analysis[k][1] if 0 <= k < len(analysis) else ""
                    for k in (new[0] - 1, new[0] + 1)
                )
                places.append((Place(index, lower(form), form, before, after), gloss))
        offers = unknowns.offers(View(sentence.translation, main, translations))
        yield from ((unknowns, place, offers, gloss) for place, gloss in places)


def learn(examples: Sequence[Example], seed: int = 0) -> np.ndarray:
    """The weights of the choice, of features that many languages have."""
    size = np.array([len(example.rows) for example in examples])
    right = np.array([example.right for example in examples])
    start = np.r_[0, np.cumsum(size)]
    numbers = np.concatenate(
        [features(example.rows, field=True).astype(np.int32) for example in examples]
    )
    # what is noted as a detail is a language's own
    chosen = np.array([i for i, template in enumerate(TEMPLATES) if "detail" not in template])
    kept = spread(examples, numbers, start) >= LEAST_LANGUAGES
    rng = np.random.default_rng(seed)
    table = 1 << BITS
    weights, total, squares = np.zeros(table), np.zeros(table), np.full(table, 1e-2)
    for epoch in range(EPOCHS):
        order = rng.permutation(len(size))
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            low = np.r_[0, np.cumsum(size[part])]
            rows = np.repeat(start[part] - low[:-1], size[part]) + np.arange(low[-1])
            here = numbers[rows][:, chosen[rng.random(len(chosen)) >= DROPPED]]
            score = weights[here].sum(1) / (1 - DROPPED)
            group = np.repeat(np.arange(len(part)), size[part])
            p = np.exp(score - np.maximum.reduceat(score, low[:-1])[group])
            p /= np.add.reduceat(p, low[:-1])[group]
            p[low[:-1] + right[part]] -= 1
            gradient = np.bincount(here.ravel(), np.repeat(p, here.shape[1]), table)
            live = np.flatnonzero((gradient != 0) & kept)
            move = gradient[live] + L2 * len(part) / BATCH * weights[live]
            squares[live] += move**2
            weights[live] -= RATE * move / np.sqrt(squares[live])
        if epoch:
            total += weights / (EPOCHS - 1)
    return np.where(np.abs(total) > LEAST_WEIGHT, total, 0)


def spread(examples: Sequence[Example], numbers: np.ndarray, start: np.ndarray) -> np.ndarray:
    """For each feature, in how many languages it is active."""
    languages = np.zeros(1 << BITS, np.int64)
    owner = np.array([example.corpus for example in examples])
    for name in np.unique(owner):
        own = [numbers[start[i] : start[i + 1]].ravel() for i in np.flatnonzero(owner == name)]
        languages[np.unique(np.concatenate(own))] += 1
    return languages
