"""Words and morphemes, as they are derived from the lines of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from igtkit.boundaries import is_punctuation, join_morphemes
from igtkit.errors import InputError

__all__ = ["Morpheme", "Word"]


@attrs.frozen
class Morpheme:
    """One morpheme of a word.

    Attributes:
        form: Its form in the segmentation line; None where that line lacks it.
        gloss: Its gloss; None where the gloss line lacks it.
        boundary: What joins it to the morpheme before: ``"-"``, ``"="``, ``"~"``, or ``"<>"`` for
            an infix in the morpheme before; ``""`` for the first, unless it is a clitic or an
            affix written as a word of its own (``=koba``).
    """

    form: str | None
    gloss: str | None
    boundary: str = ""


@attrs.frozen
class Word:
    """One token of an interlinear text, across its lines.

    Attributes:
        form: The token of the segmentation line; None where that line lacks it. A mark after it
            (``re=``, a clitic written apart from the next word) stands here alone.
        gloss: The token of the gloss line; None where that line lacks it.
        surface: The token of the transcription, where transcription and analysis pair up.
        morphemes: The morphemes, in order.

    Example:
        >>> Word.from_morphemes([Morpheme("cat", "cat"), Morpheme("s", "PL", "-")]).form
        'cat-s'
    """

    form: str | None
    gloss: str | None
    surface: str | None = None
    morphemes: tuple[Morpheme, ...] = ()

    @property
    def is_punctuation(self) -> bool:
        """Whether the token is punctuation only, in every line that has it."""
        tokens = [token for token in (self.form, self.gloss, self.surface) if token is not None]
        return bool(tokens) and all(is_punctuation(token) for token in tokens)

    @classmethod
    def from_morphemes(cls, morphemes: Iterable[Morpheme], surface: str | None = None) -> Word:
        """Return the word that morphemes make.

        Args:
            morphemes: At least one; all with a form or none, all with a gloss or none.
            surface: The word as the transcription has it.

        Raises:
            InputError: If there is no morpheme, one is an infix (whose place in its host morphemes
                do not tell), or only some have a form or a gloss.
        """
        parts = tuple(morphemes)
        if not parts:
            raise InputError("a word needs at least one morpheme")
        form = _joined([(part.boundary, part.form) for part in parts], "form")
        gloss = _joined([(part.boundary, part.gloss) for part in parts], "gloss")
        return cls(form, gloss, surface, parts)


def _joined(pairs: Sequence[tuple[str, str | None]], what: str) -> str | None:
    present = tuple((boundary, text) for boundary, text in pairs if text is not None)
    if not present:
        return None
    if len(present) < len(pairs):
        raise InputError(f"some morphemes of the word have a {what} and some have none")
    return join_morphemes(present)
