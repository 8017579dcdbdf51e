"""How sure a figure is, and whether the difference between two systems is more than chance.

Both resample sentences. Everything is drawn from ``numpy.random.default_rng(seed)``, so the same
call gives the same numbers.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from igtkit.errors import InputError
from igtkit.metrics._groups import By
from igtkit.metrics._units import family_of, pair, units_of
from igtkit.metrics.custom import SentenceMetric
from igtkit.metrics.inputs import EmptyPolicy, Glossed
from igtkit.metrics.presets import Preset, PresetName

__all__ = ["Comparison", "Interval", "compare", "confidence_intervals"]

Floats = NDArray[np.float64]

_log = logging.getLogger("igtkit.metrics")

_CHUNK_CELLS = 1 << 22  # numbers of eight bytes: some 30 MB

# From 20 texts on the paired bootstrap of level .05 errs in less than .075 of cases, the limit that
# Bradley (1978) sets for a test to be called robust: benchmarks/few_texts.md.
_FEW = 20


@attrs.frozen
class Interval:
    """A figure and where it would probably lie on other sentences of the same kind.

    Attributes:
        value: The figure; None if it cannot be computed.
        low: Lower end of the interval; None as well if the figure rests on one text.
        high: Upper end of the interval; None as `low`.
    """

    value: float | None
    low: float | None
    high: float | None


@attrs.frozen
class Comparison:
    """One figure of two systems on the same sentences.

    Attributes:
        a: The figure of the first system.
        b: The figure of the second system.
        difference: ``a - b``.
        p_value: How often chance alone gives a difference as large, either way; None if a figure
            cannot be computed, or rests on too few texts for the bootstrap.
    """

    a: float | None
    b: float | None
    difference: float | None
    p_value: float | None


def confidence_intervals(
    *,
    predictions: Iterable[Glossed],
    references: Iterable[Glossed],
    preset: PresetName | Preset = "paper",
    empty: EmptyPolicy = "raise",
    extra: Mapping[str, SentenceMetric] | None = None,
    by: By | None = None,
    level: float = 0.95,
    samples: int = 1000,
    seed: int = 0,
) -> dict[str, Interval]:
    """Bootstrap percentile intervals of every figure (Efron and Tibshirani 1993, chapter 13).

    As many sentences as there are are drawn with replacement, `samples` times.

    With few texts such intervals are too narrow: of 5 texts, those of a level of 0.95 hold the true
    figure in 0.83 of cases, of 20 in 0.92 (`benchmarks/few_texts.md`). Below 20 a warning is logged
    (``igtkit.metrics``).

    Args:
        predictions: As in `evaluate`.
        references: As in `evaluate`.
        preset: As in `evaluate`.
        empty: As in `evaluate`.
        extra: As in `evaluate`.
        by: As in `evaluate`. The figures are then averages over groups, ``"language"`` say, and
            groups are drawn, not texts: another selection of languages is asked about, not another
            selection of sentences in these.
        level: Share of the samples inside the interval, between 0 and 1.
        samples: How many samples to draw.
        seed: Seed of the random numbers.

    Returns:
        For each figure, by path, its interval.

    Raises:
        InputError: As `evaluate`; or if `level` or `samples` make no sense.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> gold = [IGT(t, t, t) for t in "abcdefghijklmnopqrst"]
        >>> guess = [Prediction(t, t) for t in "abcdefghijklmnoxxxxx"]
        >>> found = confidence_intervals(predictions=guess, references=gold)
        >>> found["glossing.word.error_rate"]
        Interval(value=0.25, low=0.1, high=0.45)
    """
    if not 0 < level < 1:
        raise InputError(f"level must be between 0 and 1, not {level!r}")
    _check_samples(samples)
    units = units_of(predictions, list(references), preset=preset, empty=empty, extra=extra, by=by)
    counts = units.counts()
    _warn_of_few(counts, units.noun)
    table = units.table
    count = len(table)
    rng = np.random.default_rng(seed)
    even = np.full(count, 1 / count)
    drawn: list[dict[str, float]] = []
    for size in _chunks(samples, count):
        weights = rng.multinomial(count, even, size=size).astype(np.float64)
        drawn += [units.values(sums) for sums in weights @ table]
    tails = [100 * (1 - level) / 2, 100 * (1 + level) / 2]
    intervals = {}
    for name, value in units.values(table.sum(axis=0)).items():
        of_figure = np.array([sample[name] for sample in drawn])
        of_figure = of_figure[~np.isnan(of_figure)]
        told = len(of_figure) and counts[family_of(name)] > 1
        low, high = np.percentile(of_figure, tails) if told else (np.nan, np.nan)
        intervals[name] = Interval(_known(value), _known(low), _known(high))
    return intervals


def compare(
    *,
    a: Iterable[Glossed],
    b: Iterable[Glossed],
    references: Iterable[Glossed],
    preset: PresetName | Preset = "paper",
    empty: EmptyPolicy = "raise",
    extra: Mapping[str, SentenceMetric] | None = None,
    by: By | None = None,
    method: Literal["bootstrap", "randomization"] = "bootstrap",
    samples: int = 1000,
    seed: int = 0,
) -> dict[str, Comparison]:
    """Return, for every figure, whether two systems differ by more than chance.

    ``"bootstrap"`` is the paired bootstrap (Koehn 2004): sentences are drawn with replacement, the
    same for both systems; the p-value is the share of samples whose difference is as far from the
    observed difference as that is from 0. ``"randomization"`` is approximate randomization
    (Riezler and Maxwell 2005): in each sample the two systems' outputs for a sentence are swapped,
    or not, by the toss of a coin; the p-value is the share of samples whose difference is as large
    as the observed one. Both are two-sided, and count the observed data as one sample more, so the
    p-value is never 0.

    The bootstrap takes the sentences for all there are, so with few it finds differences that are
    not there: at a level of 0.05 in 0.15 of cases with 5 texts, in 0.07 with 20
    (`benchmarks/few_texts.md`). It is refused below 20. Randomization is right for any number:
    where `samples` allows, every way to swap is tried, and p is exact. It cannot be less than
    2 / 2 ** n for n texts, so below 6 nothing comes out under 0.05.

    Many figures are tested at once: with 25 of them, one will come out below 0.05 by chance. Choose
    the figure before looking.

    Args:
        a: Predictions of the first system.
        b: Predictions of the second system.
        references: As in `evaluate`.
        preset: As in `evaluate`.
        empty: As in `evaluate`.
        extra: As in `evaluate`.
        by: As in `evaluate`. The figures are then averages over groups, and groups are drawn, or
            swap their systems as wholes; 20 are needed for the bootstrap, as of texts. A group
            counts where both systems have the figure.
        method: Which test.
        samples: How many samples to draw.
        seed: Seed of the random numbers.

    Returns:
        For each figure, by path, both systems' values and the p-value.

    Raises:
        InputError: As `evaluate`; if there is no such method; or if the bootstrap is asked for and
            no figure rests on 20 texts.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> gold = [IGT(t, t, t) for t in "abcdefgh"]
        >>> right = [Prediction(t, t) for t in "abcdefgh"]
        >>> wrong = [Prediction(t, "x") for t in "abcdefgh"]
        >>> found = compare(a=right, b=wrong, references=gold, method="randomization")
        >>> found["glossing.word.error_rate"].p_value == 2 / 2**8
        True
    """
    if method not in ("bootstrap", "randomization"):
        raise InputError(f"no method {method!r}; there are: 'bootstrap', 'randomization'")
    _check_samples(samples)
    gold = list(references)
    first, second = pair(
        *(units_of(each, gold, preset=preset, empty=empty, extra=extra, by=by) for each in (a, b))
    )
    others = second.counts()
    counts = {family: min(n, others[family]) for family, n in first.counts().items()}
    if method == "bootstrap":
        _require_enough(max(counts.values()), first.noun)
    of_a = first.values(first.table.sum(axis=0))
    of_b = second.values(second.table.sum(axis=0))
    names = list(of_a)
    observed = np.array([of_a[name] - of_b[name] for name in names])
    draw = _bootstrap if method == "bootstrap" else _randomization
    drawn = np.array(
        [
            [mine[name] - theirs[name] for name in names]
            for mine, theirs in (
                (first.values(sums_a), second.values(sums_b))
                for sums_a, sums_b in draw(
                    first.table, second.table, samples, np.random.default_rng(seed)
                )
            )
        ]
    )
    if method == "bootstrap":
        drawn = drawn - observed
    # A last-digit difference between sums in another order must not count as a smaller one.
    extreme = (np.abs(drawn) >= np.abs(observed) - 1e-12).sum(axis=0)
    usable = (~np.isnan(drawn)).sum(axis=0)
    told = {
        name: not np.isnan(observed[at])
        and (method == "randomization" or counts[family_of(name)] >= _FEW)
        for at, name in enumerate(names)
    }
    return {
        name: Comparison(
            _known(of_a[name]),
            _known(of_b[name]),
            _known(observed[at]),
            float((extreme[at] + 1) / (usable[at] + 1)) if told[name] else None,
        )
        for at, name in enumerate(names)
    }


def _bootstrap(
    first: Floats, second: Floats, samples: int, rng: np.random.Generator
) -> Iterator[tuple[Floats, Floats]]:
    count = len(first)
    even = np.full(count, 1 / count)
    for size in _chunks(samples, count):
        weights = rng.multinomial(count, even, size=size).astype(np.float64)
        yield from zip(weights @ first, weights @ second, strict=True)


def _randomization(
    first: Floats, second: Floats, samples: int, rng: np.random.Generator
) -> Iterator[tuple[Floats, Floats]]:
    total = first.sum(axis=0) + second.sum(axis=0)
    for kept in _kept(len(first), samples, rng):
        sums = kept @ first + (1 - kept) @ second
        yield from zip(sums, total - sums, strict=True)


def _kept(count: int, samples: int, rng: np.random.Generator) -> Iterator[Floats]:
    """Which sentences keep their systems: in every way but the observed one, or in some drawn."""
    if 2**count - 1 <= samples:
        ways = np.arange(2**count - 1)[:, np.newaxis]
        for part in np.array_split(ways, len(_chunks(len(ways), count))):
            yield (part >> np.arange(count) & 1).astype(np.float64)
    else:
        for size in _chunks(samples, count):
            yield rng.integers(0, 2, size=(size, count)).astype(np.float64)


def _require_enough(count: int, noun: str) -> None:
    if count < _FEW:
        raise InputError(
            f"on fewer than {_FEW} {noun} (here: {count}) the paired bootstrap finds differences "
            "that are not there; use method='randomization' (igtkit score --test randomization), "
            f"which is right for any number (p-values from {2 / 2**count:.2g} up for {count})"
        )


def _warn_of_few(counts: Mapping[str, int], noun: str) -> None:
    few = [f"{family} {count}" for family, count in counts.items() if 0 < count < _FEW]
    if few:
        _log.warning(
            "intervals from fewer than %d %s are too narrow (%s): at a level of 95 %% they hold "
            "the true figure in 83 %% of cases with 5 %s, 89 %% with 10, 92 %% with 20",
            _FEW,
            noun,
            ", ".join(few),
            noun,
        )


def _chunks(samples: int, count: int) -> Sequence[int]:
    """The samples in chunks, so that one chunk's weights take some 30 MB at most."""
    size = max(1, min(samples, _CHUNK_CELLS // count))
    return [size] * (samples // size) + ([samples % size] if samples % size else [])


def _check_samples(samples: Any) -> None:
    if not isinstance(samples, int) or samples < 1:
        raise InputError(f"samples must be a whole number from 1, not {samples!r}")


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
