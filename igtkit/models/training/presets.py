"""What the paper's text sets for a training, and what the code behind its figures does otherwise.

Where both differ, the page on the paper has a table of it (docs/paper.md).

Source: Ginn et al., *Massively Multilingual Joint Segmentation and Glossing*, and its public code,
https://github.com/lecs-lab/polygloss, in the versions that train PolyGloss.
"""

from __future__ import annotations

import os
from typing import Any, Literal

__all__ = ["Preset", "Training", "preset_defaults"]

Preset = Literal["paper", "reference"]
"""Whose settings: those of the text, or those of the reference code where it differs."""

Training = Literal["multilingual", "monolingual", "lora", "grpo"]
"""What is trained: sections 4.2, 4.3, 8 and 9 of the paper."""

_PAPER: dict[Training, dict[str, Any]] = {
    "multilingual": {"epochs": 15.0},
    "monolingual": {"epochs": 30.0, "patience": 5},
    "lora": {"epochs": 25.0, "batch_size": 32, "learning_rate": 1e-3},  # the rate is igtkit's own
    "grpo": {},
}

_BATCH_OF_A_PROCESS = 64
_REPORT = {"free": True, "max_new_tokens": 1023, "preset": "published"}
_LOOP = {"min_learning_rate": 1e-5, "gradient_checkpointing": True, **_REPORT}


def preset_defaults(training: Training, preset: Preset = "paper") -> dict[str, Any]:
    """The settings of a training that are not the defaults of its class.

    Args:
        training: What is trained.
        preset: Whose settings.

    Returns:
        Values by the names of options: of `igtkit.models.training.TrainingSettings`, of
        `igtkit.models.training.grpo.GrpoSettings`, and of the report.

    Example:
        >>> preset_defaults("monolingual")
        {'epochs': 30.0, 'patience': 5}
        >>> preset_defaults("grpo", "reference")["clip"]  # the code clips no gradients
        0.0
    """
    found = dict(_PAPER[training])
    if preset == "paper":
        return found
    if training == "grpo":
        return found | {"lora": True, "clip": 0.0, "top_p": 0.7}
    if training == "lora":
        return found | _LOOP | {"learning_rate": 2e-4}
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    return found | _LOOP | {"batch_size": _BATCH_OF_A_PROCESS * processes}
