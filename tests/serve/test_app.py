"""Which address does what."""

from __future__ import annotations

import http.client
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from serve.running import ask, lines, suggest, thread

import igtkit
from igtkit import IGT, load_sample
from igtkit.models import LookupGlosser
from igtkit.serve import Limits, create_app

NEW = {
    "transcription": "Zurnacı geldi .",
    "segmentation": "zurna-cı gel-di .",
    "glosses": "shawm-AGT come-PST .",
}


@pytest.fixture(scope="module")
def port(lookup):
    with thread(create_app(lookup)) as running:
        yield running


def test_it_answers_as_the_glosser_does(port, lookup):
    texts = [IGT("Evde kim var ?"), IGT("Kedi geldi .", translation="The cat came.")]
    asked = [{"transcription": igt.transcription, "translation": igt.translation} for igt in texts]
    status, content = suggest(port, asked)
    assert status == 200
    for found, expected in zip(content["predictions"], lookup.predict(texts), strict=True):
        given = (found["segmentation"], found["glosses"])
        assert given == (expected.segmentation, expected.glosses)
        assert found["system"] == "LookupGlosser"
        [first, *_] = found["words"][0]
        assert first.keys() == {"form", "gloss", "probability", "evidence"}
        assert first["probability"] == expected.words[0][0].probability


def test_a_person_s_words_stay(port):
    text = {"transcription": "Evde kim var ?", "glosses": "AT.HOME ??? ??? ?"}
    [(_, glosses)] = lines(suggest(port, [text], given="partial"))
    assert glosses.startswith("AT.HOME who ")
    segmented = {"segmentation": "ev-de kim"}
    [found] = lines(suggest(port, [segmented], given="segmentation"))
    assert found == ("ev-de kim", "house-LOC who")
    assert lines(suggest(port, [])) == []


def test_corrections_are_of_a_version(crf):
    with thread(create_app(crf)) as port:
        health = ask(port, "/health")[1]
        assert health == {
            "status": "ok",
            "igtkit": igtkit.__version__,
            "glosser": "CrfGlosser",
            "version": 1,
            "learns": True,
        }
        asked = {"transcription": NEW["transcription"]}
        assert suggest(port, [asked])[1]["version"] == 1
        update = {"texts": [NEW], "version": 1}
        assert ask(port, "/update", update) == (200, {"version": 2, "learned": 1, "left_out": []})
        status, content = ask(port, "/update", update)
        assert (status, content["version"]) == (409, 2)
        assert ask(port, "/update", {"texts": [NEW]})[0] == 400
        assert lines(suggest(port, [asked])) == [(NEW["segmentation"], NEW["glosses"])]
        assert ask(port, "/update", {"texts": [asked], "version": 2})[0] == 400
        nothing = {"version": 2, "learned": 0, "left_out": []}
        assert ask(port, "/update", {"texts": [], "version": 2}) == (200, nothing)
        half = NEW | {"glosses": "shawm come-PST ."}
        status, content = ask(port, "/update", {"texts": [half], "version": 2})
        assert (status, content["left_out"]) == (200, [{"text": 0, "words": ["Zurnacı"]}])


@pytest.mark.parametrize("read_only", [True, False])
def test_corrections_that_are_not_taken(crf, lookup, read_only):
    glosser = crf if read_only else lookup
    with thread(create_app(glosser, read_only=read_only)) as port:
        assert ask(port, "/health")[1]["learns"] is False
        assert ask(port, "/update", {"texts": [NEW], "version": 1})[0] == 403
        assert ask(port, "/codebook/update", {"corrections": []})[0] == 403


def test_other_ways_to_ask_get_an_error_in_json(port):
    good = {"texts": []}
    status, content = ask(port, "/suggest", {**good, "n_best": 9})
    assert (status, content) == (
        400,
        {"error": "no key is called 'n_best'; there are texts, given"},
    )
    assert ask(port, "/suggest", good, kind="text/plain")[0] == 415  # no form of a page can ask
    assert ask(port, "/suggest", good, kind="application/json; charset=utf-8")[0] == 200
    assert ask(port, "/nothing", good) == (404, {"error": "Not Found"})
    assert ask(port, "/suggest") == (405, {"error": "Method Not Allowed"})
    for host in ("elsewhere.example", "[::2]:80", ""):
        status, content = ask(port, "/suggest", good, Host=host)
        assert (status, content) == (400, {"error": f"no host {host!r} here"})
    for host in ("localhost:80", "[::1]:80", "127.0.0.1"):
        assert ask(port, "/suggest", good, Host=host)[0] == 200


def test_a_web_page_elsewhere_may_ask_where_it_is_named(lookup):
    with thread(create_app(lookup, origins=["https://example.org"])) as port:
        for origin, allowed in (("https://example.org", True), ("https://example.com", False)):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request(
                "OPTIONS",
                "/suggest",
                headers={
                    "Origin": origin,
                    "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "content-type",
                },
            )
            answer = connection.getresponse()
            found = answer.headers.get("Access-Control-Allow-Origin")
            assert found == (origin if allowed else None)
            connection.close()


def test_requests_at_once_get_each_its_own_answer(port, lookup):
    corpus = load_sample()[:120]
    expected = [(one.segmentation, one.glosses) for one in lookup.predict(corpus)]
    parts = [list(range(at, 120, 24)) for at in range(24)]

    def one(part):
        bad = ask(port, "/suggest", b"{")
        return bad[0], lines(
            suggest(port, [{"transcription": corpus[n].transcription} for n in part])
        )

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(one, parts))
    for part, (bad, found) in zip(parts, answers, strict=True):
        assert bad == 400
        assert found == [expected[n] for n in part]


def test_too_many_that_wait_are_told_to_come_later(lookup):
    import threading

    go = threading.Event()

    class Slow(LookupGlosser):
        def predict(self, items, **options):
            go.wait(30)
            return lookup.predict(items, **options)

    with (
        thread(create_app(Slow(), limits=Limits(requests=2))) as port,
        ThreadPoolExecutor(4) as pool,
    ):
        try:
            waiting = [pool.submit(suggest, port, [{"transcription": "a"}]) for _ in range(2)]
            while True:
                status, content = ask(port, "/health")
                if status == 503:
                    break
            assert content == {"error": "too many requests wait; ask later"}
        finally:
            go.set()
        assert [each.result()[0] for each in waiting] == [200, 200]
        assert ask(port, "/health")[0] == 200


def test_a_fault_of_its_own_is_no_secret_told():
    """A glosser that breaks: the client is told that it did, and nothing of how."""

    class Broken(LookupGlosser):
        def predict(self, items, *, given=None):
            raise RuntimeError("a path of mine")

    with thread(create_app(Broken())) as port:
        answer = suggest(port, [{"transcription": "a"}])
    assert answer == (500, {"error": "the server failed; its log says how"})
    assert json.dumps(answer[1])
