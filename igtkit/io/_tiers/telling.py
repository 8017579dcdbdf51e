"""What each tier was taken for, and why, for whoever wants to see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from igtkit.io._parts import AS_ASKED, Part
from igtkit.io._source import Source
from igtkit.io._tiers.groups import Group, group_tiers
from igtkit.io._tiers.guess import TYPE_ALONE, score
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import OWN, Tier

__all__ = ["group_and_tell"]


def group_and_tell(tiers: Sequence[Tier], asked: TierMap, source: Source) -> list[Group]:
    """Part the tiers by speaker, and tell the source which is which line.

    Args:
        tiers: The tiers of the file.
        asked: What the user says of them.
        source: The file.

    Raises:
        InputError: If a tier that the user names is not there.
        FileFormatError: If nothing tells which tier has the text.
    """
    groups: list[Group] = []
    try:
        groups = group_tiers(tiers, asked, source.name)
    finally:
        source.parts.extend(_parts(tiers, asked, groups))
    return groups


def _parts(tiers: Sequence[Tier], asked: TierMap, groups: Sequence[Group]) -> Iterator[Part]:
    lines = {id(tier): line for group in groups for line, tier in group.roles.items()}
    read = {id(tier) for group in groups for tier in group.tiers}
    units = {id(group.unit) for group in groups}
    for tier in tiers:
        line = lines.get(id(tier))
        if line is not None:
            why = _why(tier, line, asked)
        elif id(tier) in units:
            why = "its annotations are the sentences"
        elif tier.name.startswith(OWN):
            why = "suggestions of a machine"
        elif not tier.annotations:
            why = "it is empty"
        elif id(tier) in read:
            why = "no line by its name, type or place; kept with each sentence"
        else:
            why = "left out: it belongs to no sentence"
        yield Part("tier", tier.name, line, why, len(tier.annotations))


def _why(tier: Tier, line: str, asked: TierMap) -> str:
    if getattr(asked, line):
        return AS_ASKED
    points = score(tier, line)
    if points == TYPE_ALONE:
        return f"by its type {tier.type!r}"
    return "by its name" if points else "by its place among the tiers"
