"""The training scripts run as they stand, in seconds; several processes come to the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import load_sample  # noqa: E402
from igtkit.models.loading import load_glosser  # noqa: E402

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
    assert first["versions"]["torch"] == torch.__version__

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


def test_separate_models(tmp_path):
    run(
        "train_monolingual", "--tiny", "--strategy", "separate", "--epochs", 1, "--output", tmp_path
    )
    found = metrics(tmp_path)
    assert set(found["training"]) == {"segmenter", "glosser"}
    assert found["test"]["n"]["segmentation"] > 0
    assert type(load_glosser(tmp_path)).__name__ == "SeparateGlosser"


def test_a_pipeline(tmp_path):
    run("train_pipeline", "--tiny", "--epochs", 1, "--output", tmp_path)
    found = metrics(tmp_path)
    assert found["test_from_gold_segmentation"]["segmentation"]["exact_match"] == 1
    assert type(load_glosser(tmp_path)).__name__ == "PipelineGlosser"


def test_a_light_glosser_is_evaluated_too(tmp_path):
    from igtkit.models import LookupGlosser

    LookupGlosser().fit(load_sample().split("train")).save_pretrained(tmp_path / "lookup")
    run("evaluate_model", tmp_path / "lookup", "--output", tmp_path / "scores")
    assert metrics(tmp_path / "scores")["paper"]["segmentation"]["f1"] > 0.3


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
    from igtkit import read, write

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
