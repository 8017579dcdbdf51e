"""Collections of interlinear glossed texts, and what can be done with a whole corpus.

What looks things up is loaded when it is first used, so that a `Corpus` stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from igtkit.corpus.collection import Corpus, Skipped

if TYPE_CHECKING:
    from igtkit.corpus import consistency, languages, metalanguage, quality, steps
    from igtkit.corpus.audit import Audit, Figures
    from igtkit.corpus.columns import from_row, json_part, to_row
    from igtkit.corpus.concordance import Concordance, Hit, kwic
    from igtkit.corpus.consistency import Finding, find_inconsistencies
    from igtkit.corpus.lexicon import LexiconEntry, allomorphs, extract_lexicon
    from igtkit.corpus.overlaps import Overlap, OverlapPair, overlap
    from igtkit.corpus.patterns import MorphemePattern, format_pattern, parse_pattern
    from igtkit.corpus.pipeline import Pipeline, PipelineReport, Run, run_steps
    from igtkit.corpus.quality import QUALITY_RULES, QualityRule
    from igtkit.corpus.step import Dropped, Step, StepReport
    from igtkit.corpus.steps import paper_pipeline
    from igtkit.corpus.work import Work, WorkState, count_work, work_state

__all__ = [
    "QUALITY_RULES",
    "Audit",
    "Concordance",
    "Corpus",
    "Dropped",
    "Figures",
    "Finding",
    "Hit",
    "LexiconEntry",
    "MorphemePattern",
    "Overlap",
    "OverlapPair",
    "Pipeline",
    "PipelineReport",
    "QualityRule",
    "Run",
    "Skipped",
    "Step",
    "StepReport",
    "Work",
    "WorkState",
    "allomorphs",
    "consistency",
    "count_work",
    "extract_lexicon",
    "find_inconsistencies",
    "format_pattern",
    "from_row",
    "json_part",
    "kwic",
    "languages",
    "metalanguage",
    "overlap",
    "paper_pipeline",
    "parse_pattern",
    "quality",
    "run_steps",
    "steps",
    "to_row",
    "work_state",
]

_LAZY = {
    **dict.fromkeys(("Concordance", "Hit", "kwic"), "igtkit.corpus.concordance"),
    **dict.fromkeys(
        ("MorphemePattern", "format_pattern", "parse_pattern"), "igtkit.corpus.patterns"
    ),
    **dict.fromkeys(("LexiconEntry", "allomorphs", "extract_lexicon"), "igtkit.corpus.lexicon"),
    **dict.fromkeys(("Finding", "find_inconsistencies"), "igtkit.corpus.consistency"),
    **dict.fromkeys(("Audit", "Figures"), "igtkit.corpus.audit"),
    **dict.fromkeys(("from_row", "json_part", "to_row"), "igtkit.corpus.columns"),
    **dict.fromkeys(("Overlap", "OverlapPair", "overlap"), "igtkit.corpus.overlaps"),
    **dict.fromkeys(("Pipeline", "PipelineReport", "Run", "run_steps"), "igtkit.corpus.pipeline"),
    **dict.fromkeys(("Dropped", "Step", "StepReport"), "igtkit.corpus.step"),
    **dict.fromkeys(("QUALITY_RULES", "QualityRule"), "igtkit.corpus.quality"),
    **dict.fromkeys(("Work", "WorkState", "count_work", "work_state"), "igtkit.corpus.work"),
    "paper_pipeline": "igtkit.corpus.steps",
}

_MODULES = ("consistency", "languages", "metalanguage", "quality", "steps")

if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return importlib.import_module(f"igtkit.corpus.{name}")
        if name not in _LAZY:
            raise AttributeError(f"module 'igtkit.corpus' has no attribute {name!r}")
        value = getattr(importlib.import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
