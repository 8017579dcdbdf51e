"""What is saved beside a model: the format with what it has learned, and the tasks."""

from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import TEXTS, Parrot, glosser_of, lines, words_of  # noqa: E402

from igtkit import IGT  # noqa: E402
from igtkit.boundaries import split_words  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.formats import get  # noqa: E402
from igtkit.models._checkpoints import FORMAT_FILE  # noqa: E402
from igtkit.models.prompted.settings import (  # noqa: E402
    copy_format,
    load_settings,
    require_tasks,
    save_format,
)
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")
LEARNED = get("word").learn(TEXTS)
SHORT = {"max_new_tokens": 12, "num_beams": 1}


@pytest.fixture(scope="module")
def saved(model, tmp_path_factory):
    """The folder of a glosser that asks word by word, with the analyses of texts."""
    path = tmp_path_factory.mktemp("words")
    Seq2SeqGlosser(Seq2SeqBackend(model), LEARNED).save_pretrained(path)
    return path


def loaded(path, **options):
    settings = {"name": None, "tasks": None, "max_input_length": None, **options}
    return load_settings(path, "Seq2SeqGlosser", **settings)


def test_what_a_format_has_learned_is_saved_and_loaded(saved):
    glosser = Seq2SeqGlosser.from_pretrained(saved)
    assert glosser.format == LEARNED
    assert lines(glosser.predict(TEXTS[:1], **SHORT)) == lines(
        Seq2SeqGlosser(glosser.backend, LEARNED).predict(TEXTS[:1], **SHORT)
    )
    assert loaded(saved, name="glosslm")["prompt_format"] is get("glosslm")
    assert loaded(saved)["tasks"] == ("t2sg",)


def test_what_counts_weigh_is_learned_and_saved(saved, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(saved)
    assert glosser.weigh(TEXTS) is glosser
    assert glosser.format != LEARNED
    assert [each.analyses for each in glosser.format.memories.values()] == [
        each.analyses for each in LEARNED.memories.values()
    ]
    glosser.save_pretrained(tmp_path / "weighed")
    assert Seq2SeqGlosser.from_pretrained(tmp_path / "weighed").format == glosser.format


def test_a_changed_file_is_damage(saved, tmp_path):
    for content in ("[[1]]", "[", "null"):
        path = tmp_path / str(len(content))
        path.mkdir()
        (path / FORMAT_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(ModelFileError, match=r"prompt_format\.json is damaged"):
            loaded(path, name="word")
    learned = json.loads((saved / FORMAT_FILE).read_text("utf-8"))
    whole = (saved / FORMAT_FILE).read_bytes()
    (saved / FORMAT_FILE).write_text(
        json.dumps({name: {**each, "punctuation": "none"} for name, each in learned.items()}),
        encoding="utf-8",
    )
    try:
        with pytest.raises(ModelFileError, match=r"prompt_format\.json"):
            Seq2SeqGlosser.from_pretrained(saved)
    finally:
        (saved / FORMAT_FILE).write_bytes(whole)


def test_most_formats_leave_no_file(folder, tmp_path):
    save_format(get("glosslm"), tmp_path)
    copy_format(folder, tmp_path)
    assert not list(tmp_path.iterdir())
    save_format(LEARNED, tmp_path)
    (tmp_path / "other").mkdir()
    copy_format(tmp_path, tmp_path / "other")
    assert loaded(tmp_path / "other", name="word")["prompt_format"] == LEARNED


def test_tasks_that_a_format_has_not_are_refused():
    require_tasks(LEARNED, ["t2sg"])
    for tasks in ([], ["t2g"]):
        with pytest.raises(InputError, match=r"word format has no task .* it has: 't2sg'"):
            require_tasks(LEARNED, tasks)


def test_a_folder_that_names_no_format_needs_one(tmp_path):
    with pytest.raises(InputError, match=r"name it with format=, one of: .*'word'"):
        loaded(tmp_path)


def test_a_sentence_is_put_together_of_its_words(model):
    text = IGT("« Gel , ev gel ... evler »")
    answers = dict(zip(
        (part.prompt for part in LEARNED.parts(text)),
        ("gel come", "ev house", "gel come", "ev-ler house-PL"), strict=True,
    ))  # fmt: skip
    backend = Parrot(model, answers)
    [prediction] = Seq2SeqGlosser(backend, LEARNED).predict([text], max_new_tokens=32, choose=False)
    assert prediction.segmentation == "« gel , ev gel ... ev-ler »"
    assert prediction.glosses == "« come , house come ... house-PL »"
    tokens = split_words(text.transcription)
    assert [word[0].form for word in prediction.words] == split_words(prediction.segmentation)
    chances = [word[0].probability for word in prediction.words]
    assert [chance is not None for chance in chances] == [token.isalpha() for token in tokens]
    assert all(0 < chance < 1 for chance in chances if chance is not None)
    assert prediction.score < 0


def test_the_same_prompt_is_answered_once(model):
    text = IGT("ev ev ev ev")
    answers = {part.prompt: "ev house" for part in LEARNED.parts(text)}
    backend = Parrot(model, answers)
    found = Seq2SeqGlosser(backend, LEARNED).predict(
        [text, IGT("... !"), text], max_new_tokens=32, choose=False
    )
    assert [each.glosses for each in found] == [
        "house house house house",
        "... !",
        found[0].glosses,
    ]
    assert found[1].score is None
    assert sum(map(len, backend.asked)) == len(answers) == 3


@pytest.mark.parametrize("beams", [1, 2])
def test_words_are_aligned_whatever_the_weights(model, beams):
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model), LEARNED)
    assert glosser.can_constrain
    for text, prediction in zip(
        TEXTS[:3],
        glosser.predict(TEXTS[:3], num_beams=beams, max_new_tokens=16, choose=False),
        strict=True,
    ):
        assert prediction.problems == ()
        count = len(words_of(text.transcription))
        assert len(prediction.to_igt(text).words) >= count
        assert len(words_of(prediction.segmentation)) == count


def test_long_prompts_are_refused(model):
    glosser = glosser_of(model, "word", max_input_length=20)
    text = IGT(f"ev {'a' * 30}")
    with pytest.raises(InputError, match="max_input_length=20"):
        glosser.predict([text])
    assert not glosser.fits(text, "t2sg")
    assert glosser.fits(IGT("ev"), "t2sg")
