"""Weights that torch saved (``pytorch_model.bin``), copied to safetensors without running anything.

Such a file is a pickle in an archive, and a pickle can run any code. It is read with the restricted
reader of torch (``weights_only``), which makes tensors and plain containers of them and refuses all
else; and what it says of itself is checked against the bytes that are there. Glossers are only ever
loaded from the copy.
"""

from __future__ import annotations

import os
import pickle
import shutil
import zipfile
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._manifest import damaged
from igtkit.models._schema import file_name, table_of
from igtkit.models._trust import read_settings

__all__ = ["to_safetensors"]

_SINGLE, _INDEX = "pytorch_model.bin", "pytorch_model.bin.index.json"
_BESIDE = ("*.json", "*.model", "*.jinja", "merges.txt", "vocab.txt")
_LARGEST = 2**26  # bytes of a pickle, which holds the names of weights and no numbers
_COPIES = 4  # a model has few weights under several names


def to_safetensors(source: str | os.PathLike[str], directory: str | os.PathLike[str]) -> None:
    """Copy a checkpoint whose weights are in ``pytorch_model.bin`` to one in safetensors.

    Nothing in the file is run: it may hold tensors and nothing else.

    Args:
        source: The folder of the checkpoint.
        directory: The new folder; there must be nothing in it.

    Raises:
        InputError: If something is in the new folder.
        MissingExtraError: If torch or safetensors are not installed.
        ModelFileError: If the source holds no such weights, or the file is damaged or holds
            anything but tensors.
    """
    path, target = Path(source), Path(directory)
    if target.exists() and any(target.iterdir()):
        raise InputError(f"{target} is not empty")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    try:
        state: dict[str, Any] = {}
        for file in _files(path):
            state |= _read(file)
        save = require("safetensors.torch", "models").save_file
        save(state, part / "model.safetensors", metadata={"format": "pt"})
        for pattern in _BESIDE:
            for each in path.glob(pattern):
                if each.name != _INDEX:
                    shutil.copyfile(each, part / each.name)
        if target.exists():
            target.rmdir()
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _files(directory: Path) -> list[Path]:
    single, index = directory / _SINGLE, directory / _INDEX
    if single.exists():
        return [single]
    if not index.exists():
        raise ModelFileError(f"{directory} holds no weights: there is no {_SINGLE}")
    with damaged(index):
        names = table_of(file_name)(read_settings(index)["weight_map"]).values()
    return [directory / name for name in sorted(set(names))]


def _read(path: Path) -> dict[str, Any]:
    """The tensors of a file, by name, each in memory of its own."""
    torch = require("torch", "models")
    with damaged(path):
        _require_plain_archive(path)
        try:
            state = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        except (RuntimeError, pickle.UnpicklingError) as error:
            raise ValueError(
                f"it holds more than tensors, or is cut off: {error!s:.200}"
            ) from error
        if not isinstance(state, dict):
            raise ValueError("it is no table of tensors")  # noqa: TRY004 -- damage, as all the rest
        for name, value in state.items():
            plain = isinstance(value, torch.Tensor) and value.layout == torch.strided
            if not isinstance(name, str) or not plain or not value.is_contiguous():
                raise ValueError(f"{name!r:.80} is no plain tensor")
        total = sum(value.numel() * value.element_size() for value in state.values())
        if total > _COPIES * path.stat().st_size:
            raise ValueError(f"it says that it holds {total:,} bytes")
        return {name: value.detach().clone() for name, value in state.items()}


def _require_plain_archive(path: Path) -> None:
    """Look whether a file is an archive that takes no more memory than its own size."""
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.compress_type != zipfile.ZIP_STORED:
                    raise ValueError(f"{entry.filename!r:.80} in it is compressed")
                if entry.filename.endswith("data.pkl") and entry.file_size > _LARGEST:
                    raise ValueError(f"its pickle has {entry.file_size:,} bytes")
    except zipfile.BadZipFile as error:
        raise ValueError(
            "it is no archive, as torch has written them since 1.6; save it anew with torch"
        ) from error
