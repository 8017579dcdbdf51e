"""What speakers said of a text: ``metadata["judgment"]``, in every format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

__all__ = ["is_ungrammatical", "judgment_of"]


class _Judged(Protocol):
    """What is asked of a text here; `igtkit.IGT` has it."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Anything that is known of the text, by name."""


def judgment_of(igt: _Judged) -> str:
    """Return the mark of a judgment (``*``, ``?``, ``??``, ``#``, ``%``); ``""`` for none.

    Args:
        igt: The text; ``metadata["judgment"]`` has the mark, and readers put it there.

    Example:
        >>> from igtkit import IGT
        >>> judgment_of(IGT("gone-ed", metadata={"judgment": "*"})), judgment_of(IGT("went"))
        ('*', '')
    """
    mark = igt.metadata.get("judgment")
    return " ".join(mark.split()) if isinstance(mark, str) else ""


def is_ungrammatical(igt: _Judged) -> bool:
    """Whether speakers reject a text: its judgment has a star (``*``, ``?*``), not in brackets.

    ``?`` is doubtful, ``#`` odd in its context, ``%`` right for some, ``(*)`` wrong for some: none
    of them is ungrammatical.

    Example:
        >>> from igtkit import IGT
        >>> [is_ungrammatical(IGT("x", metadata={"judgment": mark})) for mark in ("*", "??", "(*)")]
        [True, False, False]
    """
    return judgment_of(igt).lstrip("[ ?#%").startswith("*")
