"""The script that tells error rates from perplexities runs as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit.models import PerformanceEstimator

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "estimate_performance.py"


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


def test_a_trial_run(call_script, tmp_path):
    call_script("estimate_performance", "--tiny", "--output", tmp_path)
    results = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert set(results["perplexity"]) == set(results["error_rate"])
    assert len(results["perplexity"]) == 4
    estimator = PerformanceEstimator.from_pretrained(tmp_path)
    assert estimator.perplexities == results["perplexity"]


def test_a_table_of_figures(tmp_path):
    pytest.importorskip("matplotlib", reason="needs matplotlib")
    table = tmp_path / "figures.csv"
    table.write_text(
        "glottocode,perplexity,error_rate\n"
        "aaaa1111,1,0.1\nbbbb2222,2,0.2\ncccc3333,3,0.3\ndddd4444,2.5,\n",
        encoding="utf-8",
    )
    out = run("--table", table, "--output", tmp_path).stdout
    assert "error rate = 0.000 + 0.100 x perplexity, r² 1.00" in out
    assert "dddd4444" in out
    assert (tmp_path / "perplexity.png").read_bytes().startswith(b"\x89PNG")
    table.write_text("language,perplexity\n", encoding="utf-8")
    told = run("--table", table, "--output", tmp_path / "other", status=1).stderr
    assert "expected the columns glottocode, perplexity, error_rate" in told
    assert "Traceback" not in told


def test_the_table_beside_a_model_of_polygloss(tmp_path):
    table, errors = tmp_path / "lang_perplexities.csv", tmp_path / "errors.csv"
    table.write_text(
        "".join(f'"{name}","0.1","{ppl}","9","3","2"\n' for name, ppl in
                (("aaaa1111", 1), ("bbbb2222", 2), ("cccc3333", 3), ("<unknown>", 9))),
        encoding="utf-8",
    )  # fmt: skip
    errors.write_text(
        "glottocode,error_rate\naaaa1111,0.1\nbbbb2222,0.2\ncccc3333,0.3\n", encoding="utf-8"
    )
    out = run("--table", table, "--errors", errors, "--output", tmp_path).stdout
    assert "error rate = 0.000 + 0.100 x perplexity" in out
    errors.write_text("glottocode,errors\naaaa1111,0.1\n", encoding="utf-8")
    told = run(
        "--table", table, "--errors", errors, "--output", tmp_path / "other", status=1
    ).stderr
    assert "expected the columns glottocode, error_rate" in told


def test_what_is_missing_is_said(tmp_path):
    assert "give a MODEL and --dev" in run("--output", tmp_path, status=2).stderr
