"""Which formats there are, and which one a file is in."""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from igtkit.errors import InputError
from igtkit.igt import IGT

__all__ = ["Format", "formats", "get", "guess_for_reading", "guess_for_writing", "register"]


def _never(_head: str) -> bool:
    return False


@attrs.frozen
class Format:
    """A file format: how to read it, how to write it, how to know it.

    Attributes:
        name: What users call it.
        extensions: Extensions of its files, in lower case, with the dot.
        read: Gives the entries of a `Source`, one at a time; options are keyword arguments. An
            entry that cannot be read is given to ``source.reject``, never left out in silence.
        write: Writes entries to a `Sink`; options are keyword arguments.
        sniff: Whether the beginning of a file looks like this format.
        holds: The attributes of `IGT` that a file can hold; `write` reports the others as lost.
    """

    name: str
    extensions: tuple[str, ...] = ()
    read: Callable[..., Iterator[IGT]] | None = None
    write: Callable[..., None] | None = None
    sniff: Callable[[str], bool] = _never
    holds: frozenset[str] = frozenset()


@cache
def _table() -> dict[str, Format]:
    """The formats by name: every public module of this folder holds one."""
    modules = sorted(
        module.name
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if not module.name.startswith("_")
    )
    found = [importlib.import_module(f"igtkit.io.{name}").FORMAT for name in modules]
    return {format_.name: format_ for format_ in found}


def formats() -> Mapping[str, Format]:
    """The formats there are, by name.

    Example:
        >>> "sigmorphon" in formats()
        True
    """
    return dict(_table())


def register(format_: Format) -> None:
    """Make a format of your own known to `read`, `stream` and `write`.

    Raises:
        InputError: If there is one of that name.
    """
    if format_.name in _table():
        raise InputError(f"there is a format {format_.name!r} already")
    _table()[format_.name] = format_


def get(name: str) -> Format:
    """The format of that name.

    Raises:
        InputError: If there is none.
    """
    if name not in _table():
        near = difflib.get_close_matches(str(name), _table(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise InputError(f"unknown format {name!r}; there are: {', '.join(_table())}{hint}")
    return _table()[name]


def guess_for_reading(name: str, read_head: Callable[[], str]) -> Format:
    """The format of a file, by its extension, and where that does not tell, by its beginning.

    Args:
        name: Name of the file.
        read_head: Gives the beginning of the file as text; called only if needed.

    Raises:
        InputError: If neither tells.
    """
    named = _with_extension(name, "read")
    if len(named) == 1:
        return named[0]
    head = read_head()
    if not head.strip():
        raise InputError(f"{name}: the file is empty and so does not tell its format; name format=")
    looks = [f for f in named or _table().values() if f.read is not None and f.sniff(head)]
    if len(looks) == 1:
        return looks[0]
    what = " or ".join(repr(f.name) for f in looks) if looks else "none of the known formats"
    raise InputError(f"{name}: this looks like {what}; name format= ({', '.join(_table())})")


def guess_for_writing(name: str) -> Format:
    """The format of a file that is to be written, by its extension.

    Raises:
        InputError: If the extension does not tell.
    """
    named = _with_extension(name, "write")
    if len(named) == 1:
        return named[0]
    choice = named or [f for f in _table().values() if f.write is not None]
    raise InputError(
        f"{name}: the extension {Path(name).suffix!r} does not tell the format; "
        f"name format= ({', '.join(f.name for f in choice)})"
    )


def _with_extension(name: str, way: str) -> list[Format]:
    suffix = Path(name).suffix.lower()
    return [f for f in _table().values() if suffix in f.extensions and getattr(f, way) is not None]


def check_options(function: Callable[..., Any], options: Mapping[str, Any], name: str) -> None:
    """Raise an error that names the options there are, for one that there is not."""
    known = [
        parameter.name
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    for option in options:
        if option not in known:
            raise InputError(
                f"format {name!r} has no option {option!r}; it has: {', '.join(known) or 'none'}"
            )
