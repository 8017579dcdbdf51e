"""The command line of the training scripts: defaults, trial runs, and what is refused."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")

from igtkit import IGT, write
from igtkit.errors import InputError
from igtkit.models.training import (
    TINY,
    TrainingSettings,
    add_arguments,
    decoding,
    finish,
    make_parser,
    parse,
    read_test,
    run_script,
    settings_from,
)


def options(*arguments, causal=False):
    parser = make_parser("Train.\n\n    as it is written")
    add_arguments(parser, epochs=7, patience=2)
    if causal:
        parser.add_argument("--model-type")
    return parse(parser, ["--output", "out", *arguments])


def test_the_defaults_are_those_of_the_settings():
    asked = settings_from(options())
    assert asked == TrainingSettings(epochs=7, patience=2)
    assert decoding(options()) == {
        "num_beams": 2,
        "max_new_tokens": None,
        "long_input": "window",
    }
    assert options().model == "google/byt5-base"


def test_a_trial_run_is_small_but_for_what_is_said():
    tiny = options("--tiny", "--batch-size", "4")
    assert (tiny.batch_size, tiny.epochs, tiny.bf16) == (4, 2.0, False)
    assert (tiny.num_beams, tiny.max_new_tokens) == (1, 48)


def test_a_chat_model_has_defaults_of_its_own():
    assert options("--model-type", "causal", causal=True).model == "Qwen/Qwen3-0.6B"
    assert options("--model-type", "seq2seq", causal=True).model == "google/byt5-base"


def test_settings_that_make_no_sense_end_with_a_message(capsys):
    with pytest.raises(SystemExit):
        options("--batch-size", "0")
    assert "batch_size" in capsys.readouterr().err


def test_the_test_texts_are_read_and_few_in_a_trial_run():
    assert read_test(options()) is None
    whole = read_test(options("--test", "sample:test"))
    assert len(read_test(options("--test", "sample:test", "--tiny"))) == min(TINY, len(whole))


def test_texts_that_cannot_be_glossed_are_counted_before_anything_is_trained(tmp_path, capsys):
    path = tmp_path / "test.jsonl"
    write([IGT("ev", "ev", "house"), IGT(None, "ev", "house")], path)
    assert len(read_test(options("--test", str(path)))) == 1
    assert capsys.readouterr().err == "--test: left out 1 texts without transcription\n"
    write([IGT(None, "ev", "house")], path)
    with pytest.raises(InputError, match=r"no text of .*test.jsonl has a transcription"):
        read_test(options("--test", str(path)))


@pytest.mark.parametrize("error", [InputError("what"), FileNotFoundError("what")])
def test_what_a_user_can_mend_is_one_line(error, monkeypatch):
    def main():
        raise error

    monkeypatch.setattr("sys.argv", ["some/script.py"])
    with pytest.raises(SystemExit, match=r"^script.py: error: what$"):
        run_script(main)


def test_the_results_say_where_they_are(tmp_path, capsys):
    finish(tmp_path, {"loss": 0.5})
    assert json.loads((tmp_path / "metrics.json").read_text("utf-8"))["loss"] == 0.5
    assert f"are in {tmp_path}" in capsys.readouterr().err
