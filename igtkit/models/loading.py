"""Loading a glosser of any kind from its folder."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

from igtkit.errors import ModelFileError
from igtkit.models.base import Glosser

__all__ = ["load_glosser"]

_HOMES = {
    "Seq2SeqGlosser": "igtkit.models.seq2seq",
    "SeparateGlosser": "igtkit.models.separate",
    "PipelineGlosser": "igtkit.models.separate",
}


def load_glosser(directory: str | os.PathLike[str], **options: Any) -> Glosser:
    """Load the glosser that a folder holds, whatever its kind.

    Args:
        directory: A folder that ``save_pretrained`` of any glosser made; or, with ``format=`` in
            the options, a checkpoint of another origin, as for `Seq2SeqGlosser.from_pretrained`.
        **options: For ``from_pretrained`` of its class.

    Raises:
        ModelFileError: If the folder holds no glosser.
    """
    path = Path(directory)
    for file in sorted(path.glob("*.json")):
        name = _kind(file)
        if name is None:
            continue
        home = importlib.import_module(_HOMES.get(name, "igtkit.models"))
        kind = getattr(home, name, None)
        if isinstance(kind, type) and issubclass(kind, Glosser):
            return kind.from_pretrained(directory, **options)
    if path.is_dir() and not (path / "config.json").exists():
        raise ModelFileError(f"{path} holds no glosser that igtkit saved, and no checkpoint")
    from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: PLC0415  # most glossers need no torch

    return Seq2SeqGlosser.from_pretrained(directory, **options)


def _kind(file: Path) -> str | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # not ours to judge; the class says what is damaged
    name = content.get("kind") if isinstance(content, dict) else None
    return name if isinstance(name, str) else None
