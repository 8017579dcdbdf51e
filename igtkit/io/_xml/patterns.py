"""Parts of patterns that read XML as text."""

from __future__ import annotations

__all__ = ["held"]


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
