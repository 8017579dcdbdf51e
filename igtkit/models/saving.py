"""The files of a saved glosser: JSON that names its kind and version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from igtkit._files import replace_file
from igtkit.errors import ModelFileError

__all__ = ["load_json", "save_json"]

FORMAT_VERSION = 1


def save_json(path: Path, kind: str, content: dict[str, Any]) -> None:
    """Write a table of a model to a JSON file, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"kind": kind, "format_version": FORMAT_VERSION, **content}
    replace_file(path, json.dumps(record, ensure_ascii=False).encode())


def load_json(path: Path, kind: str) -> dict[str, Any]:
    """Return the table that `save_json` wrote.

    Raises:
        ModelFileError: If there is no such file, it is damaged, or of another kind or version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileError(
            f"{path.parent} holds no saved {kind}: {path.name} is not there"
        ) from None
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{path} is damaged: {error}") from error
    if not isinstance(content, dict) or content.get("kind") != kind:
        found = content.get("kind") if isinstance(content, dict) else type(content).__name__
        raise ModelFileError(f"{path} is not of a {kind} but of {found!r}")
    if content.get("format_version") != FORMAT_VERSION:
        raise ModelFileError(
            f"{path} has format version {content.get('format_version')!r}, this igtkit reads "
            f"{FORMAT_VERSION}; train the model again, or install the igtkit that saved it"
        )
    return content
