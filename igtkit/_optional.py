"""Optional dependencies: import them late, and name the extra when one is missing."""

from __future__ import annotations

import importlib
from typing import Any

from igtkit.errors import MissingExtraError

__all__ = ["require"]


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
