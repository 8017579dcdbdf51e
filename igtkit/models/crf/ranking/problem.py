"""Sentences and the candidates of their words, put together for the ranker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from igtkit.models.crf.arrays import bounds, distinct
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.hashing import Templates
from igtkit.models.crf.likeness import Sight
from igtkit.models.crf.ranking.batch import Problem
from igtkit.models.crf.ranking.contexts import contexts
from igtkit.models.crf.ranking.features import CandidateFeatures, Coder
from igtkit.models.crf.sentences import Sentence
from igtkit.models.crf.translation import Translations

__all__ = ["EXTRA_VALUES", "assemble", "join_features", "main_gloss"]

NO_STEM, UNKNOWN_STEM = -1, -2
EXTRA_VALUES = 4  # that `_evidence_features` gives of what the translation says


def main_gloss(lexicon: Lexicon, candidates: Candidates) -> np.ndarray:
    """Return the number of the gloss of each candidate's first stem (-1 none, -2 unknown stem)."""
    used = candidates.kind >= 0
    entry = np.maximum(candidates.entry, 0)
    stem = used & ((candidates.kind == Kind.UNKNOWN) | (lexicon.cls[entry] == lexicon.stem))
    first = stem.argmax(1)
    every = np.arange(len(stem))
    known = lexicon.gloss[entry[every, first]]
    gloss = np.where(candidates.kind[every, first] == Kind.UNKNOWN, UNKNOWN_STEM, known)
    return np.where(stem.any(1), gloss, NO_STEM)


def join_features(parts: list[CandidateFeatures]) -> CandidateFeatures:
    """Return the features of several tables of candidates as one.

    Args:
        parts: The features; the list is empty afterwards, so that no number is held twice.
    """
    rows = sum(len(part.real) for part in parts)
    numbers = sum(len(part.index) for part in parts)
    attributes, real = parts[0].attributes, parts[0].real
    joined = CandidateFeatures(
        np.empty((rows, attributes.shape[1]), attributes.dtype),
        np.empty(numbers, parts[0].index.dtype),
        np.zeros(rows + 1, np.int64),
        np.empty((rows, real.shape[1]), real.dtype),
    )
    low = begin = 0
    while parts:
        part = parts.pop(0)
        high, end = low + len(part.real), begin + len(part.index)
        joined.attributes[low:high], joined.real[low:high] = part.attributes, part.real
        joined.index[begin:end] = part.index
        joined.offset[low + 1 : high + 1] = part.offset[1:] + begin
        low, begin = high, end
    return joined


def assemble(  # noqa: PLR0917
    coder: Coder,
    lexicon: Lexicon,
    translations: Sequence[Translations],
    sentences: Sequence[Sentence],
    cores: Sequence[Sequence[str]],
    items: Sequence[Sequence[int]],
    start: np.ndarray,
    own: CandidateFeatures,
    stems: np.ndarray,
    counts: np.ndarray,
    targets: Sequence[Sequence[int]] | None = None,
) -> Problem:
    """Return the problem that the ranker learns from or solves.

    Args:
        coder: Codes of the lexicon's strings.
        lexicon: The entries.
        translations: For each sentence the counts of which glosses go with which words.
        sentences: The sentences.
        cores: Their words as the lexicon has them.
        items: For each word the row of `start` that holds its candidates.
        start: First candidate of each item.
        own: The candidates' features.
        stems: The candidates' main glosses, from `main_gloss`.
        counts: How often the word had the candidate's analysis in the training data.
        targets: In training, for each word the right candidate (from 0), or -1.
    """
    sentence = bounds(np.array([len(words) for words in cores], np.int64))
    item = np.array([i for row in items for i in row], np.int64)
    size = start[item + 1] - start[item]
    first = bounds(size)
    target = np.zeros(first[-1], np.float32)
    if targets is not None:
        right = np.array([t for row in targets for t in row], np.int64)
        known = right >= 0
        target[first[:-1][known] + right[known]] = 1.0
    place = [contexts(c, s.words, s.gaps) for c, s in zip(cores, sentences, strict=True)]
    rows = np.repeat(start[item] - first[:-1], size) + np.arange(first[-1])
    evidence = _evidence(lexicon.glosses.all, translations, sentences, first[sentence], stems[rows])
    gloss = np.where(stems[rows] >= 0, coder.gloss_of[np.maximum(stems[rows], 0)], np.uint32(7))
    extra, real = _evidence_features(evidence, first, gloss, counts[rows])
    context = np.concatenate(place)
    return Problem(sentence, item, start, own, context, first, extra, real, target)


# Edges of buckets, by hand.
_STRENGTHS = np.array([0.001, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85])
_GAPS = np.array([-1, -0.5, -0.2, -0.05, 0.05, 0.2, 0.5, 1])
_COUNTS = np.array([0.5, 1.5, 5.5])

_EVIDENCE = Templates({
    500: ("status", "there", "missing"),
    501: ("status", "like"),
    502: ("status", "like", "there"),
    503: ("status", "lead"),
    504: ("gloss", "there"),
    505: ("gloss", "like"),
    506: ("status", "like", "seen"),
    507: ("status", "there", "missing", "seen"),
    508: ("status", "lead", "like", "seen"),
    509: ("gloss", "missing"),
})  # fmt: skip


def _bucket(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return np.searchsorted(edges, values, side="right").astype(np.uint32)


def _evidence(
    names: Sequence[str],
    translations: Sequence[Translations],
    sentences: Sequence[Sentence],
    bounds: np.ndarray,
    stem: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The evidence of the translation for the main gloss of each row.

    Args:
        names: The glosses.
        translations: For each sentence the counts.
        sentences: The sentences.
        bounds: For each sentence its first row.
        stem: For each row its main gloss.

    Returns:
        For each row P(word | gloss) of the best word that is there and of the best that is not,
        the
        likeness, and a status: 0 no translation, 1 no stem, 2 an unknown stem, 3 a known one.
    """
    table = np.zeros((len(stem), 4))
    ends = bounds.tolist()
    told = [number for number, sentence in enumerate(sentences) if sentence.translation]
    parts = {n: distinct(stem[ends[n] : ends[n + 1]]) for n in told}
    asked: defaultdict[int, set[int]] = defaultdict(set)  # by the table that is asked
    for number, (stems, _) in parts.items():
        asked[id(translations[number])].update(stems.tolist())
    tables = {id(one): one for one in translations}
    for which, numbers in asked.items():
        tables[which].look_up(names[gloss] for gloss in numbers if gloss >= 0)
    for number, (stems, back) in parts.items():
        sight = Sight(sentences[number].translation)
        rows = np.array(
            [
                (*translations[number].evidence(names[gloss], sight), 3.0)
                if gloss >= 0
                else (0.0, 0.0, 0.0, 1.0 if gloss == NO_STEM else 2.0)
                for gloss in stems.tolist()
            ]
        ).reshape(-1, 4)
        table[ends[number] : ends[number + 1]] = rows[back]
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(np.uint32)


def _lead(total: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The lead of each row's evidence over the best of its word's other rows."""
    if not len(total):
        return total
    word = np.repeat(np.arange(len(first) - 1), np.diff(first))
    best = np.maximum.reduceat(total, first[:-1])[word]
    lower = np.where(total >= best, -1.0, total)
    second = np.maximum.reduceat(lower, first[:-1])[word]
    lead: np.ndarray = total - np.where(total >= best, np.maximum(second, 0), best)
    return lead


def _evidence_features(
    evidence: tuple[np.ndarray, ...], first: np.ndarray, gloss: np.ndarray, count: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Hashed features and values of what the translation says."""
    there, missing, like, status = evidence
    columns = {
        "status": status,
        "gloss": gloss,
        "there": _bucket(there, _STRENGTHS),
        "missing": _bucket(missing, _STRENGTHS),
        "like": like.astype(np.uint32),
        "lead": _bucket(_lead(there + like / 4, first), _GAPS),
        "seen": _bucket(count, _COUNTS),
    }
    values = np.stack([there, missing, like == 4, (like > 0) & (like < 4)], 1)
    return _EVIDENCE.mixed(columns), values.astype(np.float32)
