"""Checks of numbers that are settings."""

from __future__ import annotations

from typing import Any

import attrs

from igtkit.errors import InputError

__all__ = ["check_positive"]


def check_positive(_: object, attribute: attrs.Attribute[Any], value: float) -> None:
    """Refuse a setting that is not greater than 0; a validator of attrs.

    Raises:
        InputError: If it is not; the message names it.
    """
    if value <= 0:
        raise InputError(f"{attribute.name} must be greater than 0, not {value!r}")
