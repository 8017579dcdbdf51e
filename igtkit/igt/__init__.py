"""The data model: an interlinear glossed text and what it is made of.

`IGT` keeps the lines exactly as they were given. Words and morphemes are derived from them.
"""

from __future__ import annotations

from igtkit.igt.fields import require_text
from igtkit.igt.issue import Issue, Severity
from igtkit.igt.judgment import is_ungrammatical, judgment_of
from igtkit.igt.key import Transcribed, text_key
from igtkit.igt.language import Language
from igtkit.igt.prediction import Prediction
from igtkit.igt.suggestion import Suggestion
from igtkit.igt.text import IGT, require_igt
from igtkit.igt.word import Morpheme, Word

__all__ = [
    "IGT",
    "Issue",
    "Language",
    "Morpheme",
    "Prediction",
    "Severity",
    "Suggestion",
    "Transcribed",
    "Word",
    "is_ungrammatical",
    "judgment_of",
    "require_igt",
    "require_text",
    "text_key",
]
