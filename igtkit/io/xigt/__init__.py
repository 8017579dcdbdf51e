"""Xigt XML: interlinear examples as tiers of items that refer to each other.

The format of ODIN and its tools (Goodman, Crowgey, Xia and Bender 2015, *Xigt: extensible
interlinear glossed text for natural language processing*).
"""

from __future__ import annotations

import re

import attrs

from igtkit.igt import IGT
from igtkit.io._registry import Format
from igtkit.io.xigt.reading import read_xigt
from igtkit.io.xigt.writing import write_xigt

__all__ = ["FORMAT"]

_ROOT = re.compile(r"<xigt-corpus[\s/>]")


def _sniff(head: str) -> bool:
    return _ROOT.search(head) is not None


FORMAT = Format(
    "xigt",
    extensions=(".xml", ".xigt"),
    read=read_xigt,
    write=write_xigt,
    sniff=_sniff,
    holds=frozenset(field.name for field in attrs.fields(IGT)),
)
