"""Going on with a training that was interrupted, and never starting one over unseen."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import attrs

from igtkit._files import replace_file
from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models.training.examples import TrainingSet
from igtkit.models.training.settings import TrainingSettings

__all__ = [
    "FinishedRunError",
    "finish_run",
    "start_run",
]

_FILE = "run.json"
_MAY_CHANGE = (
    "epochs",
    "steps",
    "micro_batch_size",
    "eval_batch_size",
    "gradient_checkpointing",
    "save_steps",
)
"""Settings with which a run may go on that it was not begun with."""


class FinishedRunError(InputError):
    """A run that shall go on has reached its end; `result` is what came out."""

    def __init__(self, folder: Path, result: dict[str, Any]) -> None:
        super().__init__(
            f"the run in {folder} has reached its end, after {result.get('epochs')} epochs; ask "
            "for more to go on, or score what is there with evaluate_model.py"
        )
        self.result = result


def start_run(
    directory: str | os.PathLike[str],
    settings: TrainingSettings,
    examples: TrainingSet,
    dev: TrainingSet | None,
    *,
    resume: bool,
    write: bool,
) -> str | None:
    """Return the checkpoint that a training goes on from, and note what the run is.

    Args:
        directory: Where the run is kept.
        settings: How it is to train.
        examples: What it is to learn from.
        dev: What it is to watch.
        resume: Whether a run that is there shall go on.
        write: Whether this process writes.

    Returns:
        The folder of the last checkpoint; None to begin.

    Raises:
        InputError: If there is a run and none shall go on, or the one that shall was begun with
            other data or settings.
        FinishedRunError: If it has reached its end.
    """
    folder = Path(directory)
    last: str | None = None
    if folder.is_dir():
        last = require("transformers", "train").trainer_utils.get_last_checkpoint(folder)
    if last is not None and not resume:
        raise InputError(
            f"{folder} has checkpoints of a run already; go on with it (resume=True, --resume), "
            "or name another folder"
        )
    asked = _describe(settings, examples, dev)
    known = _read(folder / _FILE)
    if last is not None and known:
        _compare(folder, known, asked)
    if write:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / _FILE, asked)
    return last


def finish_run(directory: str | os.PathLike[str], result: dict[str, Any]) -> None:
    """Note that a run has reached its end, and what came out."""
    path = Path(directory) / _FILE
    _write(path, {**_read(path), "result": result})


def _describe(
    settings: TrainingSettings, examples: TrainingSet, dev: TrainingSet | None
) -> dict[str, Any]:
    kept = {
        name: value for name, value in attrs.asdict(settings).items() if name not in _MAY_CHANGE
    }
    return {
        "settings": kept,
        "data": _digest(examples),
        "dev": None if dev is None else _digest(dev),
        "end": {"epochs": settings.epochs, "steps": settings.steps},
    }


def _compare(folder: Path, known: dict[str, Any], asked: dict[str, Any]) -> None:
    before = known.get("settings") or {}
    changed = [
        f"{name} {before.get(name)!r}, now {value!r}"
        for name, value in asked["settings"].items()
        if before.get(name) != value
    ]
    changed += [f"other {name}" for name in ("data", "dev") if known.get(name) != asked[name]]
    if changed:
        raise InputError(
            f"the run in {folder} was begun with {'; '.join(changed)}: go on as it was begun, or "
            "name another folder"
        )
    end, result = known.get("end") or {}, known.get("result")
    if result and all((value or 0) <= (end.get(name) or 0) for name, value in asked["end"].items()):
        raise FinishedRunError(folder, result)


def _digest(examples: TrainingSet) -> str:
    content = json.dumps([[row["input_ids"], row["labels"]] for row in examples.rows])
    return hashlib.sha256(content.encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    """What a run was begun with; nothing where there is none, or what there is makes no sense."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    tables = [found.get(name) or {} for name in ("settings", "end", "result")]
    if not all(isinstance(table, dict) for table in tables):
        return {}
    numbers = [value for value in tables[1].values() if value is not None]
    return found if all(isinstance(value, (int, float)) for value in numbers) else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    replace_file(path, (json.dumps(content, indent=2) + "\n").encode())
