"""Which annotations belong to which sentence."""

from __future__ import annotations

from collections.abc import Mapping

from igtkit.io._source import Source
from igtkit.io._tiers.groups import Group
from igtkit.io._tiers.model import Annotation, Tier
from igtkit.io._tiers.words import Hosts, tops

__all__ = ["Rows", "Sentences"]

Rows = Mapping[int, list[Annotation]]
"""Annotations of a tier by the number of their sentence; of those sentences that have any."""


class Sentences:
    """The sentences of a speaker, to which the annotations of other tiers belong.

    Args:
        group: The tiers of the speaker.
        source: Where annotations that belong to none are reported.

    Attributes:
        tops: The annotation that each sentence is about, which may have its times.
    """

    def __init__(self, group: Group, source: Source) -> None:
        self._group, self._source = group, source
        self.tops = tops(group.unit.annotations)
        self._hosts = Hosts(self.tops)
        self._tiers_of_tops = {id(one.tier) for one in self.tops}
        self._above = {id(tier) for tier in group.unit.chain()}
        self._lines = {id(tier) for tier in group.roles.values()}

    def rows(self, tier: Tier) -> Rows:
        """The annotations of a tier that belong to each sentence."""
        if id(tier) in self._tiers_of_tops:
            return {place: [one] for place, one in enumerate(self.tops)}
        rows: dict[int, list[Annotation]] = {}
        if id(tier) in self._above:
            return rows
        places = self._hosts.places(tier.annotations)
        for one, place in zip(tier.annotations, places, strict=True):
            if place is not None:
                rows.setdefault(place, []).append(one)
            elif id(tier) in self._lines and one.text.strip():
                self._reject(one, tier)
        return rows

    def _reject(self, one: Annotation, tier: Tier) -> None:
        when = f" at {one.begin:.3f} s" if one.begin is not None else ""
        self._source.reject(
            f"annotation {one.id!r}{when} of tier {tier.name!r} belongs to no annotation of "
            f"{self._group.unit.name!r}",
            expected="a sentence around it; errors='skip' reads the others",
            text=one.text,
        )
