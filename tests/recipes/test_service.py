"""The service over a real socket: right, bounded, apart, and nothing left on the disk."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="starlette is not installed (the extra `service`)")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (the extra `service`)")

from igtkit import IGT, load_sample
from igtkit.models import LookupGlosser

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "service.py"


@pytest.fixture(scope="module")
def glosser():
    return LookupGlosser().fit(load_sample())


@contextlib.contextmanager
def running(folder, *arguments):
    """A service that runs in a folder; gives its port."""
    process = subprocess.Popen(
        [sys.executable, SCRIPT, *arguments, "--port", "0"],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        for line in process.stderr:
            found = re.search(r"running on http://127\.0\.0\.1:(\d+)", line)
            if found:
                break
        else:
            pytest.fail("the service did not start")
        yield int(found[1])
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def service(glosser, tmp_path_factory):
    """A running service: its port, and the folder it runs in."""
    folder = tmp_path_factory.mktemp("service")
    glosser.save_pretrained(folder / "model")
    work = folder / "work"
    work.mkdir()
    with running(work, folder / "model") as port:
        yield port, work


def post(service, body, kind="application/json", path="/suggest", **headers):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{service[0]}{path}", data, {"Content-Type": kind, **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            assert error.headers["Content-Type"] == "application/json"  # noqa: PT017
            return error.code, json.load(error)


def lines(answer):
    status, content = answer
    assert status == 200, content
    return [(one["segmentation"], one["glosses"]) for one in content["predictions"]]


def test_it_answers_as_the_glosser_does(service, glosser):
    texts = [IGT("Evde kim var ?"), IGT("Kedi geldi .", translation="The cat came.")]
    asked = [{"transcription": igt.transcription, "translation": igt.translation} for igt in texts]
    status, content = post(service, {"texts": asked})
    assert status == 200
    for found, expected in zip(content["predictions"], glosser.predict(texts), strict=True):
        given = (found["segmentation"], found["glosses"])
        assert given == (expected.segmentation, expected.glosses)
        assert found["system"] == "LookupGlosser"
        [first, *_] = found["words"][0]
        assert first.keys() == {"form", "gloss", "probability", "evidence"}
        assert first["probability"] == expected.words[0][0].probability


def test_a_person_s_words_stay(service):
    text = {"transcription": "Evde kim var ?", "glosses": "AT.HOME ??? ??? ?"}
    [(_, glosses)] = lines(post(service, {"texts": [text], "given": "partial"}))
    assert glosses.startswith("AT.HOME who ")
    segmented = {"segmentation": "ev-de kim"}
    [found] = lines(post(service, {"texts": [segmented], "given": "segmentation"}))
    assert found == ("ev-de kim", "house-LOC who")
    assert lines(post(service, {"texts": []})) == []


MALFORMED = [
    (b"", 400, "expected JSON"),
    (b"{", 400, "expected JSON"),
    (b"\xff", 400, "expected JSON"),
    (b"[]", 400, "expected JSON"),
    (b"7", 400, "expected JSON"),
    (b'{"texts": 7}', 400, "expected JSON"),
    (b'{"texts": ["a"]}', 400, "expected JSON"),
    (b'{"texts": [{"transcription": 7}]}', 400, "expected JSON"),
    (b'{"texts": [{"transcription": ["a"]}]}', 400, "expected JSON"),
    (b'{"texts": [{"transcription": NaN}]}', 400, "expected JSON"),
    (b'{"texts": [{"transcription": "\\ud800"}]}', 400, "expected JSON"),
    (b"[" * 100_000, 400, "expected JSON"),
    (b"1" * 10_000, 400, "expected JSON"),
    (b'{"texts": [{"transcription": "a", "metadata": {}}]}', 400, "the lines of a text are"),
    (b'{"texts": [{}]}', 400, "without transcription"),
    (b'{"texts": [{"transcription": "a"}], "given": "all"}', 400, "given must be"),
    (b'{"texts": [{"transcription": "a"}], "given": ["x"]}', 400, "given must be"),
    (b'{"texts": [{"transcription": "a b", "glosses": "x"}], "given": "partial"}', 400, "2 words"),
]


@pytest.mark.slow
def test_the_page_prints_what_is_asked_and_answered(tmp_path):
    page = (SCRIPT.parents[1] / "recipes" / "service.md").read_text(encoding="utf-8")
    asked = json.loads(re.search(r"-d '(.*?)'\n```", page, re.DOTALL)[1])
    printed, error = map(json.loads, re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    with running(tmp_path) as port:
        status, content = post((port, tmp_path), asked)
        refused = post((port, tmp_path), {**asked, "given": "all"})
    assert status == 200
    [found], [shown] = content["predictions"], printed["predictions"]
    assert {**found, "words": [], "score": 0} == {**shown, "words": [], "score": 0}
    assert found["score"] == pytest.approx(shown["score"], abs=0.01)
    [one, *_], [[first]] = found["words"][0], shown["words"]
    assert one["evidence"][:1] == first["evidence"]
    assert one["probability"] == pytest.approx(first["probability"], abs=0.01)
    assert (one["form"], one["gloss"]) == (first["form"], first["gloss"])
    assert refused == (400, error)


@pytest.mark.parametrize(("body", "status", "message"), MALFORMED)
def test_what_it_does_not_understand_it_says(service, body, status, message):
    found, content = post(service, body)
    assert found == status
    assert content.keys() == {"error"}
    assert message in content["error"]
    assert "Traceback" not in content["error"]


def test_it_takes_so_much_and_no_more(service):
    text = {"transcription": "ev " * 10}
    assert len(lines(post(service, {"texts": [text] * 100}))) == 100
    assert post(service, {"texts": [text] * 101})[0] == 413
    assert len(lines(post(service, {"texts": [{"transcription": "e" * 2000}]}))) == 1
    assert post(service, {"texts": [{"transcription": "e" * 2001}]})[0] == 413
    just = json.dumps({"texts": [text]}).encode().ljust(1 << 20)
    assert len(lines(post(service, just))) == 1
    status, content = post(service, just + b" ")
    assert (status, content) == (413, {"error": "at most 1048576 bytes"})


def test_a_body_without_an_end_is_cut_off(service):
    """Nothing says how long it is; it is not read to its end."""
    with socket.create_connection(("127.0.0.1", service[0]), timeout=60) as connection:
        connection.sendall(
            b"POST /suggest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(17):
            connection.sendall(chunk)
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_other_ways_to_ask_get_an_error_in_json(service):
    good = {"texts": []}
    assert post(service, good, kind="text/plain")[0] == 415  # no form of a web page can ask
    assert post(service, good, kind="application/json; charset=utf-8")[0] == 200
    assert post(service, good, path="/nothing") == (404, {"error": "Not Found"})
    connection = http.client.HTTPConnection("127.0.0.1", service[0], timeout=60)
    connection.request("GET", "/suggest")
    answer = connection.getresponse()
    assert answer.status == 405
    assert "error" in json.load(answer)
    connection.request("POST", "/suggest", b"{}", {"Host": "elsewhere.example"})
    assert connection.getresponse().status == 400
    connection.close()


def test_requests_at_once_get_each_its_own_answer(service, glosser):
    corpus = load_sample()[:120]
    expected = [(one.segmentation, one.glosses) for one in glosser.predict(corpus)]
    parts = [list(range(at, 120, 24)) for at in range(24)]

    def ask(part):
        texts = [{"transcription": corpus[n].transcription} for n in part]
        bad = post(service, b"{")
        return bad[0], lines(post(service, {"texts": texts}))

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, parts))
    for part, (bad, found) in zip(parts, answers, strict=True):
        assert bad == 400
        assert found == [expected[n] for n in part]


def test_nothing_is_left_on_the_disk(service):
    lines(post(service, {"texts": [{"transcription": "Sır saklanır ."}] * 100}))
    post(service, b" " * ((1 << 20) + 1))
    assert list(service[1].iterdir()) == []


def test_a_fault_of_its_own_is_no_secret_told(tmp_path):
    """A glosser that breaks: the client is told that it did, and nothing of how."""
    import uvicorn

    spec = importlib.util.spec_from_file_location("service", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    class Broken(LookupGlosser):
        def predict(self, items, *, given=None):
            raise RuntimeError("a path of mine")

    config = uvicorn.Config(module.create_app(Broken()), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        answer = post((port, tmp_path), {"texts": [{"transcription": "a"}]})
    finally:
        server.should_exit = True
        thread.join(30)
    assert answer == (500, {"error": "the service failed; its log says how"})
