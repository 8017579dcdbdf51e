"""Glossing by example: what is shown, how answers are read, and an endpoint that misbehaves."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from igtkit import IGT, Language, load_sample
from igtkit.errors import EndpointError, InputError, ModelFileError, NotFittedError
from igtkit.models.in_context.cache import Cache
from igtkit.models.in_context.chat import Chat, without_thoughts
from igtkit.models.in_context.endpoint import EndpointChat
from igtkit.models.in_context.glosser import InContextGlosser
from igtkit.models.in_context.prompt import build_messages

TRAIN = [
    IGT("evler", "ev-ler", "house-PL", "houses"),
    IGT("kediler var", "kedi-ler var", "cat-PL exist", "There are cats."),
    IGT("su", "su", "water"),
    IGT("bozuk", "boz-uk", "broken"),  # does not align
    IGT("çıplak"),
]


class Echo(Chat):
    """A chat that answers what it is told to, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = answers, []

    def answer(self, conversations, *, advance=lambda _: None):
        self.asked += conversations
        advance(len(conversations))
        return list(self.answers[: len(conversations)])

    def settings(self):
        return {"kind": "endpoint", "base_url": "http://localhost:9/v1", "model": "echo"}


def test_the_nearest_examples_are_shown_nearest_last():
    chat = Echo("cat(kedi) exist(var)")
    glosser = InContextGlosser(chat, examples=2).fit(TRAIN)
    assert glosser.left_out == 2
    text = IGT("kedi var", translation="There is a cat.", language=Language(name="Turkish"))
    (prediction,) = glosser.predict([text])
    assert (prediction.segmentation, prediction.glosses) == ("kedi var", "cat exist")
    assert prediction.system == "InContextGlosser"
    (messages,) = chat.asked
    assert "Turkish" in messages[0]["content"]
    assert [message["role"] for message in messages] == [
        "system",
        *["user", "assistant"] * 2,
        "user",
    ]
    assert messages[-2]["content"] == "cat(kedi)-PL(ler) exist(var)"
    assert messages[-1]["content"] == "Transcription: kedi var\nTranslation: There is a cat."


def test_nothing_is_shown_where_nothing_is_to_be():
    chat = Echo("house(ev)")
    InContextGlosser(chat, examples=0).predict([IGT("ev")])
    assert len(chat.asked[0]) == 2


@pytest.mark.parametrize(
    ("answer", "segmentation", "glosses"),
    [
        ("<think>hm, cat(x)</think>\nhouse(ev)", "ev", "house"),
        ("<think>for ever", "", ""),
        ("house(ev)-PL(", None, None),
        ("I am sorry.", None, None),
    ],
)
def test_whatever_comes_is_read(answer, segmentation, glosses):
    (prediction,) = InContextGlosser(Echo(answer), examples=0).predict([IGT("ev")])
    if segmentation is None:
        assert prediction.problems
    else:
        assert (prediction.segmentation or "", prediction.glosses or "") == (segmentation, glosses)


def test_what_is_given_is_kept():
    glosser = InContextGlosser(Echo("home(ev)-LOC(de) x(su)"), examples=0)
    begun = IGT("evde su", "??? su", "house-LOC ???")
    made = glosser.predict([begun], given="partial")[0]
    assert (made.segmentation, made.glosses) == ("ev-de su", "house-LOC x")
    made = glosser.predict([IGT("evde su", "ev-d-e su")], given="segmentation")[0]
    assert made.segmentation == "ev-d-e su"


def test_wrong_use():
    with pytest.raises(NotFittedError):
        InContextGlosser(Echo()).predict([IGT("a")])
    with pytest.raises(InputError, match="none of 1 texts"):
        InContextGlosser(Echo()).fit([IGT("a")])
    with pytest.raises(InputError, match="examples must be"):
        InContextGlosser(Echo(), examples=-1)
    glosser = InContextGlosser(Echo("a(a)"), examples=0)
    with pytest.raises(InputError, match="no transcription"):
        glosser.predict([IGT(None)])
    with pytest.raises(InputError, match="given must be"):
        glosser.predict([IGT("a")], given="all")


def test_it_is_saved_without_model_and_key(tmp_path):
    InContextGlosser(Echo(), examples=2).fit(TRAIN).save_pretrained(tmp_path)
    chat = Echo("water(su)")
    loaded = InContextGlosser.from_pretrained(tmp_path, chat=chat)
    assert loaded.predict([IGT("su")])[0].glosses == "water"
    assert len(chat.asked[0]) == 6
    assert "key" not in (tmp_path / "in_context.json").read_text("utf-8")
    (tmp_path / "examples.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(ModelFileError, match="damaged"):
        InContextGlosser.from_pretrained(tmp_path, chat=chat)


def test_thoughts_are_left_out():
    assert without_thoughts("a <think>b</think> c <think>d") == "a  c"


def test_a_prompt_shows_real_sentences_in_one_line():
    sample = load_sample()[:3]
    messages = build_messages(sample[0], sample[1:])
    assert all(
        "\n" not in message["content"] for message in messages if message["role"] == "assistant"
    )


# --- the endpoint -------------------------------------------------------------------------------


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


def test_a_cache_is_a_cache(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("not a database, " * 100, encoding="utf-8")
    with pytest.raises(InputError, match="no cache of answers"):
        Cache(path)


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
