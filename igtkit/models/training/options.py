"""Options of the command line that are made from a class of settings.

Each field of the class is an option, its description is that of the docstring: what can be set, and
what is said of it, stands in one place.
"""

from __future__ import annotations

import argparse
import inspect
import re
import types
import typing
from typing import Any, TypeVar

import attrs

__all__ = ["add_settings", "read_settings_of"]

Settings = TypeVar("Settings")

_SECTION = re.compile(r"^Attributes:\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^    (\w+): (.*?)(?=^    \w|\Z)", re.MULTILINE | re.DOTALL)


def add_settings(parser: argparse.ArgumentParser, kind: type[Any], title: str) -> None:
    """Add an option for each field of a class of settings.

    ``learning_rate: float`` is ``--learning-rate``, ``bf16: bool`` is ``--bf16`` and ``--no-bf16``.

    Args:
        parser: The parser.
        kind: An attrs class whose docstring describes its attributes.
        title: What to call the options in the help.
    """
    add = parser.add_argument_group(title).add_argument
    described = _descriptions(kind)
    types_ = typing.get_type_hints(kind)
    for field in attrs.fields(kind):
        name = f"--{field.name.replace('_', '-')}"
        told = f"{described[field.name]} (default: %(default)s)"
        options: dict[str, Any] = {"default": field.default, "help": told}
        if types_[field.name] is bool:
            options["action"] = argparse.BooleanOptionalAction
        else:
            options["type"] = _plain(types_[field.name])
            options["metavar"] = "N" if options["type"] is int else "X"
        add(name, **options)


def read_settings_of(kind: type[Settings], options: argparse.Namespace) -> Settings:
    """The settings that the command line asks for.

    Args:
        kind: A class whose fields `add_settings` made options of.
        options: What was parsed.

    Raises:
        InputError: If a setting is out of its range.
    """
    names = [field.name for field in attrs.fields(typing.cast("Any", kind))]
    return kind(**{name: getattr(options, name) for name in names})


def _descriptions(kind: type[Any]) -> dict[str, str]:
    """What the docstring of a class says of each attribute, in one line."""
    found = _SECTION.search(inspect.getdoc(kind) or "")
    entries = dict(_ENTRY.findall(found[1])) if found else {}
    return {
        field.name: " ".join(entries.get(field.name, "").replace("`", "").split()).replace(
            "%", "%%"
        )
        for field in attrs.fields(kind)
    }


def _plain(hint: Any) -> Any:
    """The type of a value that is given: ``int`` of ``int | None``."""
    if isinstance(hint, types.UnionType):
        [hint] = [each for each in typing.get_args(hint) if each is not type(None)]
    return hint
