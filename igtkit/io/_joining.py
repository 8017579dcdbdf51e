"""Morphemes that stand apart: which of them make up a word, and how they are joined.

Many files have a space between the morphemes of a word, with the boundary left on one of them:
``pala -si``, ``un- do``. What every format does with them:

- ``a -b``, ``a- b`` are the word ``a-b``; so with ``=`` and ``~`` (Leipzig Glossing Rules 2, 10).
- ``a- -b`` is ``a-b``: both marks are one boundary, that of the second where they differ. A second
  boundary would be that of a morpheme without a form.
- ``bi <um>`` is ``bi<um>`` (rule 9). What follows an infix is another word, unless it has a mark.
- ``a - b`` stays apart, for a mark by itself is a dash; ``free_marks`` takes it for a boundary.
- Punctuation is joined to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from igtkit.boundaries import INFIX, LEIPZIG, is_word

__all__ = ["attach", "closing", "group_morphemes", "is_mark", "opening"]

_MARKS = LEIPZIG.joiners


@lru_cache(maxsize=1 << 12)
def is_mark(token: str) -> bool:
    """Return whether a token is a boundary mark (or a run of them) and nothing else.

    Example:
        >>> is_mark("-"), is_mark("~"), is_mark("-a")
        (True, True, False)
    """
    return bool(token) and not token.strip(_MARKS)


@lru_cache(maxsize=1 << 16)
def opening(token: str) -> str:
    """Return the boundary that a token begins with, which joins it to the one before it.

    Example:
        >>> opening("-si"), opening("<um>"), opening("pala"), opening("-")
        ('-', '<>', '', '')
    """
    if not token or is_mark(token):
        return ""
    if token[0] in _MARKS:
        return token[0]
    return INFIX if token[0] == "<" and token.find(">") == len(token) - 1 > 1 else ""


@lru_cache(maxsize=1 << 16)
def closing(token: str) -> str:
    """Return the boundary that a token ends in, which joins it to the one after it.

    Example:
        >>> closing("un-"), closing("do"), closing("-")
        ('-', '', '')
    """
    return token[-1] if token and token[-1] in _MARKS and not is_mark(token) else ""


def group_morphemes(tokens: Sequence[str], *, free_marks: bool = False) -> list[list[int]]:
    """Return the places of the tokens of each word, by the boundaries on the tokens.

    Args:
        tokens: The tokens of a line.
        free_marks: Whether a mark by itself is a boundary between the tokens beside it, as Toolbox
            sets them, and not a dash.

    Example:
        >>> group_morphemes(["un-", "do", "-ing", "it", "-", "now"])
        [[0, 1, 2], [3], [4], [5]]
        >>> group_morphemes(["it", "-", "now"], free_marks=True)
        [[0, 1, 2]]
    """
    groups: list[list[int]] = []
    for place, token in enumerate(tokens):
        if place and _belong(tokens[place - 1], token, free_marks=free_marks):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _belong(left: str, right: str, *, free_marks: bool) -> bool:
    if is_mark(left) or is_mark(right):
        return free_marks and all(is_mark(token) or is_word(token) for token in (left, right))
    return is_word(left) and is_word(right) and bool(closing(left) or opening(right))


def attach(left: str, right: str, between: str = LEIPZIG.joiners[0]) -> str:
    """Return two tokens as one word, joined by the boundary that is on them.

    Args:
        left: The word so far.
        right: The morpheme that follows.
        between: The boundary where neither has one; `INFIX` puts the right one into ``<...>``.

    Example:
        >>> attach("pala", "-si"), attach("a-", "=b"), attach("house", "PL"), attach("bi", "<um>")
        ('pala-si', 'a=b', 'house-PL', 'bi<um>')
    """
    if closing(left) and opening(right) in tuple(_MARKS):
        return left[:-1] + right
    if closing(left) or opening(right):
        return left + right
    return f"{left}<{right}>" if between == INFIX else left + between + right
