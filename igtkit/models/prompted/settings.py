"""What is saved beside a model: its prompt format, its tasks, and what the format has learned."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from igtkit._files import replace_file
from igtkit.errors import InputError
from igtkit.formats import FORMATS, PromptFormat, Task
from igtkit.formats import get as get_format
from igtkit.models._checkpoints import FORMAT_FILE, saved_settings
from igtkit.models._manifest import damaged, parse_json, to_json
from igtkit.models._schema import list_of, record, string, whole

__all__ = ["copy_format", "load_settings", "require_tasks", "save_format"]

_SETTINGS = record(format=string, tasks=list_of(string), max_input_length=whole(1, 2**31))


def load_settings(
    directory: Path,
    kind: str,
    *,
    name: str | None,
    tasks: Sequence[Task] | None,
    max_input_length: int | None,
) -> dict[str, Any]:
    """The format, tasks and longest prompt that are named, or else saved beside the model.

    Args:
        directory: The folder of the model.
        kind: The name of the glosser's class.
        name: The format, if not the saved one.
        tasks: The tasks, if not the saved ones.
        max_input_length: The longest prompt, if not the saved one.

    Returns:
        The arguments of `igtkit.models.prompted.glosser.PromptedGlosser`.

    Raises:
        InputError: If no format is saved or named, or it does not exist.
        ModelFileError: If what is saved is damaged.
    """
    saved = saved_settings(directory, kind)
    if saved:
        with damaged(directory):
            saved = _SETTINGS(saved)
        of_model = get_format(saved["format"])  # one of a user's own has to be registered first
        with damaged(directory):
            require_tasks(of_model, saved["tasks"])
    name = name or saved.get("format")
    if name is None:
        raise InputError(
            f"{directory} does not say which prompt format its model was trained on; name it "
            f"with format=, one of: {', '.join(map(repr, FORMATS))}"
        )
    prompt_format = get_format(name)
    file = directory / FORMAT_FILE
    if file.exists() and name == saved.get("format", name):
        with damaged(file):
            prompt_format = prompt_format.restore(parse_json(file.read_bytes(), file))
    return {
        "prompt_format": prompt_format,
        "tasks": saved.get("tasks") if tasks is None and name == saved.get("format") else tasks,
        "max_input_length": max_input_length or saved.get("max_input_length") or 1024,
    }


def save_format(prompt_format: PromptFormat, directory: Path) -> None:
    """Save what a format has learned beside a model, if it is one that learns."""
    learned = prompt_format.learned()
    if learned is not None:
        replace_file(directory / FORMAT_FILE, to_json(learned))


def copy_format(source: Path, directory: Path) -> None:
    """Take what a format has learned, if anything, along to another folder of the model."""
    if (source / FORMAT_FILE).exists():
        shutil.copyfile(source / FORMAT_FILE, directory / FORMAT_FILE)


def require_tasks(prompt_format: PromptFormat, tasks: Sequence[str]) -> None:
    """Refuse tasks that a format has not.

    Raises:
        InputError: If there is one, or no task at all.
    """
    unknown = [task for task in tasks if task not in prompt_format.tasks]
    if unknown or not tasks:
        raise InputError(
            f"the {prompt_format.name} format has no task {unknown[0] if unknown else ''!r}; "
            f"it has: {', '.join(map(repr, prompt_format.tasks))}"
        )
