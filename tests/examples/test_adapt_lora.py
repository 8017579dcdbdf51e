"""The script that adapts models with LoRA runs as it stands."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")
pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")

from igtkit.models import Seq2SeqGlosser


def test_a_trial_run_and_going_on(call_script, tmp_path):
    pytest.importorskip("matplotlib", reason="needs matplotlib")
    told = call_script("adapt_lora", "--tiny", "--dev", "sample:dev", "--output", tmp_path)
    curves = json.loads((tmp_path / "metrics.json").read_text("utf-8"))["curves"]
    assert set(curves) == {"lookup", "CrfGlosser", "model", "against"}
    assert {tuple(curve) for curve in curves.values()} == {("6", "12")}
    assert curves["model"]["6"]["training"]["parameters"] == 4608
    assert curves["model"]["6"]["training"]["dev_loss"] > 0
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
    assert "| 12 |" in told.out
    glosser = Seq2SeqGlosser.from_pretrained(
        tmp_path / "toys" / "against", adapter=tmp_path / "adapters" / "against-12"
    )
    assert glosser.adapters == ("against-12",)

    again = call_script(
        "adapt_lora", "--tiny", "--dev", "sample:dev", "--resume", "--output", tmp_path
    )
    assert "train_runtime" not in again.out  # all points are known
    assert json.loads((tmp_path / "metrics.json").read_text("utf-8"))["curves"] == curves


def test_what_is_missing_is_said(call_script, capsys, tmp_path):
    with pytest.raises(SystemExit, match="name the texts to score on with --test"):
        call_script("adapt_lora", "--output", tmp_path)
    with pytest.raises(SystemExit):
        call_script("adapt_lora", "--help")
    assert "--rank" in capsys.readouterr().out
