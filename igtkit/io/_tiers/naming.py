"""The tier that has the identifiers of the sentences."""

from __future__ import annotations

from collections.abc import Mapping

from igtkit.io._tiers.belonging import Rows
from igtkit.io._tiers.groups import Group
from igtkit.io._tiers.model import IDENTIFIERS, OWN, Tier, base_name
from igtkit.io._tiers.vocabulary import words_of

__all__ = ["naming_tier"]

_REFERENCES = frozenset(["ref", "refs", "reference", "references"])


def naming_tier(group: Group, under: Mapping[str, Rows]) -> Tier | None:
    """Return the tier whose texts are the identifiers of a speaker's sentences, if there is one.

    It is the tier `id` that is written here, or a reference tier, as in DoReCo's files and many
    others: one text without spaces for each sentence, and no two alike.

    Args:
        group: The tiers of the speaker.
        under: The annotations of each tier that belong to each sentence.
    """
    own = next((tier for tier in group.tiers if _is_own(tier)), None)
    if own is not None:
        return own
    for tier in group.tiers:
        if tier is group.unit or not _is_reference(tier):
            continue
        names = {row[0].text.strip() for row in under[tier.name].values() if len(row) == 1}
        if len([name for name in names if len(name.split()) == 1]) == len(group.unit.annotations):
            return tier
    return None


def _is_own(tier: Tier) -> bool:
    is_named = base_name(tier.name).split("-")[0] == IDENTIFIERS
    return is_named and (not tier.type or tier.type.startswith(OWN))


def _is_reference(tier: Tier) -> bool:
    words = words_of(base_name(tier.name))
    return bool(words) and words <= _REFERENCES
