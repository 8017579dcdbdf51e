"""What was done to the published PolyGloss corpus, character for character."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["space_as_published"]

# What that corpus takes for white space leaves out the separators U+001C to U+001F.
_FINAL_MARK = re.compile(r"(?<=\S)[?.!,](?=[^\S\x1c-\x1f]|\Z)")


def space_as_published(line: str, *, glosses: bool = False) -> str:
    """Return a line with a space before ``? . ! ,`` that ends a word, as in the published corpus.

    The rule is stated for the four marks one after the other; one pass does the same, since no
    space that is inserted makes or unmakes another's place.

    Args:
        line: Any line.
        glosses: Whether it is a gloss line, in which tabs become spaces first.

    Example:
        >>> space_as_published("Ša, kɛ́. (wa.)")
        'Ša , kɛ́ . (wa.)'
    """
    if glosses:
        line = line.replace("\t", " ")
    return _FINAL_MARK.sub(_insert_space, line)


def _insert_space(match: re.Match[str]) -> str:
    mark = match[0]
    return f" {mark}" if _is_word_character(match.string[match.start() - 1]) else mark


@lru_cache(maxsize=4096)
def _is_word_character(character: str) -> bool:
    r"""Whether a character is of a word in the sense of Unicode (UTS #18, annex C, ``\w``).

    Unlike ``\w`` of `re` that takes in combining marks, the two joiners, all connectors and the
    circled letters, and leaves out digits that are not decimal (superscripts, fractions).
    """
    category = unicodedata.category(character)
    return (
        category[0] in "LM"
        or category in {"Nd", "Nl", "Pc"}
        or character in "\u200c\u200d"
        or "\u24b6" <= character <= "\u24e9"
        or "\U0001f130" <= character <= "\U0001f149"
        or "\U0001f150" <= character <= "\U0001f169"
        or "\U0001f170" <= character <= "\U0001f189"
    )
