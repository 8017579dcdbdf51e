"""What the JSON of a saved glosser has to hold, said in small readers that fit into each other.

A reader takes what JSON gives and returns what the glosser needs, or raises `ValueError`:
``table_of(list_of(string))`` reads a table from texts to lists of texts. Nothing is converted: what
is of another type than it was saved with is damage.

Example:
    >>> table_of(list_of(string))({"a": ["b"]})
    {'a': ('b',)}
    >>> whole(1, 2)(10**9)
    Traceback (most recent call last):
    ValueError: expected a whole number from 1 to 2, found 1000000000
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = [
    "file_name",
    "flag",
    "list_of",
    "number",
    "one_of",
    "optional",
    "record",
    "string",
    "table_of",
    "tuple_of",
    "whole",
]

T = TypeVar("T")
Reader = Callable[[Any], T]


def string(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise _unexpected("a text", value)
    return value


def file_name(value: Any) -> str:
    """The name of a file in a folder, and nothing that leads out of it."""
    if not isinstance(value, str) or not re.fullmatch(r"[^/\\:\0]+", value) or value in (".", ".."):
        raise _unexpected("the name of a file", value)
    return value


def flag(value: Any) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise _unexpected("true or false", value)
    return value


def whole(least: int, most: int) -> Reader[int]:
    """A whole number in a range."""

    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise _unexpected(f"a whole number from {least} to {most}", value)
        return value

    return read


def number(least: float = -math.inf, most: float = math.inf) -> Reader[float]:
    """A finite number in a range."""

    def read(value: Any) -> float:
        if type(value) not in (int, float) or not (math.isfinite(value) and least <= value <= most):
            raise _unexpected(f"a number from {least} to {most}", value)
        return float(value)

    return read


def one_of(*values: str) -> Reader[str]:
    """One of some texts."""

    def read(value: Any) -> str:
        if value not in values:
            raise _unexpected(f"one of {', '.join(map(repr, values))}", value)
        return str(value)

    return read


def optional(read: Reader[T]) -> Reader[T | None]:
    """What a reader reads, or null."""
    return lambda value: None if value is None else read(value)


def list_of(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list, as a tuple."""

    def read_all(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise _unexpected("a list", value)
        return tuple(map(read, value))

    return read_all


def tuple_of(*readers: Reader[Any]) -> Reader[tuple[Any, ...]]:
    """A list with one place for each reader, as a tuple."""

    def read_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            raise _unexpected(f"a list of {len(readers)}", value)
        return tuple(read(each) for read, each in zip(readers, value, strict=True))

    return read_all


def table_of(read: Reader[T]) -> Reader[dict[str, T]]:
    """A table from texts to what a reader reads."""

    def read_all(value: Any) -> dict[str, T]:
        if not isinstance(value, dict):
            raise _unexpected("a table", value)
        return {key: read(each) for key, each in value.items()}

    return read_all


def record(**readers: Reader[Any]) -> Reader[dict[str, Any]]:
    """A table with exactly these keys."""

    def read_all(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or value.keys() != readers.keys():
            raise _unexpected(f"a table of {', '.join(readers)}", value)
        return {key: _named(key, readers[key], each) for key, each in value.items()}

    return read_all


def _named(key: str, read: Reader[T], value: Any) -> T:
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _unexpected(what: str, value: object) -> ValueError:
    return ValueError(f"expected {what}, found {value!r:.80}")
