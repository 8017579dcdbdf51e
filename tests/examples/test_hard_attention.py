"""The script that trains the hard-attention glosser runs as it stands."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import IGT
from igtkit.models import HardAttentionGlosser


def test_a_trial_run(call_script, tmp_path):
    asked = ("--tiny", "--hidden-size", 24, "--output", tmp_path)
    assert "morpheme error rate" in call_script("train_hard_attention", *asked).out
    results = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert results["settings"]["hidden_size"] == 24
    assert [point["loss"] > 0 for point in results["training"]["epochs"]] == [True, True]
    assert results["test"]["paper"]["alignment"] == 1
    loaded = HardAttentionGlosser.from_pretrained(tmp_path)
    assert loaded.predict([IGT("evde")])[0].system == "HardAttentionGlosser"


def test_help_teaches_by_example(call_script, capsys):
    with pytest.raises(SystemExit):
        call_script("train_hard_attention", "--help")
    assert "python train_hard_attention.py --data" in capsys.readouterr().out
