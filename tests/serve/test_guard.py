"""Who may ask an application of one's own, and what is said of errors."""

from __future__ import annotations

import http.client
import json

import pytest
from serve.running import ask, thread
from starlette.responses import JSONResponse
from starlette.routing import Route

from igtkit.errors import InputError
from igtkit.serve import guard

SECRET = "schnürsenkel-42"


async def hello(request):
    if request.query_params.get("fail") == "input":
        raise InputError("that is no word")
    if request.query_params.get("fail"):
        raise RuntimeError("inner secrets")
    return JSONResponse({"hello": "you"})


@pytest.fixture(scope="module")
def port():
    with thread(guard([Route("/", hello)], token=SECRET.encode().hex())) as running:
        yield running


TOKEN = SECRET.encode().hex()


def get(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def test_nothing_is_told_without_the_token(port):
    for headers in (
        {},
        {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": "Bearer ümlaut".encode().decode("latin-1")},
        {"Cookie": f"igtkit-{port}={TOKEN[:-1]}"},
        {"Cookie": f"igtkit-{port + 1}={TOKEN}"},
        {"Cookie": "a=b; =; c"},
    ):
        status, _, content = get(port, "/", **headers)
        assert (status, b"hello" in content) == (403, False), headers
        assert "the program has printed" in json.loads(content)["error"]
    assert get(port, "/?token=wrong")[0] == 403
    assert get(port, "/nowhere")[0] == 403


def test_the_first_page_brings_it_and_the_browser_keeps_it(port):
    status, headers, _ = get(port, f"/?token={TOKEN}")
    assert (status, headers["Location"]) == (303, "/")
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    kept = cookie.partition(";")[0]
    assert get(port, "/", Cookie=kept)[0] == 200
    assert get(port, "/", Cookie=f"other=1; {kept}")[0] == 200
    assert get(port, "/", Authorization=f"Bearer {TOKEN}")[0] == 200


def test_a_token_in_the_address_changes_nothing(port):
    assert ask(port, f"/?token={TOKEN}", {})[0] == 403  # POST


def test_the_host_comes_first(port):
    status, _, content = get(port, f"/?token={TOKEN}", Host="evil.example")
    assert (status, json.loads(content)) == (400, {"error": "no host 'evil.example' here"})


def test_errors_are_json(port):
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert ask(port, "/?fail=input", **bearer) == (400, {"error": "that is no word"})
    status, content = ask(port, "/?fail=other", **bearer)
    assert (status, "secrets" in content["error"]) == (500, False)
    assert ask(port, "/nowhere", **bearer) == (404, {"error": "Not Found"})


def test_no_token_is_asked_for_unless_there_is_one():
    with thread(guard([Route("/", hello)])) as running:
        assert ask(running, "/") == (200, {"hello": "you"})
