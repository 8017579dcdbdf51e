"""Which annotations belong to which sentence."""

from __future__ import annotations

from igtkit.io._source import Source
from igtkit.io._tiers.groups import Group
from igtkit.io._tiers.model import Annotation, Tier
from igtkit.io._tiers.words import hosts, top

__all__ = ["by_sentence"]


def by_sentence(tier: Tier, group: Group, source: Source) -> list[list[Annotation]]:
    """The annotations of a tier that belong to each sentence.

    Args:
        tier: The tier.
        group: The tiers of the speaker.
        source: Where annotations that belong to none are reported.
    """
    units = group.unit.annotations
    rows: list[list[Annotation]] = [[] for _ in units]
    tops = [top(unit) for unit in units]
    if tier in {one.tier for one in tops}:
        for row, one in zip(rows, tops, strict=True):
            row.append(one)
        return rows
    role = next((line for line, one in group.roles.items() if one is tier), None)
    if any(above is tier for above in group.unit.chain()):
        return rows
    for one, place in zip(tier.annotations, hosts(tier.annotations, tops), strict=True):
        if place is not None:
            rows[place].append(one)
        elif role is not None and one.text.strip():
            when = f" at {one.begin:.3f} s" if one.begin is not None else ""
            source.reject(
                f"annotation {one.id!r}{when} of tier {tier.name!r} belongs to no annotation of "
                f"{group.unit.name!r}",
                expected="a sentence around it; errors='skip' reads the others",
                text=one.text,
            )
    return rows
