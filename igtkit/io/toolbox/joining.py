"""Putting interlinear blocks together: one by one, or many at a time where that saves time."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from igtkit.io.toolbox.blocks import Block
from igtkit.io.toolbox.columns import Joined, join_block

__all__ = ["Joiner", "join_blocks"]

_FEWEST = 40
"""Blocks that are put together sooner at a time than one by one: a few take 0.3 ms as well."""
_PAYS = 3_000
"""Blocks that take longer one by one than at a time by what it takes to load numpy, 0.1 s."""


class Joiner:
    """Puts blocks together, and loads numpy for it once that would have been worth it.

    Args:
        pays: How many blocks are put together one by one before, where nobody else has loaded it.
    """

    def __init__(self, pays: int = _PAYS) -> None:
        self._left = pays

    def join(
        self, blocks: Sequence[Block], encoding: str, *, words: str, morphemes: str, glosses: str
    ) -> list[Joined]:
        """Put the morphemes of blocks together to words.

        Args:
            blocks: The blocks.
            encoding: The encoding whose bytes the columns count.
            words: Marker of the words.
            morphemes: Marker of the morphemes.
            glosses: Marker of the glosses.

        Returns:
            Each as `join_block` gives it.
        """
        roles = {"words": words, "morphemes": morphemes, "glosses": glosses}
        usual: Sequence[Joined | None] = [None] * len(blocks)
        if len(blocks) >= _FEWEST and encoding == "utf-8":
            if self._left <= 0 or "numpy" in sys.modules:
                from igtkit.io.toolbox.usual import join_usual  # noqa: PLC0415  # loads numpy

                usual = join_usual(blocks, **roles)
            else:
                self._left -= len(blocks)
        return [
            joined
            or join_block(
                {marker: text for marker, text, _, _ in block.values()}, encoding, **roles
            )
            for joined, block in zip(usual, blocks, strict=True)
        ]


join_blocks = Joiner().join
"""Put blocks together, by what this process has read so far; see `Joiner.join`."""
