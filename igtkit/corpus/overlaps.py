"""Which texts of a test set stand in the training set too, and how surely."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import attrs

from igtkit.errors import InputError
from igtkit.igt import IGT, require_igt, text_key
from igtkit.retrieval import ChrfIndex

__all__ = ["Overlap", "OverlapPair", "overlap"]

Kind = Literal["exact", "transcription", "near"]

_NEAR = 90
"""chrF from which on two texts are nearly the same: a word or an ending differs."""


@attrs.frozen
class OverlapPair:
    """A text of the test set and one like it in the training set.

    Attributes:
        test: Which text of the test set, counted from 0.
        train: Which text of the training set: the first that is as like it.
        kind: The strictest kind that holds.
        chrf: chrF of the two keys, 0 to 100; 100 where they are the same.
    """

    test: int
    train: int
    kind: Kind
    chrf: float


@attrs.frozen
class Overlap:
    """How many texts of a test set stand in the training set, by three measures.

    Each count takes in those before it. A share is between 0 and 1, and 0 where there is no text.

    Attributes:
        total: Number of texts in the test set.
        exact: Texts all of whose lines are identical: transcription, segmentation, glosses and
            translation.
        transcription: Texts with the same transcription, as `igtkit.igt.text_key` tells.
        near: Texts with a chrF of at least 90, between the keys, to some training text. An
            estimate where not all were compared.
        compared: Number of texts that `near` was looked for in, of those that the other counts
            leave.
        pairs: One for each text of the test set that overlaps, in order.
    """

    total: int
    exact: int
    transcription: int
    near: int
    compared: int
    pairs: tuple[OverlapPair, ...] = attrs.field(repr=False)

    @property
    def exact_share(self) -> float:
        """`exact` as a share of the test set."""
        return self._share(self.exact)

    @property
    def transcription_share(self) -> float:
        """`transcription` as a share of the test set."""
        return self._share(self.transcription)

    @property
    def near_share(self) -> float:
        """`near` as a share of the test set."""
        return self._share(self.near)

    @property
    def is_estimate(self) -> bool:
        """Whether `near` was looked for in a sample only."""
        return self.compared < self.total - self.transcription

    def to_dict(self) -> dict[str, Any]:
        """The counts, shares and pairs as JSON can hold them."""
        return {
            "total": self.total,
            "exact": self.exact,
            "transcription": self.transcription,
            "near": self.near,
            "compared": self.compared,
            "exact_share": self.exact_share,
            "transcription_share": self.transcription_share,
            "near_share": self.near_share,
            "pairs": [attrs.asdict(pair) for pair in self.pairs],
        }

    def to_markdown(self) -> str:
        """A table of the counts and shares."""
        about = f" (estimated from {self.compared:,})" if self.is_estimate else ""
        rows = (
            ("all lines identical", self.exact, self.exact_share),
            ("same transcription", self.transcription, self.transcription_share),
            (f"chrF at least {_NEAR}{about}", self.near, self.near_share),
        )
        return "\n".join(
            [
                f"| in train, of {self.total:,} | texts | share |",
                "|---|--:|--:|",
                *(f"| {name} | {count:,} | {share:.3f} |" for name, count, share in rows),
            ]
        )

    def _share(self, count: int) -> float:
        return count / self.total if self.total else 0.0


def overlap(
    train: Iterable[IGT], test: Iterable[IGT], *, sample: int = 2000, seed: int = 0
) -> Overlap:
    """Return how many texts of a test set stand in the training set too.

    The languages of the texts take no part, since the two files may name them differently.

    Args:
        train: The texts that a system learns from.
        test: The texts that it is scored on.
        sample: Near matches are looked for in at most so many texts, drawn at random where there
            are more; 0 looks for none. Each takes about a millisecond for 5,000 training texts;
            all else is done in one pass.
        seed: Of the draw.

    Returns:
        Counts, shares and pairs.

    Raises:
        InputError: If an item is no `IGT`, or `sample` is negative.

    Example:
        >>> train = [IGT("Kedi uyudu.", "kedi uyu-du", "cat sleep-PST"), IGT("Gel!")]
        >>> test = [IGT("kedi uyudu", "kedi uyu-du", "cat sleep-PST"), IGT("Git!")]
        >>> found = overlap(train, test)
        >>> found.exact, found.transcription, found.transcription_share
        (0, 1, 0.5)
        >>> found.pairs
        (OverlapPair(test=0, train=0, kind='transcription', chrf=100.0),)
    """
    if sample < 0:
        raise InputError(f"sample must be 0 or more, not {sample}")
    known, asked = _held(train), _held(test)
    lines: dict[tuple[str | None, ...], int] = {}
    keys: dict[str, int] = {}
    for index, igt in enumerate(known):
        lines.setdefault(_lines(igt), index)
        keys.setdefault(text_key(igt), index)
    keys.pop("", None)
    found: dict[int, OverlapPair] = {}
    rest = []
    for index, igt in enumerate(asked):
        key = text_key(igt)
        if _lines(igt) in lines:
            found[index] = OverlapPair(index, lines[_lines(igt)], "exact", 100.0)
        elif key in keys:
            found[index] = OverlapPair(index, keys[key], "transcription", 100.0)
        elif key:
            rest.append((index, key))
    exact = sum(pair.kind == "exact" for pair in found.values())
    compared = _drawn(rest, sample, seed)
    near = _near(keys, compared)
    found.update({pair.test: pair for pair in near})
    return Overlap(
        total=len(asked),
        exact=exact,
        transcription=len(found) - len(near),
        near=len(found) - len(near) + _projected(len(near), len(compared), len(rest)),
        compared=len(compared),
        pairs=tuple(found[index] for index in sorted(found)),
    )


def _held(texts: Iterable[IGT]) -> list[IGT]:
    held = list(texts)
    for text in held:
        require_igt(text)
    return held


def _lines(igt: IGT) -> tuple[str | None, ...]:
    return igt.transcription, igt.segmentation, igt.glosses, igt.translation


def _drawn(rest: list[tuple[int, str]], sample: int, seed: int) -> list[tuple[int, str]]:
    if len(rest) <= sample:
        return rest
    return sorted(random.Random(seed).sample(rest, sample))  # noqa: S311 -- a draw is no secret


def _near(keys: dict[str, int], asked: Sequence[tuple[int, str]]) -> list[OverlapPair]:
    if not keys or not asked:
        return []
    index, firsts = ChrfIndex(keys), list(keys.values())
    pairs = []
    for test, key in asked:
        [(best, chrf)] = index.search(key, k=1)
        if chrf >= _NEAR:
            pairs.append(OverlapPair(test, firsts[best], "near", chrf))
    return pairs


def _projected(found: int, compared: int, rest: int) -> int:
    return round(found * rest / compared) if compared else 0
