"""Glossing by example, with chat models that say what they are told."""

from __future__ import annotations

import pytest
from forgery import put, stored

from igtkit import IGT, Language
from igtkit.errors import InputError, ModelFileError, NotFittedError
from igtkit.models.in_context.chat import Chat
from igtkit.models.in_context.glosser import InContextGlosser

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
    assert "key" not in (tmp_path / "igtkit.json").read_text("utf-8")
    stored(tmp_path, "examples.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(ModelFileError, match="damaged"):
        InContextGlosser.from_pretrained(tmp_path, chat=chat)


def test_one_that_would_show_examples_has_some_when_it_is_saved_and_loaded(tmp_path):
    with pytest.raises(NotFittedError, match="nothing to save yet"):
        InContextGlosser(Echo()).save_pretrained(tmp_path)
    InContextGlosser(Echo(), examples=1).fit(TRAIN).save_pretrained(tmp_path)
    put(tmp_path, "examples.jsonl", b"")
    with pytest.raises(ModelFileError, match="damaged: nothing is glossed"):
        InContextGlosser.from_pretrained(tmp_path, chat=Echo())
