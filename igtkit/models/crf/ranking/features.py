"""The features of candidates, as hashed numbers.

A feature is a few attributes taken together ("the class pattern is STEM-PL and the next word is
X"). Each attribute of a candidate or of a word in its sentence is a column of hashes; taking
attributes together is one mixing step over whole columns, and the mixed number is the place of the
feature's weight.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.hashing import code, codes, hash_used, mix
from igtkit.models.crf.unknown import UNKNOWN_GLOSS

__all__ = [
    "CHAIN",
    "CROSS",
    "OWN_VALUES",
    "CandidateFeatures",
    "Coder",
    "extract",
]

ATTRIBUTES = (
    "analysis",
    "glosses",
    "pattern",
    "stem_gloss",
    "stem_form",
    "first_class",
    "last_class",
    "first_morph",
    "last_morph",
)
"""Columns of `CandidateFeatures.attributes`."""
_AT = {name: index for index, name in enumerate(ATTRIBUTES)}

CROSS = tuple(_AT[name] for name in ("pattern", "stem_gloss", "first_class", "last_class"))
"""Attributes of a candidate that are taken together with each attribute of its context."""

CHAIN = tuple(
    (_AT[left], _AT[right])
    for left, right in (
        ("pattern", "pattern"),
        ("last_class", "first_class"),
        ("last_class", "last_class"),
        ("first_class", "first_class"),
        ("glosses", "glosses"),
        ("stem_gloss", "stem_gloss"),
        ("stem_gloss", "pattern"),
        ("pattern", "stem_gloss"),
        ("last_class", "pattern"),
        ("pattern", "first_class"),
        ("stem_gloss", "last_class"),
        ("analysis", "analysis"),
        ("last_morph", "first_morph"),
        ("stem_form", "pattern"),
        ("pattern", "stem_form"),
    )
)
"""Pairs of attributes of neighboring words' candidates."""


@attrs.define
class CandidateFeatures:
    """Features of candidates that do not depend on the sentence.

    Attributes:
        attributes: Shape ``(candidates, len(ATTRIBUTES))``, uint32.
        index: All candidates' feature numbers, one after another.
        offset: Shape ``(candidates + 1,)``; where each candidate's begin.
        real: Shape ``(candidates, k)``: features with a value.
    """

    attributes: np.ndarray
    index: np.ndarray
    offset: np.ndarray
    real: np.ndarray


def _bucket(values: np.ndarray, edges: Sequence[float]) -> np.ndarray:
    """The number of the bucket of each value; all edges in this module are set by hand."""
    return np.searchsorted(np.array(edges), values, side="right").astype(np.uint32)


class Coder:
    """Codes of the lexicon's strings, as columns by entry.

    Args:
        lexicon: The lexicon.
        before: The codes it had before it was extended, if they are known.
    """

    def __init__(self, lexicon: Lexicon, before: Coder | None = None) -> None:
        self.chunk = _grown(before, "chunk", lexicon.chunks)
        self.form_of = _grown(before, "form_of", lexicon.forms.all)
        self.gloss_of = _grown(before, "gloss_of", lexicon.glosses.all)
        self.cls_of = _grown(before, "cls_of", lexicon.classes.all)
        self.rule = _grown(before, "rule", lexicon.rules)
        self.form = self.form_of[lexicon.form]
        self.gloss = self.gloss_of[lexicon.gloss]
        self.cls = self.cls_of[lexicon.cls]
        self.stem = np.uint32(code(lexicon.classes.all[lexicon.stem]))
        self.unknown = np.uint32(code(UNKNOWN_GLOSS))


def _grown(before: Coder | None, name: str, texts: Sequence[str]) -> np.ndarray:
    """Codes of strings, the first of which may be known."""
    if before is None:
        return codes(texts)
    known: np.ndarray = getattr(before, name)
    return np.concatenate([known, codes(texts[len(known) :])])


def extract(lexicon: Lexicon, coder: Coder, candidates: Candidates) -> CandidateFeatures:
    """Return the attributes of candidates and the features that do not depend on a sentence."""
    used = candidates.kind >= 0
    unknown = candidates.kind == Kind.UNKNOWN
    columns = _columns(lexicon, coder, candidates)
    attributes = _attributes(columns, used, candidates.size, coder)
    owner = candidates.word
    pattern = attributes[:, _AT["pattern"]]
    kinds = hash_used(6, columns["kind"], used)
    whole = [
        mix(10, attributes[:, _AT["analysis"]]),
        mix(11, attributes[:, _AT["glosses"]]),
        mix(12, pattern),
        mix(13, hash_used(7, columns["form"], used)),
        mix(14, hash_used(8, columns["chunk"], used)),
        mix(15, kinds),
        mix(16, kinds, pattern),
        mix(17, candidates.size.astype(np.uint32)),
        *_standing(candidates, kinds, unknown),
        *_affixes([candidates.text(i) for i in range(len(candidates.words))], owner, attributes),
    ]
    morphemes = _morphemes(used, columns)
    loose = [column[used] for column in morphemes]
    owners = [np.nonzero(used)[0]] * len(loose)
    rows, slots = np.nonzero(unknown)
    if len(rows):
        after = np.minimum(slots + 1, used.shape[1] - 1)
        inside = (slots + 1 < used.shape[1]) & used[rows, after]
        edges = _unknown_edges(
            [
                candidates.text(owner[r], candidates.begin[r, c], candidates.end[r, c])
                for r, c in zip(rows.tolist(), slots.tolist(), strict=True)
            ],
            _before(columns["gloss"])[rows, slots],
            np.where(inside, columns["gloss"][rows, after], np.uint32(0)),
            np.where(inside, columns["cls"][rows, after], np.uint32(0)),
        )
        loose += edges
        owners += [rows] * len(edges)
    index, offset = _ragged(np.stack(whole, 1), np.concatenate(loose), np.concatenate(owners))
    return CandidateFeatures(attributes, index, offset, _real(candidates))


def _columns(lexicon: Lexicon, coder: Coder, candidates: Candidates) -> dict[str, np.ndarray]:
    """Codes of each morpheme's chunk, form, gloss, class, rule, kind, and form with gloss."""
    entry = np.maximum(candidates.entry, 0)
    unknown = candidates.kind == Kind.UNKNOWN
    columns = {
        "chunk": coder.chunk[entry],
        "form": coder.form[entry],
        "gloss": coder.gloss[entry],
        "cls": coder.cls[entry],
        "rule": coder.rule[entry],
    }
    rows, slots = np.nonzero(unknown | (candidates.kind == Kind.VARIANT))
    owner = candidates.word
    pieces = [
        candidates.text(owner[r], candidates.begin[r, c], candidates.end[r, c])
        for r, c in zip(rows.tolist(), slots.tolist(), strict=True)
    ]
    columns["chunk"][rows, slots] = codes(pieces)
    columns["form"][unknown] = columns["chunk"][unknown]
    columns["gloss"][unknown] = columns["rule"][unknown] = coder.unknown
    columns["cls"][unknown] = coder.stem
    columns["morph"] = mix(90, columns["form"], columns["gloss"])
    kind = np.maximum(candidates.kind, 0)
    through_rule = (lexicon.kind[entry] == Kind.REWRITE) & (candidates.kind == Kind.EXACT)
    columns["kind"] = np.where(through_rule, Kind.REWRITE, kind).astype(np.uint32)
    return columns


def _attributes(
    columns: dict[str, np.ndarray], used: np.ndarray, size: np.ndarray, coder: Coder
) -> np.ndarray:
    """The columns of `ATTRIBUTES`."""
    morph, gloss, cls = columns["morph"], columns["gloss"], columns["cls"]
    stem = used & (cls == coder.stem)
    every, last = np.arange(len(used)), np.maximum(size - 1, 0)
    return np.stack(
        [
            hash_used(2, morph, used),
            hash_used(3, gloss, used),
            hash_used(1, cls, used),
            hash_used(4, gloss, stem),
            hash_used(5, columns["form"], stem),
            cls[:, 0],
            cls[every, last],
            morph[:, 0],
            morph[every, last],
        ],
        1,
    )


OWN_VALUES = 5  # columns of `_real`


def _real(candidates: Candidates) -> np.ndarray:
    """The features with a value: scores of the lattice, and counts of the memory."""
    owner, start = candidates.word, candidates.start[:-1]
    best = np.maximum.reduceat(candidates.score, start)[owner]
    gap = np.maximum(candidates.score - best, -20.0)
    total = np.add.reduceat(candidates.count, start)[owner]
    share = candidates.count / np.maximum(total, 1)
    sure = total / (total + 1.0)
    return np.stack(
        [
            gap / 4,
            gap / 4 * (total == 0),
            np.log(0.02 + share) / 2 * (total > 0),
            np.log(0.02 + share) / 2 * sure,
            share * sure,
        ],
        1,
    ).astype(np.float32)


def _standing(candidates: Candidates, kinds: np.ndarray, unknown: np.ndarray) -> list[np.ndarray]:
    """The standing of candidates among those of their word: rank, gap, count, share."""
    owner, start = candidates.word, candidates.start[:-1]
    total = np.add.reduceat(candidates.count, start)[owner]
    order = np.lexsort((-candidates.score, owner))
    rank = np.empty(len(owner), np.int64)
    rank[order] = np.arange(len(owner)) - candidates.start[owner[order]]
    gap = np.maximum.reduceat(candidates.score, start)[owner] - candidates.score
    share = candidates.count / np.maximum(total, 1)
    has = (candidates.count > 0).astype(np.uint32)
    any_memory = (total > 0).astype(np.uint32)
    b_count = _bucket(candidates.count, (0.5, 1.5, 3.5, 8.5, 30))
    b_total = _bucket(total, (0.5, 1.5, 3.5, 8.5, 30))
    b_share = _bucket(share, (0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99))
    b_gap = _bucket(gap, (0.01, 0.5, 1, 2, 3, 4, 6, 8, 11))
    b_rank = np.array(np.minimum(rank, 6), np.uint32)
    has_unknown = np.array(unknown.any(1), np.uint32)
    return [
        mix(20, b_count, b_total),
        mix(21, b_share, b_total),
        mix(22, b_gap, any_memory),
        mix(23, b_rank, any_memory, has),
        mix(24, b_gap, has, has_unknown),
        mix(25, kinds, b_gap, has),
    ]


def _affixes(words: Sequence[str], owner: np.ndarray, attributes: np.ndarray) -> list[np.ndarray]:
    """The word's ends, with the candidate's pattern and edge classes."""
    features = []
    for number, length in enumerate((1, 2, 3, 4)):
        ending = codes([word[-length:] for word in words])[owner]
        features.append(mix(30 + number, ending, attributes[:, _AT["pattern"]]))
        features.append(mix(35 + number, ending, attributes[:, _AT["last_class"]]))
        if length < 4:
            begin = codes([word[:length] for word in words])[owner]
            features.append(mix(40 + number, begin, attributes[:, _AT["pattern"]]))
            features.append(mix(45 + number, begin, attributes[:, _AT["first_class"]]))
    return features


def _before(column: np.ndarray) -> np.ndarray:
    """The column of the morpheme before, 0 for the first."""
    return np.pad(column[:, :-1], ((0, 0), (1, 0)))


def _morphemes(used: np.ndarray, columns: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Features of single morphemes and of neighbors within the word."""

    def after(column: np.ndarray) -> np.ndarray:
        return np.pad(np.where(used[:, 1:], column[:, 1:], np.uint32(0)), ((0, 0), (0, 1)))

    chunk, gloss, cls, rule, kind, morph = (
        columns[name] for name in ("chunk", "gloss", "cls", "rule", "kind", "morph")
    )
    next_chunk, next_gloss, next_cls, next_morph = map(after, (chunk, gloss, cls, morph))
    return [
        mix(50, morph),
        mix(51, gloss),
        mix(52, chunk, morph),
        mix(53, chunk, cls),
        mix(54, gloss, next_gloss),
        mix(55, morph, next_morph),
        mix(56, cls, next_cls),
        mix(57, chunk, next_morph),
        mix(58, rule, next_morph),
        mix(59, rule, next_chunk),
        mix(60, rule, cls),
        mix(61, _before(cls), cls, next_cls),
        mix(62, _before(gloss), gloss, next_gloss),
        mix(63, kind, cls),
        mix(64, kind, next_gloss),
        mix(65, morph, next_chunk),
        mix(66, morph, next_cls),
        mix(67, _before(cls), morph),
        mix(68, chunk, next_chunk),
    ]


def _unknown_edges(
    pieces: Sequence[str], previous: np.ndarray, next_gloss: np.ndarray, next_cls: np.ndarray
) -> list[np.ndarray]:
    """Features of unknown stems: their ends, and what stands beside them."""
    size = np.array([min(len(piece), 9) for piece in pieces], np.uint32)
    features = [mix(80, size), mix(81, size, next_cls)]
    for length in (1, 2, 3):
        features.append(mix(70 + length, codes([p[-length:] for p in pieces]), next_gloss))
        features.append(mix(75 + length, codes([p[:length] for p in pieces]), previous))
    return features


def _ragged(whole: np.ndarray, flat: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Join fixed columns and loose features into one list by candidate."""
    owners = np.r_[np.repeat(np.arange(len(whole)), whole.shape[1]), rows]
    index = np.r_[whole.reshape(-1), flat]
    order = np.argsort(owners, kind="stable")
    offset = np.r_[0, np.cumsum(np.bincount(owners, minlength=len(whole)))]
    return index[order], offset
