"""FLExText, the interlinear texts of FieldWorks Language Explorer (FLEx).

The current schema and the older one, in which a phrase is a ``<word>``, are read; the current one
is written. A phrase stays whole in the metadata of its entry and is what is written again, with
what was changed put in.
"""

from __future__ import annotations

from igtkit.io._registry import Format
from igtkit.io.flextext.reading import read_phrases
from igtkit.io.flextext.writing import write_phrases

__all__ = ["FORMAT"]


def _sniff(head: str) -> bool:
    return "<document" in head and "<interlinear-text" in head


FORMAT = Format(
    "flextext",
    extensions=(".flextext", ".xml"),
    read=read_phrases,
    write=write_phrases,
    sniff=_sniff,
    holds=frozenset(
        (
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
        )
    ),
)
