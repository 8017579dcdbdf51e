"""``igtkit serve`` as a process of its own, and clients that behave badly."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
from serve.running import ask, lines, process, server, suggest, thread

from igtkit import load_sample
from igtkit.models import CrfGlosser
from igtkit.serve import Limits, create_app, serve

PAGE = Path(__file__).resolve().parents[2] / "docs" / "serve.md"
TEXT = {"transcription": "Sır saklanır ."}


def test_nothing_is_left_on_the_disk_and_it_stops_when_told(lookup, tmp_path):
    lookup.save_pretrained(tmp_path / "model")
    (tmp_path / "work").mkdir()
    with process(tmp_path / "work", tmp_path / "model") as (port, running):
        assert len(lines(suggest(port, [TEXT] * 100))) == 100
        ask(port, "/suggest", b" " * ((1 << 20) + 1))
        hung_up(port)
        assert ask(port, "/health")[0] == 200
        running.send_signal(signal.SIGTERM)
        said = running.stderr.read()
        running.wait(60)
    assert list((tmp_path / "work").iterdir()) == []
    assert "Traceback" not in said
    assert "Sır" not in said


def test_it_says_when_it_is_ready(lookup):
    found = []
    stopper = threading.Thread(target=lambda: None)

    def ready(address):
        found.append((address, ask(int(address.rpartition(":")[2]), "/health")[0]))

    def later(address):
        nonlocal stopper
        stopper = threading.Thread(
            target=lambda: (ready(address), signal.raise_signal(signal.SIGINT))
        )
        stopper.start()

    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell may ignore it for us
    try:
        with pytest.raises(KeyboardInterrupt):
            serve(create_app(lookup), port=0, when_ready=later)
    finally:
        signal.signal(signal.SIGINT, before)
    stopper.join()
    [(address, status)] = found
    assert address.startswith("http://127.0.0.1:")
    assert status == 200


def hung_up(port):
    """Clients that go before they have asked, and before they are answered."""
    head = b"POST /suggest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    body = json.dumps({"texts": [TEXT] * 100}).encode()
    for sent in (
        b"",
        b"POST /sug",
        head + b"Content-Length: 99\r\n\r\n{",
        head + b"Content-Length: %d\r\n\r\n" % len(body) + body,
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.sendall(sent)


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_what_was_learned_outlives_a_sudden_end(crf_folder, tmp_path):
    new = {
        "transcription": "Zurnacı geldi .",
        "segmentation": "zurna-cı gel-di .",
        "glosses": "shawm-AGT come-PST .",
    }
    arguments = (tmp_path, crf_folder, "--journal", tmp_path / "corrections.jsonl")
    with process(*arguments) as (port, running):
        assert ask(port, "/update", {"texts": [new], "version": 1})[0] == 200
        running.kill()
    with process(*arguments) as (port, running):
        [(_, glosses)] = lines(suggest(port, [{"transcription": new["transcription"]}]))
    assert glosses == new["glosses"]


@pytest.mark.parametrize("sent", [b"", b"POST /suggest HTTP/1.1\r\nHost: 127.0"])
def test_a_request_that_does_not_come_is_not_waited_for(lookup, sent):
    with (
        thread(create_app(lookup), limits=Limits(silence=0.3)) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):
        connection.sendall(sent)
        assert connection.recv(100) == b""


def test_a_client_that_takes_its_time_between_requests_is_not_thrown_out(lookup):
    with (
        server(create_app(lookup)) as running,
        socket.create_connection(running.servers[0].sockets[0].getsockname()) as connection,
    ):
        for _ in range(3):
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n")
            while not running.server_state.connections:
                time.sleep(0.01)
            [protocol] = running.server_state.connections
            while protocol._waiting is None:
                time.sleep(0.01)
            connection.sendall(b"\r\n")
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(10_000)
            assert answer.startswith(b"HTTP/1.1 200")
            assert protocol._waiting is None


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nA: " + b"b" * 99_999])
def test_what_is_no_request_is_refused_in_json(lookup, sent):
    with (
        thread(create_app(lookup)) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):
        connection.sendall(sent)
        answer = connection.recv(1)
        connection.sendall(b"still sending" * 9_999)  # it is read, else the answer were lost
        while piece := connection.recv(10_000):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "error" in json.loads(answer.partition(b"\r\n\r\n")[2])


def test_a_client_that_was_refused_and_goes_on_is_not_listened_to_for_long(lookup):
    with (
        thread(create_app(lookup), limits=Limits(silence=0.3)) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):

        def go_on():
            for _ in range(6000):
                connection.sendall(b"nonsense\r\n\r\n")
                time.sleep(0.01)

        with pytest.raises(OSError, match=r"reset|[Bb]roken pipe|abort"):
            go_on()


@pytest.mark.slow
def test_the_page_prints_what_is_asked_and_answered(tmp_path):
    CrfGlosser().fit(load_sample()).save_pretrained(tmp_path / "my-glosser")
    page = PAGE.read_text(encoding="utf-8")
    asked = json.loads(re.search(r"-d '(.*?)'\n```", page, re.DOTALL)[1])
    printed, *_ = map(json.loads, re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    with process(tmp_path, tmp_path / "my-glosser", "--evidence") as (port, _):
        status, content = ask(port, "/suggest", asked)
    assert status == 200
    assert content["version"] == printed["version"]
    [found], [shown] = content["predictions"], printed["predictions"]
    assert {**found, "words": [], "score": 0} == {**shown, "words": [], "score": 0}
    assert found["score"] == pytest.approx(shown["score"], abs=0.01)
    [one, *_], [[first]] = found["words"][0], shown["words"]
    assert one["evidence"][:1] == first["evidence"]
    assert one["probability"] == pytest.approx(first["probability"], abs=0.01)
    assert (one["form"], one["gloss"]) == (first["form"], first["gloss"])
