"""Patterns of XML that is read as text, since a tree of it would take longer."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

__all__ = ["Shape", "beginning", "held", "is_legal"]


def held(pattern: bytes, times: bytes) -> bytes:
    """The pattern that matches another as often as it can, and gives nothing back.

    ``(?:...)*+`` says the same, but Python before 3.11.5 goes on in the middle of what does not
    match (https://github.com/python/cpython/issues/106052).

    Args:
        pattern: The other one.
        times: How often: ``b"*"``, ``b"+"`` or ``b"?"``.

    Example:
        >>> import re
        >>> re.match(held(rb"<a/>|<b>[^<]*</b>", rb"*"), b"<a/><b>c</b><b>d<e/></b>")[0]
        b'<a/><b>c</b>'
    """
    return rb"(?>(?:%b)%b)" % (pattern, times)


@attrs.frozen(eq=False)
class Shape:
    """What stands in an element so often that it is read as text, without a tree.

    Attributes:
        within: The tag of the element.
        begins: What it begins with, in UTF-8: a tag.
        whole: All of it: one element, or several, with nothing in a namespace and no references but
            ``&amp;``, ``&lt;`` and ``&gt;``.
        is_sure: Whether whatever matches that is well-formed, if it is UTF-8: no attribute can
            stand twice, and no control character at all. It is not looked at again.
    """

    within: str
    begins: re.Pattern[bytes]
    whole: re.Pattern[bytes]
    is_sure: bool = False


@lru_cache(maxsize=8)
def beginning(shapes: tuple[Shape, ...]) -> re.Pattern[bytes]:
    """A pattern of what any of some shapes begins with."""
    return re.compile(b"|".join(shape.begins.pattern for shape in shapes))


def is_legal(text: bytes) -> bool:
    r"""Whether a text without control characters has only what may stand in XML.

    Example:
        >>> is_legal("ev".encode()), is_legal(b"\xff"), is_legal("\ufffe".encode())
        (True, False, False)
    """
    try:
        decoded = text.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in decoded and "\uffff" not in decoded
