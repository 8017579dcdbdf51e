"""Which tier is which line, as the user says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import attrs

from igtkit.errors import InputError
from igtkit.io._tiers.model import OWN, Tier, base_name

__all__ = ["LINES", "TierMap", "describe"]

_GUIDE = {
    "speech": "transcription",
    "morpheme": "segmentation",
    "morphemes": "segmentation",
    "morphemeGloss": "glosses",
}
_GUIDE_ONLY = {"morphemePacking", "transcription2", "translation2"}


def _check(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and not isinstance(value, str):
        raise InputError(f"a tier is given by its name: {attribute.name}={value!r}")


def _tier_name() -> Any:
    return attrs.field(default=None, validator=_check)


@attrs.frozen
class TierMap:
    """Which tier of an ELAN file or a TextGrid is which line.

    A tier is given by its name, or by a pattern where each speaker has one: ``"tx@*"``. ``"tx"``
    means ``tx@A``, ``tx@B`` and so on where no tier has just that name. An empty name says that
    there is no such tier. What is not given is guessed from names, types and parents.

    Attributes:
        transcription: The tier of the sentences.
        words: The tier of the words.
        segmentation: The tier of the morphemes, of segmented words, or of segmented sentences.
        glosses: The tier of the glosses, in the same manner.
        translation: The tier of the free translations.
        pos: The tier of the parts of speech.
        notes: The tier of the notes.

    Raises:
        InputError: If a name is no string.

    Example:
        >>> TierMap(transcription="tx@*", glosses="ge@*").glosses
        'ge@*'
    """

    transcription: str | None = _tier_name()
    words: str | None = _tier_name()
    segmentation: str | None = _tier_name()
    glosses: str | None = _tier_name()
    translation: str | None = _tier_name()
    pos: str | None = _tier_name()
    notes: str | None = _tier_name()

    @classmethod
    def of(cls, value: TierMap | Mapping[str, Any] | None) -> TierMap:
        """Return the map that a dict says, such as that of a ``tierGuide.yaml``, or a map as it is.

        Args:
            value: Names of tiers by line. ``speech``, ``morpheme`` and ``morphemeGloss`` are what
                tier guides call transcription, segmentation and glosses.

        Raises:
            InputError: If there is no such line, or a name is no string.

        Example:
            >>> TierMap.of({"speech": "tx", "morphemeGloss": "ge"}).glosses
            'ge'
        """
        if value is None or isinstance(value, TierMap):
            return cls() if value is None else value
        given: object = value
        if not isinstance(given, Mapping):
            raise InputError(f"tiers must be a TierMap or a dict, not {value!r:.80}")
        names: dict[str, str] = {}
        for key, name in value.items():
            line = _GUIDE.get(key, key)
            if key in _GUIDE_ONLY:
                continue
            if line not in LINES:
                raise InputError(
                    f"no line {key!r} to give a tier for; there are: {', '.join(LINES)}"
                )
            names[line] = name
        return cls(**names)

    def find(self, line: str, tiers: Sequence[Tier]) -> list[Tier]:
        """The tiers that are given for a line, of those there are.

        Raises:
            InputError: If there is no such tier; lists those there are.
        """
        name = getattr(self, line)
        if not name:
            return []
        found = [tier for tier in tiers if tier.name == name]
        found = found or [tier for tier in tiers if fnmatchcase(tier.name, name)]
        found = found or [tier for tier in tiers if base_name(tier.name) == name]
        if not found:
            raise InputError(f"no tier {name!r} for the {line}; there are:\n{describe(tiers)}")
        return found


LINES = tuple(field.name for field in attrs.fields(TierMap))
"""The lines that tiers are given for."""


def describe(tiers: Sequence[Tier]) -> str:
    """Return a list of tiers for an error message: name, type, parent, number, first texts."""
    rows = []
    for tier in tiers:
        about = [f"type {tier.type!r}"] if tier.type else []
        about += [tier.constraint] if tier.constraint else []
        about += [f"under {tier.parent.name!r}"] if tier.parent is not None else []
        about += [f"by {tier.annotator}"] if tier.name.startswith(OWN) and tier.annotator else []
        about.append(f"{len(tier.annotations)} annotations")
        first = ", ".join(repr(text[:30]) for text in tier.texts()[:3])
        rows.append(f"  {tier.name!r}: {', '.join(about)}" + (f": {first}" if first else ""))
    return "\n".join(rows) or "  none"
