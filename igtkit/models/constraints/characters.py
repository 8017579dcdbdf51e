"""The characters that a morpheme may hold, as an automaton over the bytes of UTF-8."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from igtkit.boundaries import is_punctuation

__all__ = ["FORBIDDEN", "JOINER", "LETTER", "MARK", "character_classes", "character_machine"]

FORBIDDEN, MARK, LETTER, JOINER = range(4)
"""The classes of characters. Of a morpheme that is not punctuation only, at least one character is
a `LETTER`. A `MARK` is punctuation. A `JOINER` is not seen by itself, a format character say. White
space, what looks like it, control characters, surrogates and noncharacters are `FORBIDDEN`."""

_NO_TEXT = frozenset({"Cc", "Cs", "Zs", "Zl", "Zp"})
_SPACELIKE = (0x180E, 0x200B, 0x2060, 0x2800, 0xFEFF)
_NONCHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
)
_UNSEEN = (  # by their category a letter or a combining mark, but nothing is seen
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
)
_CODE_POINTS = 0x110000


@cache
def character_classes() -> NDArray[np.uint8]:
    """The class of each code point, shape ``(0x110000,)``.

    Example:
        >>> classes = character_classes()
        >>> [int(classes[ord(character)]) for character in " ,aй́'"]
        [0, 1, 2, 2, 2, 2]
    """
    classes = np.full(_CODE_POINTS, LETTER, dtype=np.uint8)
    for code in range(_CODE_POINTS):
        category = unicodedata.category(chr(code))
        if category in _NO_TEXT:
            classes[code] = FORBIDDEN
        elif category == "Cf":
            classes[code] = JOINER
        elif category[0] == "P" and is_punctuation(chr(code)):
            classes[code] = MARK
    classes[[*_SPACELIKE, *_NONCHARACTERS]] = FORBIDDEN
    classes[list(_UNSEEN)] = JOINER
    return classes


def character_machine(outcomes: Mapping[int, int]) -> NDArray[np.int64]:
    """Return an automaton that reads one character of UTF-8, byte by byte.

    Overlong forms, surrogates and what lies beyond U+10FFFF are no characters.

    Args:
        outcomes: For each class of characters what comes out of one, at least 1; a class that is
            not there is refused.

    Returns:
        Shape ``(states, 256)``; reading starts in state 0. An entry is the next state if it is
        positive, 0 where the byte cannot stand, and ``-outcome`` where it completes a character.

    Example:
        >>> machine = character_machine({LETTER: 1, MARK: 2})
        >>> int(machine[0, ord("a")]), int(machine[0, ord(",")]), int(machine[0, ord(" ")])
        (-1, -2, 0)
        >>> first, second = "š".encode()
        >>> int(machine[machine[0, first], second])
        -1
    """
    lookup = np.zeros(4, dtype=np.int8)
    for character_class, outcome in outcomes.items():
        lookup[character_class] = -outcome
    leaves = lookup[character_classes()]
    leaves[0xD800:0xE000] = 0  # surrogates
    rows: list[NDArray[np.int64]] = [np.zeros(256, dtype=np.int64)]

    def share(children: NDArray[np.integer]) -> NDArray[np.int64]:
        """One state for each different block of 64 continuation bytes; 0 for an empty one."""
        numbers: dict[bytes, int] = {}
        blocks = children.reshape(-1, 64)
        for block in blocks:
            key = block.tobytes()
            if key not in numbers and block.any():
                numbers[key] = len(rows)
                rows.append(np.zeros(256, dtype=np.int64))
                rows[-1][0x80:0xC0] = block
        return np.array([numbers.get(block.tobytes(), 0) for block in blocks])

    two = share(leaves)  # by code point // 64
    longer = two.copy()
    longer[: 0x800 // 64] = 0  # shorter in two bytes
    three = share(longer)  # by code point // 4096
    longest = np.zeros(5 * 64, dtype=np.int64)
    longest[0x10000 // 4096 : len(three)] = three[0x10000 // 4096 :]
    four = share(longest)
    root = rows[0]
    root[:0x80] = leaves[:0x80]
    root[0xC2:0xE0] = two[2:32]
    root[0xE0:0xF0] = three[:16]
    root[0xF0:0xF5] = four
    return np.stack(rows)
