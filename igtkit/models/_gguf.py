"""The header of a GGUF file, read as far as it takes to see that it does not lie.

Source: the GGUF specification, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
"""

from __future__ import annotations

import math
import os
import struct
from pathlib import Path
from typing import BinaryIO

from igtkit.models._manifest import damaged, open_file

__all__ = ["read_gguf_header"]

_MAGIC, _VERSIONS = b"GGUF", (2, 3)
_STRING, _ARRAY = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Bytes of a value, by the number of its type."""
_LONGEST = 2**24  # a vocabulary of a million tokens has fewer bytes of merges
_DIMENSIONS = 4
_PACKED = 16  # values in a byte and a half, at the most


def read_gguf_header(path: Path) -> tuple[int, int]:
    """Read how much a GGUF file says it holds, and look whether it can.

    Args:
        path: The file.

    Returns:
        The number of its tensors, and of the values in all of them.

    Raises:
        ModelFileError: If there is no such file, or it is damaged.
    """
    with damaged(path), open_file(path) as stream:
        header = _Header(stream, os.fstat(stream.fileno()).st_size)
        if header.take(4) != _MAGIC or header.number("<I") not in _VERSIONS:
            raise ValueError("it is no GGUF file of version 2 or 3")
        tensors, settings = header.number("<Q"), header.number("<Q")
        header.require(tensors * 24 + settings * 12)  # the least that each takes
        for _ in range(settings):
            header.string()
            header.skip_value(header.number("<I"))
        values = 0
        for _ in range(tensors):
            header.string()
            dimensions = header.number("<I")
            if dimensions > _DIMENSIONS:
                raise ValueError(f"a tensor has {dimensions} dimensions")
            values += math.prod(header.number("<Q") for _ in range(dimensions))
            header.take(4 + 8)  # its type, and where it is
        if values > _PACKED * header.left:
            raise ValueError(f"its tensors have {values:,} values in {header.left:,} bytes")
        return tensors, values


class _Header:
    """Reads a header, and never more than is there.

    Args:
        stream: The file.
        size: Its bytes.
    """

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self.left = size

    def require(self, size: int) -> None:
        """Look whether so many bytes are left."""
        if size > self.left:
            raise ValueError("its header says more than the file holds")

    def take(self, size: int) -> bytes:
        """The next bytes."""
        self.require(size)
        if size > _LONGEST:
            raise ValueError(f"a text in its header has {size:,} bytes")
        self.left -= size
        return self._stream.read(size)

    def number(self, layout: str) -> int:
        """The next number."""
        return int(struct.unpack(layout, self.take(struct.calcsize(layout)))[0])

    def string(self) -> None:
        """Pass over a text."""
        self._pass(self.number("<Q"))

    def skip_value(self, kind: int) -> None:
        """Pass over a value."""
        if kind == _STRING:
            self.string()
        elif kind == _ARRAY:
            inner, count = self.number("<I"), self.number("<Q")
            if inner == _STRING:
                self.require(8 * count)
                for _ in range(count):
                    self.string()
            else:
                self._pass(count * _size(inner))
        else:
            self._pass(_size(kind))

    def _pass(self, size: int) -> None:
        self.require(size)
        self.left -= size
        self._stream.seek(size, os.SEEK_CUR)


def _size(kind: int) -> int:
    if kind not in _SIZES:  # an array of arrays, for one, which no model has
        raise ValueError(f"a value in its header is of the type {kind}")
    return _SIZES[kind]
