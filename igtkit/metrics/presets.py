"""The two ways of scoring: what the PolyGloss paper says, and what its tables were made with."""

from __future__ import annotations

from typing import Literal

import attrs

from igtkit.errors import InputError

__all__ = ["PAPER_PRESET", "PRESETS", "PUBLISHED_PRESET", "Preset", "PresetName", "get_preset"]

PresetName = Literal["paper", "published"]


@attrs.frozen
class Preset:
    """What error rate and accuracy count. All other figures are the same in both presets.

    Attributes:
        name: The name to ask for it by.
        separators: Whether the morpheme error rate counts the ``[SEP]`` between words, in the edit
            distance and in the gold length.
        clamp: Whether a sentence's error rate ends at 1, however long the prediction.
        empty_costs_length: Whether an empty prediction costs the gold *length* instead of 1: a
            defect of the published scorer.
        surplus_is_error: Whether accuracy counts what is predicted beyond the gold length.
        unknown_is_wrong: Whether a gold ``[UNK]`` can never be predicted right.

    Example:
        >>> PAPER_PRESET.signature
        'preset:paper|sep:yes|clamp:no|empty:1|surplus:error|unk:token'
    """

    name: PresetName
    separators: bool
    clamp: bool
    empty_costs_length: bool
    surplus_is_error: bool
    unknown_is_wrong: bool

    @property
    def signature(self) -> str:
        """Every setting in one line."""
        settings = {
            "preset": self.name,
            "sep": "yes" if self.separators else "no",
            "clamp": "yes" if self.clamp else "no",
            "empty": "length" if self.empty_costs_length else "1",
            "surplus": "error" if self.surplus_is_error else "ignored",
            "unk": "wrong" if self.unknown_is_wrong else "token",
        }
        return "|".join(f"{name}:{value}" for name, value in settings.items())


PAPER_PRESET = Preset(
    "paper",
    separators=True,
    clamp=False,
    empty_costs_length=False,
    surplus_is_error=True,
    unknown_is_wrong=False,
)
"""The definitions of section 3 of the paper."""

PUBLISHED_PRESET = Preset(
    "published",
    separators=False,
    clamp=True,
    empty_costs_length=True,
    surplus_is_error=False,
    unknown_is_wrong=True,
)
"""The scorer behind the paper's tables, defects included: only for comparing with them."""

PRESETS = {preset.name: preset for preset in (PAPER_PRESET, PUBLISHED_PRESET)}


def get_preset(name: PresetName | Preset) -> Preset:
    """Return a preset by its name.

    Args:
        name: ``"paper"`` or ``"published"``; a `Preset` is returned as it is.

    Raises:
        InputError: If there is no such preset.
    """
    if isinstance(name, Preset):
        return name
    if not isinstance(name, str) or name not in PRESETS:
        raise InputError(f"no preset {name!r}; there are: {', '.join(map(repr, PRESETS))}")
    return PRESETS[name]
