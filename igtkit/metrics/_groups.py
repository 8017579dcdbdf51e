"""Groups of sentences: one for each language, say."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from igtkit.errors import InputError
from igtkit.igt import Language
from igtkit.igt.language import label_of

__all__ = ["By", "group_rows"]

By = str | Callable[[Any], Hashable]
"""How to group sentences: an attribute of the references, or a function of a reference."""


def group_rows(references: Sequence[Any], by: By) -> dict[str, list[int]]:
    """The positions of the references of each group, by its name.

    Raises:
        InputError: If the references cannot be grouped so.
    """
    if not isinstance(by, str) and not callable(by):
        raise InputError(
            f"by must name an attribute of the references or be a function, not {by!r}"
        )
    members: dict[Hashable, list[int]] = {}
    for index, reference in enumerate(references):
        if isinstance(by, str):
            if not hasattr(reference, by):
                raise InputError(f"references[{index}] has no attribute {by!r} to group by")
            key = getattr(reference, by)
        else:
            key = by(reference)
        if not isinstance(key, Hashable):
            raise InputError(f"references[{index}] cannot be grouped by {key!r}: not hashable")
        members.setdefault(key, []).append(index)
    named: dict[str, list[int]] = {}
    for key, rows in members.items():
        name = _name(key)
        named[f"{name} ({_told_apart(key)})" if name in named else name] = rows
    return named


def _told_apart(key: Hashable) -> str:
    """What tells a group from another of its name: of languages, the codes."""
    if isinstance(key, Language):
        return ", ".join(filter(None, (key.glottocode, key.iso639_3))) or "no code"
    return str(key)


def _name(key: Hashable) -> str:
    if isinstance(key, Language):
        key = label_of(key)
    return "unknown" if key is None else str(key)
