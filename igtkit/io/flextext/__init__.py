"""FLExText, the interlinear texts of FieldWorks Language Explorer (FLEx).

The current schema and the older one, in which a phrase is a ``<word>``, are read; the current one
is written. A phrase stays whole in the metadata of its entry and is what is written again, with
what was changed put in.
"""

from __future__ import annotations

from igtkit.io._catalog import built_in
from igtkit.io.flextext.reading import read_phrases
from igtkit.io.flextext.writing import write_phrases

__all__ = ["FORMAT"]


FORMAT = built_in(
    "flextext",
    read=read_phrases,
    write=write_phrases,
    holds=[
        "transcription",
        "segmentation",
        "glosses",
        "translation",
        "pos",
        "language",
        "metalanguage",
        "id",
        "source",
        "metadata",
    ],
    holds_nul=True,
    judgments_in_text=True,
)
