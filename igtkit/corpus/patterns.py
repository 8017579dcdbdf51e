"""Patterns of morphemes: what people type to find them, and wider ones where that finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs

from igtkit.boundaries import INFIX, LEIPZIG, split_morphemes
from igtkit.errors import InputError

__all__ = ["MorphemePattern", "format_pattern", "parse_pattern", "wider_patterns"]

Text: TypeAlias = str | re.Pattern[str]

_MARKS = f"[{LEIPZIG.joiners}]"
_PART = re.compile(rf"(?P<before>{INFIX}|{_MARKS})?(?P<text>.*?)(?P<after>{_MARKS})?")
_INFIX = re.compile(r"<([^<>]+)>")
_LONGEST = 20
"""Morphemes of a pattern that a person may have typed; for a longer one nothing else was meant."""


@attrs.frozen
class MorphemePattern:
    """What one morpheme has to be like.

    Attributes:
        form: Its form: text in which ``*`` stands for anything, a compiled regular expression that
            has to match all of it, or None for any.
        gloss: Its gloss, likewise.
        boundary: What joins it to the morpheme before it in its word; ``""`` for the first of a
            word, None for either.
        following: What joins the next morpheme of its word to it; ``""`` for the last of a word,
            None for either.
    """

    form: Text | None = None
    gloss: Text | None = None
    boundary: str | None = None
    following: str | None = None


def parse_pattern(pattern: str) -> tuple[MorphemePattern, ...]:
    """Return the pattern that people type as ``form/gloss``, one for each morpheme in a row.

    Either part may be missing, and ``*`` in it stands for anything. A morpheme with a mark before
    it (``-``, ``=``, ``~``, ``<>``) is joined to the one before by it, one with a mark after it to
    the one that follows; one without begins the next word. Only the first may stand anywhere in its
    word. ``<um>`` is an infix.

    Raises:
        InputError: If there is no morpheme in it, or two that follow each other are joined by
            different marks.

    Example:
        >>> parse_pattern("ev -*/PL")[1]
        MorphemePattern(form='*', gloss='PL', boundary='-', following=None)
        >>> parse_pattern("a-/3SG")[0]
        MorphemePattern(form='a', gloss='3SG', boundary=None, following='-')
    """
    items = pattern.split()
    if not items:
        raise InputError("the pattern is empty; write a form, a /gloss or form/gloss")
    parts = _in_a_row([_parse_item(item) for item in items])
    for index, (one, other) in enumerate(pairwise(parts)):
        if one.following not in (None, other.boundary):
            raise InputError(
                f"{items[index]} {items[index + 1]}: two marks between two morphemes; write one"
            )
    return parts


def _in_a_row(parts: Sequence[MorphemePattern]) -> tuple[MorphemePattern, ...]:
    """The morphemes, each but the first joined to the one before, or first in the next word."""
    joined = [
        other if other.boundary is not None else attrs.evolve(other, boundary=one.following or "")
        for one, other in pairwise(parts)
    ]
    return (*parts[:1], *joined)


def _parse_item(item: str) -> MorphemePattern:
    form, _, gloss = item.partition("/")
    before, form, after = _edges(form)
    before_gloss, gloss, after_gloss = _edges(gloss)
    return MorphemePattern(
        form or None, gloss or None, before or before_gloss, after or after_gloss
    )


def _edges(text: str) -> tuple[str | None, str, str | None]:
    """A form or a gloss apart from the marks before and after it."""
    if infix := _INFIX.fullmatch(text):
        return INFIX, infix[1], None
    match = _PART.fullmatch(text)
    return (match["before"], match["text"], match["after"]) if match else (None, text, None)


def format_pattern(pattern: Sequence[MorphemePattern]) -> str:
    """Return a pattern as people type it: the inverse of `parse_pattern`.

    Args:
        pattern: Patterns of text; a regular expression is shown as it is.

    Example:
        >>> format_pattern(parse_pattern("ev -*/PL"))
        'ev -*/PL'
    """
    return " ".join(map(_format_item, pattern))


def _format_item(part: MorphemePattern) -> str:
    form = "" if part.form is None else _shown(part.form)
    gloss = "" if part.gloss is None else f"/{_shown(part.gloss)}"
    if (part.boundary or part.following) and not form:
        form = "*"
    return f"{part.boundary or ''}{form}{part.following or ''}{gloss}" or "*"


def _shown(test: Text) -> str:
    return test if isinstance(test, str) else test.pattern


def wider_patterns(
    pattern: Sequence[MorphemePattern],
) -> Iterator[tuple[MorphemePattern, ...]]:
    """Yield patterns that may have been meant, from the nearest on.

    Args:
        pattern: A pattern that finds nothing.

    Yields:
        The pattern with one of its morphemes changed: parted at the marks in it; its marks left
        out; its text taken for a gloss, for one element of it, or for any part of it; for a form,
        its beginning, its end, or any part of it. At last each of several morphemes alone. None for
        more than 20 morphemes.

    Example:
        >>> wider = wider_patterns(parse_pattern("nfut"))
        >>> [format_pattern(next(wider)) for _ in range(3)]
        ['/nfut', '/*.nfut', '/nfut.*']
    """
    whole = tuple(pattern)
    if len(whole) > _LONGEST:
        return
    seen = {whole}
    for index, part in enumerate(whole):
        for others in _wider(part):
            changed = _in_a_row((*whole[:index], *others, *whole[index + 1 :]))
            if changed not in seen:
                seen.add(changed)
                yield changed
    if len(whole) > 1:
        yield from ((attrs.evolve(part, boundary=part.boundary or None),) for part in whole)


def _wider(part: MorphemePattern) -> Iterator[tuple[MorphemePattern, ...]]:
    form, gloss = part.form, part.gloss
    if form == "*":
        form = None
    if not isinstance(form, str | None) or not isinstance(gloss, str | None):
        return  # what a regular expression means, its maker knows
    if several := _apart(part):
        yield several
    if part.boundary or part.following:
        yield (attrs.evolve(part, boundary=None, following=None),)
    if form and gloss:
        yield from ((attrs.evolve(part, gloss=each),) for each in _parts_of_gloss(gloss))
        yield from ((attrs.evolve(part, form=each),) for each in _parts_of_form(form))
        yield (attrs.evolve(part, form=None),)
        yield (attrs.evolve(part, gloss=None),)
    elif text := form or gloss:
        meant = attrs.evolve(part, form=None)
        yield from ((attrs.evolve(meant, gloss=each),) for each in (text, *_parts_of_gloss(text)))
        meant = attrs.evolve(part, gloss=None)
        yield from ((attrs.evolve(meant, form=each),) for each in (text, *_parts_of_form(text)))


def _parts_of_gloss(text: str) -> list[str]:
    """Glosses that have a text as an element, then as any part."""
    bare = text.strip("*.") or text
    return _single_stars(bare, f"*.{bare}", f"{bare}.*", f"*.{bare}.*", f"*{bare}*")


def _parts_of_form(text: str) -> list[str]:
    bare = text.strip("*") or text
    return _single_stars(bare, f"{bare}*", f"*{bare}", f"*{bare}*")


def _single_stars(*texts: str) -> list[str]:
    return [re.sub(r"\*+", "*", text) for text in texts]


def _apart(part: MorphemePattern) -> tuple[MorphemePattern, ...]:
    """The morphemes of what was typed as one (``ev-ler``); none if it is one."""
    pairs = [
        split_morphemes(text, LEIPZIG) for text in (part.form, part.gloss) if isinstance(text, str)
    ]
    if len({len(each) for each in pairs}) != 1 or len(pairs[0]) == 1:
        return ()
    morphemes = []
    for index, (boundary, _) in enumerate(pairs[0]):
        texts = iter(each[index][1] or None for each in pairs)
        morphemes.append(
            MorphemePattern(
                next(texts) if part.form else None,
                next(texts) if part.gloss else None,
                boundary or part.boundary,
            )
        )
    return tuple(morphemes)
