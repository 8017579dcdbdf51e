"""Chains of steps over a stream of texts, with an account of what each step did.

A `Step` looks at one text at a time, and gives it back, changed or not, or drops it; with every
change and every drop comes the reason. A `Pipeline` chains steps, on one process or several, with
the same result, and adds up their reports. `igtkit.corpus.steps` has the steps of the PolyGloss
paper.
"""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import reduce
from itertools import islice
from operator import add, attrgetter
from typing import Any

import attrs

from igtkit._processes import count_processes, share_work
from igtkit.corpus.audit import Audit
from igtkit.corpus.step import Dropped, Outcome, Step, StepReport, apply_rest, apply_step
from igtkit.errors import InputError
from igtkit.igt import IGT

__all__ = [
    "Pipeline",
    "PipelineReport",
    "Run",
    "run_steps",
]


@attrs.frozen
class PipelineReport:
    """The whole account of a run: what each step did, and what came out.

    Attributes:
        steps: A report for each step, in order.
        audit: Figures of the texts that came out.
    """

    steps: tuple[StepReport, ...]
    audit: Audit

    def to_dict(self) -> dict[str, Any]:
        """The account as JSON can hold it."""
        return {"steps": [step.to_dict() for step in self.steps], "audit": self.audit.to_dict()}

    def to_markdown(self) -> str:
        """The account as Markdown: a table of steps, one of reasons, and those of the audit."""
        lines = ["| step | came | changed | dropped | kept |", "|---|--:|--:|--:|--:|"]
        lines += [
            f"| {step.step} | {step.seen:,} | {step.changed:,} | {step.dropped.total():,} "
            f"| {step.kept:,} |"
            for step in self.steps
        ]
        lines += ["", "| step | reason | dropped | noted |", "|---|---|--:|--:|"]
        for step in self.steps:
            both = step.dropped + step.reasons
            lines += [
                f"| {step.step} | {reason} | {step.dropped[reason]:,} | {step.reasons[reason]:,} |"
                for reason, _ in sorted(both.items(), key=lambda pair: (-pair[1], pair[0]))
            ]
        return "\n".join([*lines, "", self.audit.to_markdown()])


class Run(Iterator[IGT]):
    """The texts that come out of a pipeline, one at a time; afterwards, the account.

    Iterate to the end; `report` then holds.
    """

    def __init__(self, steps: Sequence[Step], make: Callable[[Run], Iterator[IGT]]) -> None:
        self._reports = {step.name: StepReport(step.name) for step in steps}
        self._audit = Audit()
        self._items = make(self)
        self._is_over = False

    def __next__(self) -> IGT:
        try:
            return next(self._items)
        except StopIteration:
            self._is_over = True
            raise

    @property
    def report(self) -> PipelineReport:
        """The account of the whole run.

        Raises:
            InputError: If the texts have not been iterated over to the end.
        """
        if not self._is_over:
            raise InputError("the run is not over: iterate over it to the end, then ask again")
        return PipelineReport(tuple(self._reports.values()), self._audit)

    def _add(self, reports: Iterable[StepReport], audit: Audit) -> None:
        for report in reports:
            self._reports[report.step] += report
        self._audit += audit


def _to_steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(steps)


@attrs.frozen
class Pipeline:
    """Steps, one after the other.

    Attributes:
        steps: The steps, each under another name.

    Raises:
        InputError: If two steps have one name.

    Example:
        >>> from igtkit.corpus import steps
        >>> pipeline = Pipeline([steps.normalize(), steps.repair(), steps.assign_splits()])
        >>> run = pipeline.run([IGT("cats run.", "cat-s run.", "cat-PL run")])
        >>> [(igt.segmentation, igt.split) for igt in run]
        [('cat-s run .', 'train')]
        >>> [(step.step, step.changed) for step in run.report.steps]
        [('normalize', 1), ('repair', 0), ('splits', 1)]
    """

    steps: tuple[Step, ...] = attrs.field(converter=_to_steps)

    def __attrs_post_init__(self) -> None:
        twice = [name for name, n in Counter(step.name for step in self.steps).items() if n > 1]
        if twice:
            raise InputError(f"two steps are named {twice[0]!r}; a report could not tell them")

    @property
    def stages(self) -> tuple[tuple[Step, ...], ...]:
        """The steps in groups that can each run on a part of the texts by themselves.

        A step that remembers texts is a group of its own. For running a pipeline on an engine such
        as Dask: each group over the parts, its results in order.
        """
        return _group(self.steps)

    def run(
        self,
        items: Iterable[IGT],
        *,
        n_jobs: int = 1,
        chunk_size: int = 512,
        on_drop: Callable[[Dropped], object] | None = None,
    ) -> Run:
        """Return a run of the steps over texts, which gives them as they come.

        Memory does not grow with the number of texts, but for what steps remember and for the
        kinds of words that the audit counts.

        Args:
            items: The texts; may be a stream.
            n_jobs: Number of processes for the steps that remember nothing, -1 for one for each
                core. The result is the same, in the same order, whatever the number. Where
                processes are not forked (Windows, macOS, Python 3.14), steps must be functions of
                a module, and a script needs its ``if __name__ == "__main__":``.
            chunk_size: Number of texts handed to a process at a time.
            on_drop: Called with every text that is dropped.

        Returns:
            An iterator over the texts that are kept; then `Run.report` is the account.

        Raises:
            InputError: If `n_jobs` is no number of processes, `chunk_size` is less than 1, or an
                item is no `IGT`.
        """
        processes = count_processes(n_jobs)
        if chunk_size < 1:
            raise InputError("chunk_size must be 1 or more")
        drop = on_drop or _forget
        if processes == 1:
            return Run(self.steps, lambda run: self._run_here(items, run, chunk_size, drop))
        return Run(self.steps, lambda run: self._run_apart(items, run, processes, chunk_size, drop))

    def _run_here(
        self, items: Iterable[IGT], run: Run, size: int, drop: Callable[[Dropped], object]
    ) -> Iterator[IGT]:
        functions = [(step.name, step.start()) for step in self.steps]
        for chunk in _chunks(items, size):
            result = _run_chunk(functions, chunk, audit=True)
            yield from _take(result, run, drop)
        for result in _run_rest(self.steps, functions, size, audit=True):
            yield from _take(result, run, drop)

    def _run_apart(
        self,
        items: Iterable[IGT],
        run: Run,
        processes: int,
        size: int,
        drop: Callable[[Dropped], object],
    ) -> Iterator[IGT]:
        stages = self.stages
        if not stages or stages[-1][0].remembers:
            stages = (*stages, ())  # the audit is work for the processes, too
        with share_work(processes, _prepare, stages) as pool:
            stream = iter(items)
            for number, stage in enumerate(stages):
                is_last = number == len(stages) - 1
                results = (
                    _run_in_order(stage, stream, size)
                    if stage and stage[0].remembers
                    else _run_in_pool(pool, number, stream, size, 3 * processes, audit=is_last)
                )
                stream = (igt for result in results for igt in _take(result, run, drop))
            yield from stream


@attrs.define
class _Result:
    """What became of some texts: for each, in order, the text kept or None; and the account."""

    texts: list[IGT | None]
    reports: list[StepReport]
    dropped: list[Dropped]
    audit: Audit

    @property
    def kept(self) -> list[IGT]:
        return [igt for igt in self.texts if igt is not None]


def run_steps(steps: Sequence[Step], items: Iterable[IGT]) -> tuple[list[IGT], PipelineReport]:
    """Return what steps make of some texts: for engines that hand out parts of a corpus.

    Returns:
        The texts kept, and the account.

    Example:
        >>> from igtkit.corpus import steps
        >>> run_steps([steps.normalize()], [IGT("Stop!")])[0][0].transcription
        'Stop !'
    """
    texts = list(items)
    reports: list[StepReport] = []
    for stage in _group(steps):
        functions = [(step.name, step.start()) for step in stage]
        results = [_run_chunk(functions, texts, audit=False), *_run_rest(stage, functions)]
        texts = [igt for result in results for igt in result.kept]
        told = [report for result in results for report in result.reports]
        reports += [reduce(add, [r for r in told if r.step == step.name]) for step in stage]
    return texts, PipelineReport(tuple(reports), Audit.of(texts))


def _group(steps: Iterable[Step]) -> tuple[tuple[Step, ...], ...]:
    groups: list[tuple[Step, ...]] = []
    for step in steps:
        if groups and not (step.remembers or groups[-1][0].remembers):
            groups[-1] = (*groups[-1], step)
        else:
            groups.append((step,))
    return tuple(groups)


def _run_chunk(
    functions: Sequence[tuple[str, Callable[[IGT], Outcome]]], items: list[IGT], *, audit: bool
) -> _Result:
    dropped: list[Dropped] = []
    reports = []
    texts: list[IGT | None] = list(items)
    for name, function in functions:
        report = StepReport(name)
        texts = [igt and apply_step(function, igt, report, dropped) for igt in texts]
        reports.append(report)
    result = _Result(texts, reports, dropped, Audit())
    if audit:
        result.audit = Audit.of(result.kept)
    return result


def _take(result: _Result, run: Run, drop: Callable[[Dropped], object]) -> list[IGT]:
    run._add(result.reports, result.audit)  # noqa: SLF001 -- a run is filled here only
    for each in result.dropped:
        drop(each)
    return result.kept


def _forget(_: Dropped) -> None:
    pass


def _chunks(items: Iterable[IGT], size: int | None) -> Iterator[list[IGT]]:
    stream = iter(items)
    while chunk := list(islice(stream, size)):
        yield chunk


def _run_in_order(
    stage: Sequence[Step], items: Iterable[IGT], size: int, *, audit: bool = False
) -> Iterator[_Result]:
    functions = [(step.name, step.start()) for step in stage]
    for chunk in _chunks(items, size):
        yield _run_chunk(functions, chunk, audit=audit)
    yield from _run_rest(stage, functions, size, audit=audit)


def _run_rest(
    stage: Sequence[Step],
    functions: Sequence[tuple[str, Callable[[IGT], Outcome]]],
    size: int | None = None,
    *,
    audit: bool = False,
) -> Iterator[_Result]:
    """What steps held back, and what the steps after them make of it."""
    for place, step in enumerate(stage):
        if step.holds:
            report, dropped = StepReport(step.name), list[Dropped]()
            for texts in _chunks(apply_rest(functions[place][1], report, dropped), size):
                yield _run_chunk(functions[place + 1 :], texts, audit=audit)
            yield _Result([], [report], dropped, Audit())


def _run_in_pool(
    pool: Executor,
    number: int,
    items: Iterable[IGT],
    size: int,
    ahead: int,
    *,
    audit: bool,
) -> Iterator[_Result]:
    """Results in order; never more than `ahead` chunks are under way."""
    pending: deque[tuple[list[IGT], Future[tuple[list[_Change], _Result]]]] = deque()
    for chunk in _chunks(items, size):
        pending.append((chunk, pool.submit(_run_there, number, chunk, audit)))
        if len(pending) >= ahead:
            yield _receive(*pending.popleft())
    while pending:
        yield _receive(*pending.popleft())


def _receive(items: list[IGT], future: Future[tuple[list[_Change], _Result]]) -> _Result:
    changes, result = future.result()
    result.texts = [
        item.replace(**change) if change else None if change is None else item
        for item, change in zip(items, changes, strict=True)
    ]
    return result


_STAGES: list[list[tuple[str, Callable[[IGT], Outcome]]]] = []


def _prepare(stages: Sequence[Sequence[Step]]) -> None:
    gc.freeze()  # whatever a fork begins with is never this process's garbage
    _STAGES[:] = [[(step.name, step.start()) for step in stage] for stage in stages]


def _run_there(number: int, items: list[IGT], audit: bool) -> tuple[list[_Change], _Result]:
    """The result, with the texts as changes of those that came: less to send back."""
    result = _run_chunk(_STAGES[number], items, audit=audit)
    changes = [_compare(item, igt) for item, igt in zip(items, result.texts, strict=True)]
    result.texts = []
    return changes, result


def _compare(item: IGT, igt: IGT | None) -> _Change:
    if igt is None:
        return None
    if igt is item:
        return {}
    pairs = zip(_NAMES, _values(item), _values(igt), strict=True)
    return {name: value for name, before, value in pairs if value is not before}


_Change = dict[str, Any] | None
_NAMES = tuple(field.name for field in attrs.fields(IGT))
_values = attrgetter(*_NAMES)
