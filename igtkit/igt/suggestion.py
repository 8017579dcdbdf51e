"""An analysis of one word, as a glosser suggests it."""

from __future__ import annotations

import attrs

__all__ = ["Suggestion"]


@attrs.frozen
class Suggestion:
    """One analysis of one word that a glosser proposes.

    Attributes:
        form: The word, segmented.
        gloss: The word's gloss.
        probability: How likely the glosser holds it to be right, 0 to 1; None if it cannot say.
        evidence: Why: what the analysis rests on, in words a linguist can check.
    """

    form: str | None
    gloss: str | None
    probability: float | None = None
    evidence: tuple[str, ...] = ()
