"""How many processes share a work."""

from __future__ import annotations

import os

from igtkit.errors import InputError

__all__ = ["count_processes"]


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


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system tells
        return os.cpu_count() or 1
