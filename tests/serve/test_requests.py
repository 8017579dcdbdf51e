"""What a server does not understand it refuses, and says which text it means."""

from __future__ import annotations

import json
import socket

import pytest
from serve.running import ask, lines, suggest, thread

from igtkit.serve import Limits, create_app

MALFORMED = [
    (b"", 400, "expected JSON"),
    (b"{", 400, "expected JSON"),
    (b"\xff", 400, "expected JSON"),
    (b'{"texts": [], "texts": []}', 400, "the key 'texts' stands twice"),
    (b'{"texts": [{"glosses": "a", "glosses": "b"}]}', 400, "the key 'glosses' stands twice"),
    (b"[]", 400, "expected a JSON object"),
    (b"7", 400, "expected a JSON object"),
    (b"{}", 400, "expected a list of texts"),
    (b'{"texts": 7}', 400, "expected a list of texts"),
    (b'{"texts": ["a"]}', 400, "texts[0]: expected an object"),
    (b'{"texts": [{"transcription": "a"}, {"transcription": 7}]}', 400, "texts[1]: transcription"),
    (b'{"texts": [{"transcription": ["a"]}]}', 400, "texts[0]: transcription is no string"),
    (b'{"texts": [{"transcription": NaN}]}', 400, "expected JSON"),
    (b'{"texts": [{"transcription": "\\ud800"}]}', 400, "expected JSON"),
    (b"[" * 100_000, 400, "expected JSON"),
    (b"1" * 10_000, 400, "expected JSON"),
    (
        b'{"texts": [{"transcription": "a", "metadata": {}}]}',
        400,
        "no line is called 'metadata'; its lines are",
    ),
    (b'{"texts": [{"transcription": "a"}, {}]}', 400, "texts[1]: "),
    (b'{"texts": [{"transcription": "a"}], "given": "all"}', 400, "given must be"),
    (b'{"texts": [{"transcription": "a"}], "given": ["x"]}', 400, "given must be"),
    (b'{"given": "partial", "texts": [{"transcription": "a b", "glosses": "x"}]}', 400, "texts[0]"),
]


@pytest.fixture(scope="module")
def port(lookup):
    with thread(create_app(lookup)) as running:
        yield running


@pytest.mark.parametrize(("body", "status", "message"), MALFORMED)
def test_what_it_does_not_understand_it_says(port, body, status, message):
    found, content = ask(port, "/suggest", body)
    assert found == status
    assert message in content["error"]
    assert "Traceback" not in content["error"]


def test_the_text_that_was_refused_has_its_number(port):
    texts = [{"transcription": "a"}] * 3 + [{"segmentation": "a"}]
    status, content = suggest(port, texts)
    assert (status, content["text"]) == (400, 3)
    assert content["error"].startswith("texts[3]: ")


def test_it_takes_so_much_and_no_more(port):
    text = {"transcription": "ev " * 10}
    assert len(lines(suggest(port, [text] * 100))) == 100
    assert suggest(port, [text] * 101) == (413, {"error": "at most 100 texts, not 101"})
    assert len(lines(suggest(port, [{"transcription": "e" * 2000}]))) == 1
    status, content = suggest(port, [text, {"transcription": "e" * 2001}])
    assert (status, content["error"][:9]) == (413, "texts[1]:")
    just = json.dumps({"texts": [text]}).encode().ljust(1 << 20)
    assert len(lines(ask(port, "/suggest", just))) == 1
    for much in (just + b" ", b" " * (20 << 20)):
        assert ask(port, "/suggest", much) == (413, {"error": "at most 1,048,576 bytes"})


def test_work_is_bounded_by_words_times_words_of_the_translation(port):
    long = {"transcription": "ev " * 500, "translation": "of " * 500}
    status, content = suggest(port, [{"transcription": "ev"}, long])
    assert status == 413
    assert content["error"].startswith("texts[1]: too much work in one request")


def test_a_body_without_an_end_is_cut_off(lookup):
    """Nothing says how long it is; it is read for as long as a request may take."""
    limits = Limits(silence=0.3)
    with (
        thread(create_app(lookup, limits=limits), limits=limits) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):
        connection.sendall(
            b"POST /suggest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(17):
            connection.sendall(chunk)
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_come_is_not_waited_for(lookup):
    limits = Limits(silence=0.3)
    with (
        thread(create_app(lookup, limits=limits), limits=limits) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):
        connection.sendall(
            b"POST /suggest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: 9\r\n\r\n{"
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 408")
