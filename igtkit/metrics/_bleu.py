"""BLEU (Papineni et al. 2002): n-grams counted here, the formula is sacrebleu's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from igtkit.metrics._codes import EMPTY_CODE, SEPARATOR_CODE, Codes, Flat, flatten

__all__ = [
    "BLEU_SMOOTHING",
    "BLEU_STATISTICS",
    "LONGEST_NGRAM",
    "bleu_score",
    "character_codes",
    "sentence_ngrams",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LONGEST_NGRAM = 4
"""Longest n-gram."""

BLEU_SMOOTHING = "exp"
"""sacrebleu's default smoothing (Chen and Cherry 2014, method 3)."""

BLEU_STATISTICS = (
    "predicted_length",
    "gold_length",
    *(f"matches_{n}" for n in range(1, LONGEST_NGRAM + 1)),
    *(f"ngrams_{n}" for n in range(1, LONGEST_NGRAM + 1)),
)
"""What BLEU is computed from: columns of `sentence_ngrams`, which add up over sentences."""

_KEY_BITS = 63  # of an int64 without its sign


def character_codes(codes: Codes) -> Codes:
    """Lines without their spaces: the tokens of character BLEU."""
    return Codes(
        ["".join(line.split()) for line in codes.predicted],
        ["".join(line.split()) for line in codes.gold],
        (),
    )


def sentence_ngrams(codes: Codes, *, tokens: bool = True) -> Floats:
    """Return the numbers of n-grams and of clipped matches of each sentence.

    ``[SEP]`` and empty morphemes are left out.

    Args:
        codes: What to compare.
        tokens: False where the codes are plain text, in which nothing stands for ``[SEP]``.

    Returns:
        One row per sentence, one column for each of `BLEU_STATISTICS`.
    """
    predicted, gold = codes.predicted, codes.gold
    if tokens:
        drop = {ord(SEPARATOR_CODE): None, ord(EMPTY_CODE): None}
        predicted = [code.translate(drop) for code in predicted]
        gold = [code.translate(drop) for code in gold]
    count = len(gold)
    both = flatten([*predicted, *gold])
    matches = _clipped_matches(both, count)
    lengths = both.lengths[:count]
    totals = [np.maximum(lengths - n, 0) for n in range(LONGEST_NGRAM)]
    columns = [lengths, both.lengths[count:], *matches, *totals]
    return np.column_stack(columns).astype(np.float64)


def bleu_score(statistics: Sequence[float]) -> float:
    """Corpus BLEU from summed statistics.

    Args:
        statistics: One number for each of `BLEU_STATISTICS`.

    Returns:
        BLEU between 0 and 1 (sacrebleu's divided by 100).
    """
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415  # imported late: costs 0.1 s

    numbers = [int(number) for number in statistics]
    result = BLEU.compute_bleu(
        correct=numbers[2 : 2 + LONGEST_NGRAM],
        total=numbers[2 + LONGEST_NGRAM :],
        sys_len=numbers[0],
        ref_len=numbers[1],
        smooth_method=BLEU_SMOOTHING,
        max_ngram_order=LONGEST_NGRAM,
    )
    return min(float(result.score) / 100, 1.0)  # the formula's rounding can pass 1


def _clipped_matches(both: Flat, count: int) -> list[Integers]:
    """Matches of each order in each sentence; `both` is the predicted lines, then the gold lines.

    Equal n-grams of prediction and gold are paired off one to one: first those at the same place
    from the left, then at the same place from the right, and only what is left is sorted. Pairing
    off some equal n-grams never changes how many pairs there are in all.
    """
    values = _dense(both.values)
    width = _bits(values)
    ends = both.starts + both.lengths
    shifts = (both.starts[count:] - both.starts[:count], ends[count:] - ends[:count])
    owners = both.sentences
    left = ends[owners] - np.arange(len(values))  # how many tokens there are from here on
    grams, gram_bits = values, width
    matches = []
    room = _KEY_BITS - 1 - count.bit_length()
    for order in range(1, LONGEST_NGRAM + 1):
        if order > 1:
            grams, gram_bits = _fit(grams, gram_bits, room - width)
            grams = (grams[:-1] << width) | values[order - 1 :]
            grams, gram_bits = _fit(grams, gram_bits + width, room)
        last = len(grams)
        unpaired = left[:last] >= order
        paired = [_pair_off(grams, owners, unpaired, shift) for shift in shifts]
        rest = np.flatnonzero(unpaired)
        paired.append(_count_pairs(grams[rest], gram_bits, owners[rest], count))
        matches.append(np.sum(paired, axis=0))
    return matches


def _pair_off(
    grams: Integers, owners: Integers, unpaired: NDArray[np.bool_], shift: Integers
) -> Integers:
    """Pair n-grams of each prediction with the gold ones `shift` further on, where equal."""
    count = len(shift)
    here = np.flatnonzero(unpaired[: np.searchsorted(owners, count)])
    there = here + shift[owners[here]]
    inside = there < len(grams)
    here, there = here[inside], there[inside]
    equal = (
        (grams[here] == grams[there]) & (owners[there] == owners[here] + count) & unpaired[there]
    )
    here, there = here[equal], there[equal]
    unpaired[here] = unpaired[there] = False
    return np.bincount(owners[here], minlength=count)


def _count_pairs(grams: Integers, gram_bits: int, owners: Integers, count: int) -> Integers:
    """Pairs in each sentence, wherever they stand.

    Every n-gram becomes one integer: sentence, n-gram, side, from high bits to low. Once sorted,
    equal n-grams of a sentence lie together, and the smaller of the two sides' counts is the
    number of pairs.
    """
    if not len(grams):
        return np.zeros(count, dtype=np.int64)
    sides = owners >= count
    rows = owners - count * sides
    keys = np.sort((((rows << gram_bits) | grams) << 1) | sides)
    same = keys >> 1
    starts = np.flatnonzero(np.concatenate(([True], same[1:] != same[:-1])))
    gold = np.add.reduceat(keys & 1, starts)
    both = np.diff(starts, append=len(keys))
    pairs = np.minimum(gold, both - gold)
    weights = np.bincount(same[starts] >> gram_bits, weights=pairs, minlength=count)
    return weights.astype(np.int64)


def _fit(grams: Integers, bits: int, room: int) -> tuple[Integers, int]:
    """Renumber n-grams where they take more bits than there is room for."""
    if bits <= room:
        return grams, bits
    grams = np.unique(grams, return_inverse=True)[1]
    return grams, _bits(grams)


def _dense(values: Integers) -> Integers:
    """Number the values that occur from 0, in order: fewer bits for each."""
    if not len(values):
        return values
    occurs = np.zeros(int(values.max()) + 1, dtype=np.int64)
    occurs[values] = 1
    return (np.cumsum(occurs) - 1)[values]


def _bits(values: Integers) -> int:
    return int(values.max()).bit_length() if len(values) else 0
