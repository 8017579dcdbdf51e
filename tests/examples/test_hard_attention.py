"""The script that trains the hard-attention glosser runs as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import IGT
from igtkit.models import HardAttentionGlosser

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "train_hard_attention.py"


def run(*arguments):
    return subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=280,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
    ).stdout


def test_a_trial_run(tmp_path):
    assert "morpheme error rate" in run("--tiny", "--hidden-size", 24, "--output", tmp_path)
    results = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert results["settings"]["hidden_size"] == 24
    assert [point["loss"] > 0 for point in results["training"]["epochs"]] == [True, True]
    assert results["test"]["paper"]["alignment"] == 1
    loaded = HardAttentionGlosser.from_pretrained(tmp_path)
    assert loaded.predict([IGT("evde")])[0].system == "HardAttentionGlosser"


def test_help_teaches_by_example():
    assert "python train_hard_attention.py --data" in run("--help")
