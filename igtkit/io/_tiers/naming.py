"""The tier that has the identifiers of the sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from igtkit.io._tiers.groups import Group
from igtkit.io._tiers.model import IDENTIFIERS, OWN, Annotation, Tier, base_name
from igtkit.io._tiers.vocabulary import words_of

__all__ = ["naming_tier"]

_REFERENCES = frozenset(["ref", "refs", "reference", "references"])


def naming_tier(group: Group, under: Mapping[str, Sequence[Sequence[Annotation]]]) -> Tier | None:
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
        rows = [[one.text.strip() for one in row] for row in under[tier.name]]
        names = [row[0] for row in rows if len(row) == 1 and len(row[0].split()) == 1]
        if len(set(names)) == len(rows):
            return tier
    return None


def _is_own(tier: Tier) -> bool:
    is_named = base_name(tier.name).split("-")[0] == IDENTIFIERS
    return is_named and (not tier.type or tier.type.startswith(OWN))


def _is_reference(tier: Tier) -> bool:
    words = words_of(base_name(tier.name))
    return bool(words) and words <= _REFERENCES
