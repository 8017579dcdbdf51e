"""The features of candidates, as hashed numbers.

A feature is a few attributes taken together ("the class pattern is STEM-PL and the next word is
X"). Each attribute of a candidate or of a word in its sentence is a column of hashes; taking
attributes together is one mixing step over whole columns, and the mixed number is the place of the
feature's weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from igtkit.models.crf.arrays import bounds
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.hashing import Templates, code, codes, hash_used, mix
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

CROSS = ("pattern", "stem_gloss", "first_class", "last_class")
"""Attributes of a candidate that are taken together with each attribute of its context."""

CHAIN = (
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
"""Pairs of attributes of neighboring words' candidates."""

_AFFIXES: dict[int, tuple[str, ...]] = {
    salt + n: columns
    for n in (1, 2, 3, 4)
    for salt, columns in (
        (29, (f"end {n}", "pattern")),
        (34, (f"end {n}", "last_class")),
        (39, (f"begin {n}", "pattern")),
        (44, (f"begin {n}", "first_class")),
    )
    if n < 4 or salt < 39
}
_WHOLE = Templates(
    {
        10: ("analysis",),
        11: ("glosses",),
        12: ("pattern",),
        13: ("forms",),
        14: ("chunks",),
        15: ("kinds",),
        16: ("kinds", "pattern"),
        17: ("size",),
        20: ("count", "total"),
        21: ("share", "total"),
        22: ("gap", "remembered"),
        23: ("rank", "remembered", "counted"),
        24: ("gap", "counted", "unknown"),
        25: ("kinds", "gap", "counted"),
    }
    | _AFFIXES
)
"""Templates of a whole candidate."""

_OF_MORPHEME = Templates({
    50: ("morph",),
    51: ("gloss",),
    52: ("chunk", "morph"),
    53: ("chunk", "cls"),
    54: ("gloss", "next gloss"),
    55: ("morph", "next morph"),
    56: ("cls", "next cls"),
    57: ("chunk", "next morph"),
    58: ("rule", "next morph"),
    59: ("rule", "next chunk"),
    60: ("rule", "cls"),
    61: ("previous cls", "cls", "next cls"),
    62: ("previous gloss", "gloss", "next gloss"),
    63: ("kind", "cls"),
    64: ("kind", "next gloss"),
    65: ("morph", "next chunk"),
    66: ("morph", "next cls"),
    67: ("previous cls", "morph"),
    68: ("chunk", "next chunk"),
})  # fmt: skip
"""Templates of a morpheme in its word."""

_OF_UNKNOWN = Templates(
    {80: ("size",), 81: ("size", "next cls")}
    | {
        salt + n: columns
        for n in (1, 2, 3)
        for salt, columns in (
            (70, (f"end {n}", "next gloss")),
            (75, (f"begin {n}", "previous gloss")),
        )
    }
)
"""Templates of an unknown stem: its ends, and what stands beside it."""


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

    def part(self, low: int, high: int) -> CandidateFeatures:
        """Return the features of the candidates from one to another."""
        begin, end = self.offset[[low, high]].tolist()
        return CandidateFeatures(
            self.attributes[low:high],
            self.index[begin:end],
            self.offset[low : high + 1] - begin,
            self.real[low:high],
        )


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
        self.rule = _grown(before, "rule", lexicon.rewrites.names)
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
    attributes, wholes = _attributes(columns, used, candidates.size, coder)
    whole = {
        **dict(zip(ATTRIBUTES, attributes.T, strict=True)),
        **dict(zip(("kinds", "forms", "chunks"), wholes, strict=True)),
        "size": candidates.size.astype(np.uint32),
        "unknown": unknown.any(1).astype(np.uint32),
        **_standing(candidates),
        **_edges(candidates),
    }
    morphemes = _beside(columns, used)
    loose = [_OF_MORPHEME.mixed({name: column[used] for name, column in morphemes.items()})]
    owners = [np.nonzero(used)[0]]
    rows, slots = np.nonzero(unknown)
    if len(rows):
        stems = {name: column[rows, slots] for name, column in morphemes.items()}
        loose.append(_OF_UNKNOWN.mixed(stems | _unknown_edges(candidates, rows, slots)))
        owners.append(rows)
    index, offset = _ragged(_WHOLE.mixed(whole), loose, owners)
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
    columns["chunk"][rows, slots] = codes(_pieces(candidates, rows, slots))
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
) -> tuple[np.ndarray, np.ndarray]:
    """The columns of `ATTRIBUTES`, and hashes of all kinds, forms and chunks."""
    morph, gloss, cls, form = (columns[name] for name in ("morph", "gloss", "cls", "form"))
    stem = used & (cls == coder.stem)
    every, last = np.arange(len(used)), np.maximum(size - 1, 0)
    hashed = hash_used(
        (2, 3, 1, 4, 5, 6, 7, 8),
        (morph, gloss, cls, gloss, form, columns["kind"], form, columns["chunk"]),
        (used, used, used, stem, stem, used, used, used),
    )
    ends = cls[:, 0], cls[every, last], morph[:, 0], morph[every, last]
    return np.stack([*hashed[:5], *ends], 1), hashed[5:]


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


def _standing(candidates: Candidates) -> dict[str, np.ndarray]:
    """The standing of candidates among those of their word: rank, gap, count, share."""
    owner, start = candidates.word, candidates.start[:-1]
    total = np.add.reduceat(candidates.count, start)[owner]
    order = np.lexsort((-candidates.score, owner))
    rank = np.empty(len(owner), np.int64)
    rank[order] = np.arange(len(owner)) - candidates.start[owner[order]]
    gap = np.maximum.reduceat(candidates.score, start)[owner] - candidates.score
    share = candidates.count / np.maximum(total, 1)
    return {
        "count": _bucket(candidates.count, (0.5, 1.5, 3.5, 8.5, 30)),
        "total": _bucket(total, (0.5, 1.5, 3.5, 8.5, 30)),
        "share": _bucket(share, (0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99)),
        "gap": _bucket(gap, (0.01, 0.5, 1, 2, 3, 4, 6, 8, 11)),
        "rank": np.minimum(rank, 6).astype(np.uint32),
        "counted": (candidates.count > 0).astype(np.uint32),
        "remembered": (total > 0).astype(np.uint32),
    }


def _edges(candidates: Candidates) -> dict[str, np.ndarray]:
    """The letters that the word of each candidate begins and ends with."""
    words = [candidates.text(number) for number in range(len(candidates.words))]
    ends = {f"end {n}": codes([word[-n:] for word in words]) for n in (1, 2, 3, 4)}
    begins = {f"begin {n}": codes([word[:n] for word in words]) for n in (1, 2, 3)}
    owner = candidates.word
    return {name: column[owner] for name, column in (ends | begins).items()}


def _beside(columns: Mapping[str, np.ndarray], used: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of morphemes, and those of the morphemes beside each; 0 where none is."""
    found = dict(columns)
    for name in ("cls", "gloss"):
        found[f"previous {name}"] = np.zeros_like(columns[name])
        found[f"previous {name}"][:, 1:] = columns[name][:, :-1]
    for name in ("chunk", "gloss", "cls", "morph"):
        found[f"next {name}"] = np.zeros_like(columns[name])
        found[f"next {name}"][:, :-1] = np.where(used[:, 1:], columns[name][:, 1:], 0)
    return found


def _unknown_edges(
    candidates: Candidates, rows: np.ndarray, slots: np.ndarray
) -> dict[str, np.ndarray]:
    """The letters that unknown stems begin and end with, and how many they have."""
    pieces = _pieces(candidates, rows, slots)
    ends = {f"end {n}": codes([piece[-n:] for piece in pieces]) for n in (1, 2, 3)}
    begins = {f"begin {n}": codes([piece[:n] for piece in pieces]) for n in (1, 2, 3)}
    size = np.array([min(len(piece), 9) for piece in pieces], np.uint32)
    return {"size": size, **ends, **begins}


def _pieces(candidates: Candidates, rows: np.ndarray, slots: np.ndarray) -> list[str]:
    """The letters of morphemes, given their candidates and slots."""
    words, begin = candidates.word[rows].tolist(), candidates.begin[rows, slots].tolist()
    end = candidates.end[rows, slots].tolist()
    return [candidates.text(w, b, e) for w, b, e in zip(words, begin, end, strict=True)]


def _ragged(
    whole: np.ndarray, loose: Sequence[np.ndarray], rows: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Join fixed columns and loose features, template by template, into one list by candidate."""
    parts = [np.repeat(np.arange(len(whole)), whole.shape[1])]
    parts += [np.tile(own, table.shape[1]) for own, table in zip(rows, loose, strict=True)]
    owners = np.concatenate(parts)
    index = np.concatenate([whole.reshape(-1), *(table.T.reshape(-1) for table in loose)])
    order = np.argsort(owners, kind="stable")
    offset = bounds(np.bincount(owners, minlength=len(whole)))
    return index[order], offset
