"""Conformance to the Leipzig Glossing Rules, and what kinds of glosses there are."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["is_grammatical"]


@lru_cache(maxsize=1 << 16)
def is_grammatical(gloss: str) -> bool:
    """Whether a gloss names a grammatical category rather than a lexical meaning.

    By rule 3 of the Leipzig Glossing Rules grammatical morphemes are glossed in capitals. So: at
    least one letter or digit, and no lower-case letter. A gloss that mixes the two (``go.PST``) is
    lexical; a bare number (``3``) is a person or class. Two limits follow from going by the
    letters alone: the English ``I`` and names in capitals count as grammatical, and so does every
    gloss in a script without case; ``1pl.erg``, in lower case, counts as lexical.

    Args:
        gloss: The gloss of one morpheme.

    Example:
        >>> [is_grammatical(gloss) for gloss in ("PL", "1SG", "3", "dog", "go.PST", "???")]
        [True, True, True, False, False, False]
    """
    return gloss == gloss.upper() and any(character.isalnum() for character in gloss)
