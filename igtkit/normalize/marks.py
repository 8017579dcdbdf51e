"""The marks of sentence punctuation, in any script, and which of them go in pairs."""

from __future__ import annotations

import re

__all__ = [
    "APOSTROPHES",
    "BRACKETS",
    "CLOSERS",
    "CLOSING",
    "DASHES",
    "EDGE_MARKS",
    "FAMILY",
    "INVERTED",
    "MARKS",
    "MARK_CLASS",
    "OPENING",
    "balanced_brackets",
]

# Code points with the property Terminal_Punctuation (Unicode, PropList.txt) and the two ellipses.
# Without U+0387 and U+2024, which normalization turns into signs used as letters, and U+070A.
MARK_CLASS = (
    "!,.:;?\u037e\u0589\u05c3\u060c\u061b\u061d-\u061f\u06d4\u0700-\u0709\u070c\u07f8\u07f9"
    "\u0830-\u0835\u0837-\u083e\u085e\u0964\u0965\u0e5a\u0e5b\u0f08\u0f0d-\u0f12\u104a\u104b"
    "\u1361-\u1368\u166e\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6\u17da\u1802-\u1805\u1808\u1809"
    "\u1944\u1945\u1aa8-\u1aab\u1b5a\u1b5b\u1b5d-\u1b5f\u1c3b-\u1c3f\u1c7e\u1c7f\u2025\u2026"
    "\u203c\u203d\u2047-\u2049\u2cf9-\u2cfb\u2e2e\u2e3c\u2e41\u2e4c\u2e4e\u2e4f\u3001\u3002"
    "\ua4fe\ua4ff\ua60d-\ua60f\ua6f3-\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c7-\ua9c9"
    "\uaa5d-\uaa5f\uaadf\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe50-\ufe52\ufe54-\ufe57"
    "\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\uff61\uff64"
)
"""The marks that end a clause or sentence, as a class of a regular expression without brackets."""

_RANGE = re.compile(r"(.)-(.)|(.)", re.DOTALL)
MARKS = frozenset(
    chr(code)
    for first, last, single in _RANGE.findall(MARK_CLASS)
    for code in range(ord(first or single), ord(last or single) + 1)
)
"""The marks that end a clause or sentence."""

INVERTED = {"¿": "?", "¡": "!", "⸘": "‽"}
"""Inverted marks, each with the mark at the other end."""

BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】", "〔": "〕"}
"""Opening brackets, each with the one that closes it."""

CLOSERS = {closer: opener for opener, closer in BRACKETS.items()}
"""Closing brackets, each with the one that opens it."""

DASHES = frozenset("—―")
"""Dashes of a sentence; the shorter ones are boundaries or letters."""

_FAMILIES = ("«»", "‹›", "“”„‟", '"', "「」", "『』", "《》", "〈〉", "〝〞", "‘’")
FAMILY = {character: family for family in _FAMILIES for character in family}
"""Quotation marks by family: within one, any may open and any may close («x», »x«, „x“, ”x”)."""

OPENING = frozenset("«‹“„‟「『《〈〝")
"""Quotation marks that open where nothing tells otherwise."""

CLOSING = frozenset("»›”“」』》〉〞")
"""Quotation marks that close where nothing tells otherwise."""

APOSTROPHES = frozenset("‘’")
"""Quotation marks that are apostrophes, or letters, as well."""

EDGE_MARKS = frozenset(
    MARKS | INVERTED.keys() | BRACKETS.keys() | CLOSERS.keys() | DASHES | FAMILY.keys()
)
"""Every character that may be split off a word."""


def balanced_brackets(token: str) -> dict[int, int]:
    """The brackets that open and close inside one token: position of each pair, outermost only.

    Example:
        >>> balanced_brackets("tree(G4)"), balanced_brackets("(he")
        ({4: 7}, {})
    """
    pairs: dict[int, int] = {}
    if not any(closer in token for closer in CLOSERS):
        return pairs
    opened: list[int] = []
    for at, character in enumerate(token):
        if character in BRACKETS:
            opened.append(at)
        elif character in CLOSERS:
            while opened and token[opened[-1]] != CLOSERS[character]:
                opened.pop()
            if opened:
                start = opened.pop()
                while pairs and next(reversed(pairs)) > start:
                    pairs.popitem()
                pairs[start] = at
    return pairs
