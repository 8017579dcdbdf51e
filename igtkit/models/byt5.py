"""The byte vocabulary of ByT5: text to ids and back, without a tokenizer.

An id is a byte of UTF-8 plus 3; 0 pads, 1 ends a text, 2 is the unknown token, which no byte needs.
On text without special tokens the ids are those of ``transformers.ByT5Tokenizer``. Text such as
``</s>`` or ``<extra_id_0>``, which the tokenizer turns into special tokens, stays text here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from igtkit.errors import InputError

__all__ = ["END", "OFFSET", "PAD", "VOCABULARY_SIZE", "decode", "encode", "pad"]

PAD = 0
"""The id that fills short rows up, and that a decoder starts from."""

END = 1
"""The id that ends a text."""

OFFSET = 3
"""The id of byte 0."""

VOCABULARY_SIZE = 384
"""The number of ids: three special ones, 256 bytes, and 125 that byte models leave unused."""


def encode(text: str) -> list[int]:
    """Return the ids of a text, with `END` at the end.

    Args:
        text: Any text.

    Returns:
        One id for each byte of its UTF-8, and `END`.

    Raises:
        InputError: If the text holds half of a surrogate pair, which has no UTF-8.

    Example:
        >>> encode("ş</s>")
        [200, 162, 63, 50, 118, 65, 1]
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"character {error.start} of {text!r:.80} is half of a surrogate pair, not a character"
        ) from None
    return [byte + OFFSET for byte in data] + [END]


def decode(ids: Iterable[int]) -> str:
    """Return the text of ids; what is no byte is left out.

    Args:
        ids: Ids as a model gives them, up to the first `END`.

    Returns:
        The text. Bytes that are no UTF-8 become U+FFFD, so that they can be seen.

    Example:
        >>> decode([0, 200, 162, 1, 0, 0]), decode([200])
        ('ş', '�')
    """
    data = bytearray()
    for index in ids:
        if index == END:
            break
        if OFFSET <= index < OFFSET + 256:
            data.append(index - OFFSET)
    return data.decode("utf-8", errors="replace")


def pad(rows: Sequence[Sequence[int]], value: int = PAD) -> NDArray[np.int64]:
    """Return rows of ids as one array, filled up on the right.

    Args:
        rows: At least one row.
        value: What to fill with.

    Returns:
        Shape ``(len(rows), longest)``.

    Example:
        >>> pad([[7], [8, 9]]).tolist()
        [[7, 0], [8, 9]]
    """
    array = np.full((len(rows), max(map(len, rows))), value, dtype=np.int64)
    for index, row in enumerate(rows):
        array[index, : len(row)] = row
    return array
