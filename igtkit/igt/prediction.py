"""What a glosser returns for a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from igtkit.errors import InputError
from igtkit.igt.fields import text_field
from igtkit.igt.suggestion import Suggestion
from igtkit.igt.text import IGT, require_igt

__all__ = ["Prediction"]


def _to_problems(value: Iterable[str]) -> tuple[str, ...]:
    given: object = value
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InputError(f"problems must be a tuple of strings, got {value!r:.80}")
    return tuple(value)


@attrs.frozen
class Prediction:
    """What every glosser returns for one text.

    Attributes:
        segmentation: The predicted segmentation line; None if the glosser gives none.
        glosses: The predicted gloss line; None if the glosser gives none.
        problems: What was wrong with the output it was read from, in words.
        score: The glosser's own score of the whole line; higher is better.
        system: Name of the glosser.
        words: For each token of the transcription the suggestions, best first; empty where the
            glosser ranks whole lines only.

    Raises:
        InputError: If a line is no string, or the problems are one instead of many.

    Example:
        >>> Prediction("cat-s", "cat-PL").to_igt(IGT("cats")).glosses
        'cat-PL'
    """

    segmentation: str | None = text_field()
    glosses: str | None = text_field()
    problems: tuple[str, ...] = attrs.field(default=(), converter=_to_problems)
    score: float | None = None
    system: str | None = text_field()
    words: tuple[tuple[Suggestion, ...], ...] = attrs.field(default=(), repr=False)

    def replace(self, **changes: Any) -> Prediction:
        """Return a copy with some attributes changed."""
        return attrs.evolve(self, **changes)

    def _repr_html_(self) -> str:
        from igtkit.igt.html import escape, render_entry, to_markup  # noqa: PLC0415  # a tenth of importing igtkit

        # A prediction has no transcription: its words are what the glosser made of each token.
        mark = {"prediction": {"system": self.system, "confirmed": False}}
        igt = IGT(None, self.segmentation, self.glosses, metadata=mark)
        problems = "".join(f"<li>{escape(problem)}</li>" for problem in self.problems)
        listed = f'<ul class="igt-problems">{problems}</ul>\n' if problems else ""
        return to_markup([render_entry(igt, self.words), listed])

    def to_igt(self, source: IGT) -> IGT:
        """Return the text that was glossed, with the predicted lines.

        A line that was not predicted stays as the source has it. ``metadata["prediction"]`` says
        that the lines are a machine's: which ``"system"``, what ``"score"``, ``"confirmed"`` by a
        person or not and, where it ranks words, the ``"probabilities"`` of the words it chose.
        Where more was asked for, ``"alternatives"`` has the other forms, glosses and probabilities
        of each word, and ``"evidence"`` what each choice rests on.

        Args:
            source: The text that was glossed.

        Returns:
            A copy of `source` with the predicted lines.

        Raises:
            InputError: If the source is no `IGT`.
        """
        require_igt(source)
        mark: dict[str, Any] = {"system": self.system, "score": self.score, "confirmed": False}
        if self.words:
            mark["probabilities"] = [word[0].probability if word else None for word in self.words]
        if any(len(word) > 1 for word in self.words):
            mark["alternatives"] = [
                [[other.form, other.gloss, other.probability] for other in word[1:]]
                for word in self.words
            ]
        if any(word and word[0].evidence for word in self.words):
            mark["evidence"] = [list(word[0].evidence) if word else [] for word in self.words]
        return source.replace(
            segmentation=source.segmentation if self.segmentation is None else self.segmentation,
            glosses=source.glosses if self.glosses is None else self.glosses,
            metadata={**source.metadata, "prediction": mark},
        )
