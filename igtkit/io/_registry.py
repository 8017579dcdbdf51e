"""Which formats there are, and which one a file is in.

A format is loaded when a file of it is read or written, or when somebody asks for it. Those that
other packages add (entry points of the group ``igtkit.io``) are looked for where igtkit knows none.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from igtkit._optional import additions
from igtkit.errors import InputError
from igtkit.io._catalog import BUILT_IN, PROGRAMS, Known
from igtkit.io._format import Format

__all__ = [
    "format_names",
    "formats",
    "get",
    "guess_for_reading",
    "guess_for_writing",
    "guess_reason",
    "is_dataset",
    "register",
]

_REGISTERED: dict[str, Format] = {}
"""The formats that were made known with `register`."""


def _known() -> list[Known]:
    """What is known of every format."""
    registered = (
        Known(
            each.name,
            each.extensions,
            each.sniff,
            can_read=each.read is not None,
            can_write=each.write is not None,
        )
        for each in _REGISTERED.values()
    )
    return [*BUILT_IN.values(), *registered]


@cache
def _load(name: str) -> Format:
    """The format of igtkit's own that has this name, of its module."""
    module = importlib.import_module(f"igtkit.io.{BUILT_IN[name].module}")
    loaded: Format = module.FORMAT
    return loaded


def format_names(way: Literal["read", "write"] | None = None) -> tuple[str, ...]:
    """Return the names of the formats there are, without loading them.

    Args:
        way: ``"read"`` or ``"write"`` for those that can be read or written only.

    Example:
        >>> "html" in format_names("write"), "html" in format_names("read")
        (True, False)
    """
    return tuple(
        each.name
        for each in _known()
        if way is None or (each.can_read if way == "read" else each.can_write)
    )


def formats() -> Mapping[str, Format]:
    """Return the formats there are, by name; all of them are loaded.

    Example:
        >>> "sigmorphon" in formats()
        True
    """
    return {name: get(name) for name in format_names()}


def register(format_: Format) -> None:
    """Make a format of your own known to `read`, `stream` and `write`.

    Raises:
        InputError: If there is one of that name.
    """
    if format_.name in format_names():
        raise InputError(f"there is a format {format_.name!r} already")
    _REGISTERED[format_.name] = format_


def get(name: str) -> Format:
    """Return the format of that name.

    Raises:
        InputError: If there is none.
    """
    if name in _REGISTERED:
        return _REGISTERED[name]
    if name in BUILT_IN:
        return _load(name)
    if _add(name):
        return _REGISTERED[name]
    near = _near(str(name).lower())
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(f"unknown format {name!r}; there are: {', '.join(format_names())}{hint}")


def _near(name: str) -> str | None:
    """The format that somebody may mean: by its program, its extension, or nearly by its name."""
    if name in PROGRAMS:
        return PROGRAMS[name]
    named = _with_extension(f"a.{name}", _known())
    if len(named) == 1:
        return named[0].name
    import difflib  # noqa: PLC0415  # slow to load, and for an error only

    return next(iter(difflib.get_close_matches(name, format_names(), n=1)), None)


def _add(name: str | None = None) -> bool:
    """Register the format of that name, or all, that other packages add; whether there was one."""
    added = False
    for given, found in additions("igtkit.io", name):
        if not isinstance(found, Format) or found.name != given:
            raise InputError(f"what is added to igtkit.io as {given!r} is no format of that name")
        if given not in format_names():
            register(found)
            added = True
    return added


def guess_for_reading(name: str, read_head: Callable[[], str]) -> Format:
    """Return the format of a file, by its extension or else by its beginning.

    Args:
        name: Name of the file.
        read_head: Gives the beginning of the file as text; called only if needed.

    Raises:
        InputError: If neither tells.
    """
    readable = [each for each in _known() if each.can_read]
    named = _with_extension(name, readable)
    if len(named) == 1:
        return get(named[0].name)
    head = read_head()
    if not head.strip():
        raise InputError(f"{name}: the file is empty and so does not tell its format; name format=")
    looks = [each.name for each in named or readable if each.sniff(head)]
    if len(looks) == 1:
        return get(looks[0])
    if not looks and _add():
        return guess_for_reading(name, lambda: head)
    what = " or ".join(map(repr, looks)) if looks else "none of the known formats"
    raise InputError(
        f"{name}: this looks like {what}; name format= ({', '.join(format_names('read'))})"
    )


def is_dataset(path: Path) -> bool:
    """Whether a path is a folder with metadata of a CLDF dataset in it, or in its folder cldf."""
    return path.is_dir() and any((*path.glob("*metadata.json"), *path.glob("cldf/*metadata.json")))


def guess_reason(name: str) -> str:
    """Say what tells the format of a file of that name.

    Example:
        >>> guess_reason("a.eaf"), guess_reason("a.txt")
        ("by its extension '.eaf'", "by its beginning, as '.txt' does not tell")
    """
    suffix = Path(name).suffix.lower()
    if len(_with_extension(name, [each for each in _known() if each.can_read])) == 1:
        return f"by its extension {suffix!r}"
    return f"by its beginning, as {suffix!r} does not tell" if suffix else "by its beginning"


def guess_for_writing(name: str) -> Format:
    """Return the format of a file that is to be written, by its extension.

    Raises:
        InputError: If the extension does not tell, or it is a folder.
    """
    if Path(name).is_dir():
        raise InputError(f"{name} is a folder; name a file in it")
    writable = [each for each in _known() if each.can_write]
    named = _with_extension(name, writable)
    if len(named) == 1:
        return get(named[0].name)
    if not named and _add():
        return guess_for_writing(name)
    raise InputError(
        f"{name}: the extension {Path(name).suffix!r} does not tell the format; "
        f"name format= ({', '.join(each.name for each in named or writable)})"
    )


def _with_extension(name: str, known: list[Known]) -> list[Known]:
    suffix = Path(name).suffix.lower()
    return [each for each in known if suffix in each.extensions]
