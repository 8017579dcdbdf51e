"""Reading and writing files: one module per format, and `read`, `stream` and `write`.

A new format is one module in this folder with a `Format` named ``FORMAT`` in it. A format of your
own, elsewhere, is made known with `register`.
"""

from __future__ import annotations

from igtkit.io._api import Reader, read, stream, write
from igtkit.io._lexicons import read_lexicon, read_lift
from igtkit.io._registry import Format, formats, register
from igtkit.io._sink import Sink, WriteReport
from igtkit.io._source import Source
from igtkit.io._tiers import TierMap
from igtkit.io.flextext.unanalyzed import leave_open

__all__ = [
    "Format",
    "Reader",
    "Sink",
    "Source",
    "TierMap",
    "WriteReport",
    "formats",
    "leave_open",
    "read",
    "read_lexicon",
    "read_lift",
    "register",
    "stream",
    "write",
]
