"""A model of byt5-small's shape goes from its configuration to a report, on a computer without GPU.

pytest -m slow tests/examples/test_training_at_size.py -s   # prints time and memory
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import load_sample, write  # noqa: E402
from igtkit.models import load_glosser  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "train_multilingual.py"
GIB = 2**30


@pytest.fixture(scope="module")
def byt5_small(tmp_path_factory):
    """Random weights in the shape of google/byt5-small: 300 million parameters."""
    config = transformers.T5Config(
        vocab_size=384, d_model=1472, d_kv=64, d_ff=3584, num_layers=12, num_decoder_layers=4,
        num_heads=6, feed_forward_proj="gated-gelu", tie_word_embeddings=False,
        pad_token_id=0, eos_token_id=1, decoder_start_token_id=0,
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.T5ForConditionalGeneration(config)
    folder = tmp_path_factory.mktemp("byt5-small")
    save_model(model, folder)
    return folder


@pytest.mark.slow
def test_three_steps_and_ten_sentences(byt5_small, tmp_path):
    texts = load_sample()
    for name, part in (("train", texts[:6]), ("dev", texts[6:8]), ("test", texts[8:18])):
        write(part, tmp_path / f"{name}.jsonl")
    begin = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable, SCRIPT, "--model", byt5_small, "--output", tmp_path / "model",
            "--data", tmp_path / "train.jsonl", "--dev", tmp_path / "dev.jsonl",
            "--test", tmp_path / "test.jsonl", "--steps", "3", "--batch-size", "2",
            "--gradient-checkpointing", "--num-beams", "1", "--max-new-tokens", "24",
        ],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=3600,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss * 1024
    print(f"{used.ru_utime:.0f} CPU s, {time.perf_counter() - begin:.0f} s, {peak / GIB:.1f} GiB")
    found = json.loads((tmp_path / "model" / "metrics.json").read_text("utf-8"))
    assert found["training"]["steps"] == 3
    assert found["training"]["curve"][-1]["step"] == 3
    assert found["test"]["interleaved"]["predictions"] == 10
    assert "interleaved, all: morpheme error rate" in done.stdout
    assert "trained from `byt5-small" in (tmp_path / "model" / "README.md").read_text("utf-8")
    assert peak < 10 * GIB  # 6.0 measured
    glosser = load_glosser(tmp_path / "model" / "checkpoint-3", dtype="bfloat16")
    assert glosser.backend.model.num_parameters() > 290_000_000
