"""The weights of a model of CTranslate2, looked through to see that they do not lie.

CTranslate2 takes a file at its word, and a damaged one can end the process.

Source: ``model_spec.py`` of CTranslate2 4, binary version 6.
"""

from __future__ import annotations

import math
import os
import struct
from pathlib import Path

import numpy as np

from igtkit.models._manifest import damaged, open_file

__all__ = ["check_converted"]

_VERSION = 6
_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16, 5: np.uint16}
_BFLOAT16 = 5  # its upper 16 bits of a float32 are held as a whole number here
_EXPONENT = 0x7F80


def check_converted(path: Path) -> None:
    """Look whether a file of weights is whole, and each weight a finite number.

    Raises:
        ModelFileError: If it is damaged, or of another version.
    """
    with damaged(path), open_file(path) as stream:
        left = os.fstat(stream.fileno()).st_size

        def take(size: int) -> bytes:
            nonlocal left
            if size > left:
                raise ValueError("it says that it holds more than it does")
            left -= size
            return stream.read(size)

        def number(layout: str) -> int:
            return int(struct.unpack(layout, take(struct.calcsize(layout)))[0])

        if number("<I") != _VERSION:
            raise ValueError(f"it is no model of CTranslate2 of binary version {_VERSION}")
        take(number("<H"))
        number("<I")
        for _ in range(number("<I")):
            name = take(number("<H")).rstrip(b"\0").decode(errors="replace")
            shape = [number("<I") for _ in range(number("<B"))]
            kind, size = number("<B"), number("<I")
            dtype = np.dtype(_TYPES[kind])
            if math.prod(shape) * dtype.itemsize != size:
                raise ValueError(f"{name!r:.80} has not as many bytes as its shape takes")
            values = np.frombuffer(take(size), dtype)
            as_bfloat16 = (values & _EXPONENT) != _EXPONENT if kind == _BFLOAT16 else None
            if not np.all(np.isfinite(values) if as_bfloat16 is None else as_bfloat16):
                raise ValueError(f"{name!r:.80} holds what is no finite number")
        for _ in range(2 * number("<I")):  # other names of weights
            take(number("<H"))
        if left:
            raise ValueError(f"there are {left:,} bytes too many")
