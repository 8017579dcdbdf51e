"""Files that are written whole or not at all.

Every file that igtkit writes comes into being under another name in the same folder, a *part*, and
is put in place once it is whole and on disk. Whoever is killed in between leaves what was there,
and a part, which the next writer of the file takes away: a part that nobody has locked has lost its
writer.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

__all__ = ["locked_folder", "open_descriptor", "remove_part", "replace_file", "replacing"]

_LONGEST = 200  # bytes of a name, which may have 255 with what a part adds to it
_LINKS = 40  # followed one after the other, as Linux does


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file, all of it or nothing; one that was there stays if that fails.

    Raises:
        OSError: See `replacing`.
    """
    with replacing(path) as stream:
        stream.write(content)


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a stream to write a file with, and put the file in place where nothing failed.

    A file that is there keeps its permissions, a link stays a link; a new file has the permissions
    of the umask. What is no file (a pipe, a terminal, ``/dev/stdout``) is written to directly.

    Raises:
        OSError: If the path is a folder, in a folder that does not exist, or cannot be written.
    """
    descriptor = open_descriptor(os.fspath(path))
    if descriptor is not None:
        with os.fdopen(os.dup(descriptor), "wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder, not a file", os.fspath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "this file is write-protected", os.fspath(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder to write to", str(target.parent))
    part, descriptor = _new_part(target)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            if sys.platform != "win32":  # while it is locked, so that nobody takes it away
                part.replace(target)
        if sys.platform == "win32":  # where an open file cannot be renamed
            part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


@contextlib.contextmanager
def locked_folder(folder: Path, *, shared: bool = False) -> Iterator[bool]:
    """Wait until nobody else has a folder locked, and keep it locked for as long as this lasts.

    Nothing is written for it, and the lock of a process that is killed is gone with it.

    Args:
        folder: The folder.
        shared: Whether it is to be read only: readers do not wait for each other.

    Yields:
        Whether it is locked; there are file systems without locks, and Windows has none for
        folders.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # there is no folder, or it is on Windows
        descriptor = None
    if descriptor is None:
        yield False
        return
    try:
        yield _lock(descriptor, shared=shared)
    finally:
        os.close(descriptor)


def open_descriptor(path: str) -> int | None:
    """The number of the open file of this process that a path such as ``/dev/stdout`` is.

    Args:
        path: The path.

    Returns:
        The number, by which it is written to where it stands; None for any other path.
    """
    own = re.compile(rf"/(?:dev|proc/(?:self|{os.getpid()}))/fd/(\d+)")
    path = os.path.abspath(path)  # noqa: PTH100 -- the last link must not be followed here
    for _ in range(_LINKS):
        found = own.fullmatch(path)
        if found:
            return int(found[1])
        try:
            path = os.path.normpath(Path(path).parent / os.readlink(path))  # noqa: PTH115
        except OSError:  # no link
            return None
    return None


def _new_part(target: Path) -> tuple[Path, int]:
    """A new part of a file, open and locked, in place of those whose writers have died."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    parts = (target.with_name(f".{name}.{number}.part") for number in itertools.count())
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    for part in parts:
        if not remove_part(part):
            continue
        try:
            descriptor = os.open(part, flags, 0o666 if mode is None else mode)
        except FileExistsError:  # another writer was faster
            continue
        _lock(descriptor)
        if _is_at(part, descriptor):
            break
        os.close(descriptor)  # taken away before it was locked
    if mode is not None:
        part.chmod(mode)
    for other in parts:  # of writers that were at it at the same time and died
        if not os.path.lexists(other):
            break
        remove_part(other)
    return part, descriptor


def remove_part(part: Path) -> bool:
    """Take away what a writer that died has left; return whether it has, or is no longer there."""
    try:
        if sys.platform == "win32":  # where nobody can remove a file that is open
            part.unlink()
            return True
        descriptor = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        is_left = _lock(descriptor, wait=False) and _is_at(part, descriptor)
        if is_left:
            part.unlink()
    except OSError:
        return False
    else:
        return is_left
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool = True, shared: bool = False) -> bool:
    """Lock an open file until it is closed; False if it is locked, or cannot be."""
    if sys.platform != "win32":
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(descriptor, how)
        except OSError:  # locked by another, or on a file system without locks
            return False
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether an open file is still the one at a path."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """See to it that a new name in a folder outlasts a loss of power, where that can be done."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
