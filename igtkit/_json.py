"""JSON from outside, and what JSON can hold: nothing said twice, nothing nested out of reach."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from igtkit.errors import InputError

__all__ = ["each_key_once", "is_json", "read_object"]

# Values within values: chosen far above what anybody writes, far below where Python gives up. What
# is written stands within an entry, and the entry in an object.
_DEEPEST = 100
_DEEPEST_WRITTEN = 90

_KINDS = {list: "list", str: "string", int: "number", float: "number", type(None): "null"}


def read_object(text: str) -> dict[str, Any]:
    """The JSON object that a text is.

    Raises:
        InputError: If it is none, one of its objects has a key twice, or it nests deeper than 100
            values.

    Example:
        >>> read_object('{"page": 7}')
        {'page': 7}
        >>> read_object('{"page": 7, "page": 8}')
        Traceback (most recent call last):
        igtkit.errors.InputError: the key 'page' stands twice in an object
    """
    try:
        value = json.loads(text, object_pairs_hook=each_key_once)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at column {error.colno}") from error
    except InputError:
        raise
    except (ValueError, RecursionError) as error:  # an endless number, a bottomless list
        raise InputError(f"JSON that cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise InputError(f"a JSON {_KINDS.get(type(value), 'value')}, not an object")
    if _nests_deeper(value, _DEEPEST):
        raise InputError(f"JSON that nests deeper than {_DEEPEST} values")
    return value


def each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of some keys and values: an ``object_pairs_hook`` of `json.loads`.

    Raises:
        InputError: If a key stands twice.

    Example:
        >>> json.loads('{"a": {"b": 1}}', object_pairs_hook=each_key_once)
        {'a': {'b': 1}}
    """
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise InputError(f"the key {twice!r:.80} stands twice in an object")
    return made


def _nests_deeper(value: object, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels == 0 or any(_nests_deeper(part, levels - 1) for part in parts)


def is_json(value: object, *, _levels: int = _DEEPEST_WRITTEN) -> bool:
    """Whether JSON can hold a value, as `read_object` reads it; a tuple is a list there.

    Example:
        >>> is_json({"a": (1, "x")}), is_json({"size": float("nan")}), is_json({7: "x"})
        (True, False, False)
    """
    if isinstance(value, float):
        return math.isfinite(value)
    if value is None or isinstance(value, (str, int)):
        return True
    if not _levels or not isinstance(value, (dict, list, tuple)):
        return False
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            return False
        value = tuple(value.values())
    return all(is_json(part, _levels=_levels - 1) for part in value)
