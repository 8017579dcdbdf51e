"""Processes that share a work: how many, and what is said where they cannot."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import TypeVar

from igtkit.errors import IGTError, InputError

__all__ = ["count_processes", "share_work"]

T = TypeVar("T")


def count_processes(n_jobs: object) -> int:
    """The number of processes that `n_jobs` asks for, as scikit-learn and joblib count them.

    Raises:
        InputError: If it is neither a whole number from 1 nor -1, which is one for each core that
            this process may use.

    Example:
        >>> count_processes(3)
        3
    """
    if isinstance(n_jobs, bool) or not isinstance(n_jobs, int) or (n_jobs < 1 and n_jobs != -1):
        raise InputError(f"n_jobs must be a whole number from 1, or -1 for all, not {n_jobs!r}")
    return _cores() if n_jobs == -1 else n_jobs


@contextmanager
def share_work(
    processes: int, prepare: Callable[[T], object], needed: T, context: BaseContext | None = None
) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes, each prepared for its work.

    Args:
        processes: How many.
        prepare: A function of a module; each process calls it once with what is needed.
        needed: What they need. A process that is not forked has it sent.
        context: How they start, if not as is usual on this system.

    Raises:
        InputError: If what they need cannot be sent.
        IGTError: If one of them ends before its work is done.

    Example:
        >>> with share_work(2, len, "what each needs") as pool:
        ...     list(pool.map(len, ["ab", "c"]))
        [2, 1]
    """
    context = context or multiprocessing.get_context()
    if context.get_start_method() != "fork":
        _require_sendable(needed)
    try:
        with ProcessPoolExecutor(processes, context, prepare, (needed,)) as pool:
            yield pool
    except BrokenProcessPool as error:
        raise IGTError(
            "a process ended before its work was done: memory may have run out; or, where "
            "processes are not forked (Windows, macOS, Python 3.14), the script lacks its "
            '`if __name__ == "__main__":`, or a function stands in a notebook; n_jobs=1 needs none'
        ) from error


def _require_sendable(needed: object) -> None:
    try:
        pickle.dumps(needed)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise InputError(
            f"other processes cannot be given this: {error}; where processes are not forked "
            "(Windows, macOS, Python 3.14), write functions at the top of a module, not as lambda "
            "or within another function, or ask for n_jobs=1"
        ) from error


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system tells
        return os.cpu_count() or 1
