"""What ELAN files and TextGrids share: tiers of annotations, and which tier is which line.

- `model`: the tiers and their annotations;
- `map`, `vocabulary`, `guess`: which tier is which line, as the user says it or as names, types,
  parents and texts tell; `otherwise`: what says that a tier is none;
- `groups`, `belonging`: the tiers of each speaker, and what in them belongs to which sentence;
- `words`, `naming`, `suggestions`: the words of a sentence, its identifier, and what a machine said
  of it, for `entries`, which makes the texts;
- `telling`: what `igtkit inspect` shows; `times`: when an entry that is written begins and ends.
"""

from __future__ import annotations

from igtkit.io._tiers.map import TierMap

__all__ = ["TierMap"]
