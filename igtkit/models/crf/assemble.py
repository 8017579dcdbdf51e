"""Step 5e: sentences and their words' candidates, put together for the ranker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from igtkit.models.crf.candidates import Candidates
from igtkit.models.crf.features import CandidateFeatures, Coder, contexts, mix
from igtkit.models.crf.lexicon import UNKNOWN, Lexicon
from igtkit.models.crf.ranker import Problem
from igtkit.models.crf.text import Sentence
from igtkit.models.crf.translation import Sight, Translations, evidence_columns

__all__ = ["assemble", "join_features", "main_gloss"]

NO_STEM, UNKNOWN_STEM = -1, -2


def main_gloss(lexicon: Lexicon, candidates: Candidates) -> np.ndarray:
    """For each candidate the number of its first stem's gloss (-1 none, -2 an unknown stem)."""
    used = candidates.kind >= 0
    entry = np.maximum(candidates.entry, 0)
    stem = used & ((candidates.kind == UNKNOWN) | (lexicon.cls[entry] == lexicon.stem))
    first = stem.argmax(1)
    every = np.arange(len(stem))
    gloss = np.where(candidates.kind[every, first] == UNKNOWN, UNKNOWN_STEM, lexicon.gloss[entry[every, first]])
    return np.where(stem.any(1), gloss, NO_STEM)


def join_features(parts: Sequence[CandidateFeatures]) -> CandidateFeatures:
    """Put the features of several tables of candidates one after another."""
    base = np.cumsum([0] + [part.offset[-1] for part in parts])
    offset = [part.offset[1:] + b for part, b in zip(parts, base, strict=False)]
    return CandidateFeatures(
        np.concatenate([part.attributes for part in parts]),
        np.concatenate([part.index for part in parts]),
        np.concatenate([np.zeros(1, np.int64), *offset]),
        np.concatenate([part.real for part in parts]),
    )


def assemble(
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
    """Build the ranker's problem.

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
    sentence = np.r_[0, np.cumsum([len(words) for words in cores])]
    item = np.array([i for row in items for i in row], np.int64)
    size = start[item + 1] - start[item]
    first = np.r_[0, np.cumsum(size)]
    target = np.zeros(first[-1], np.float32)
    if targets is not None:
        right = np.array([t for row in targets for t in row], np.int64)
        known = right >= 0
        target[first[:-1][known] + right[known]] = 1.0
    place = [contexts(c, s.words, s.gaps) for c, s in zip(cores, sentences, strict=True)]
    rows = np.repeat(start[item] - first[:-1], size) + np.arange(first[-1])
    extra, real = _evidence(
        coder, lexicon, translations, sentences, sentence, first, stems[rows], counts[rows]
    )
    return Problem(
        sentence, item, start, own, np.concatenate(place), first, extra, real, target
    )


def _evidence(  # type: ignore[no-untyped-def]
    coder, lexicon, translations, sentences, sentence, first, stem, count
):
    """Features of what the translation says about each row's main gloss."""
    there, missing, like = np.zeros(len(stem)), np.zeros(len(stem)), np.zeros(len(stem), np.int64)
    status = np.zeros(len(stem), np.uint32)  # 0 no translation, 1 no stem, 2 unknown, 3 known
    names = lexicon.glosses.all
    for number, one in enumerate(sentences):
        if not one.translation:
            continue
        low, high = first[sentence[number]], first[sentence[number + 1]]
        here = stem[low:high]
        distinct, back = np.unique(here, return_inverse=True)
        sight = Sight(one.translation)
        table = np.zeros((len(distinct), 4))
        for i, g in enumerate(distinct.tolist()):
            if g >= 0:
                gloss = names[g]
                table[i] = (*translations[number].evidence(gloss, sight), 3)
            else:
                table[i, 3] = 1 if g == -1 else 2
        there[low:high], missing[low:high] = table[back, 0], table[back, 1]
        like[low:high], status[low:high] = table[back, 2], table[back, 3]
    # the best rival in the word: its best, or its second best where this row is the best
    word = np.repeat(np.arange(len(first) - 1), np.diff(first))
    total = there + like / 4
    best = np.maximum.reduceat(total, first[:-1])[word] if len(total) else total
    at_best = total >= best
    lower = np.where(at_best, -1.0, total)
    second = np.maximum.reduceat(lower, first[:-1])[word] if len(total) else total
    rival = np.where(at_best, np.maximum(second, 0), best)
    b_there, b_missing, b_like, b_gap = evidence_columns(there, missing, like, rival)
    seen = np.searchsorted([0.5, 1.5, 5.5], count).astype(np.uint32)
    gloss = np.where(stem >= 0, coder.gloss_of[np.maximum(stem, 0)], np.uint32(7))
    columns = [
        mix(500, status, b_there, b_missing),
        mix(501, status, b_like),
        mix(502, status, b_like, b_there),
        mix(503, status, b_gap),
        mix(504, gloss, b_there),
        mix(505, gloss, b_like),
        mix(506, status, b_like, seen),
        mix(507, status, b_there, b_missing, seen),
        mix(508, status, b_gap, b_like, seen),
        mix(509, gloss, b_missing),
    ]
    real = np.stack([there, missing, like == 4, (like > 0) & (like < 4)], 1).astype(np.float32)
    return np.stack(columns, 1), real
