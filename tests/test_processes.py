"""How many processes ``n_jobs`` asks for, and how they share a work, wherever it is an argument."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys

import pytest

from igtkit._processes import count_processes, share_work
from igtkit.errors import IGTError, InputError

SPAWN = multiprocessing.get_context("spawn")
SCRIPT = """
import multiprocessing
from igtkit import IGT
from igtkit.corpus import Pipeline, steps
multiprocessing.set_start_method("spawn")
list(Pipeline([steps.normalize()]).run([IGT("a b")], n_jobs=2))
"""


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


def test_each_process_is_prepared_and_results_come_in_order():
    with share_work(2, os.chdir, "/") as pool:
        assert [pool.submit(os.getcwd).result() for _ in range(4)] == ["/"] * 4
        assert list(pool.map(len, ["ab", "c"])) == [2, 1]


@pytest.mark.parametrize("needed", [lambda: None, (n for n in "ab")], ids=["lambda", "generator"])
def test_what_cannot_be_sent_is_refused(needed):
    refused = pytest.raises(InputError, match=r"cannot be given this.*top of a module.*n_jobs=1")
    with refused, share_work(1, id, needed, SPAWN):
        raise AssertionError("no pool should be given")


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_process_that_is_forked_has_what_cannot_be_sent():
    with share_work(1, id, lambda: None, multiprocessing.get_context("fork")) as pool:
        assert pool.submit(len, "ab").result() == 2


def test_a_process_that_ends_too_soon_is_an_error_that_tells_why_it_may():
    ended = pytest.raises(IGTError, match="ended before its work was done")
    with ended, share_work(2, os._exit, 1) as pool:
        pool.submit(len, "ab").result()


def test_a_script_that_processes_begin_anew_is_told_what_it_lacks(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, "script.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert 'lacks its `if __name__ == "__main__":`' in done.stderr.splitlines()[-1]
