"""Several processes, or threads, give what one gives."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from igtkit import IGT, write
from igtkit.errors import InputError
from igtkit.models import CrfGlosser
from igtkit.models.crf.parallel import _context

THREADED = """
import sys, threading, warnings
import igtkit
from igtkit.models import CrfGlosser
if __name__ == "__main__":
    warnings.simplefilter("error")
    done = threading.Event()
    threading.Thread(target=done.wait).start()
    glosser, texts = CrfGlosser.from_pretrained(sys.argv[1]), list(igtkit.read(sys.argv[2]))
    alone = glosser.predict(texts, n_best=2, evidence=True)
    print(glosser.predict(texts, n_best=2, evidence=True, n_jobs=2) == alone)
    done.set()
"""
SPAWNED = """
import multiprocessing, sys
import igtkit
from igtkit.models import CrfGlosser
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    glosser, texts = CrfGlosser.from_pretrained(sys.argv[1]), list(igtkit.read(sys.argv[2]))
    alone = glosser.predict(texts, n_best=2, evidence=True)
    print(glosser.predict(texts, n_best=2, evidence=True, n_jobs=2) == alone)
"""


@pytest.mark.parametrize("n_jobs", [2, 3, -1])
def test_processes_give_the_same_in_the_same_order(glosser, held_out, n_jobs):
    for asked in ({}, {"n_best": 3, "evidence": True}, {"transductive": True}):
        alone = glosser.predict(held_out, **asked)
        assert glosser.predict(held_out, n_jobs=n_jobs, **asked) == alone


@pytest.mark.parametrize("given", ["segmentation", "partial"])
def test_what_is_given_reaches_the_processes(glosser, held_out, given):
    texts = [text.replace(glosses="???") for text in held_out] if given == "segmentation" else []
    texts = texts or [text.replace(segmentation=None) for text in held_out]
    alone = glosser.predict(texts, given=given)
    assert glosser.predict(texts, given=given, n_jobs=2) == alone


@pytest.mark.parametrize("script", [SPAWNED, THREADED])
def test_processes_that_are_not_forked(glosser, held_out, tmp_path, script):
    glosser.save_pretrained(tmp_path / "glosser")
    write(held_out, tmp_path / "texts.jsonl")
    (tmp_path / "spawned.py").write_text(script, encoding="utf-8")
    command = [sys.executable, "spawned.py", "glosser", "texts.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("True\n", 0), done.stderr


def test_a_process_is_forked_only_without_other_threads():
    if threading.active_count() == 1:  # pytest may have some of its own
        own = multiprocessing.get_context().get_start_method()
        assert _context().get_start_method() == own
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert _context().get_start_method() != "fork"
    finally:
        done.set()
        other.join()


def test_few_texts_and_none_at_all(glosser, held_out):
    assert glosser.predict([], n_jobs=4) == []
    assert glosser.predict(held_out[:1], n_jobs=4) == glosser.predict(held_out[:1])


def test_what_is_no_number_of_processes(glosser):
    with pytest.raises(InputError, match="n_jobs must be"):
        glosser.predict([IGT("a")], n_jobs=0)


def test_threads_give_the_same(glosser, texts, held_out, small):
    alone = glosser.predict(held_out, evidence=True)
    segmented = glosser.predict(held_out, given="segmentation")
    fresh = CrfGlosser(small).fit(texts)  # with tables that are made on first use
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(fresh.predict, held_out, evidence=True) for _ in range(3)]
        others = [pool.submit(fresh.predict, held_out, given="segmentation") for _ in range(3)]
        fitted = [pool.submit(CrfGlosser(small).fit, texts) for _ in range(2)]
    assert all(one.result() == alone for one in found)
    assert all(one.result() == segmented for one in others)
    assert all(one.result().predict(held_out, evidence=True) == alone for one in fitted)
