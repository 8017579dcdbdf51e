"""A chat model behind an endpoint: a server of our own that can be busy, wrong or gone."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from igtkit import IGT
from igtkit.errors import EndpointError, InputError
from igtkit.models.in_context.endpoint import EndpointChat
from igtkit.models.in_context.glosser import InContextGlosser
from igtkit.models.in_context.prompt import build_messages


@pytest.fixture(scope="module")
def server():
    pytest.importorskip("openai", reason="needs openai (the extra `api`)")
    script = Path(__file__).with_name("server.py")
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def count(server):
    with urllib.request.urlopen(f"{server}/count") as reply:
        return json.load(reply)["count"]


def chat(server, model="good", **settings):
    return EndpointChat(server, model, **{"api_key": "secret", "retries": 3, **settings})


def test_answers_come_in_order(server):
    texts = [IGT(f"evde{number} var") for number in range(12)]
    done = []
    glosser = InContextGlosser(chat(server), examples=0)
    made = glosser.predict(texts)
    assert [each.segmentation for each in made] == [text.transcription for text in texts]
    chat(server).answer([build_messages(text) for text in texts], advance=done.append)
    assert sum(done) == 12


def test_a_busy_server_is_asked_again(server):
    before = count(server)
    made = InContextGlosser(chat(server, "busy"), examples=0).predict([IGT("bir iki üç")])
    assert made[0].glosses == "X X X"
    assert count(server) == before + 3


def test_a_model_may_think(server):
    made = InContextGlosser(chat(server, "thinks", thinking=True), examples=0).predict([IGT("ev")])
    assert made[0].segmentation == "ev"


@pytest.mark.parametrize(
    ("model", "settings", "message"),
    [
        ("broken", {}, "out of order"),
        ("good", {"api_key": "guessed"}, "a wrong key"),
        ("slow", {"timeout": 0.2, "retries": 0}, "timed out"),
        ("odd", {}, "gave no chat completion"),
    ],
)
def test_an_endpoint_that_does_not_answer_is_one_error(server, model, settings, message):
    with pytest.raises(EndpointError, match=message):
        chat(server, model, **settings).answer([build_messages(IGT("ev"))])


def test_nobody_there():
    pytest.importorskip("openai", reason="needs openai (the extra `api`)")
    with pytest.raises(EndpointError, match="Connection error"):
        EndpointChat("http://127.0.0.1:9/v1", "x", retries=0).answer([build_messages(IGT("ev"))])


def test_a_stopped_run_goes_on_without_asking_again(server, tmp_path):
    cache = tmp_path / "cache" / "answers.sqlite"
    texts = [IGT(f"dur{number}") for number in range(5)]
    first = InContextGlosser(chat(server, cache=cache), examples=0).predict(texts[:3])
    before = count(server)
    again = InContextGlosser(chat(server, cache=cache), examples=0).predict(texts)
    assert again[:3] == first
    assert count(server) == before + 2
    InContextGlosser(chat(server, cache=cache, temperature=0.5), examples=0).predict(texts[:1])
    assert count(server) == before + 3  # asked otherwise


def test_what_came_in_before_the_endpoint_failed_is_kept(server, tmp_path):
    texts = [IGT(f"önce{number}") for number in range(4)]
    cache = tmp_path / "answers.sqlite"
    with pytest.raises(EndpointError, match="out of order"):
        InContextGlosser(
            chat(server, "dies", cache=cache, workers=1, retries=0), examples=0
        ).predict([*texts, IGT("boom"), IGT("sonra")])
    before = count(server)
    again = InContextGlosser(chat(server, "dies", cache=cache), examples=0).predict(texts)
    assert [made.glosses for made in again] == ["X"] * 4
    assert count(server) == before


def test_no_more_requests_are_begun_than_allowed(server, monkeypatch, tmp_path):
    """By a clock that moves only while somebody sleeps."""
    from igtkit.models.in_context import endpoint

    class Clock:
        now = 100.0

        def monotonic(self):
            return self.now

        def sleep(self, seconds):
            slept.append(round(seconds, 3))

    slept = []
    monkeypatch.setattr(endpoint, "time", Clock())
    asked = chat(server, workers=1, requests_per_minute=120, cache=tmp_path / "a.sqlite")
    conversations = [build_messages(IGT(f"yavaş{number}")) for number in range(3)]
    asked.answer(conversations)
    assert slept == [0, 0.5, 1.0]  # half a second apart
    asked.answer(conversations)
    assert len(slept) == 3  # the cache waits for nobody


@pytest.mark.parametrize(
    "settings",
    [
        {"timeout": 0},
        {"workers": 0},
        {"retries": -1},
        {"max_tokens": 0},
        {"requests_per_minute": 0},
    ],
)
def test_settings_of_an_endpoint_that_make_no_sense(settings):
    with pytest.raises(InputError, match=next(iter(settings))):
        EndpointChat("http://localhost/v1", "x", **settings)
