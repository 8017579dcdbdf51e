"""What the text of the paper sets, and what its code does otherwise."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")

import attrs

from igtkit.models.training import TrainingSettings, preset_defaults
from igtkit.models.training.grpo import GrpoSettings

KNOWN = {field.name for kind in (TrainingSettings, GrpoSettings) for field in attrs.fields(kind)}
REPORT = {"free", "preset", "lora"}


@pytest.mark.parametrize("training", ["multilingual", "monolingual", "lora", "grpo"])
def test_presets_name_what_can_be_set(training):
    for preset in ("paper", "reference"):
        assert preset_defaults(training, preset).keys() <= KNOWN | REPORT


def test_the_reference_code_has_64_examples_a_process(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "4")
    assert preset_defaults("multilingual", "reference")["batch_size"] == 256
    assert "batch_size" not in preset_defaults("multilingual")
    assert preset_defaults("lora", "reference")["batch_size"] == 32
