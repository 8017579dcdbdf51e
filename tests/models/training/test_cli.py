"""The command line of the training scripts: defaults, trial runs, and what is refused."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")

from igtkit import IGT, Prediction, write
from igtkit.errors import InputError
from igtkit.models.training import (
    TINY,
    ModelCard,
    TrainingSettings,
    add_arguments,
    decoding,
    finish,
    make_parser,
    parse,
    read_test,
    reporting,
    run_script,
    score_predictions,
    settings_from,
    train_options,
)


def options(*arguments, causal=False):
    parser = make_parser("Train.\n\n    as it is written")
    add_arguments(parser, "monolingual")
    parser.add_argument("--format", default="interleaved")
    if causal:
        parser.add_argument("--model-type")
    return parse(parser, ["--output", "out", *arguments])


def test_the_defaults_are_those_of_the_settings():
    assert settings_from(options()) == TrainingSettings(epochs=30, patience=5)
    assert decoding(options()) == {"num_beams": 2, "long_input": "window"}
    assert reporting(options()) == {"preset": "paper", "dtype": None, **decoding(options())}
    assert options().model == "google/byt5-base"


def test_every_setting_has_an_option(capsys):
    arguments = (
        "--steps", "9", "--warmup", "0.1", "--clip", "2", "--weight-decay", "0", "--save-steps", "3",
        "--gradient-checkpointing", "--no-bf16", "--min-epochs", "4", "--eval-batch-size", "7",
        "--min-learning-rate", "1e-6",
    )  # fmt: skip
    asked = settings_from(options(*arguments))
    assert asked == TrainingSettings(
        epochs=30, patience=5, steps=9, warmup=0.1, clip=2, weight_decay=0, save_steps=3,
        gradient_checkpointing=True, bf16=False, min_epochs=4, eval_batch_size=7,
        min_learning_rate=1e-6,
    )  # fmt: skip
    assert decoding(options("--free", "--eval-batch-size", "7")) == {
        "num_beams": 2, "long_input": "window", "batch_size": 7, "constrained": False,
    }  # fmt: skip
    with pytest.raises(SystemExit):
        options("--help")
    told = " ".join(capsys.readouterr().out.split())
    assert "Keep a checkpoint after every so many steps, too" in told
    assert "Times to go through the examples. (default: 30.0)" in told


def test_the_settings_of_the_reference_code(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "4")
    asked = options("--as", "reference")
    assert settings_from(asked) == TrainingSettings(
        epochs=30, patience=5, batch_size=256, min_learning_rate=1e-5, gradient_checkpointing=True
    )
    assert (asked.free, asked.preset, asked.skip_misaligned) == (True, "published", True)
    other = options("--as", "reference", "--format", "concatenated", "--batch-size", "8")
    assert (other.batch_size, other.skip_misaligned) == (8, False)


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
    whole = read_test(options(), ["sample:test"])
    assert len(read_test(options("--tiny"), ["sample:test"])) == min(TINY, len(whole))


def test_texts_that_cannot_be_glossed_are_counted_before_anything_is_trained(tmp_path, capsys):
    path = tmp_path / "test.jsonl"
    write([IGT("ev", "ev", "house"), IGT(None, "ev", "house")], path)
    assert len(read_test(options(), [str(path)])) == 1
    assert capsys.readouterr().err == "--test: left out 1 texts without transcription\n"
    write([IGT(None, "ev", "house")], path)
    with pytest.raises(InputError, match=r"no text of .*test.jsonl has a transcription"):
        read_test(options(), [str(path)])
    assert len(read_test(options(), [str(path)], "segmentation")) == 1
    write([IGT("ev")], path)
    with pytest.raises(InputError, match=r"no text of .*test.jsonl has glosses or a segmentation"):
        read_test(options(), [str(path)])


def test_misaligned_texts_are_left_out_where_that_is_asked_for(tmp_path, capsys):
    path = tmp_path / "test.jsonl"
    write([IGT("ev", "ev", "house"), IGT("evde", "ev-de", "house"), IGT("ev", None, "X")], path)
    assert len(read_test(options(), [str(path)])) == 3
    assert len(read_test(options("--skip-misaligned"), [str(path)])) == 1
    assert capsys.readouterr().err == "--test: left out 2 texts that do not align\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputError("what"), "what"),
        (OSError("what"), "what"),
        (FileNotFoundError(2, "No such file", "a.txt"), "a.txt: No such file"),
    ],
)
def test_what_a_user_can_mend_is_one_line(error, said, monkeypatch):
    def main():
        raise error

    monkeypatch.setattr("sys.argv", ["some/script.py"])
    with pytest.raises(SystemExit, match=f"^script.py: error: {said}$"):
        run_script(main)


def test_the_scores_are_printed_and_stand_in_the_card(tmp_path, capsys):
    gold = [IGT("ev", "ev", "house", language=name) for name in ("A", "B")]
    scored = score_predictions([Prediction("ev", "house"), Prediction("ev", "X")], gold)
    card = ModelCard(kind="Seq2SeqGlosser", base="toy", formats=("interleaved",))
    finish(options("--output", str(tmp_path)), {"loss": 0.5}, {"test": scored}, card)
    found = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert (found["loss"], found["settings"]["epochs"]) == (0.5, 30)
    told = capsys.readouterr()
    assert f"are in {tmp_path}" in told.err
    assert told.out.splitlines() == [
        "test, all: morpheme error rate 0.500, segmentation F1 1.000, alignment 1.000 (2 texts)",
        "test, A: morpheme error rate 0.000, segmentation F1 1.000, alignment 1.000 (1 texts)",
        "test, B: morpheme error rate 1.000, segmentation F1 1.000, alignment 1.000 (1 texts)",
    ]
    assert "| test | all | 2 | 0.500 | 1.000 | 1.000 |" in (tmp_path / "README.md").read_text()


def test_ungrammatical_texts_are_learned_from_where_that_is_asked_for():
    assert train_options(options())["ungrammatical"] is False
    assert train_options(options("--ungrammatical"))["ungrammatical"] is True


def test_results_are_not_written_over_but_by_the_run_that_goes_on(tmp_path):
    (tmp_path / "metrics.json").touch()
    with pytest.raises(InputError, match=r"earlier run; go on with it \(--resume\), name"):
        options("--output", str(tmp_path))
    assert options("--output", str(tmp_path), "--resume").resume
