"""The options of a format: which there are and what each may be, as its functions are annotated."""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from igtkit.errors import InputError

__all__ = ["check_options", "option_names", "parse_options"]

_NONE: Mapping[str, str] = {}

_WORDS: Mapping[Any, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    os.PathLike: "a path",
}


def check_options(function: Callable[..., Any], options: Mapping[str, Any], name: str) -> None:
    """Refuse an option that there is not, and a value that an option cannot have.

    Args:
        function: What the options are keyword-only arguments of.
        options: The options that were given.
        name: The format.

    Raises:
        InputError: If the function has no such keyword-only argument, or its annotation does not
            allow the value.
    """
    if not options:  # to look at a function takes longer than to read a small file
        return
    known = option_names(function)
    kinds = _kinds(function)
    for option, value in options.items():
        if option not in known:
            raise InputError(
                f"format {name!r} has no option {option!r}; it has: {', '.join(known) or 'none'}"
            )
        if isinstance(value, str) and "\0" in value:  # no text has one, and no path can
            raise InputError(f"format {name!r}: {option} has a null character: {value!r:.80}")
        kind = kinds.get(option, Any)
        if not _fits(value, kind):
            raise InputError(
                f"format {name!r}: {option} must be {_described(kind)}, not {value!r:.80}"
            )


def option_names(function: Callable[..., Any]) -> list[str]:
    """The names of a function's keyword-only arguments: the options of a format are such."""
    return [
        parameter.name
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]


def parse_options(given: Iterable[str], elsewhere: Mapping[str, str] = _NONE) -> dict[str, Any]:
    """Return the options of a format as a command takes them, ``NAME=VALUE``.

    A value that is JSON is taken as such, any other as text. ``NAME.KEY=TEXT`` gives one text of a
    mapping: no shell takes its quotes away.

    Args:
        given: The options.
        elsewhere: Names that are none of them, and what there is to say of each.

    Raises:
        InputError: If one is not written so, or has such a name.

    Example:
        >>> parse_options(["tiers.transcription=tx@*", "tiers.glosses=ge@*", "excel=true"])
        {'tiers': {'transcription': 'tx@*', 'glosses': 'ge@*'}, 'excel': True}
    """
    options: dict[str, Any] = {}
    for item in given:
        name, equals, value = item.partition("=")
        name, dot, key = name.partition(".")
        name = name.replace("-", "_")
        if not equals:
            raise InputError(f"write an option as NAME=VALUE, not {item!r}")
        if name in elsewhere:
            raise InputError(f"{item}: {name} {elsewhere[name]}")
        if dot:
            before = options.get(name)
            options[name] = {**(before if isinstance(before, dict) else {}), key: value}
            continue
        try:
            options[name] = json.loads(value)
        except (ValueError, RecursionError):
            options[name] = value
    return options


def _kinds(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return get_type_hints(function)
    except NameError:  # a format of the user's own, with annotations for a type checker alone
        return {}


def _fits(value: object, kind: Any) -> bool:
    """Whether a value is of a kind; kinds that no option of igtkit has are not looked into."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in arguments)
    if origin is Literal:
        return value in arguments
    plain = origin or kind
    if plain is Any or not isinstance(plain, type):
        return True
    if plain is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if plain is int and isinstance(value, bool):
        return False
    if not isinstance(value, plain):
        return False
    if isinstance(value, list) and arguments:
        return all(_fits(one, arguments[0]) for one in value)
    if isinstance(value, Mapping) and arguments:
        return all(_fits(k, arguments[0]) and _fits(v, arguments[1]) for k, v in value.items())
    return True


def _described(kind: Any) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(_described(one) for one in arguments if one is not NoneType)
    if origin is Literal:
        *others, last = map(repr, arguments)
        return f"{', '.join(others)} or {last}" if others else last
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return 'a mapping of strings, such as {"name": "value"}'
    if origin is list:
        return "a list of strings"
    plain = origin or kind
    if plain is Sequence:
        return "a list of them"
    return _WORDS.get(plain) or f"a {plain.__name__}"
