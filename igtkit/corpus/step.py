"""One step of a corpus pipeline: what it makes of a text, and the account of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol, cast

import attrs

from igtkit.errors import InputError
from igtkit.igt import IGT

__all__ = ["HELD", "Dropped", "Outcome", "Step", "StepReport", "apply_rest", "apply_step"]

Outcome = tuple[IGT | None, tuple[str, ...]]
"""What a step makes of one text: the text, or None if it is dropped, and why; no reason, no change.
The first reason for a drop is the one it is counted under."""

HELD: Final[Outcome] = (None, ("held",))
"""What a step that holds texts gives for one that waits: what becomes of it is not known yet."""


class _Holding(Protocol):
    """A function that holds texts back."""

    def rest(self) -> Iterator[tuple[IGT, Outcome]]:
        """Yield the texts that were held, in order, and what became of each."""


@attrs.define
class StepReport:
    """What a step did to the texts that came to it. Reports of the same step add up with ``+``.

    Attributes:
        step: Name of the step.
        seen: Number of texts that came.
        changed: Number of texts that it changed and kept.
        dropped: Number of texts dropped, by reason; each counts once.
        reasons: What it noted about texts that it kept; several may be said of one.
    """

    step: str
    seen: int = 0
    changed: int = 0
    dropped: Counter[str] = attrs.field(factory=Counter)
    reasons: Counter[str] = attrs.field(factory=Counter)

    @property
    def kept(self) -> int:
        """Number of texts that went on."""
        return self.seen - self.dropped.total()

    def __add__(self, other: StepReport) -> StepReport:
        if self.step != other.step:
            raise InputError(f"reports of two steps do not add up: {self.step!r}, {other.step!r}")
        return StepReport(
            self.step,
            self.seen + other.seen,
            self.changed + other.changed,
            self.dropped + other.dropped,
            self.reasons + other.reasons,
        )

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "step": self.step,
            "seen": self.seen,
            "kept": self.kept,
            "changed": self.changed,
            "dropped": dict(sorted(self.dropped.items())),
            "reasons": dict(sorted(self.reasons.items())),
        }


@attrs.frozen
class Step:
    """One step of a pipeline.

    Attributes:
        name: The name it is reported under.
        start: Makes the function that takes a text and gives an `Outcome`. Called once for each
            run (and each process), so that whatever the function remembers begins anew.
        remembers: Whether the function remembers earlier texts. Such a step sees all of them in
            order, in one process; any other may run in several.
        holds: Whether the function may hold texts back until all have come. It gives `HELD` for
            such a text and for every one that is kept after it, and has a method ``rest()``, which
            yields them in order, each with its outcome.
        description: What it does, in a sentence, for people.

    Raises:
        InputError: If it holds texts back and does not remember.

    Example:
        >>> def without_empty(igt):
        ...     return (None, ("no-text",)) if not igt.transcription else (igt, ())
        >>> step = Step("no-text", lambda: without_empty)
        >>> [igt.transcription for igt in step([IGT("a"), IGT(None)])]
        ['a']
    """

    name: str
    start: Callable[[], Callable[[IGT], Outcome]]
    remembers: bool = False
    description: str = ""
    holds: bool = False

    def __attrs_post_init__(self) -> None:
        if self.holds and not self.remembers:
            raise InputError(f"the step {self.name!r} holds texts back, so it must remember")

    def __call__(self, items: Iterable[IGT], report: StepReport | None = None) -> Iterator[IGT]:
        """The texts that the step keeps, one at a time, in order.

        Args:
            items: The texts; may be a stream.
            report: Counts are added to it, where one is given.
        """
        report = StepReport(self.name) if report is None else report
        function = self.start()
        for item in items:
            kept = apply_step(function, item, report)
            if kept is not None:
                yield kept
        if self.holds:
            yield from apply_rest(function, report)


@attrs.frozen
class Dropped:
    """A text that a step dropped.

    Attributes:
        igt: The text, as it came to the step.
        step: Name of the step.
        reason: Why.
    """

    igt: IGT
    step: str
    reason: str


def apply_step(
    function: Callable[[IGT], Outcome],
    item: IGT,
    report: StepReport,
    dropped: list[Dropped] | None = None,
) -> IGT | None:
    """Return what a step makes of one text, and count what it did.

    Args:
        function: What `Step.start` made.
        item: The text.
        report: Counts are added to it.
        dropped: The text is added to it if the step drops it, where it is given.

    Returns:
        The text, changed or not; None if it was dropped, or is held back and so not yet counted.
    """
    outcome = function(item)
    return None if outcome is HELD else _count(item, outcome, report, dropped)


def apply_rest(
    function: Callable[[IGT], Outcome],
    report: StepReport,
    dropped: list[Dropped] | None = None,
) -> Iterator[IGT]:
    """Yield the texts that a step held back and keeps, in order, once all have come.

    Args:
        function: What `Step.start` made, of a step that holds.
        report: Counts are added to it.
        dropped: What the step drops is added to it, where it is given.
    """
    for item, outcome in cast("_Holding", function).rest():
        kept = _count(item, outcome, report, dropped)
        if kept is not None:
            yield kept


def _count(
    item: IGT, outcome: Outcome, report: StepReport, dropped: list[Dropped] | None
) -> IGT | None:
    kept, reasons = outcome
    report.seen += 1
    if kept is None:
        report.dropped[reasons[0]] += 1
        if dropped is not None:
            dropped.append(Dropped(item, report.step, reasons[0]))
    else:
        report.changed += kept is not item
        if reasons:
            report.reasons.update(reasons)
    return kept
