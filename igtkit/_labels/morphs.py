"""What the morphemes of a word are: its stem, and affixes and clitics by what joins them to it."""

from __future__ import annotations

from collections.abc import Sequence

from igtkit._labels.elements import is_grammatical
from igtkit.boundaries import AFFIX, CLITIC, INFIX, UNKNOWN, split_edges

__all__ = ["find_stem", "morph_types", "type_apart"]


def find_stem(boundaries: Sequence[str], glosses: Sequence[str | None]) -> int | None:
    """The index of a word's stem: its first morpheme with a lexical gloss, a known one if there is.

    Args:
        boundaries: What joins each morpheme to the one before, as in `igtkit.Morpheme`.
        glosses: The gloss of each.

    Returns:
        The stem's index; None where several morphemes have no lexical gloss among them, so that
        nobody can tell. An infix is never the stem.

    Example:
        >>> find_stem(("", "-", "="), ("NEG", "do", "3")), find_stem(("", "-"), ("DEM", "PL"))
        (1, None)
    """
    lexical = [
        index
        for index, (boundary, gloss) in enumerate(zip(boundaries, glosses, strict=True))
        if boundary != INFIX and not is_grammatical(gloss or "")
    ]
    if not lexical:
        return 0 if len(boundaries) == 1 else None
    return next((index for index in lexical if glosses[index] not in {None, UNKNOWN}), lexical[0])


_APART = {
    (CLITIC, ""): "enclitic",
    (AFFIX, ""): "suffix",
    ("", CLITIC): "proclitic",
    ("", AFFIX): "prefix",
}


def type_apart(word: str) -> str | None:
    """The type of a morpheme that is written as a word of its own, with its boundary.

    Example:
        >>> type_apart("=koba"), type_apart("re-"), type_apart("ev")
        ('enclitic', 'prefix', None)
    """
    before, _, after = split_edges(word)
    return _APART.get((before, after))


def morph_types(boundaries: Sequence[str], stem: int) -> tuple[str, ...]:
    """The type of each morpheme of a word, by the names of LIFT and FLEx.

    What stands before the stem is a prefix or a proclitic, what stands after it a suffix or an
    enclitic, by the boundary on the side of the stem; an infix is an infix.

    Args:
        boundaries: What joins each morpheme to the one before.
        stem: Index of the stem, as `find_stem` gives it.

    Example:
        >>> morph_types(("", "-", "=", "-"), 1)
        ('prefix', 'stem', 'enclitic', 'suffix')
    """
    types = []
    for index, boundary in enumerate(boundaries):
        if boundary == INFIX:
            types.append("infix")
        elif index == stem:
            types.append("stem")
        elif index > stem:
            types.append("enclitic" if boundary == CLITIC else "suffix")
        else:
            following = next(each for each in boundaries[index + 1 :] if each != INFIX)
            types.append("proclitic" if following == CLITIC else "prefix")
    return tuple(types)
