"""Morphemes that stand apart: which of them make up a word, and how they are joined.

Many files have a space between the morphemes of a word, with the boundary left on one of them:
``pala -si``, ``un- do``. What every format does with them:

- ``a -b`` and ``a- b`` are the word ``a-b``; so with ``=``.
- ``a- -b`` is ``a-b``: both marks are one boundary, that of the second where they differ. Two would
  be those of a morpheme without a form.
- ``a~ b`` is ``a~b``, and ``bi <um>`` is ``bi<um>`` (Leipzig Glossing Rules 10 and 9), where every
  token is a morpheme: in Toolbox, on tiers, in Xigt. Where a token is a word unless it has a mark,
  in CLDF and LaTeX, both are as often spelling (Palula ``hée~``) or a remark (``<person>``), and
  stay apart. The option is the `Boundaries` that count.
- What follows an infix is another word, unless it has a mark: ``bi <um> li`` is ``bi<um> li``.
- ``a - b`` stays apart, for a mark by itself is a dash; with ``free_marks``, as Toolbox sets them,
  it is a boundary.
- Punctuation is joined to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from igtkit.boundaries import INFIX, LEIPZIG, Boundaries, is_word

__all__ = [
    "GrowingWord",
    "attach",
    "attach_all",
    "boundary_of",
    "closing",
    "group_morphemes",
    "is_mark",
    "opening",
]

_DEFAULT = LEIPZIG.joiners[0]


def is_mark(token: str) -> bool:
    """Return whether a token is a boundary mark (or a run of them) and nothing else.

    Example:
        >>> is_mark("-"), is_mark("~"), is_mark("-a")
        (True, True, False)
    """
    return bool(token) and not token.strip(LEIPZIG.joiners)


def opening(token: str, boundaries: Boundaries = LEIPZIG) -> str:
    """Return the boundary that a token begins with, which joins it to the one before it.

    Example:
        >>> opening("-si"), opening("<um>"), opening("pala"), opening("-")
        ('-', '<>', '', '')
    """
    if token[:1] == "<":
        is_infix = boundaries.infixes and token.find(">") == len(token) - 1 > 1
        return INFIX if is_infix else ""
    return token[:1] if token[:1] in boundaries.joiners and not is_mark(token) else ""


def closing(token: str, boundaries: Boundaries = LEIPZIG) -> str:
    """Return the boundary that a token ends in, which joins it to the one after it.

    Example:
        >>> closing("un-"), closing("do"), closing("-")
        ('-', '', '')
    """
    return token[-1:] if token[-1:] in boundaries.joiners and not is_mark(token) else ""


def boundary_of(left: str, right: str, boundaries: Boundaries = LEIPZIG) -> str:
    """Return the boundary on two tokens that joins them; empty if there is none.

    Example:
        >>> boundary_of("pala", "-si"), boundary_of("a-", "=b"), boundary_of("bi", "<um>")
        ('-', '=', '<>')
    """
    return opening(right, boundaries) or closing(left, boundaries)


def group_morphemes(
    tokens: Sequence[str], boundaries: Boundaries = LEIPZIG, *, free_marks: bool = False
) -> list[list[int]]:
    """Return the places of the tokens of each word, by the boundaries on the tokens.

    Args:
        tokens: The tokens of a line.
        boundaries: Which marks join.
        free_marks: Whether a mark by itself is a boundary between the tokens beside it, and not a
            dash.

    Example:
        >>> group_morphemes(["un-", "do", "-ing", "it", "-", "now"])
        [[0, 1, 2], [3], [4], [5]]
        >>> group_morphemes(["it", "-", "now"], free_marks=True)
        [[0, 1, 2]]
    """
    groups: list[list[int]] = []
    joiners, infixes = boundaries.joiners, boundaries.infixes
    before, closes = "", False
    for place, token in enumerate(tokens):
        kind, opens, closes_next = _sides(token, joiners, infixes)
        if _MARK in (kind, before):
            joined = free_marks and bool(kind and before)
        else:
            joined = kind == before == _A_WORD and (opens or closes)
        if joined:
            groups[-1].append(place)
        else:
            groups.append([place])
        before, closes = kind, closes_next
    return groups


_MARK, _A_WORD = "mark", "word"


@lru_cache(maxsize=1 << 16)
def _sides(token: str, joiners: str, infixes: bool) -> tuple[str, bool, bool]:
    """What a token is, and whether it has a boundary before and behind it."""
    boundaries = Boundaries(joiners, infixes)
    kind = _MARK if is_mark(token) else _A_WORD if is_word(token) else ""
    return kind, bool(opening(token, boundaries)), bool(closing(token, boundaries))


class GrowingWord:
    """A word, or its gloss, that morphemes are attached to one by one, in time by their length.

    Args:
        first: What it begins with.
        boundaries: Which marks join.
    """

    def __init__(self, first: str = "", boundaries: Boundaries = LEIPZIG) -> None:
        self._parts = [first]
        self._boundaries = boundaries
        self._is_bare = not first.strip(LEIPZIG.joiners)

    def __str__(self) -> str:
        return "".join(self._parts)

    def __bool__(self) -> bool:
        return any(self._parts[:2])

    def closing(self) -> str:
        """The boundary that it ends in; as the function of that name."""
        end = self._parts[-1][-1:]
        return end if end in self._boundaries.joiners and not self._is_bare else ""

    def attach(self, token: str, boundary: str = _DEFAULT) -> None:
        """Attach a morpheme; as the function of that name."""
        opens = opening(token, self._boundaries)
        closes = self.closing()
        if boundary == INFIX:
            token = token if opening(token) == INFIX else f"<{token}>"
        elif opens in ("", INFIX):
            token = token if closes else boundary + token
        elif closes:
            self._parts[-1] = self._parts[-1][:-1]
        if token:
            self._parts.append(token)
            self._is_bare = self._is_bare and not token.strip(LEIPZIG.joiners)


def attach(
    left: str, right: str, boundary: str = _DEFAULT, boundaries: Boundaries = LEIPZIG
) -> str:
    """Return two tokens as one word, with one boundary between them.

    Args:
        left: The word so far, or its gloss.
        right: The morpheme that follows, or its gloss.
        boundary: The boundary, where neither has one already. `INFIX` puts the right one into
            ``<...>``; a gloss in such brackets that belongs to no infix is text like any other.
        boundaries: Which marks join.

    Example:
        >>> attach("pala", "-si"), attach("a-", "=b"), attach("house", "PL")
        ('pala-si', 'a=b', 'house-PL')
        >>> attach("bi", "<um>", INFIX), attach("buy", "ACT", INFIX), attach("of", "<person>")
        ('bi<um>', 'buy<ACT>', 'of-<person>')
    """
    word = GrowingWord(left, boundaries)
    word.attach(right, boundary)
    return str(word)


def attach_all(tokens: Iterable[str], boundaries: Boundaries = LEIPZIG) -> str:
    """Return tokens as one word, attached one by one.

    Example:
        >>> attach_all(["un-", "do", "ing"]), attach_all([])
        ('un-do-ing', '')
    """
    remaining = iter(tokens)
    word = GrowingWord(next(remaining, ""), boundaries)
    for token in remaining:
        word.attach(token)
    return str(word)
