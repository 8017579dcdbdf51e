"""XML from outside, read without trust, and XML written whole: what the formats of XML share.

`reading` gives the elements of a file as they begin and end, with `parser`, which refuses what asks
for much; `patterns` are of what is read as text. `writing` makes text of a tree, and saves it.
"""

from __future__ import annotations

__all__: list[str] = []
