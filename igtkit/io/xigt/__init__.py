"""Xigt XML: interlinear examples as tiers of items that refer to each other.

The format of ODIN and its tools (Goodman, Crowgey, Xia and Bender 2015, *Xigt: extensible
interlinear glossed text for natural language processing*).
"""

from __future__ import annotations

import attrs

from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io.xigt.reading import read_xigt
from igtkit.io.xigt.writing import write_xigt

__all__ = ["FORMAT"]


FORMAT = built_in(
    "xigt",
    read=read_xigt,
    write=write_xigt,
    holds=[field.name for field in attrs.fields(IGT)],
    holds_nul=True,
)
