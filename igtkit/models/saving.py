"""The folder of a saved glosser: data under names of their content, and one file that lists them.

``igtkit.json``, written last, says what kind of glosser the folder holds, has its settings, and
names every other file with its checksum. So a folder holds the old glosser until it holds the new
one, whatever happens in between; a file that was damaged is seen before anything is built from it;
and files that it does not name do not matter.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

import attrs

from igtkit._files import locked_folder, remove_part, replace_file
from igtkit.errors import ModelFileError
from igtkit.models._manifest import (
    Entry,
    canonical,
    check_file,
    describe_file,
    parse_json,
    read_file,
    read_manifest,
    write_manifest,
)

__all__ = ["Savable", "Saved", "load_folder", "save_folder", "seal_parts"]

_DIGITS = 16  # of the checksum, in the name of a file
_CONTENT_NAME = re.compile(rf"(.+)-([0-9a-f]{{{_DIGITS}}})(\.\w+)?")
_PART = re.compile(r"\..+\.\d+\.part")


class Savable(Protocol):
    """What can be saved to a folder of its own."""

    def save_pretrained(self, directory: Path, /) -> None:
        """Save it to a folder."""


@attrs.frozen
class Saved:
    """What a folder holds.

    Attributes:
        path: The folder.
        settings: The settings of the glosser.
        files: The content of its data files, by name.
        parts: The folders of the glossers it is made of, by name.
    """

    path: Path
    settings: dict[str, Any]
    files: Mapping[str, bytes] = attrs.field(factory=dict, repr=False)
    parts: Mapping[str, Path] = attrs.field(factory=dict)

    def json(self, name: str) -> Any:
        """A data file that is JSON."""
        return parse_json(self.files[name], self.path / name)


def save_folder(
    directory: str | os.PathLike[str],
    kind: str,
    settings: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    parts: Mapping[str, Savable] | None = None,
) -> None:
    """Save a glosser to a folder: all of it, or nothing; what was there stays if that fails.

    Args:
        directory: The folder, made where it does not exist.
        kind: The name of the glosser's class.
        settings: What JSON can hold, and little of it.
        files: Larger data, by name of the file (``"tables.json"``).
        parts: Glossers it is made of, by name; each gets a folder of its own.

    Raises:
        OSError: If something cannot be written.

    Example:
        >>> save_folder("constant", "Constant", {"gloss": "X"}, {"table.json": b"[]"})
        >>> saved = load_folder("constant", "Constant")
        >>> saved.settings["gloss"], saved.json("table.json")
        ('X', [])
    """
    path = Path(directory)
    path.mkdir(parents=True, exist_ok=True)
    with locked_folder(path) as alone:
        try:
            entries = {
                name: _save_file(path, name, content) for name, content in (files or {}).items()
            }
            folders = {name: _save_part(path, name, part) for name, part in (parts or {}).items()}
            for name, folder in folders.items():
                entries |= {f"{name}/{at}": attrs.evolve(entry, file=f"{folder}/{entry.file}")
                            for at, entry in _entries(path / folder).items()}  # fmt: skip
            before = _named(path)
            write_manifest(path, kind, settings, entries, folders)
            for file in before - _named(path):
                _remove(path / file)
        finally:
            if alone:
                _sweep(path)


def seal_parts(
    directory: str | os.PathLike[str],
    kind: str,
    settings: Mapping[str, Any],
    parts: Mapping[str, str],
) -> None:
    """Say of glossers that are in the folders of a folder, by name, that they are parts of one."""
    path = Path(directory)
    entries = {}
    for name, folder in parts.items():
        for at, entry in read_manifest(path / folder).files.items():
            entries[f"{name}/{at}"] = attrs.evolve(entry, file=f"{folder}/{entry.file}")
    write_manifest(path, kind, settings, entries, parts)


def load_folder(directory: str | os.PathLike[str], kind: str) -> Saved:
    """Read what `save_folder` saved, after looking whether all of it is whole.

    Raises:
        ModelFileError: If the folder holds no such glosser, or a file of it is missing or damaged.
    """
    path = Path(directory)
    content: dict[str, bytes] = {}
    with locked_folder(path, shared=True):
        manifest = read_manifest(path, kind)
        for name, entry in manifest.files.items():
            if "/" in name:  # of a part, which reads it itself
                check_file(path, entry)
            else:
                content[name] = read_file(path, entry)
    folders = {name: path / folder for name, folder in manifest.parts.items()}
    for folder in folders.values():
        if folder.is_symlink() or not folder.is_dir():
            raise ModelFileError(f"{path} holds no complete glosser: {folder.name} is no folder")
    return Saved(path, manifest.settings, content, folders)


def _content_name(name: str, digest: str) -> str:
    path = PurePosixPath(name)
    return f"{path.stem}-{digest[:_DIGITS]}{path.suffix}"


def _save_file(path: Path, name: str, content: bytes) -> Entry:
    digest = hashlib.sha256(content).hexdigest()
    entry = Entry(_content_name(name, digest), digest, len(content))
    replace_file(path / entry.file, content)
    return entry


def _save_part(path: Path, name: str, part: Savable) -> str:
    """Save a part to a new folder, and give the folder the name of its content."""
    new = path / f".{name}.{os.getpid()}.part"
    _remove(new)
    new.mkdir()
    try:
        part.save_pretrained(new)
        folder = _content_name(name, _tree_digest(new))
        if (path / folder).is_dir():
            if _tree_digest(path / folder).startswith(folder[-_DIGITS:]):
                return folder
            _remove(path / folder)
        new.rename(path / folder)
    finally:
        _remove(new)
    return folder


def _entries(path: Path) -> dict[str, Entry]:
    return {name: describe_file(path, name) for name in sorted(_files(path))}


def _files(path: Path) -> Iterable[str]:
    return (each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())


def _tree_digest(path: Path) -> str:
    entries = {name: entry.sha256 for name, entry in _entries(path).items()}
    return hashlib.sha256(canonical(entries)).hexdigest()


def _named(path: Path) -> set[str]:
    """What the manifest of a folder names: its own files, and the folders of its parts."""
    try:
        manifest = read_manifest(path)
    except ModelFileError:
        return set()
    return {entry.file for name, entry in manifest.files.items() if "/" not in name} | set(
        manifest.parts.values()
    )


def _sweep(path: Path) -> None:
    """Take away what savers that failed or were killed have left."""
    named = _named(path)
    for each in list(path.iterdir()):
        found = _CONTENT_NAME.fullmatch(each.name)
        if _PART.fullmatch(each.name):
            if each.is_dir():
                _remove(each)
            else:
                remove_part(each)
        elif found and each.name not in named and not each.is_symlink():
            digest = _tree_digest(each) if each.is_dir() else describe_file(path, each.name).sha256
            if digest.startswith(found[2]):  # so it is ours, and no longer of use
                _remove(each)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            # Half of a folder would not be known for ours; one of this name is.
            doomed = path.with_name(f".{path.name.strip('.')}.{os.getpid()}.part")
            path.rename(doomed)
            shutil.rmtree(doomed)
        else:
            path.unlink()
