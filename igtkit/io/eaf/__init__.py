"""ELAN's annotation format: tiers of annotations over a recording.

Which tier is which line is told by names, linguistic types and parents, or by a `TierMap`. A file
that is there gets its suggestions as new tiers, between its own bytes.
"""

from __future__ import annotations

from igtkit.igt.text import ALL_LINES
from igtkit.io._catalog import built_in
from igtkit.io.eaf.reading import read_eaf
from igtkit.io.eaf.writing import write_eaf

__all__ = ["FORMAT"]

FORMAT = built_in(
    "eaf",
    read=read_eaf,
    write=write_eaf,
    holds=[
        *ALL_LINES,
        *("id", "source", "language", "metalanguage", "metadata"),
    ],
    holds_nul=True,
    judgments_in_text=True,
)
