"""Reading and writing files: one module per format, and `read`, `stream` and `write`.

A format is loaded when a file of it is read or written. A new one is a module in this folder with a
`Format` named ``FORMAT`` in it, and a row in ``_catalog``; a format of your own, elsewhere, is made
known with `register`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from igtkit.io._api import Reader, read, stream, write
from igtkit.io._format import Format
from igtkit.io._options import parse_options
from igtkit.io._parts import GUESSES, Part
from igtkit.io._registry import format_names, formats, register
from igtkit.io._sink import Sink, WriteReport
from igtkit.io._source import Source

if TYPE_CHECKING:
    from igtkit.io._inspection import Inspection, inspect
    from igtkit.io._lexicons import read_lexicon, read_lift
    from igtkit.io._original import Original, keep_copy
    from igtkit.io._tiers import TierMap
    from igtkit.io.flextext.unanalyzed import leave_open

__all__ = [
    "GUESSES",
    "Format",
    "Inspection",
    "Original",
    "Part",
    "Reader",
    "Sink",
    "Source",
    "TierMap",
    "WriteReport",
    "format_names",
    "formats",
    "inspect",
    "keep_copy",
    "leave_open",
    "parse_options",
    "read",
    "read_lexicon",
    "read_lift",
    "register",
    "stream",
    "write",
]

_LAZY = {
    "Inspection": "igtkit.io._inspection",
    "Original": "igtkit.io._original",
    "inspect": "igtkit.io._inspection",
    "keep_copy": "igtkit.io._original",
    "TierMap": "igtkit.io._tiers",
    "leave_open": "igtkit.io.flextext.unanalyzed",
    "read_lexicon": "igtkit.io._lexicons",
    "read_lift": "igtkit.io._lexicons",
}

if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name not in _LAZY:
            raise AttributeError(f"module 'igtkit.io' has no attribute {name!r}")
        value = getattr(importlib.import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
