"""Encodings of text: which there are, what a file says of its own, and what in it is in another."""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from igtkit.errors import InputError

__all__ = [
    "UNDECODED",
    "checked_encoding",
    "count_utf8",
    "is_wide",
    "lacks_mark",
    "marked_encoding",
    "rather_windows",
    "undecodable_line",
    "unmarked_encoding",
]

UNDECODED = re.compile("[\udc80-\udcff]")
"""What Python puts for a byte that is not in the encoding, where it is told to escape such."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_PIECE = 1 << 16  # bytes that are decoded at a time

_OF_WINDOWS = re.compile("[\x80-\x84\x86-\x9f]")  # quotes and dashes there, nothing in Latin-1
_WIDE = re.compile(r"(utf|u)[-_]?(16|32)")
_BEGINNINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    ("<?".encode("utf-16-le"), "utf-16-le"),
    ("<?".encode("utf-16-be"), "utf-16-be"),
)
"""What a file begins with that tells its encoding: byte-order marks, and XML in UTF-16."""


def checked_encoding(encoding: str) -> str:
    """The name of the encoding, once Python is known to have it.

    Raises:
        InputError: If there is no such encoding of text, or it is for names in a network only.
    """
    message = f"unknown encoding {encoding!r}; try 'cp1252' or 'latin-1'"
    try:
        name = _codec_name(encoding)
    except (LookupError, TypeError, ValueError) as error:
        raise InputError(message) from error
    if name in ("idna", "punycode"):
        raise InputError(message)
    return encoding


@lru_cache(maxsize=32)
def _codec_name(encoding: str) -> str:
    """The name that Python has for an encoding of text."""
    "".encode(encoding)
    return codecs.lookup(encoding).name


def is_wide(encoding: str) -> bool:
    """Whether characters of an encoding have two bytes or four, so that some are 0.

    Example:
        >>> is_wide("UTF-16-LE"), is_wide("utf-8")
        (True, False)
    """
    return _WIDE.match(encoding.lower()) is not None


def marked_encoding(head: bytes) -> str | None:
    r"""The encoding that the beginning of a file tells; None if it tells none.

    Example:
        >>> marked_encoding("kedi".encode("utf-16")), marked_encoding(b"kedi")
        ('utf-16', None)
    """
    return next((name for mark, name in _BEGINNINGS if head.startswith(mark)), None)


def lacks_mark(head: bytes, name: str) -> bool:
    """Whether a file lacks the mark that says which byte of a wide character is first.

    Args:
        head: Its beginning.
        name: The encoding, as Python calls it.
    """
    return bool(head) and name in ("utf-16", "utf-32") and marked_encoding(head) != name


def unmarked_encoding(head: bytes) -> str | None:
    r"""The encoding of text in UTF-16 without a mark; None for anything else.

    Of each letter that most texts are made of, one byte is 0, or tells the script. Text in UTF-32
    has more of them.

    Example:
        >>> unmarked_encoding("kedi".encode("utf-16-le")), unmarked_encoding(b"\0\0\x01kedi")
        ('utf-16-le', None)
    """
    # Even of Cyrillic text a tenth is spaces and line ends; what is no text has 0 on either side.
    few, many = sorted((head[0::2], head[1::2]), key=lambda side: side.count(0))
    if few.count(0) > 0.01 * len(head) or many.count(0) < 0.1 * len(head):
        return None
    scripts = sum(count for _, count in Counter(many).most_common(2))
    if scripts < 0.8 * len(many):  # letters: a byte 0 stands among text of single bytes
        return None
    return "utf-16-be" if many == head[0::2] else "utf-16-le"


def count_utf8(path: Path) -> tuple[int, int]:
    """How many characters beyond ASCII are UTF-8 in a file, and how many bytes are not."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            beyond = _BEYOND_ASCII.findall(decoder.decode(piece))
            lost = sum(map(len, map(UNDECODED.findall, beyond)))
            good += sum(map(len, beyond)) - lost
            bad += lost
    return good, bad + len(decoder.decode(b"", final=True))


def undecodable_line(path: Path, encoding: str) -> int:
    """The number of the line of a file that has its first bytes that are not in the encoding.

    The file is decoded again, piece by piece: what decodes it as text reads ahead of the line.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    translator = io.IncrementalNewlineDecoder(None, translate=True)
    line = 1
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            try:
                line += translator.decode(decoder.decode(piece)).count("\n")
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding, errors="ignore")
                return line + translator.decode(good, final=True).count("\n")
    return line  # the file ends in the middle of a character


def rather_windows(text: str, number: int) -> str | None:
    r"""What there is to say of text in the encoding of Windows that was read as Latin-1, if it is.

    Args:
        text: Some lines.
        number: The number of the first.

    Example:
        >>> rather_windows("er sagt\n\x84Ja\x93", 7)[:18], rather_windows("père", 7)
        ('line 8 has U+0084,', None)
    """
    found = _OF_WINDOWS.search(text)
    if found is None:
        return None
    line = number + text.count("\n", 0, found.start())
    return (
        f"line {line} has U+{ord(found[0]):04X}, which no text has; such characters are quotes, "
        "dashes and letters with encoding='cp1252'"
    )
