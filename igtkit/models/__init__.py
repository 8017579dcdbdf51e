"""Glossers: everything that segments and glosses texts.

Those that need torch are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from igtkit.models._hub import push_to_hub
from igtkit.models.base import Given, Glosser, require_given, require_texts
from igtkit.models.completion import Completion, complete
from igtkit.models.crf import CrfGlosser
from igtkit.models.fallback import FallbackGlosser, expected_error
from igtkit.models.lessons import Lessons
from igtkit.models.lookup import LookupGlosser
from igtkit.models.merging import Merged, merge_corrections
from igtkit.models.partial import keep_known, known_words
from igtkit.models.performance import Estimate, PerformanceEstimator, read_performance
from igtkit.models.registry import GLOSSERS, load_glosser, register_glosser, require_options
from igtkit.models.saving import load_folder, save_folder
from igtkit.models.validation import (
    CurvePoint,
    Learner,
    Reliability,
    Validation,
    cross_validate,
    expected_gain,
    learning_curve,
    rank_for_annotation,
)

if TYPE_CHECKING:
    from igtkit.models.adapters import Lora
    from igtkit.models.causal import CausalGlosser
    from igtkit.models.hard_attention import HardAttentionGlosser
    from igtkit.models.in_context import EndpointChat, InContextGlosser, LocalChat
    from igtkit.models.separate import PipelineGlosser, SeparateGlosser
    from igtkit.models.seq2seq import Seq2SeqGlosser

__all__ = [
    "CausalGlosser",
    "Completion",
    "CrfGlosser",
    "CurvePoint",
    "EndpointChat",
    "Estimate",
    "FallbackGlosser",
    "Given",
    "Glosser",
    "HardAttentionGlosser",
    "InContextGlosser",
    "Learner",
    "Lessons",
    "LocalChat",
    "LookupGlosser",
    "Lora",
    "Merged",
    "PerformanceEstimator",
    "PipelineGlosser",
    "Reliability",
    "SeparateGlosser",
    "Seq2SeqGlosser",
    "Validation",
    "complete",
    "cross_validate",
    "expected_error",
    "expected_gain",
    "keep_known",
    "known_words",
    "learning_curve",
    "load_folder",
    "load_glosser",
    "merge_corrections",
    "push_to_hub",
    "rank_for_annotation",
    "read_performance",
    "register_glosser",
    "require_given",
    "require_options",
    "require_texts",
    "save_folder",
]

_LAZY = {
    **GLOSSERS,
    **dict.fromkeys(("EndpointChat", "LocalChat"), "igtkit.models.in_context"),
    "Lora": "igtkit.models.adapters",
}

_MODULES = (  # not in `__all__`: nearly all need torch
    *("causal", "constraints", "hard_attention", "in_context", "rewards", "seq2seq", "training"),
)

if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return importlib.import_module(f"igtkit.models.{name}")
        if name not in _LAZY:
            raise AttributeError(f"module 'igtkit.models' has no attribute {name!r}")
        value = getattr(importlib.import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
