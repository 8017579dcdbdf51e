"""Step 3a: the analyses a word can have, from known morphemes.

A word is cut in every way into chunks that the lexicon knows, exactly, through a rewrite rule or as a
spelling variant; one stretch may be a stem never seen, and one morpheme may have no surface at all.
The score of an analysis is a generative one: each class given the class before, each morpheme given its
class, each chunk given its morpheme. The best few analyses of many words are found at once, by a beam
over the letters held in arrays.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.lexicon import EXACT, UNKNOWN, VARIANT, Lexicon, Weights, skeleton

__all__ = ["Paths", "Spans", "best_paths", "find_forms", "find_spans"]

_BEAM = 16
_PRUNE = 14.0  # nats below a position's best
_EMPTIES = 6
_VARIANT_COST = 4.0
_HASH = np.uint64(0x9E3779B97F4A7C15)


@attrs.frozen
class Spans:
    """The lexicon's entries that fit somewhere in a word, in parallel arrays.

    Attributes:
        begin: First letter of the stretch.
        end: Letter after it.
        entry: Entry of the lexicon, or -1 for a stem never seen.
        kind: EXACT (or through a rule), VARIANT or UNKNOWN.
        cost: What the kind itself costs, and an unknown stem's letters, in nats.
        length: Number of letters of the word.
    """

    begin: np.ndarray
    end: np.ndarray
    entry: np.ndarray
    kind: np.ndarray
    cost: np.ndarray
    length: int


def find_spans(lexicon: Lexicon, word: str, variants: bool = True) -> Spans:
    """Look up every stretch of a word in the lexicon."""
    n = len(word)
    found: list[tuple[int, int, int, int]] = []
    span = lexicon.span
    for i in range(n):
        for j in range(i + 1, min(n, i + lexicon.longest) + 1):
            chunk = word[i:j]
            hit = span.get(chunk)
            if hit is not None:
                found += [(i, j, entry, EXACT) for entry in hit]
            elif variants and j - i >= 3:
                like = lexicon.variants.get(skeleton(chunk), ())
                found += [(i, j, entry, VARIANT) for entry in like]
    begins, ends = np.triu_indices(n + 1, 1)
    running, first, last = lexicon.letter_scores(word)
    letters = first[begins] + (running[ends - 1] - running[begins]) + last[ends - 1]
    begin, end, entry, kind = np.array(found, np.int64).reshape(-1, 4).T
    cost = np.where(kind == VARIANT, -_VARIANT_COST, 0.0)
    unknown = np.full(len(begins), -1)
    return Spans(
        np.r_[begin, begins],
        np.r_[end, ends],
        np.r_[entry, unknown],
        np.r_[kind, np.full(len(begins), UNKNOWN)],
        np.r_[cost, letters],
        n,
    )


def find_forms(lexicon: Lexicon, forms: Sequence[str]) -> Spans:
    """Look up each morpheme of a word whose segmentation is given; the stretches are morphemes."""
    found: list[tuple[int, int]] = []
    cost: list[float] = []
    for place, form in enumerate(forms):
        known = lexicon.of_form(form)
        running, first, last = lexicon.letter_scores(form)
        found += [(place, entry) for entry in known] + [(place, -1)]
        cost += [0.0] * len(known) + [float(first[0] + running[-2] + last[-1])]
    begin, entry = np.array(found, np.int64).T
    kind = np.where(entry >= 0, EXACT, UNKNOWN)
    return Spans(begin, begin + 1, entry, kind, np.array(cost), len(forms))


@attrs.frozen
class Paths:
    """Analyses found for a batch of words, best first within each word.

    Attributes:
        word: Index of the word in the batch.
        score: Log-probability of the analysis.
        arcs: Shape ``(paths, morphemes)``; rows of the arc table, -1 beyond the end.
        begin, end, entry, kind: The arc table; entry -1 is an unknown stem.
        arc_word: The word an arc belongs to (-1 for a morpheme without surface).
    """

    word: np.ndarray
    score: np.ndarray
    arcs: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    entry: np.ndarray
    kind: np.ndarray
    arc_word: np.ndarray


def _top(word, score, keep):  # type: ignore[no-untyped-def]
    """Indices of the `keep` best-scored rows of each word, sorted by word, best first; and ranks."""
    order = np.lexsort((-score, word))
    grouped = word[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]])
    rank = np.arange(len(grouped)) - np.repeat(starts, np.diff(np.r_[starts, len(grouped)]))
    chosen = rank < keep
    return order[chosen], rank[chosen]


def _distinct(word, key, score):  # type: ignore[no-untyped-def]
    """Indices of the best-scored row of each (word, key)."""
    order = np.lexsort((-score, key, word))
    w, k = word[order], key[order]
    return order[np.r_[True, (w[1:] != w[:-1]) | (k[1:] != k[:-1])]]


def best_paths(
    lexicon: Lexicon,
    weights: Weights,
    spans: Sequence[Spans],
    keep: int = 10,
    *,
    many: bool = False,
) -> Paths:
    """Find the best analyses of each word of a batch.

    Args:
        lexicon: The entries.
        weights: Their weights.
        spans: For each word what `find_spans` found.
        keep: How many analyses a word gets at most.
        many: Whether a word may have more than one unknown stem, and none of its morphemes is
            without surface: for words whose segmentation is given.
    """
    sizes = np.array([len(s.begin) for s in spans])
    word = np.repeat(np.arange(len(spans)), sizes)
    begin = np.concatenate([s.begin for s in spans])
    end = np.concatenate([s.end for s in spans])
    entry = np.concatenate([s.entry for s in spans])
    kind = np.concatenate([s.kind for s in spans])
    arc_score = np.concatenate([s.cost for s in spans])
    known = entry >= 0
    arc_score[known] += weights.entry[entry[known]]
    arc_score[~known] += weights.unknown
    alive = np.isfinite(arc_score)
    word, begin, end, entry, kind, arc_score = (
        x[alive] for x in (word, begin, end, entry, kind, arc_score)
    )
    known = entry >= 0
    cls = np.where(known, lexicon.cls[entry], lexicon.stem)
    # an analysis is identified by its morphemes; unknown stems by where they stand
    morph = np.where(known, lexicon.morph[entry], len(lexicon.morphs) + begin * 512 + end)
    order = np.lexsort((word, end))
    word, begin, end, entry, kind, arc_score, cls, morph = (
        x[order] for x in (word, begin, end, entry, kind, arc_score, cls, morph)
    )
    empty = np.array([] if many else lexicon.span.get("", []), np.int64)
    empty = empty[np.isfinite(weights.entry[empty]) & (weights.entries[empty] > 0)]
    empty = empty[np.argsort(-weights.entries[empty], kind="stable")][:_EMPTIES]
    first_empty = len(word)
    arc_of = {
        "word": np.r_[word, np.full(len(empty), -1)],
        "begin": np.r_[begin, np.zeros(len(empty), int)],
        "end": np.r_[end, np.zeros(len(empty), int)],
        "entry": np.r_[entry, empty],
        "kind": np.r_[kind, np.full(len(empty), EXACT)],
    }
    lengths = np.array([s.length for s in spans])
    longest = int(lengths.max())
    shape = (len(spans), longest + 1, _BEAM)
    score = np.full(shape, -np.inf)
    state = np.zeros(shape, np.int64)
    unknown = np.zeros(shape, bool)
    emptied = np.zeros(shape, bool)
    key = np.zeros(shape, np.uint64)
    back = np.full(shape, -1, np.int64)
    arc = np.full(shape, -1, np.int64)
    score[:, 0, 0] = 0.0
    flat = [x.reshape(-1) for x in (score, state, unknown, emptied, key, back, arc)]
    f_score, f_state, f_unknown, f_emptied, f_key, f_back, f_arc = flat
    bounds = np.searchsorted(end, np.arange(longest + 2))
    slots = np.arange(_BEAM)

    def put(at, rows, new):  # type: ignore[no-untyped-def]
        for array, values in zip(flat, new, strict=True):
            array[at] = values[rows]

    for j in range(longest + 1):
        if j:
            a = np.arange(bounds[j], bounds[j + 1])
            if not len(a):
                continue
            source = ((word[a] * (longest + 1) + begin[a]) * _BEAM)[:, None] + slots
            value = f_score[source] + arc_score[a][:, None]
            value += weights.bigram[f_state[source], cls[a][:, None]]
            if not many:
                value[(kind[a] == UNKNOWN)[:, None] & f_unknown[source]] = -np.inf
            best = np.full(len(spans), -np.inf)
            np.maximum.at(best, word[a], value.max(1))
            row, slot = np.nonzero(value > best[word[a]][:, None] - _PRUNE)
            s, arc_row = source[row, slot], a[row]
            v, w = value[row, slot], word[arc_row]
            k = (f_key[s] + morph[arc_row].astype(np.uint64) + np.uint64(1)) * _HASH
            k ^= k >> np.uint64(29)
            keep_rows = _distinct(w, k, v)
            chosen, rank = _top(w[keep_rows], v[keep_rows], _BEAM)
            chosen = keep_rows[chosen]
            new = (
                v,
                cls[arc_row],
                f_unknown[s] | (kind[arc_row] == UNKNOWN),
                f_emptied[s],
                k,
                s,
                arc_row,
            )
            put((w[chosen] * (longest + 1) + j) * _BEAM + rank, chosen, new)
        if len(empty):
            _add_empties(
                lexicon, weights, empty, first_empty, j, score, state, unknown, emptied, key, back, arc
            )
    at = (np.arange(len(spans)) * (longest + 1) + lengths) * _BEAM
    final = at[:, None] + slots
    total = f_score[final] + weights.bigram[f_state[final], 1]
    row, slot = np.nonzero(np.isfinite(total))
    chosen, _ = _top(row, total[row, slot], keep)
    node = final[row[chosen], slot[chosen]]
    columns: list[np.ndarray] = []
    cursor = node.copy()
    while True:
        step = np.where(cursor >= 0, f_arc[cursor], -1)
        if (step < 0).all():
            break
        columns.append(step)
        cursor = np.where(step >= 0, f_back[cursor], -1)
    arcs = np.stack(columns[::-1], 1) if columns else np.zeros((len(node), 0), np.int64)
    # shift each row to the left: the walk came from the end
    shift = np.argsort(arcs < 0, axis=1, kind="stable")
    arcs = np.take_along_axis(arcs, shift, 1)
    return Paths(
        row[chosen],
        total[row[chosen], slot[chosen]],
        arcs,
        arc_of["begin"],
        arc_of["end"],
        arc_of["entry"],
        arc_of["kind"],
        arc_of["word"],
    )


def _add_empties(  # type: ignore[no-untyped-def]
    lexicon, weights, empty, first_empty, j, score, state, unknown, emptied, key, back, arc
):
    """Let each state at letter `j` also take a morpheme without surface, once a word."""
    words, width, beam = score.shape
    cls, morph = lexicon.cls[empty], lexicon.morph[empty].astype(np.uint64)
    added = score[:, j, :, None] + weights.entry[empty] + weights.bigram[state[:, j, :, None], cls]
    added[emptied[:, j]] = -np.inf
    added[added < score[:, j, :1, None] - _PRUNE] = -np.inf
    if not np.isfinite(added).any():
        return
    count = len(empty)
    home = (np.arange(words)[:, None] * width + j) * beam + np.arange(beam)
    new_key = (key[:, j, :, None] + morph + np.uint64(1)) * _HASH
    new_key ^= new_key >> np.uint64(29)
    # the states keep their places in the beam where others point to them, so only free or worse
    # places are overwritten: an empty morpheme's state is written from the beam's end
    value = added.reshape(words, -1)
    best = np.argsort(-value, axis=1, kind="stable")[:, : beam // 4]
    rows = np.arange(words)
    for number in range(best.shape[1]):
        pick = best[:, number]
        gain = value[rows, pick]
        place = beam - 1 - number
        source = pick // count
        fits = np.isfinite(gain) & (gain > score[:, j, place]) & (source < beam - best.shape[1])
        w = rows[fits]
        from_slot, which = source[fits], pick[fits] % count
        score[w, j, place] = gain[fits]
        state[w, j, place] = cls[which]
        unknown[w, j, place] = unknown[w, j, from_slot]
        emptied[w, j, place] = True
        key[w, j, place] = new_key.reshape(words, -1)[w, pick[fits]]
        back[w, j, place] = home[w, from_slot]
        arc[w, j, place] = first_empty + which
