"""Exact nearest neighbors under chrF: which lines of a corpus are most like this one?

`ChrfIndex` returns what scoring every line with sacrebleu would return, about a thousand
times sooner.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from igtkit.errors import InputError

__all__ = ["ChrfIndex"]

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]

# The settings of sacrebleu.sentence_chrf, and of Popović (2015), chrF2.
_ORDERS = 6
_BETA_SQUARED = 4

_CODE_BITS = 21  # a code point fits; a node and a code point make one int64
_LINE_BITS = 32
_LINE_MASK = (1 << _LINE_BITS) - 1
_MOST = 2**31 - _ORDERS  # positions and postings are int32
# What one line in so many has is kept as a row of bytes: up to 4 times the room of an int32 for
# each line that has it, in exchange for speed.
_ROW_SHARE = 16


class ChrfIndex:
    """The lines of a corpus, ready to be ranked by their chrF with a query.

    Scores and ranking are those of ``sacrebleu.sentence_chrf(line, [query])``: character n-grams
    of orders 1 to 6 without white space, beta 2, effective order (M. Popović, 2015, "chrF:
    character n-gram F-score for automatic MT evaluation"; M. Post, 2018, "A call for clarity in
    reporting BLEU scores", for the implementation). The scores are the very same floats, so ties
    are the same too. An indexed line is the hypothesis and the query is the reference: with beta 2,
    covering the query counts more than staying short.

    The index holds no text. It takes memory in proportion to the number of characters, and a
    search takes time in proportion to the number of lines and of n-grams they share with the query.

    Args:
        lines: The lines to search, at least one; any Unicode, empty ones allowed.

    Raises:
        InputError: If there are no lines, or one of them is not a string.

    Example:
        >>> index = ChrfIndex(["the dog barks", "a cat sleeps", "the dogs bark"])
        >>> [(line, round(score, 1)) for line, score in index.search("the dog barked", k=2)]
        [(0, 80.0), (2, 51.0)]
    """

    def __init__(self, lines: Iterable[str]) -> None:
        if isinstance(lines, str):
            raise InputError("lines is one string; give a list of strings")
        texts = [_without_spaces(line, f"line {number}") for number, line in enumerate(lines)]
        if not texts:
            raise InputError("there are no lines to search; give at least one")
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        if max(int(lengths.sum()), _ORDERS * len(texts)) >= _MOST:
            raise InputError("too much text for one index; split it and merge the results")
        self._lengths = lengths
        self._ngram_counts = np.array(
            [np.maximum(lengths - order, 1) for order in range(_ORDERS)], dtype=np.float64
        )
        self._build(_code_points("".join(texts)))

    def __len__(self) -> int:
        return len(self._lengths)

    def search(self, query: str, k: int = 10) -> list[tuple[int, float]]:
        """Return the `k` lines with the highest chrF against `query`.

        Args:
            query: The line to compare with (the reference of chrF); any Unicode, may be empty.
            k: How many lines to return, at least 1; all of them where the index has fewer.

        Returns:
            Pairs of a line's index and its score between 0 and 100, best first, equal scores in
            the order of the lines. Lines that score 0 are returned too, if `k` reaches so far.

        Raises:
            InputError: If `query` is not a string or `k` not a positive whole number.

        Example:
            >>> ChrfIndex(["ev-ler", "", "ev-de"]).search("evde", k=3)[1:]
            [(0, 24.409871244635195), (1, 0.0)]
        """
        k = _positive(k)
        codes = _code_points(_without_spaces(query, "the query"))
        scores = self._scores(self._matches(codes), len(codes))
        if k < len(scores):
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            candidates = np.flatnonzero(scores >= least)
        else:
            candidates = np.arange(len(scores))
        best = candidates[np.argsort(-scores[candidates], kind="stable")[:k]]
        return list(zip(best.tolist(), scores[best].tolist(), strict=True))

    # The index is a trie of all n-grams, its nodes numbered breadth first from 1 (0 is the root).
    # A node is found by its parent and its last character, so there is nothing to collide, and
    # the keys of all nodes together are in ascending order.
    #
    # chrF counts an n-gram as often as both lines have it. That is the number of *features* they
    # share, if the first, second, third ... occurrence of an n-gram in a line are distinct
    # features. Those of a node are numbered consecutively, so what a query shares with all lines
    # is one slice of postings for each of its n-grams, however often it occurs. Features that
    # many lines have are kept as rows instead, which hold the count up to this occurrence.

    def _build(self, codes: Codes) -> None:
        lines = len(self)
        line_of = np.repeat(np.arange(lines, dtype=np.int32), self._lengths)
        until = np.repeat(np.cumsum(self._lengths, dtype=np.int32), self._lengths)
        start = np.arange(len(codes), dtype=np.int32)
        node = np.zeros(len(codes), dtype=np.int64)
        nodes = 1
        keys, features, sizes, postings, rows, self._rows_until = [], [], [], [], [], [0]
        for order in range(_ORDERS):
            fits = until[start] > start + order
            start, node = start[fits], node[fits]
            new_keys, node = np.unique(_keys(node, codes[start + order]), return_inverse=True)
            counts, pairs = _features(node, line_of[start], len(new_keys))
            node += nodes
            nodes += len(new_keys)
            feature, line = pairs >> _LINE_BITS, pairs & _LINE_MASK
            size = np.bincount(feature, minlength=int(counts.sum()))
            common = size * _ROW_SHARE >= lines
            in_row = common[feature]
            first = np.cumsum(counts) - counts
            table = _rows(feature[in_row], line[in_row], np.flatnonzero(common), first, lines)
            keys.append(new_keys)
            features.append(counts)
            sizes.append(np.where(common, -1, size))
            postings.append((line[~in_row] + order * lines).astype(np.int32))
            rows.append(table)
            self._rows_until.append(self._rows_until[-1] + len(table))
        all_sizes = np.concatenate(sizes)
        self._keys = np.concatenate([*keys, [np.iinfo(np.int64).max]])
        self._first_feature = _running_total(np.concatenate([[0], *features]))
        self._first_posting = _running_total(np.maximum(all_sizes, 0))
        self._row_features = np.flatnonzero(all_sizes < 0)
        self._postings = np.concatenate(postings)
        self._rows = np.concatenate(rows)

    def _nodes(self, codes: Codes) -> tuple[Ints, Ints]:
        """The nodes of the n-grams that the index knows, ascending, and their counts."""
        found = []
        node = np.zeros(len(codes), dtype=np.int64)
        for order in range(min(_ORDERS, len(codes))):
            key = _keys(node[: len(codes) - order], codes[order:])
            place = np.searchsorted(self._keys, key)
            node = np.where(self._keys[place] == key, place + 1, -1)
            found.append(node)
        known = np.concatenate([node[:0], *found])
        return np.unique(known[known > 0], return_counts=True)

    def _matches(self, codes: Codes) -> Ints:
        """How many n-grams each line shares with the query: shape (orders, lines)."""
        nodes, counts = self._nodes(codes)
        first = self._first_feature[nodes].astype(np.int64)
        last = np.minimum(first + counts, self._first_feature[nodes + 1])
        begin, end = self._first_posting[np.stack([first, last])].astype(np.int64)
        sizes = end - begin
        skipped = np.repeat(begin - (np.cumsum(sizes) - sizes), sizes)
        shared = self._postings[np.arange(len(skipped)) + skipped]
        matches = np.bincount(shared, minlength=_ORDERS * len(self)).reshape(_ORDERS, len(self))
        begin, end = np.searchsorted(self._row_features, [first, last])
        rows = end[begin < end] - 1
        dtype = np.result_type(self._rows, np.min_scalar_type(len(codes)))
        until = np.searchsorted(rows, self._rows_until).tolist()
        for order, (start, stop) in enumerate(pairwise(until)):
            if start < stop:
                total = np.zeros(len(self), dtype)
                for row in rows[start:stop].tolist():
                    total += self._rows[row]
                matches[order] += total
        return matches

    def _scores(self, matches: Ints, query_length: int) -> Floats:
        """Score every line: sacrebleu's operations in sacrebleu's order, hence its floats."""
        orders = min(_ORDERS, query_length)
        precision, recall = np.zeros(len(self)), np.zeros(len(self))
        for order in range(orders):
            precision += matches[order] / self._ngram_counts[order]
            recall += matches[order] / (query_length - order)
        effective_orders = np.clip(self._lengths, 1, max(orders, 1))
        precision /= effective_orders
        recall /= effective_orders
        score = (1 + _BETA_SQUARED) * precision * recall
        weight = _BETA_SQUARED * precision + recall
        np.divide(score, weight, out=score, where=weight > 0)
        return 100 * score


def _keys(parent: Ints, code: Codes) -> Ints:
    return (parent << _CODE_BITS) | code


def _features(node: Ints, line: npt.NDArray[np.int32], nodes: int) -> tuple[Ints, Ints]:
    """Number the features of n-grams, given node (from 0) and line of each.

    Returns the number of features of each node, and for each n-gram its feature and line in one
    integer, ascending.
    """
    pair = np.sort((node << _LINE_BITS) | line)
    number = np.arange(len(pair), dtype=np.int32)
    same = np.zeros(len(pair), dtype=bool)
    same[1:] = pair[1:] == pair[:-1]
    occurrence = number - np.maximum.accumulate(np.where(same, 0, number))
    node = pair >> _LINE_BITS
    features = np.zeros(nodes, dtype=np.int64)
    np.maximum.at(features, node, occurrence + 1)
    first = np.cumsum(features) - features
    return features, np.sort(((first[node] + occurrence) << _LINE_BITS) | (pair & _LINE_MASK))


def _rows(
    feature: Ints, line: Ints, common: Ints, first: Ints, lines: int
) -> npt.NDArray[np.unsignedinteger]:
    """One row for each common feature: how often each line has its n-gram, up to this occurrence.

    Args:
        feature: The common features of the n-grams, ascending.
        line: The lines they are in.
        common: Which features are common, ascending.
        first: The first feature of each node, ascending.
        lines: How many lines there are.
    """
    occurrence = common - first[np.searchsorted(first, common, side="right") - 1] + 1
    rows = np.zeros((len(common), lines), np.min_scalar_type(occurrence.max(initial=0)))
    rows[np.searchsorted(common, feature), line] = 1
    for row in np.flatnonzero(occurrence > 1).tolist():
        rows[row] += rows[row - 1]
    return rows


def _running_total(counts: Ints) -> npt.NDArray[np.unsignedinteger]:
    total = np.concatenate([[0], np.cumsum(counts)])
    return total.astype(np.min_scalar_type(total[-1]))


def _code_points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _without_spaces(line: object, name: str) -> str:
    if not isinstance(line, str):
        raise InputError(f"{name} is not a string but {line!r}; give text, '' where there is none")
    return "".join(line.split())


def _positive(k: object) -> int:
    try:
        number = operator.index(k)  # type: ignore[arg-type]
    except TypeError:
        number = 0
    if number < 1 or isinstance(k, bool):
        raise InputError(f"k is {k!r}; give a whole number of at least 1")
    return number
