"""A glosser says nothing on standard error but what igtkit has to tell: no warning of a library."""

from __future__ import annotations

import subprocess
import sys

import pytest

PREDICT = """
import igtkit
from igtkit.models import CrfGlosser, LookupGlosser
train = igtkit.load_sample().split("train")[:60]
for glosser in (LookupGlosser(), CrfGlosser()):
    glosser.fit(train).predict([igtkit.IGT("evde kedi var")])
"""

TRAIN_AND_PREDICT_WITH_TORCH = """
import warnings
import igtkit
from igtkit.models import Seq2SeqGlosser
from igtkit.models.seq2seq import Seq2SeqBackend, new_model
from igtkit.models.training import TrainingSettings, train_adapter
model = new_model(
    width=48, inner_width=64, encoder_layers=2, decoder_layers=1, heads=3, seed=0
)
text = igtkit.IGT("evde", "ev-de", "house-LOC")
glosser = Seq2SeqGlosser(Seq2SeqBackend(model.eval()), igtkit.formats.get("interleaved"))
settings = TrainingSettings(epochs=1, batch_size=1, bf16=False)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # older versions of peft talk to themselves in training
    train_adapter(glosser, [text], "turkish", "adapter", settings)
glosser.use_adapter(None)
glosser.save_pretrained("model")
glosser = Seq2SeqGlosser.from_pretrained("model")
glosser.load_adapter("adapter", "turkish")
glosser.predict([text], num_beams=2, max_new_tokens=8)
glosser.predict([text], num_beams=1, max_new_tokens=8, constrained=False)
"""


def said(code, folder):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_glossers_without_torch_are_silent(tmp_path):
    assert said(PREDICT, tmp_path) == ""


@pytest.mark.slow
def test_a_glosser_with_an_adapter_is_silent(tmp_path):
    for name in ("torch", "transformers", "accelerate", "peft"):
        pytest.importorskip(name, reason=f"{name} is not installed (the extra `train`)")
    assert said(TRAIN_AND_PREDICT_WITH_TORCH, tmp_path) == ""
