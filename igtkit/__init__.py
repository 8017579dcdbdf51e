"""igtkit: read, check, segment, gloss and score interlinear glossed text (IGT).

Names are loaded when they are first used, so that ``import igtkit`` stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from igtkit.alignment import alignment_score, check, repair
from igtkit.boundaries import LEIPZIG, PAPER, Boundaries
from igtkit.igt import IGT, Issue, Language, Morpheme, Prediction, Suggestion, Word

# Not lazy: the function has its module's name, and whoever is bound last wins.
from igtkit.normalize import normalize

if TYPE_CHECKING:
    from igtkit import (
        conventions,
        corpus,
        data,
        display,
        errors,
        formats,
        io,
        metrics,
        models,
        plots,
        retrieval,
    )
    from igtkit.corpus import Corpus
    from igtkit.data import load_sample
    from igtkit.io import read, stream, write

__version__ = "0.1.0"

__all__ = [
    "IGT",
    "LEIPZIG",
    "PAPER",
    "Boundaries",
    "Corpus",
    "Issue",
    "Language",
    "Morpheme",
    "Prediction",
    "Suggestion",
    "Word",
    "__version__",
    "alignment_score",
    "check",
    "conventions",
    "corpus",
    "data",
    "display",
    "errors",
    "formats",
    "io",
    "load_sample",
    "metrics",
    "models",
    "normalize",
    "plots",
    "read",
    "repair",
    "retrieval",
    "stream",
    "write",
]

_LAZY_NAMES = {
    "Corpus": "igtkit.corpus",
    "load_sample": "igtkit.data",
    "read": "igtkit.io",
    "stream": "igtkit.io",
    "write": "igtkit.io",
}
_LAZY_MODULES = {  # cli and serve, which need more, are no names of `from igtkit import *`
    *("cli", "conventions", "corpus", "data", "display", "errors", "formats", "io", "metrics"),
    *("models", "plots", "retrieval", "serve"),
}

if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name in _LAZY_NAMES:
            value = getattr(importlib.import_module(_LAZY_NAMES[name]), name)
        elif name in _LAZY_MODULES:
            value = importlib.import_module(f"igtkit.{name}")
        else:
            raise AttributeError(f"module 'igtkit' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
