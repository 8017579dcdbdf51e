"""The tiers of each speaker, each with its line."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence

import attrs

from igtkit.errors import FileFormatError
from igtkit.io._tiers.guess import depth, guess_roles, score
from igtkit.io._tiers.map import LINES, TierMap, describe
from igtkit.io._tiers.model import Tier, base_name

__all__ = ["Group", "group_tiers"]

_log = logging.getLogger("igtkit.io")


@attrs.frozen
class Group:
    """The tiers of one speaker.

    Attributes:
        roles: The tier of each line.
        rules: For each line the rule by which its tier was taken for it; see `igtkit.io.GUESSES`.
        unit: The tier whose annotations are the sentences.
        tiers: All of the tiers, the suggestions of machines included.
    """

    roles: dict[str, Tier]
    rules: dict[str, str]
    unit: Tier
    tiers: list[Tier]

    @property
    def speaker(self) -> str | None:
        """The speaker."""
        tiers = [self.unit, *self.roles.values()]
        return next((tier.speaker for tier in tiers if tier.speaker is not None), None)


def group_tiers(tiers: Sequence[Tier], asked: TierMap, name: str) -> list[Group]:
    """Part the tiers of a file by speaker, and tell which is which line.

    Args:
        tiers: The tiers of the file.
        asked: What the user says of them.
        name: The file, for messages.

    Raises:
        InputError: If a tier that the user names is not there.
        FileFormatError: If nothing tells which tier has the text.
    """
    given = {line: asked.find(line, tiers) for line in LINES}
    texts = [tier for tier in tiers if tier.texts()]
    alone = len(texts) == 1 or _one_each(texts)
    named: list[Group] = []
    unnamed: list[Group] = []  # only their structure says what they are
    unread: list[Tier] = []
    for members in _by_speaker(tiers):
        own = _own(given, members)
        guesses = guess_roles(members, asked, own, alone=alone) if own is not None else {}
        roles = {line: guess.tier for line, guess in guesses.items()}
        rules = {line: guess.rule for line, guess in guesses.items()}
        unit = _unit(roles)
        if unit is None:
            unread += members
        elif own or any(score(tier, line) for line, tier in roles.items()):
            named.append(Group(roles, rules, unit, members))
        else:
            unnamed.append(Group(roles, rules, unit, members))
    if named:
        unread += [tier for group in unnamed for tier in group.tiers]
    groups = named or unnamed
    unread = [tier for tier in unread if tier.annotations]
    if unread and not groups:
        raise FileFormatError(
            "which tier has the text? Say which tier is which, for example "
            "tiers={'transcription': '…', 'glosses': '…', 'translation': '…'}; "
            f"the tiers are:\n{describe(tiers)}",
            path=name,
        )
    if unread:
        what = ", ".join(f"{tier.name} ({len(tier.annotations)})" for tier in unread)
        _log.warning("%s: tiers that belong to no sentence were not read: %s", name, what)
    return groups


def _own(given: Mapping[str, Sequence[Tier]], members: Sequence[Tier]) -> dict[str, Tier] | None:
    """The tiers that the user names, of one speaker; None if others have the text he asks for."""
    own = {
        line: next(tier for tier in found if tier in members)
        for line, found in given.items()
        if any(tier in members for tier in found)
    }
    elsewhere = any(given[line] and line not in own for line in ("transcription", "words"))
    return None if elsewhere else own


def _one_each(tiers: Sequence[Tier]) -> bool:
    """Whether the tiers are those of speakers who have one each."""
    speakers = {tier.speaker for tier in tiers}
    kinds = {tier.type for tier in tiers}
    return None not in speakers and len(speakers) == len(tiers) and len(kinds) == 1


def _by_speaker(tiers: Sequence[Tier]) -> list[list[Tier]]:
    """The trees of tiers; those that are no tree go with the one of the same speaker."""
    trees: dict[int, list[Tier]] = {}
    for tier in tiers:
        trees.setdefault(id(tier.root), []).append(tier)
    families = [tree for tree in trees.values() if len(tree) > 1]
    loose: dict[tuple[str | None, str], list[Tier]] = {}
    for tree in trees.values():
        if len(tree) == 1:
            loose.setdefault(_key(tree[0]), []).append(tree[0])
    made = list(families)
    of_key: dict[tuple[str | None, str], list[list[Tier]]] = {}
    for family in families:
        of_key.setdefault(_key(family[0].root), []).append(family)
    for key, single in loose.items():
        same = of_key.get(key, [])
        if not same and key == (None, "") and len(families) == 1:
            same = families
        if len(same) == 1 and not (_has_text(single) and _has_text(same[0])):
            same[0].extend(single)
        else:
            made.append(single)
    order = {id(tier): at for at, tier in enumerate(tiers)}
    return sorted(made, key=lambda group: min(order[id(tier)] for tier in group))


def _key(tier: Tier) -> tuple[str | None, str]:
    """The speaker, and the number where he has more tiers of a kind: ``tx-2``."""
    number = re.search(r"-\d+$", base_name(tier.name))
    return tier.speaker, number[0] if number else ""


def _has_text(tiers: Sequence[Tier]) -> bool:
    return any(score(tier, "transcription") for tier in tiers)


def _unit(roles: dict[str, Tier]) -> Tier | None:
    """The tier whose annotations are the sentences."""
    if "transcription" in roles:
        return roles["transcription"]
    tier = roles.get("words", roles.get("segmentation"))
    if tier is None:
        return None
    if tier.parent is None:  # sentences by themselves, if most of its texts are several words
        several = [text for text in tier.texts() if len(text.split()) > 1]
        return tier if len(several) * 2 > len(tier.texts()) else None
    if not depth(tier):
        return tier.parent
    while depth(tier) and tier.parent is not None:
        tier = tier.parent
    return tier
