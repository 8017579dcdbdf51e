"""Folders in the layout of Hugging Face, whose names are fixed, saved whole or not at all too.

A checkpoint is made in a folder within the folder, `_NEW`. Giving that its final name, `_SAVED`, is
the one step that saves it: from then on the files in it count, and whoever is next to save or load
moves them to their places. `igtkit.models.saving.MANIFEST` stands beside them and says what they
are. A folder of another origin has none, and is taken as it is.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from igtkit._files import locked_folder
from igtkit.errors import ModelFileError
from igtkit.models._manifest import (
    MANIFEST,
    check_file,
    describe_file,
    read_manifest,
    write_manifest,
)

__all__ = ["FORMAT_FILE", "complete", "saved_settings", "seal", "staged", "whole_checkpoint"]

FORMAT_FILE = "prompt_format.json"
"""What a prompt format has learned from training texts."""

_NEW, _SAVED = ".saving", ".saved"
_FILES = re.compile(
    r"config\.json|generation_config\.json|chat_template\.jinja|(spiece|tokenizer|sentencepiece\.bpe)"
    r"\.model|(tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab)\.json|vocab\.txt"
    r"|merges\.txt|model(-\d+-of-\d+)?\.safetensors|model\.safetensors\.index\.json|model\.bin"
    r"|(shared|source|target)_vocabulary\.(json|txt)"
    r"|prompt_format\.json|adapter_config\.json|adapter_model\.safetensors"
)
"""The files that a model, a tokenizer or an adapter is read from."""


@contextlib.contextmanager
def staged(
    directory: str | os.PathLike[str], kind: str, settings: Mapping[str, Any]
) -> Iterator[Path]:
    """Give a new folder to save a checkpoint to, and put it in place where nothing failed.

    Args:
        directory: Where the checkpoint goes; made where it does not exist.
        kind: The name of the glosser's class.
        settings: Its settings.

    Yields:
        The folder to save to.
    """
    path = Path(directory)
    path.mkdir(parents=True, exist_ok=True)
    with locked_folder(path):
        _settle(path)
        new = path / _NEW
        shutil.rmtree(new, ignore_errors=True)  # of a saver that failed or was killed
        new.mkdir()
        try:
            yield new
            seal(new, kind, settings)
            _finish(new)
            new.rename(path / _SAVED)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        _settle(path)


def seal(directory: str | os.PathLike[str], kind: str, settings: Mapping[str, Any]) -> None:
    """Say of a checkpoint that is there what glosser it is, and what its files are."""
    path = Path(directory)
    files = {name: describe_file(path, name) for name in sorted(_files(path))}
    write_manifest(path, kind, settings, files)


def complete(path: Path) -> None:
    """Finish a saving that was broken off after its last step but one.

    Raises:
        ModelFileError: If that cannot be done here.
    """
    if not (path / _SAVED).exists():
        return
    try:
        with locked_folder(path):
            _settle(path)
    except OSError as error:
        raise ModelFileError(
            f"{path} holds a model whose saving was broken off, and cannot be finished: {error}"
        ) from error


def saved_settings(path: Path, kind: str) -> dict[str, Any]:
    """The settings that a checkpoint was saved with; none if igtkit did not save it.

    Raises:
        ModelFileError: If it is of another kind, or what it says of itself is damaged.
    """
    complete(path)
    return read_manifest(path, kind).settings if (path / MANIFEST).exists() else {}


@contextlib.contextmanager
def whole_checkpoint(path: Path) -> Iterator[None]:
    """Look whether a checkpoint is whole, and let nobody save to its folder while it is read.

    One that igtkit did not save has no checksums, and passes.

    Raises:
        ModelFileError: If a file is missing or damaged, or not of this model.
    """
    complete(path)
    with locked_folder(path, shared=True):
        if (path / MANIFEST).exists():
            known = set()
            for entry in read_manifest(path).files.values():
                check_file(path, entry)
                known.add(entry.file)
            for name in _files(path) - known:
                raise ModelFileError(
                    f"{path / name} is not of the model that was saved here: {MANIFEST} does not "
                    f"name it; remove it"
                )
        yield


def _files(path: Path) -> set[str]:
    """The files in a folder that a model, a tokenizer or an adapter would be read from."""
    return {each.name for each in path.iterdir() if _FILES.fullmatch(each.name) and each.is_file()}


def _settle(path: Path) -> None:
    """Move a checkpoint that was saved to its place; begun again, it goes on where it was."""
    saved = path / _SAVED
    if not saved.is_dir():
        return
    if (saved / MANIFEST).exists():  # moved last, so nothing is in place yet for sure
        new = {entry.file for entry in read_manifest(saved).files.values()}
        (path / MANIFEST).unlink(missing_ok=True)  # until all is in place, nothing is whole
        for stale in _files(path) - new:
            (path / stale).unlink()
    left = [each.relative_to(saved) for each in saved.rglob("*") if each.is_file()]
    for name in sorted(left, key=lambda name: name == Path(MANIFEST)):
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            (saved / name).chmod(target.stat().st_mode & 0o777)
        (saved / name).replace(target)
    shutil.rmtree(saved)


def _finish(path: Path) -> None:
    """Give files the permissions of the umask, which the manifest has, and see them on disk."""
    mode = (path / MANIFEST).stat().st_mode & 0o777
    for each in [*path.rglob("*"), path]:
        if each.is_file():
            each.chmod(mode)
        if each.is_file() or os.name != "nt":
            descriptor = os.open(each, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
