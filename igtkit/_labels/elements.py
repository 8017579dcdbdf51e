"""What the gloss of a morpheme is made of, and whether it is lexical or grammatical."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from igtkit.boundaries import PAPER
from igtkit.errors import InputError

__all__ = ["GlossElement", "is_grammatical", "join_gloss", "parse_gloss"]


@attrs.frozen
class GlossElement:
    r"""One element of a gloss.

    Attributes:
        text: A word of the metalanguage or a category label.
        joiner: What stands between it and the element before: ``"."`` (rule 4), ``"_"`` (4A, one
            word of the object language is several of the metalanguage), ``";"`` (4B), ``":"``
            (4C), ``"\\"`` (4D, a change inside the stem), ``">"`` (4E, agent and patient), ``"~"``
            (rule 10), or the pair of brackets that opens or closes there; ``""`` for the first.
        enclosure: The brackets it stands in: ``"[]"`` (rule 6, no overt form), ``"()"`` (rule 7,
            inherent), ``"<>"`` (rule 9, infix), or ``""``.
    """

    text: str
    joiner: str = ""
    enclosure: str = ""

    @property
    def is_grammatical(self) -> bool:
        """Whether it names a category; see `igtkit.conventions.is_grammatical`."""
        return is_grammatical(self.text)


_JOINERS = ".;:\\>~_"
_ENCLOSURES = {"[": "[]", "(": "()", "<": "<>"}
_CLOSING = {pair[1]: pair for pair in _ENCLOSURES.values()}
_SEVERAL = re.compile(rf"[{PAPER.joiners}\s]")  # shows that a gloss is of more than one morpheme
_PIECE = re.compile(r"[^.;:\\>~_\[\]()<]+|.", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def parse_gloss(gloss: str) -> tuple[GlossElement, ...]:
    r"""Return the elements of the gloss of one morpheme (rules 4 to 7, 9 and 10).

    Person and number stay together (``1PL``; rule 5).

    Args:
        gloss: A gloss without ``-`` and ``=``.

    Returns:
        The elements, at least one.

    Raises:
        InputError: If it cannot be taken apart: an element is missing or has neither letter nor
            digit, a bracket has no partner or stands in another, or ``-``, ``=`` or white space
            shows that this is more than one morpheme.

    Example:
        >>> [(element.text, element.joiner) for element in parse_gloss("that.DAT.SG")]
        [('that', ''), ('DAT', '.'), ('SG', '.')]
        >>> parse_gloss("boy[NOM]")[1]
        GlossElement(text='NOM', joiner='[]', enclosure='[]')
    """
    elements: list[GlossElement] = []
    joiner = enclosure = ""
    expected = True  # whether an element must come next
    for match in _PIECE.finditer(gloss):
        piece = match[0]
        if piece in _CLOSING and enclosure == _CLOSING[piece]:
            if expected:
                raise _unparsable(gloss, match.start(), "an element is missing before")
            joiner, enclosure = enclosure, ""
        elif piece in _ENCLOSURES:
            if enclosure or joiner in tuple(_JOINERS):
                raise _unparsable(gloss, match.start(), "no bracket can open at")
            enclosure = _ENCLOSURES[piece]
            joiner, expected = enclosure if elements else "", True
        elif piece in tuple(_JOINERS):
            if expected:
                raise _unparsable(gloss, match.start(), "an element is missing before")
            joiner, expected = piece, True
        elif piece in _CLOSING:
            raise _unparsable(gloss, match.start(), "no bracket was opened for")
        elif not any(map(str.isalnum, piece)) or _SEVERAL.search(piece):
            raise _unparsable(gloss, match.start(), "this is no gloss element:")
        else:
            elements.append(GlossElement(piece, joiner, enclosure))
            joiner, expected = "", False
    if expected or enclosure:
        raise _unparsable(gloss, len(gloss), "something is missing at the end")
    return tuple(elements)


def _unparsable(gloss: str, at: int, what: str) -> InputError:
    return InputError(f"gloss {gloss!r}, character {at + 1}: {what} {gloss[at:]}".rstrip())


def join_gloss(elements: tuple[GlossElement, ...]) -> str:
    """Return the gloss that elements make: the inverse of `parse_gloss`.

    Args:
        elements: Elements as `parse_gloss` gives them.

    Example:
        >>> join_gloss(parse_gloss("<ACTFOC>IPFV~buy"))
        '<ACTFOC>IPFV~buy'
    """
    parts: list[str] = []
    inside = ""
    for element in elements:
        at_bracket = element.joiner in _CLOSING.values()
        if at_bracket or element.enclosure != inside:
            parts.append(inside[1:])
        if not at_bracket:
            parts.append(element.joiner)
        if at_bracket or element.enclosure != inside:
            parts.append(element.enclosure[:1])
        parts.append(element.text)
        inside = element.enclosure
    return "".join([*parts, inside[1:]])


@lru_cache(maxsize=1 << 16)
def is_grammatical(gloss: str) -> bool:
    """Whether a gloss names a grammatical category rather than a lexical meaning.

    By rule 3 grammatical morphemes are glossed in capitals. So: at least one letter or digit, and
    no lower-case letter. A gloss that mixes the two (``go.PST``) is lexical; a bare number (``3``)
    is a person or class. Two limits follow from going by the letters alone: the English ``I`` and
    names in capitals count as grammatical, and so does every gloss in a script without case;
    ``1pl.erg``, in lower case, counts as lexical.

    Args:
        gloss: The gloss of one morpheme.

    Example:
        >>> [is_grammatical(gloss) for gloss in ("PL", "1SG", "3", "dog", "go.PST", "???")]
        [True, True, True, False, False, False]
    """
    return gloss == gloss.upper() and any(character.isalnum() for character in gloss)
