"""Analyzing many sentences, batch by batch, in this process or in several.

A sentence's analyses do not depend on the others', to the last bit, so it does not matter who
analyzes it beside what.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.context import BaseContext

from igtkit._processes import share_work
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.inference import analyze
from igtkit.models.crf.model import Model
from igtkit.models.crf.sentences import Sentence
from igtkit.models.partial import OPEN, Known

__all__ = ["analyze_all"]

_BATCH = 256  # sentences at a time, which bounds the memory
_SHARES = 8  # batches for each process, at least, so that none waits long for another; by hand

Batch = Sequence[tuple[Sentence, Sequence[Known]]]
_Analyses = list[list[list[Hypothesis]]]

_model: Model | None = None  # of a process that was started for it


def analyze_all(
    model: Model, sources: Sequence[tuple[Sentence, Sequence[Known]]], processes: int = 1
) -> Iterator[_Analyses]:
    """Yield the analyses of sentences, batch after batch, in their order.

    Args:
        model: A trained model.
        sources: The sentences, each with what is done of its words.
        processes: How many share them.
    """
    share = -(-len(sources) // (processes * _SHARES))
    size = _BATCH if processes == 1 else max(1, min(_BATCH, share))
    batches = [sources[first : first + size] for first in range(0, len(sources), size)]
    processes = min(processes, len(batches))
    if processes < 2:
        yield from (_analyze(model, batch) for batch in batches)
        return
    with share_work(processes, _take, model, _context()) as pool:
        yield from pool.map(_analyze_here, batches)


def _context() -> BaseContext:
    """Processes start as elsewhere, but are not forked while other threads run.

    A lock that one of them holds would stay locked in the new process for ever.
    """
    method = multiprocessing.get_start_method(allow_none=True)
    method = method or multiprocessing.get_all_start_methods()[0]  # the system's own
    forked = method == "fork" and threading.active_count() > 1
    return multiprocessing.get_context("forkserver" if forked else method)


def _take(model: Model) -> None:
    global _model  # noqa: PLW0603  # a process has one model, given to it once
    _model = model


def _analyze_here(batch: Batch) -> _Analyses:
    assert _model is not None
    return _analyze(_model, batch)


def _analyze(model: Model, batch: Batch) -> _Analyses:
    done = [known for _, known in batch]
    some = any(word != OPEN for known in done for word in known)
    return analyze(model, [sentence for sentence, _ in batch], done if some else None)
