"""Weights in safetensors: what a file says it holds is checked before anything is made of it.

A header is JSON: for each tensor its type, shape and place in the file. One that lies could ask for
any amount of memory, so sizes are checked against the bytes that are there.

Source: the safetensors format, https://github.com/huggingface/safetensors.
"""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from igtkit._optional import require
from igtkit.errors import ModelFileError
from igtkit.models._manifest import damaged, open_file, parse_json
from igtkit.models._schema import list_of, one_of, record, tuple_of, whole

__all__ = ["Tensor", "read_header", "read_weights", "require_finite"]

_LONGEST = 2**24  # bytes of a header; a model of 400 billion parameters has one of 200 kB
_BITS = {
    **dict.fromkeys(("F64", "I64", "U64"), 64),
    **dict.fromkeys(("F32", "I32", "U32"), 32),
    **dict.fromkeys(("F16", "BF16", "I16", "U16"), 16),
    **dict.fromkeys(("F8_E4M3", "F8_E5M2", "F8_E8M0", "I8", "U8", "BOOL"), 8),
}
_TENSOR = record(
    dtype=one_of(*_BITS),
    shape=list_of(whole(0, 2**48)),
    data_offsets=tuple_of(whole(0, 2**60), whole(0, 2**60)),
)


@attrs.frozen
class Tensor:
    """What a header says of a tensor.

    Attributes:
        dtype: Its type, as safetensors names it.
        shape: Its shape.
    """

    dtype: str
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of values."""
        return math.prod(self.shape)


def read_header(path: Path) -> dict[str, Tensor]:
    """What a file of weights holds, by name; the weights themselves are not read.

    Raises:
        ModelFileError: If the file is damaged: what the header says does not fit the file.
    """
    with damaged(path), open_file(path) as stream:
        return _header(stream, os.fstat(stream.fileno()).st_size, path)


def _header(stream: BinaryIO, size: int, path: Path) -> dict[str, Tensor]:
    length = int.from_bytes(stream.read(8), "little")
    if size < 8 or length > min(_LONGEST, size - 8):
        raise ValueError(f"its header of {length:,} bytes is longer than the file, or no header")
    content = parse_json(stream.read(length), path)
    if not isinstance(content, dict):
        raise ValueError("its header is no table")  # noqa: TRY004 -- damage, as all the rest
    content.pop("__metadata__", None)
    tensors, ends = {}, []
    for name, each in content.items():
        with damaged(path):
            found = _TENSOR(each)
        tensor, (begin, end) = Tensor(found["dtype"], found["shape"]), found["data_offsets"]
        if (end - begin) * 8 != tensor.count * _BITS[tensor.dtype]:
            raise ValueError(f"{name!r:.80} has not as many bytes as its shape takes")
        tensors[name] = tensor
        ends.append((begin, end))
    at = 0
    for begin, end in sorted(ends):
        if begin != at:
            raise ValueError("its tensors overlap, or there are bytes between them")
        at = end
    if at != size - 8 - length:
        raise ValueError(f"its tensors take {at:,} bytes, and there are {size - 8 - length:,}")
    return tensors


def read_weights(
    content: bytes, expected: Mapping[str, tuple[int, ...]], path: Path
) -> dict[str, Any]:
    """Read weights of which names and shapes are known.

    Args:
        content: The content of a file.
        expected: The shapes, by name; all are float32.
        path: What to call the file.

    Returns:
        Tensors of torch, by name.

    Raises:
        ModelFileError: If the file is damaged, holds other weights, or one is no finite number.
    """
    with damaged(path):
        header = _header(io.BytesIO(content), len(content), path)
        for name in sorted(header.keys() | expected.keys()):
            if header.get(name) != Tensor("F32", expected.get(name, ())):
                raise ValueError(f"its weights are not of this size ({name!r:.80} for one)")
    weights: dict[str, Any] = require("safetensors.torch", "models").load(content)
    for name, tensor in weights.items():
        _require_finite(tensor, name, path)
    return weights


def require_finite(paths: Iterable[Path]) -> None:
    """Look whether every weight is a finite number, one tensor at a time.

    Raises:
        ModelFileError: If one is not, or a file is damaged.
    """
    safetensors = require("safetensors", "models")
    for path in paths:
        read_header(path)
        with safetensors.safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118 -- it is no mapping
                _require_finite(file.get_tensor(name), name, path)


def _require_finite(tensor: Any, name: str, path: Path) -> None:
    if not tensor.numel() or not tensor.is_floating_point():
        return
    if tensor.element_size() == 1:  # of which torch computes nothing
        tensor = tensor.float()
    if not all(math.isfinite(float(end)) for end in tensor.aminmax()):
        raise ModelFileError(f"{path} is damaged: {name!r:.80} holds what is no finite number")
