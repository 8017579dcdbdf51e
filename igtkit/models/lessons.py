"""What a person has done in texts, made ready to be learned: sentences, and words of others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

import attrs

from igtkit import io  # loads a format when it is first named
from igtkit.corpus.work import work_state
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.models.crf import CrfGlosser
from igtkit.models.partial import done_part

__all__ = ["FEW", "Lessons"]

FEW = 50
"""From so many glossed sentences on, the glosser is far better than looking words up
(benchmarks/laptop-glosser.md, the learning curve)."""


@attrs.frozen
class Lessons:
    """What a glosser can learn from texts that a person has glossed, wholly or in part.

    Fewer than `FEW` sentences are too few to weigh evidence by; so the words that are done in
    others are learned together with them, and otherwise after them.

    Attributes:
        glossed: Texts of which every word is glossed.
        parts: The words that are done in others, where the glossed ones are few: texts of these
            words alone, see `igtkit.models.partial.done_part`.
        begun: The texts that are glossed in part, where the glossed ones are many.
    """

    glossed: tuple[IGT, ...]
    parts: tuple[IGT, ...] = ()
    begun: tuple[IGT, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[IGT]) -> Lessons:
        """Return what can be learned from texts; suggestions and open words teach nothing.

        Example:
            >>> begun = IGT("cats run", "cat-s ???", "cat-PL ???")
            >>> [part.glosses for part in Lessons.of([begun, IGT("dogs")]).parts]
            ['cat-PL']
        """
        every = [(work_state(igt), igt) for igt in texts]
        glossed = tuple(igt for state, igt in every if state == "glossed")
        begun = tuple(igt for state, igt in every if state == "begun")
        if len(glossed) >= FEW:
            return cls(glossed, begun=begun)
        found = (done_part(io.leave_open(igt)) for igt in begun)
        return cls(glossed, parts=tuple(part for part in found if part is not None))

    def __bool__(self) -> bool:
        """Whether there is anything to learn."""
        return bool(self.glossed or self.parts)

    def teach(self, glosser: CrfGlosser, **options: Any) -> CrfGlosser:
        """Return a glosser that has learned them.

        Args:
            glosser: The glosser, which is changed.
            **options: For `igtkit.models.CrfGlosser.fit`.

        Raises:
            InputError: If no word can be learned.
        """
        glosser.fit([*self.glossed, *self.parts], **options)
        if self.begun:
            with contextlib.suppress(InputError):  # not a word of theirs pairs up
                glosser.update(self.begun)
        return glosser
