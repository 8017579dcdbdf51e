"""The errors igtkit raises: one root, a few children, messages that say what to do."""

from __future__ import annotations

__all__ = [
    "AlignmentError",
    "EndpointError",
    "FileFormatError",
    "IGTError",
    "InputError",
    "MissingExtraError",
    "ModelFileError",
    "NotFittedError",
]


class IGTError(Exception):
    """Root of every error that igtkit raises on purpose."""


class InputError(IGTError, ValueError):
    """A value that cannot be worked with: wrong type, unequal lengths, unknown name, empty gold."""


class AlignmentError(IGTError, ValueError):
    """Segmentation and glosses do not pair up; the message shows both lines and marks the place."""


class FileFormatError(IGTError, ValueError):
    """A malformed file: the message names file, line and what was expected.

    Attributes:
        path: The file, as it was named by the caller.
        line: Number of the line at fault, counted from 1, or None where lines mean nothing.
        expected: What the reader was looking for.
    """

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, expected: str = ""
    ) -> None:
        self.path = path
        self.line = line
        self.expected = expected
        where = ":".join(str(part) for part in (path, line) if part is not None)
        text = f"{where}: {message}" if where else message
        super().__init__(f"{text} (expected {expected})" if expected else text)


class MissingExtraError(IGTError, ImportError):
    """An optional dependency is not installed; the message names the extra that brings it."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(
            f"this needs the package {package!r}, which is not installed; "
            f"run: pip install 'igtkit[{extra}]'"
        )

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (self.package, self.extra)  # as a process gives it to another


class ModelFileError(IGTError, ValueError):
    """A saved model that is damaged, of another kind, or from an incompatible version."""


class NotFittedError(IGTError, RuntimeError):
    """A glosser was asked to predict before it had learned anything."""


class EndpointError(IGTError, RuntimeError):
    """A model behind an endpoint refused, or did not answer however often it was asked."""
