"""How well a glosser will do on texts it has not seen, judged on texts that are glossed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Protocol

import attrs
import numpy as np

from igtkit._progress import Progress
from igtkit.boundaries import is_word, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.igt.key import seen_among
from igtkit.metrics import Report, evaluate
from igtkit.models.base import Glosser, require_texts
from igtkit.models.crf import CrfGlosser

__all__ = [
    "CurvePoint",
    "Learner",
    "Reliability",
    "Validation",
    "cross_validate",
    "expected_gain",
    "learning_curve",
    "rank_for_annotation",
]

_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


class Learner(Protocol):
    """A glosser that learns from texts, such as `CrfGlosser` and `LookupGlosser`."""

    def fit(self, train: Iterable[IGT], /) -> Glosser:
        """Learn from glossed texts, and return the glosser itself."""


@attrs.frozen
class Reliability:
    """How many of the words with some probability were right.

    Attributes:
        low: The least probability of these words.
        high: The greatest.
        words: Their number.
        right: The share whose form and gloss were right; None if there are none.
    """

    low: float
    high: float
    words: int
    right: float | None


@attrs.frozen
class Validation:
    """What `cross_validate` gives: every text as a glosser made it that had not seen its block.

    Attributes:
        texts: The texts that were judged.
        predictions: One for each of them.
        blocks: The positions in `texts` of each block that was held out.
        seen: For each text, whether its transcription stood in the training texts all the same.
    """

    texts: tuple[IGT, ...]
    predictions: tuple[Prediction, ...]
    blocks: tuple[tuple[int, ...], ...]
    seen: tuple[bool, ...]

    def report(self, **options: Any) -> Report:
        """Score the predictions; see `igtkit.metrics.evaluate` for the options."""
        return evaluate(predictions=self.predictions, references=self.texts, **options)

    def reliability(self) -> tuple[Reliability, ...]:
        """The share of words right, by the probability that the glosser gave them."""
        pairs = [pair for text, one in zip(self.texts, self.predictions, strict=True)
                 for pair in _judged(text, one)]  # fmt: skip
        rows = []
        for low, high in pairwise(_BINS):
            last = high == _BINS[-1]
            right = [
                ok for chance, ok in pairs if low <= chance < high or (last and chance == high)
            ]
            share = sum(right) / len(right) if right else None
            rows.append(Reliability(low, high, len(right), share))
        return tuple(rows)


def cross_validate(
    texts: Iterable[IGT],
    make: Callable[[], Learner] = CrfGlosser,
    *,
    folds: int = 5,
    at_most: int | None = None,
    progress: bool | None = None,
) -> Validation:
    """Gloss each block of texts with a glosser that learned from the other blocks.

    A block is some whole sources (`IGT.source`, a text of FLEx or a recording) where there are at
    least as many as folds; otherwise a stretch of neighboring entries. Sentences drawn at random
    would have their neighbors in training, and look easier than new texts are.

    Args:
        texts: Glossed texts.
        make: Makes a glosser that has not learned yet.
        folds: Number of blocks.
        at_most: Judge only so many blocks; all if None.
        progress: Whether to show a bar; if None, where standard error is a terminal.

    Returns:
        The predictions, in the order of the texts of the blocks that were judged.

    Raises:
        InputError: If there are fewer texts than folds, or fewer than two folds.

    Example:
        >>> from igtkit.models import LookupGlosser
        >>> texts = [IGT("cats run", "cat-s run", "cat-PL run"), IGT("cats", "cat-s", "cat-PL")]
        >>> found = cross_validate(texts, LookupGlosser, folds=2)
        >>> found.report()["glossing.morpheme.error_rate"]
        0.125
    """
    held = require_texts(texts)
    if folds < 2:
        raise InputError(f"folds must be 2 or more, not {folds}")
    if len(held) < folds:
        raise InputError(f"{len(held)} texts cannot be parted into {folds} blocks")
    judged: list[IGT] = []
    predictions: list[Prediction] = []
    blocks: list[tuple[int, ...]] = []
    seen: list[bool] = []
    chosen = _blocks(held, folds)[:at_most]
    with Progress(sum(map(len, chosen)), progress, "judging") as bar:
        for block in chosen:
            train, test = _parted(held, block)
            blocks.append(tuple(range(len(judged), len(judged) + len(test))))
            judged += test
            seen += seen_among(test, train)
            predictions += make().fit(train).predict(test)
            bar.advance(len(test))
    return Validation(tuple(judged), tuple(predictions), tuple(blocks), tuple(seen))


@attrs.frozen
class CurvePoint:
    """The error rate with so many sentences to learn from.

    Attributes:
        sentences: Number of sentences.
        error_rate: Morpheme error rate (preset ``paper``) on the held-out sentences, averaged over
            the blocks.
    """

    sentences: int
    error_rate: float


def learning_curve(
    texts: Iterable[IGT],
    make: Callable[[], Learner] = CrfGlosser,
    *,
    sizes: Sequence[int] | None = None,
    folds: int = 5,
    at_most: int = 2,
    progress: bool | None = None,
) -> tuple[CurvePoint, ...]:
    """Return how the error rate falls with the number of sentences to learn from.

    Args:
        texts: Glossed texts, in the order in which they were glossed.
        make: Makes a glosser that has not learned yet.
        sizes: Numbers of sentences; if None all that are not held out, and half, a quarter and so
            on down to 20.
        folds: A held-out block is one of so many.
        at_most: Number of blocks that are held out in turn.
        progress: Whether to show a bar; if None, where standard error is a terminal.

    Raises:
        InputError: If there are too few texts.
    """
    held = require_texts(texts)
    if len(held) < folds:
        raise InputError(f"{len(held)} texts are too few for a learning curve")
    blocks = _blocks(held, folds)[:at_most]
    most = min(len(held) - len(block) for block in blocks)
    chosen = _halved(most) if sizes is None else sorted({size for size in sizes if size <= most})
    points = []
    with Progress(sum(chosen) * len(blocks), progress, "judging") as bar:
        for size in chosen:
            rates = []
            for block in blocks:
                rest, test = _parted(held, block)
                predictions = make().fit(rest[:size]).predict(test)
                report = evaluate(predictions=predictions, references=test, empty="skip")
                rates.append(report["glossing.morpheme.error_rate"] or 0.0)
                bar.advance(size)
            points.append(CurvePoint(size, float(np.mean(rates))))
    return tuple(points)


def expected_gain(curve: Sequence[CurvePoint], more: int = 100) -> float:
    """Return by how much the error rate should fall with so many more sentences.

    The error rate is taken to fall by the same share whenever the number of sentences doubles, by
    the share that fits the last three points best (a power law). From 100 sentences to 200, and
    from 200 to 400, of six corpora it was .019 off on average (``benchmarks/learning_curve.md``).
    It is a guess all the same: new texts may be of another kind.

    Args:
        curve: Two points or more, as `learning_curve` gives them.
        more: How many more sentences.

    Raises:
        InputError: If there are fewer than two points.

    Example:
        >>> curve = [CurvePoint(100, 0.4), CurvePoint(200, 0.2)]
        >>> round(expected_gain(curve, 200), 2)  # half of it again with twice as many
        0.1
    """
    if len(curve) < 2:
        raise InputError("a curve of fewer than two points says nothing of what comes")
    last = curve[-3:]
    now = last[-1]
    if not all(point.error_rate for point in last):
        return 0.0
    sizes = np.log([point.sentences for point in last])
    slope, _ = np.polyfit(sizes, np.log([point.error_rate for point in last]), 1)
    share = float(((now.sentences + more) / now.sentences) ** slope)
    return now.error_rate * max(0.0, 1 - share)


def rank_for_annotation(glosser: Glosser, texts: Iterable[IGT]) -> tuple[int, ...]:
    """Return the positions of texts in the order in which to gloss them: the least sure first.

    What the glosser is unsure of teaches it most, once it knows something: on two corpora the
    error rate was .01 to .035 lower than in the order of the text, with as many words glossed; on
    a third, with an error rate around .7, there was no difference
    (``benchmarks/annotation_order.md``). A text is as sure as its words are on average.

    Args:
        glosser: A glosser that has learned, and gives a score.
        texts: Texts that are not glossed.

    Raises:
        InputError: If the glosser gives no score.
    """
    predictions = glosser.predict(list(texts))
    scores: list[float] = []
    for prediction in predictions:
        if prediction.score is None:
            raise InputError(f"{type(glosser).__name__} does not say how sure it is of a text")
        scores.append(prediction.score)
    return tuple(sorted(range(len(scores)), key=lambda index: (scores[index], index)))


def _parted(texts: Sequence[IGT], block: Sequence[int]) -> tuple[list[IGT], list[IGT]]:
    """The texts that are not in a block, and those that are."""
    out = set(block)
    rest = [text for index, text in enumerate(texts) if index not in out]
    return rest, [texts[index] for index in block]


def _halved(most: int) -> list[int]:
    sizes = [most]
    while sizes[-1] // 2 >= 20:
        sizes.append(sizes[-1] // 2)
    return sizes[::-1]


def _blocks(texts: Sequence[IGT], folds: int) -> list[list[int]]:
    """The positions of the texts of each block."""
    sources: dict[str | None, list[int]] = {}
    for index, text in enumerate(texts):
        sources.setdefault(text.source, []).append(index)
    if len(sources) < folds or None in sources:
        edges = [round(part * len(texts) / folds) for part in range(folds + 1)]
        return [list(range(*pair)) for pair in pairwise(edges)]
    blocks: list[list[int]] = [[] for _ in range(folds)]
    for members in sorted(sources.values(), key=len, reverse=True):
        min(blocks, key=len).extend(members)  # the longest first, each to the shortest block
    return [sorted(block) for block in blocks]


def _judged(text: IGT, prediction: Prediction) -> Iterator[tuple[float, bool]]:
    """The probability of each word, and whether form and gloss were right."""
    gold = [(word.form, word.gloss) for word in text.align(strict=False) if word.morphemes]
    gold = [pair for pair in gold if is_word(pair[0] or pair[1] or "")]
    tokens = split_words(text.transcription)
    if len(prediction.words) != len(tokens):
        return
    words = [
        ranked for token, ranked in zip(tokens, prediction.words, strict=True) if is_word(token)
    ]
    if len(words) != len(gold):
        return
    for ranked, (form, gloss) in zip(words, gold, strict=True):
        if ranked and ranked[0].probability is not None:
            right = ranked[0].gloss == gloss and form in (None, ranked[0].form)
            yield ranked[0].probability, right
