"""The script that adapts models with LoRA runs as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")
pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")

from igtkit.models import Seq2SeqGlosser

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "adapt_lora.py"


def run(*arguments, status=0):
    result = subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
        env={
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "CUDA_VISIBLE_DEVICES": "",
            "MPLBACKEND": "Agg",
        },
    )
    assert result.returncode == status, result.stderr
    return result


def test_a_trial_run_and_going_on(tmp_path):
    pytest.importorskip("matplotlib", reason="needs matplotlib")
    told = run("--tiny", "--dev", "sample:dev", "--output", tmp_path)
    curves = json.loads((tmp_path / "metrics.json").read_text("utf-8"))["curves"]
    assert set(curves) == {"lookup", "CrfGlosser", "model", "against"}
    assert {tuple(curve) for curve in curves.values()} == {("6", "12")}
    assert curves["model"]["6"]["training"]["parameters"] == 4608
    assert curves["model"]["6"]["training"]["dev_loss"] > 0
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
    assert "| 12 |" in told.stdout
    glosser = Seq2SeqGlosser.from_pretrained(
        tmp_path / "toys" / "against", adapter=tmp_path / "adapters" / "against-12"
    )
    assert glosser.adapters == ("against-12",)

    again = run("--tiny", "--dev", "sample:dev", "--resume", "--output", tmp_path)
    assert "train_runtime" not in again.stdout  # all points are known
    assert json.loads((tmp_path / "metrics.json").read_text("utf-8"))["curves"] == curves


def test_what_is_missing_is_said(tmp_path):
    told = run("--output", tmp_path, status=1)
    assert "name the texts to score on with --test" in told.stderr
    assert "--rank" in run("--help").stdout
