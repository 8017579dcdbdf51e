"""`Format`: how to read a file format, how to write it, how to know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from igtkit.igt import IGT

__all__ = ["Format", "looks_like_nothing"]


def looks_like_nothing(_head: str) -> bool:
    """Return False: the beginning of a file never tells this format."""
    return False


@attrs.frozen
class Format:
    """A file format: how to read it, how to write it, how to know it.

    Attributes:
        name: What users call it.
        extensions: Extensions of its files, in lower case, with the dot.
        read: Gives the entries of a `Source`, one at a time; options are keyword arguments. An
            entry that cannot be read is given to ``source.reject``, never left out in silence.
        write: Writes entries to a `Sink`; options are keyword arguments.
        sniff: Whether the beginning of a file looks like this format.
        holds: The attributes of `IGT` that a file can hold; `write` reports the others as lost.
        holds_nul: Whether a text may have the character NUL in it, or `write` takes care of it
            itself. Otherwise U+FFFD is written for it, and reported: a file with a NUL in it is
            taken for a binary one.
        file_of: The file that holds the entries, of a path that stands for several files; None
            where a path is the file.
        judgments_in_text: Whether a judgment (``*``, ``??``) has no place in a file but before the
            first word. `read` then takes it off there, where it can be nothing else, and `write`
            puts it back; ``read`` and ``write`` of the format see the text as it is in the file.
    """

    name: str
    extensions: tuple[str, ...] = ()
    read: Callable[..., Iterator[IGT]] | None = None
    write: Callable[..., None] | None = None
    sniff: Callable[[str], bool] = looks_like_nothing
    holds: frozenset[str] = frozenset()
    holds_nul: bool = True
    file_of: Callable[[Path], Path] | None = None
    judgments_in_text: bool = False
