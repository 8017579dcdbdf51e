"""Models on the Hugging Face hub: fetched to a folder, or put there from one."""

from __future__ import annotations

import os
import re
from pathlib import Path

from igtkit._files import locked_folder
from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._manifest import MANIFEST
from igtkit.models._pickled import to_safetensors

__all__ = ["push_to_hub", "resolve"]

_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_FETCHED = ["*.json", "*.safetensors", "*.npz", "*.model", "*.jinja", "merges.txt", "vocab.txt"]
_PICKLED = ["pytorch_model*.bin", "pytorch_model.bin.index.json"]
_OF_A_RUN = ["*checkpoint-*", "*run.json", "runs/*", ".*", "*.part"]
"""What lies in the folder of a training and is of use only to go on with it."""


def resolve(directory: str | os.PathLike[str], revision: str | None = None) -> Path:
    """Return the folder of a model, fetched from the hub where it is not here.

    Args:
        directory: A folder, or the name of a repository on the Hugging Face hub
            (``"lecslab/glosslm"``), which is then fetched: weights in safetensors, and what says
            how to use them. Where there is only a ``pytorch_model.bin``, as in
            ``google/byt5-base``, it is copied to safetensors, once; see `to_safetensors`.
        revision: The branch, tag or commit of the repository.

    Raises:
        InputError: If a folder is to be of a revision.
        ModelFileError: If there is neither.
    """
    path = Path(directory)
    if path.is_dir():
        if revision is not None:
            raise InputError(f"{path} is a folder, which has no revision {revision!r}")
        return path
    name = os.fspath(directory)
    if not _NAME.fullmatch(name):
        what = f"{name} is a file, no folder" if path.is_file() else f"there is no folder {name}"
        raise ModelFileError(what)
    hub = require("huggingface_hub", "models")
    try:
        fetched = Path(hub.snapshot_download(name, revision=revision, allow_patterns=_FETCHED))
        if not (fetched / "config.json").exists() or any(fetched.rglob("*.safetensors")):
            return fetched
        hub.snapshot_download(name, revision=revision, allow_patterns=_PICKLED)
    except (OSError, ValueError) as error:  # the hub's own errors are OSErrors
        raise ModelFileError(
            f"there is no folder {name}, and no such repository could be fetched: {error}"
        ) from error
    copy = Path(hub.constants.HF_HUB_CACHE) / "igtkit" / f"{name.replace('/', '--')}-{fetched.name}"
    copy.parent.mkdir(parents=True, exist_ok=True)
    with locked_folder(copy.parent):  # all processes of a training come here at once
        if not copy.is_dir():
            to_safetensors(fetched, copy)
    return copy


def push_to_hub(
    directory: str | os.PathLike[str],
    name: str,
    *,
    private: bool = True,
    revision: str | None = None,
) -> str:
    """Put the glosser of a folder into a repository on the Hugging Face hub.

    With it goes its model card (``README.md``); what only serves to go on with its training stays
    here. Log in first: ``hf auth login``, or the environment variable ``HF_TOKEN``.

    Args:
        directory: A folder that ``save_pretrained`` of a glosser made, or a training.
        name: The repository, ``"somebody/lezgi-glosser"``; made where it does not exist.
        private: Whether a repository that is made is for its owner alone.
        revision: The branch to put it on; the main one if None.

    Returns:
        Its address, as the hub gives it.

    Raises:
        InputError: If it cannot be put there, or that is no name.
        ModelFileError: If the folder holds no glosser.
    """
    path = Path(directory)
    if not (path / MANIFEST).exists():
        raise ModelFileError(f"{path} holds no glosser that igtkit saved")
    if not _NAME.fullmatch(name):
        raise InputError(f"a repository is named as somebody/something, not {name!r}")
    hub = require("huggingface_hub", "models")
    api = hub.HfApi()
    try:
        api.create_repo(name, private=private, exist_ok=True)
        if revision is not None:
            api.create_branch(name, branch=revision, exist_ok=True)
        address = api.upload_folder(
            repo_id=name,
            folder_path=path,
            revision=revision,
            ignore_patterns=_OF_A_RUN,
            commit_message="Add a glosser of igtkit",
        )
    except (OSError, ValueError) as error:
        raise InputError(f"{path} could not be put on the hub as {name}: {error}") from error
    return str(address)
