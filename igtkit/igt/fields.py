"""Fields that hold text or nothing."""

from __future__ import annotations

from typing import Any

import attrs

from igtkit.errors import InputError

__all__ = ["require_text", "text_field"]


def require_text(value: object, name: str) -> None:
    """Refuse what is neither a line of text nor None: a NaN out of a table, say.

    Raises:
        InputError: If it is something else; the message says what.
    """
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name} must be a string or None, got {value!r} ({type(value).__name__})")


def _check_text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and not isinstance(value, str):
        require_text(value, f"{type(instance).__name__}.{attribute.name}")


def text_field(default: Any = None, **options: Any) -> Any:
    """A field that holds a string or None."""
    return attrs.field(default=default, validator=_check_text, **options)
