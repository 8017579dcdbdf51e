"""The file that says what a saved glosser is and what its files are, and JSON read with care."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import attrs

from igtkit._files import replace_file
from igtkit.errors import IGTError, ModelFileError

__all__ = [
    "MANIFEST",
    "Entry",
    "Manifest",
    "canonical",
    "check_file",
    "damaged",
    "describe_file",
    "load_json",
    "open_file",
    "parse_json",
    "read_file",
    "read_manifest",
    "save_json",
    "to_json",
    "write_manifest",
]

MANIFEST = "igtkit.json"
"""Name of the file that says what a folder holds."""

FORMAT_VERSION = 2

_LARGEST = 64 * 2**20  # bytes of JSON that is read before a checksum tells that it is whole
_BLOCK = 2**20


@attrs.frozen
class Entry:
    """A file that a manifest names.

    Attributes:
        file: Where it is, from the folder on, with ``/`` between folders.
        sha256: Its checksum.
        size: Bytes.
    """

    file: str
    sha256: str
    size: int


@attrs.frozen
class Manifest:
    """What stands in a `MANIFEST`.

    Attributes:
        kind: The name of the glosser's class.
        settings: Its settings.
        files: Its files, by name.
        parts: The folders of its parts, by name.
    """

    kind: str
    settings: dict[str, Any]
    files: dict[str, Entry]
    parts: dict[str, str]


def write_manifest(
    path: Path,
    kind: str,
    settings: Mapping[str, Any],
    files: Mapping[str, Entry],
    parts: Mapping[str, str] | None = None,
) -> None:
    """Write the file that says what a folder holds."""
    content = {
        "settings": dict(settings),
        "files": {name: attrs.asdict(entry) for name, entry in files.items()},
        "parts": dict(parts or {}),
    }
    save_json(path / MANIFEST, kind, content)


def read_manifest(path: Path, kind: str | None = None) -> Manifest:
    """Read the file that says what a folder holds; nothing else is looked at.

    Raises:
        ModelFileError: If there is none, or a damaged one, or it is of another kind.
    """
    content = load_json(path / MANIFEST, kind)
    with damaged(path / MANIFEST):
        files = {
            str(name): Entry(_inside(each["file"]), str(each["sha256"]), int(each["size"]))
            for name, each in content["files"].items()
        }
        parts = {str(name): _inside(at) for name, at in content["parts"].items()}
        return Manifest(content["kind"], dict(content["settings"]), files, parts)


def check_file(path: Path, entry: Entry) -> None:
    """Look whether a file is what the manifest says, without holding it in memory.

    Raises:
        ModelFileError: If it is not.
    """
    with _opened(path, entry) as stream:
        digest = _digest(stream)
    if digest != entry.sha256:
        raise _changed(path / entry.file)


def describe_file(path: Path, name: str) -> Entry:
    """What the manifest of a folder says of a file in it."""
    with open_file(path / name) as stream:
        return Entry(name, _digest(stream), os.fstat(stream.fileno()).st_size)


def save_json(path: Path, kind: str, content: Mapping[str, Any]) -> None:
    """Write settings of a glosser to a file, all of it or nothing, with their checksum."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"kind": kind, "format_version": FORMAT_VERSION, **content}
    record = json.loads(canonical(record))  # as it will be read: tuples as lists, keys as texts
    record["checksum"] = hashlib.sha256(canonical(record)).hexdigest()
    replace_file(path, to_json(record))


def to_json(content: Any) -> bytes:
    """Content as JSON; any text can be in it.

    Raises:
        ValueError: If a number is none.
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def load_json(path: Path, kind: str | None = None) -> dict[str, Any]:
    """Read what `save_json` wrote.

    Args:
        path: The file.
        kind: What it must be of; anything if None.

    Raises:
        ModelFileError: If there is no such file, it is damaged, or of another kind or version.
    """
    try:
        with open_file(path) as stream:
            raw = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise ModelFileError(
            f"{path.parent} holds no saved {kind or 'glosser'}: {path.name} is not there"
        ) from None
    except OSError as error:
        raise ModelFileError(f"{path} is damaged: {error}") from error
    if len(raw) > _LARGEST:
        raise ModelFileError(f"{path} is damaged: it is larger than {_LARGEST:,} bytes")
    content = parse_json(raw, path)
    if not isinstance(content, dict) or not isinstance(content.get("kind"), str):
        raise ModelFileError(f"{path} is not of a {kind or 'glosser'}: it names no kind")
    if kind is not None and content["kind"] != kind:
        raise ModelFileError(f"{path} is not of a {kind} but of {content['kind']!r:.80}")
    if content.get("format_version") != FORMAT_VERSION:
        raise ModelFileError(
            f"{path} has format version {content.get('format_version')!r:.80}, this igtkit reads "
            f"{FORMAT_VERSION}; train the model again, or install the igtkit that saved it"
        )
    with damaged(path):
        checksum = content.pop("checksum", None)
        if checksum != hashlib.sha256(canonical(content)).hexdigest():
            raise ValueError("its checksum is not that of its content")
    return content


def parse_json(raw: bytes, path: Path, *, constants: bool = False) -> Any:
    """What JSON holds; nesting without end is damage, and so, unless allowed, are no numbers.

    Raises:
        ModelFileError: If it is damaged.
    """
    with damaged(path):
        return json.loads(raw, parse_constant=None if constants else _refuse_constant)


@contextlib.contextmanager
def damaged(path: Path) -> Iterator[None]:
    """Make one error of all that goes wrong while a glosser is built from what a path holds.

    Raises:
        ModelFileError: If something goes wrong.
    """
    try:
        yield
    except ModelFileError:
        raise
    except KeyError as error:
        raise ModelFileError(f"{path} is damaged: there is no {error}") from error
    except (
        ArithmeticError,
        AttributeError,
        IGTError,
        LookupError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise ModelFileError(f"{path} is damaged: {str(error) or repr(error):.300}") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write JSON that checksums are taken of."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _inside(name: str) -> str:
    """The name of a file, if it lies in the folder."""
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise ValueError(f"{name!r:.80} is no file in this folder")
    return name


def read_file(path: Path, entry: Entry) -> bytes:
    """The content of a file, which is what the manifest says.

    Raises:
        ModelFileError: If it is not.
    """
    with _opened(path, entry) as stream:
        content = stream.read(entry.size)
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise _changed(path / entry.file)
    return content


@contextlib.contextmanager
def _opened(path: Path, entry: Entry) -> Iterator[BinaryIO]:
    """A file of the size that the manifest says."""
    file = path / entry.file
    try:
        if file.is_file() and file.stat().st_size != entry.size:
            raise _changed(file)
        with open_file(file) as stream:
            yield stream
    except OSError as error:
        what = "is not there" if isinstance(error, FileNotFoundError) else f"is damaged: {error}"
        raise ModelFileError(f"{path} holds no complete glosser: {entry.file} {what}") from error


def open_file(path: Path) -> BinaryIO:
    """Open a file to read it; no pipe, which could be waited at for ever, and no device.

    Raises:
        OSError: If it cannot be read, or is something else.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "this is no file", os.fspath(path))
    return path.open("rb")


def _changed(file: Path) -> ModelFileError:
    return ModelFileError(
        f"{file} is damaged, or was changed after it was saved: its checksum is not the one in "
        f"{MANIFEST}; save the model again"
    )


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
