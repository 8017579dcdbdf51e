"""The training scripts run as they stand, in seconds; several processes come to the same."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from models.quick import quick_glosser

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import formats, load_sample, read, write  # noqa: E402
from igtkit.models import (  # noqa: E402
    FallbackGlosser,
    LookupGlosser,
    PipelineGlosser,
    SeparateGlosser,
    Seq2SeqGlosser,
)
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402
from igtkit.models.training import read_corpora  # noqa: E402

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SCRIPTS = ("train_multilingual", "train_monolingual", "train_pipeline", "evaluate_model")


def run(name, *arguments, processes=1, status=0):
    start = [sys.executable]
    if processes > 1:
        start += ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)]
    result = subprocess.run(
        [*start, EXAMPLES / f"{name}.py", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
    )
    assert result.returncode == status, result.stderr
    return result


def metrics(folder):
    return json.loads((Path(folder) / "metrics.json").read_text("utf-8"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_help_says_how(name):
    text = run(name, "--help").stdout
    assert f"python {name}.py" in text
    assert "--tiny" in text
    assert "metrics.json" in text


@pytest.mark.slow
def test_several_formats_and_then_more_epochs(tmp_path):
    arguments = ("--tiny", "--formats", "interleaved", "multitask", "--test", "sample:test")
    run("train_multilingual", *arguments, "--output", tmp_path, "--epochs", 1)
    first = metrics(tmp_path)
    assert first["training"]["processes"] == 1
    assert first["training"]["epochs"] == 1
    assert first["test"]["interleaved"]["predictions"] == 32
    assert first["test"]["interleaved"]["alignment"] == 1
    assert first["test"]["multitask"]["n"]["glossing"] == 32
    assert set(first["dev_perplexity"]["Turkish"]) == {"interleaved", "multitask"}
    assert first["versions"]["torch"] == metadata.version("torch")

    run("train_multilingual", *arguments, "--output", tmp_path, "--epochs", 2, "--resume")
    then = metrics(tmp_path)
    assert then["training"]["steps"] == 2 * first["training"]["steps"]
    assert (
        then["dev_perplexity"]["Turkish"]["interleaved"]
        < first["dev_perplexity"]["Turkish"]["interleaved"]
    )
    glosser = load_glosser(tmp_path)
    assert glosser.format.name == "interleaved"
    assert len(glosser.predict(load_sample()[:2], max_new_tokens=30)) == 2


def test_a_chat_model(call_script, tmp_path):
    pytest.importorskip("llguidance", reason="needs llguidance")
    arguments = ("--tiny", "--model-type", "causal", "--epochs", 1, "--test", "sample:test")
    call_script("train_multilingual", *arguments, "--output", tmp_path)
    found = metrics(tmp_path)
    assert found["settings"]["batch_size"] == 16  # of the trial; in earnest 18
    assert found["test"]["interleaved"]["alignment"] == 1  # constrained
    assert found["dev_perplexity"]["Turkish"]["interleaved"] > 1
    glosser = load_glosser(tmp_path)
    assert type(glosser).__name__ == "CausalGlosser"
    assert len(glosser.predict(load_sample()[:2], max_new_tokens=20)) == 2


@pytest.mark.slow
def test_a_glosslm_model_is_not_scored_on_segmentation(tmp_path):
    run("train_monolingual", "--tiny", "--format", "glosslm", "--epochs", 1, "--output", tmp_path)
    report = metrics(tmp_path)["test"]
    assert report["not_scored"] == ["segmentation", "alignment"]
    assert report["n"]["segmentation"] == 0
    assert report["n"]["glossing"] == report["predictions"]

    result = run("evaluate_model", tmp_path, "--tiny", "--output", tmp_path / "scores")
    assert "not scored, for want of a predicted line: segmentation, alignment" in result.stdout
    scores = metrics(tmp_path / "scores")
    assert set(scores) >= {"paper", "published", "settings", "versions"}
    lines = (tmp_path / "scores" / "predictions.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == scores["predictions"] == 32


def test_separate_models(call_script, tmp_path):
    call_script(
        "train_monolingual", "--tiny", "--strategy", "separate", "--epochs", 1, "--output", tmp_path
    )
    found = metrics(tmp_path)
    assert set(found["training"]) == {"segmenter", "glosser"}
    assert found["test"]["n"]["segmentation"] > 0
    assert type(load_glosser(tmp_path)).__name__ == "SeparateGlosser"


def test_a_pipeline(call_script, tmp_path):
    told = call_script("train_pipeline", "--tiny", "--epochs", 1, "--output", tmp_path)
    found = metrics(tmp_path)
    assert [line.partition(":")[0] for line in told.out.splitlines()[-2:]] == [
        "test, all", "test_from_gold_segmentation, all",
    ]  # fmt: skip
    for part in ("segmenter", "glosser"):
        [point] = found["training"][part]["curve"]
        assert point["train_loss"] > 0
        assert point["dev_loss"] == found["training"][part]["dev_loss"]
    assert found["test_from_gold_segmentation"]["segmentation"]["exact_match"] == 1
    assert type(load_glosser(tmp_path)).__name__ == "PipelineGlosser"


def toy(*tasks, name="multitask"):
    network = new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2)
    return Seq2SeqGlosser(Seq2SeqBackend(network.eval()), formats.get(name), tasks=tasks or None)


GLOSSERS = {
    "lookup": lambda train: LookupGlosser().fit(train),
    "crf": lambda train: quick_glosser().fit(train),
    "fallback": lambda train: FallbackGlosser([LookupGlosser().fit(train)], 0.6),
    "seq2seq": lambda _: toy(name="concatenated"),
    "separate": lambda _: SeparateGlosser(toy("t2s"), toy("t2g")),
    "pipeline": lambda _: PipelineGlosser(toy("t2s"), toy("s2g")),
}


@pytest.fixture
def evaluate_model(tmp_path, monkeypatch, capsys):
    """Runs the script in this process; returns what it prints, and its figures."""

    def call(*arguments):
        output = tmp_path / "scores"
        script = str(EXAMPLES / "evaluate_model.py")
        monkeypatch.setattr(sys, "argv", [script, *map(str, arguments), "--output", str(output)])
        runpy.run_path(script, run_name="__main__")
        return capsys.readouterr().out, metrics(output)

    return call


@pytest.mark.parametrize("kind", GLOSSERS)
def test_any_glosser_is_evaluated_from_its_folder(kind, evaluate_model, tmp_path):
    train = load_sample().split("train")[:60]
    glosser = GLOSSERS[kind](train)
    glosser.save_pretrained(tmp_path / "model")
    one, other = tmp_path / "one.txt", tmp_path / "other.jsonl"
    texts = list(load_sample().split("test")[:5])
    write(texts[:3], one, "sigmorphon")
    write([text.replace(language="Azerbaijani") for text in texts[3:]], other)

    printed, found = evaluate_model(tmp_path / "model", "--data", f"Turkish={one}", other, "--tiny")
    for preset in ("paper", "published"):
        report = found[preset]
        assert set(report["groups"]) == {"Turkish", "Azerbaijani"}
        assert report["groups"]["Turkish"]["n"]["glossing"] == 3
        assert report["not_scored"] == []
        assert report["signature"] in printed
    rows = [line.split()[0] for line in printed.splitlines() if line.strip()]
    assert rows.count("glossing.morpheme.bleu") == rows.count("segmentation.word_accuracy") == 2
    saved = read(tmp_path / "scores" / "predictions.jsonl")
    assert [text.transcription for text in saved] == [
        text.transcription for text in read_corpora([str(one), str(other)])
    ]
    assert {text.metadata["prediction"]["system"] for text in saved} <= {
        type(glosser).__name__, "LookupGlosser", "FallbackGlosser",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--num-beams", "3"), "a LookupGlosser takes no num_beams"),
        (("--free",), "a LookupGlosser takes no constrained"),
        (("--format", "interleaved"), "a LookupGlosser takes no format"),
        (("--eval-dtype", "bfloat16"), "a LookupGlosser takes no dtype"),
    ],
)
def test_an_option_that_a_glosser_does_not_take(option, message, evaluate_model, tmp_path):
    LookupGlosser().fit(load_sample()[:5]).save_pretrained(tmp_path / "model")
    with pytest.raises(SystemExit, match=message):
        evaluate_model(tmp_path / "model", *option)


def test_a_folder_without_a_glosser(evaluate_model, tmp_path):
    with pytest.raises(SystemExit, match="holds no glosser that igtkit saved"):
        evaluate_model(tmp_path)


def test_a_gold_segmentation_is_glossed(evaluate_model, tmp_path):
    LookupGlosser().fit(load_sample()[:50]).save_pretrained(tmp_path / "model")
    _, found = evaluate_model(tmp_path / "model", "--given-segmentation")
    assert found["paper"]["segmentation"]["exact_match"] == 1
    with pytest.raises(SystemExit, match=r"metrics\.json is there, of an earlier run"):
        evaluate_model(tmp_path / "model")


@pytest.mark.parametrize("kind", ["seq2seq", "separate"])
def test_predictions_are_computed_in_the_type_that_is_asked_for(kind, evaluate_model, tmp_path):
    GLOSSERS[kind](None).save_pretrained(tmp_path / "model")
    write(load_sample()[:2], tmp_path / "few.jsonl")
    asked = ("--data", tmp_path / "few.jsonl", "--eval-dtype", "bfloat16", "--tiny")
    _, found = evaluate_model(tmp_path / "model", *asked)
    assert found["settings"]["eval_dtype"] == "bfloat16"
    assert found["predictions"] == 2


def test_a_wrong_setting_is_one_line(tmp_path):
    result = run("train_multilingual", "--output", tmp_path, "--tiny", "--batch-size", 0, status=2)
    assert "batch_size must be greater than 0" in result.stderr.splitlines()[-1]


@pytest.mark.slow
def test_two_processes_come_to_the_same_as_one(tmp_path):
    """The same steps from the same batches, and every prediction once."""
    found = []
    for count in (1, 2):
        folder = tmp_path / str(count)
        run(
            "train_monolingual", "--tiny", "--output", folder, "--patience", 1, "--micro-batch-size", 8,
            "--test", "sample:test", processes=count,
        )  # fmt: skip
        found.append(metrics(folder))
    one, two = found
    assert (one["training"]["model"]["accumulated"], two["training"]["model"]["accumulated"]) == (
        2,
        1,
    )
    assert one["training"]["model"]["steps"] == two["training"]["model"]["steps"]
    assert two["training"]["model"]["processes"] == 2
    assert one["dev_perplexity"]["model"]["Turkish"]["interleaved"] == pytest.approx(
        two["dev_perplexity"]["model"]["Turkish"]["interleaved"], rel=1e-3
    )
    assert one["test"]["predictions"] == two["test"]["predictions"] == 32


@pytest.mark.slow
def test_two_processes_predict_what_one_does(tmp_path):
    """On a number of texts that two does not divide."""
    corpus = tmp_path / "odd.jsonl"
    texts = load_sample().split("test")[:31]
    write(texts, corpus)
    run("train_monolingual", "--tiny", "--epochs", 1, "--output", tmp_path / "model")
    for count in (1, 2):
        run(
            "evaluate_model", tmp_path / "model", "--data", corpus, "--num-beams", 1,
            "--output", tmp_path / str(count), "--tiny", processes=count,
        )  # fmt: skip
    one, two = (read(tmp_path / str(count) / "predictions.jsonl") for count in (1, 2))
    assert len(one) == 31
    assert one == two
    for text, other in zip(one, two, strict=True):  # metadata are not part of what makes them equal
        score, other_score = (each.metadata["prediction"]["score"] for each in (text, other))
        assert score == pytest.approx(other_score, abs=1e-4)
    first, second = metrics(tmp_path / "1"), metrics(tmp_path / "2")
    assert first["paper"] == second["paper"]
    assert first["published"] == second["published"]
