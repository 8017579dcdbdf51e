"""How an entry differs from what reading its record again gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from igtkit.igt import IGT
from igtkit.igt.text import ALL_LINES
from igtkit.io._losses import differences, metadata_differences

__all__ = ["losses_of"]


def losses_of(igt: IGT, back: IGT) -> Iterator[str]:
    """Yield a word for each part of an entry that does not come back as it was."""
    yield from differences(igt, back, (*ALL_LINES, "id", "source"))
    yield from metadata_differences(_comparable(igt), _comparable(back))


def _comparable(igt: IGT) -> Mapping[str, object]:
    """The metadata; of Toolbox's own, all but the issues, which are found anew."""
    own = igt.metadata.get("toolbox")
    if not isinstance(own, Mapping):
        return igt.metadata
    kept = {key: part for key, part in own.items() if key != "issues"}
    others = {key: value for key, value in igt.metadata.items() if key != "toolbox"}
    return {**others, "toolbox": kept} if kept else others
