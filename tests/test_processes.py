"""How many processes ``n_jobs`` asks for, wherever it is an argument."""

from __future__ import annotations

import os

import pytest

from igtkit._processes import count_processes
from igtkit.errors import InputError


def test_a_number_is_that_number():
    assert [count_processes(n) for n in (1, 2, 10**6)] == [1, 2, 10**6]


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not tell")
def test_all_are_the_cores_that_the_process_may_use():
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert count_processes(-1) == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert count_processes(-1) == len(allowed)


def test_all_are_all_cores_where_the_system_does_not_tell(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert count_processes(-1) == os.cpu_count()


@pytest.mark.parametrize("n_jobs", [0, -2, True, 1.0, "2", None])
def test_what_is_no_number_of_processes(n_jobs):
    with pytest.raises(InputError, match="n_jobs must be a whole number from 1, or -1 for all"):
        count_processes(n_jobs)
