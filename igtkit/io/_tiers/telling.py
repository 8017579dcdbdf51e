"""What each tier was taken for, and why, for whoever wants to see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from igtkit.io._parts import Part, tell
from igtkit.io._source import Source
from igtkit.io._tiers.groups import Group, group_tiers
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import OWN, Tier
from igtkit.io._tiers.otherwise import otherwise, says_otherwise

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
        source.parts.extend(_parts(tiers, groups))
    return groups


def _parts(tiers: Sequence[Tier], groups: Sequence[Group]) -> Iterator[Part]:
    lines = {
        id(tier): (line, group.rules[line])
        for group in groups
        for line, tier in group.roles.items()
    }
    read = {id(tier) for group in groups for tier in group.tiers}
    units = {id(group.unit) for group in groups}
    for tier in tiers:
        line, rule = lines.get(id(tier)) or (None, _rule_of_other(tier, units, read))
        count = len(tier.annotations)
        yield tell("tier", tier.name, line, rule, detail=repr(tier.type), count=count)


def _rule_of_other(tier: Tier, units: Collection[int], read: Collection[int]) -> str:
    """What became of a tier that is no line."""
    if id(tier) in units:
        return "tier-of-sentences"
    if tier.name.startswith(OWN):
        return "tier-suggested"
    if not tier.annotations:
        return "tier-empty"
    if id(tier) not in read:
        return "tier-left-out"
    signs = (otherwise(tier, line) for line in ("translation", "segmentation", "glosses"))
    return says_otherwise(tier) or next(filter(None, signs), "tier-kept")
