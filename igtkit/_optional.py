"""What other packages bring: optional dependencies, imported late, and additions to igtkit."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from igtkit.errors import InputError, MissingExtraError

__all__ = [
    "additions",
    "require",
]


def require(package: str, extra: str) -> Any:
    """Return a package, imported; where it is missing, the error names the extra to install.

    Args:
        package: Importable module name, for example ``"pandas"``.
        extra: Name of the igtkit extra that brings it, for example ``"pandas"``.

    Returns:
        The imported module.

    Raises:
        MissingExtraError: If the package is not installed.

    Example:
        >>> require("math", "none").floor(1.5)
        1
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".", maxsplit=1)[0] != package.split(".", maxsplit=1)[0]:
            raise  # the package is there, something that it needs is not
        raise MissingExtraError(package, extra) from error


def additions(group: str, name: str | None = None) -> Iterator[tuple[str, Any]]:
    """The objects that installed packages add to igtkit, loaded one by one.

    Args:
        group: The group of entry points, ``"igtkit.io"`` for formats of files and
            ``"igtkit.models"`` for glossers.
        name: Only those of this name.

    Yields:
        The name and the object of each entry point.

    Raises:
        InputError: If one cannot be loaded.
    """
    from importlib import metadata  # noqa: PLC0415 -- slow to load, and seldom needed

    for point in metadata.entry_points(group=group):
        if name is not None and point.name != name:
            continue
        try:
            loaded = point.load()
        except (ImportError, AttributeError) as error:
            package = point.dist.name if point.dist else "a package"
            raise InputError(
                f"{package} adds {point.name!r} to {group}, which cannot be loaded: {error}"
            ) from error
        yield point.name, loaded
