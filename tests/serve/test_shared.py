"""Many who ask one glosser: fair turns, one version in an answer, corrections that stay."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from igtkit import IGT, load_sample
from igtkit.errors import InputError
from igtkit.io import read
from igtkit.models import CrfGlosser, LookupGlosser
from igtkit.serve import Limits
from igtkit.serve.shared import (
    ClientLeftError,
    Learned,
    OutdatedError,
    RefusedTextError,
    SharedGlosser,
)

NEW = IGT("Zurnacı geldi .", "zurna-cı gel-di .", "shawm-AGT come-PST .")
OPEN = IGT("Zurnacı geldi .")


async def stays():
    return False


class Watched(LookupGlosser):
    """Says in which order it is asked, and can be held up."""

    def __init__(self):
        super().__init__()
        self.asked, self.go = [], threading.Event()

    def predict(self, items, **options):
        self.go.wait(30)
        texts = list(items)
        self.asked.append([text.transcription for text in texts])
        return super().predict(texts, **options)


@pytest.fixture
def watched():
    return Watched().fit(load_sample()[:50])


def test_a_short_request_passes_a_long_one(watched):
    shared = SharedGlosser(watched, Limits(turn=1))

    async def both():
        long = asyncio.create_task(shared.suggest([IGT(w) for w in "abcdef"], None, stays))
        await asyncio.sleep(0.05)
        short = asyncio.create_task(shared.suggest([IGT("z")], None, stays))
        await asyncio.sleep(0.05)
        watched.go.set()
        return await long, await short

    (_, long), (_, short) = asyncio.run(both())
    assert (len(long), len(short)) == (6, 1)
    assert watched.asked.index(["z"]) == 1


def test_who_leaves_stops_the_work(watched):
    shared = SharedGlosser(watched, Limits(turn=1))
    watched.go.set()

    async def leaves():
        return len(watched.asked) == 2

    with pytest.raises(ClientLeftError):
        asyncio.run(shared.suggest([IGT("a")] * 9, None, leaves))
    assert len(watched.asked) == 2


def test_it_takes_no_longer_than_it_may(watched):
    shared = SharedGlosser(watched, Limits(seconds=0.1))

    async def late():
        try:
            await shared.suggest([IGT("a")], None, stays)
        finally:
            watched.go.set()

    with pytest.raises(TimeoutError):
        asyncio.run(late())


def test_an_answer_comes_from_one_version(crf):
    """Corrections that come in the midst of a request: it is begun again."""
    shared = SharedGlosser(crf, Limits(turn=1))
    texts = [OPEN] * 20

    async def both():
        asked = asyncio.create_task(shared.suggest(texts, None, stays))
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert await shared.update([NEW], 1) == Learned(2, 1, {})
        return await asked

    version, found = asyncio.run(both())
    assert version == 2
    assert {one.glosses for one in found} == {NEW.glosses}


def test_words_that_teach_nothing_are_told(crf):
    half = IGT("Zurnacı geldi .", "zurna-cı gel-di .", "shawm come-PST .")
    none = IGT("Zurnacı .", "zurna-cı", "shawm")
    open_ = IGT("Zurnacı geldi .", "??? gel-di .", "??? come-PST .")
    done = asyncio.run(SharedGlosser(crf).update([half, NEW, none, open_], None))
    assert done == Learned(2, 3, {0: ("Zurnacı",), 2: ("Zurnacı",)})


def test_corrections_of_an_older_version_are_refused(crf):
    shared = SharedGlosser(crf, Limits())

    async def twice():
        await shared.update([NEW], 1)
        await shared.update([NEW], 1)

    with pytest.raises(OutdatedError, match="updated since version 1, it is at 2"):
        asyncio.run(twice())


def test_corrections_are_on_the_disk_and_come_back(crf, crf_folder, tmp_path):
    journal = tmp_path / "corrections.jsonl"
    shared = SharedGlosser(crf, Limits(), journal=journal)
    asyncio.run(shared.update([NEW], None))
    assert list(read(journal)) == [NEW]
    again = SharedGlosser(CrfGlosser.from_pretrained(crf_folder), Limits(), journal=journal)
    assert again.version == 2
    assert asyncio.run(again.suggest([OPEN], None, stays))[1][0].glosses == NEW.glosses


def test_what_teaches_nothing_is_refused_and_not_kept(crf, lookup, tmp_path):
    journal = tmp_path / "corrections.jsonl"
    shared = SharedGlosser(crf, Limits(), journal=journal)
    with pytest.raises(InputError, match="no word to learn from"):
        asyncio.run(shared.update([OPEN], None))
    assert (shared.version, journal.read_bytes()) == (1, b"")
    with pytest.raises(InputError, match="a LookupGlosser takes no corrections"):
        asyncio.run(SharedGlosser(lookup, Limits()).update([NEW], None))


def test_the_text_that_is_refused_is_named(lookup):
    shared = SharedGlosser(lookup, Limits(turn=2))
    texts = [OPEN, OPEN, OPEN, IGT(None, "a")]
    with pytest.raises(RefusedTextError, match=r"texts\[3\]: ") as caught:
        asyncio.run(shared.suggest(texts, None, stays))
    assert caught.value.index == 3


def test_predict_is_safe_from_several_threads(crf):
    texts = list(load_sample()[120:200])
    expected = crf.predict(texts, n_best=2)
    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(lambda k: crf.predict(texts[k::8], n_best=2), range(8)))
    for k, part in enumerate(parts):
        for one, other in zip(part, expected[k::8], strict=True):
            assert (one.segmentation, one.glosses) == (other.segmentation, other.glosses)
            assert one.score == pytest.approx(other.score)  # sums of other batches round otherwise


PROCESSES = """
import multiprocessing
from igtkit import load_sample
from igtkit.models import load_glosser

def predict(folder, part):
    return [one.glosses for one in load_glosser(folder).predict(load_sample()[120:160][part::2])]

def inherited(part):
    return [one.glosses for one in GLOSSER.predict(load_sample()[120:160][part::2])]

if __name__ == "__main__":
    import sys
    GLOSSER = load_glosser(sys.argv[1])
    GLOSSER.predict(load_sample()[:3])
    expected = [inherited(0), inherited(1)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(predict, [(sys.argv[1], 0), (sys.argv[1], 1)]) == expected
    if "fork" in multiprocessing.get_all_start_methods():
        with multiprocessing.get_context("fork").Pool(2) as pool:
            assert pool.map(inherited, [0, 1]) == expected
"""


def test_predict_is_safe_from_several_processes(crf_folder, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(PROCESSES, encoding="utf-8")
    subprocess.run([sys.executable, "-W", "ignore", script, crf_folder], check=True, timeout=600)
