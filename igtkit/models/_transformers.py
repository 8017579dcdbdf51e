"""Helpers for transformers: silence, tokenizers, devices and types of numbers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError

__all__ = ["load_tokenizer", "number_type", "put_on", "quiet"]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence transformers below errors, and its progress bars, for a while."""
    logging = require("transformers", "models").utils.logging
    level = logging.get_verbosity()
    bars = logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def load_tokenizer(directory: Path, **options: Any) -> Any:
    """Return the tokenizer of a folder, which can encode and comes from that folder alone.

    Args:
        directory: The folder.
        **options: For ``AutoTokenizer.from_pretrained``.

    Returns:
        A ``transformers.PreTrainedTokenizerBase``.

    Raises:
        ModelFileError: If the folder holds none, or one with settings with which it cannot run.
    """
    transformers = require("transformers", "models")
    try:
        with quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(
                directory, local_files_only=True, trust_remote_code=False, **options
            )
            tokenizer("a")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of tokenizers, which is in Rust, is no Exception
        raise ModelFileError(
            f"the tokenizer in {directory} cannot be loaded: {error!s:.500}"
        ) from error
    return tokenizer


def number_type(dtype: str | None) -> Any:
    """Return the torch dtype of a name; None for that of the weights.

    Raises:
        InputError: If there is no such type.
    """
    torch = require("torch", "models")
    names = ("float32", "bfloat16", "float16")
    if dtype is not None and dtype not in names:
        raise InputError(f"dtype must be one of {', '.join(map(repr, names))}, not {dtype!r}")
    return None if dtype is None else getattr(torch, dtype)


def put_on(model: Any, device: str | None) -> Any:
    """Return the model on a device, ready to generate; without a name, on the GPU if there is one.

    Raises:
        InputError: If there is no such device.
    """
    torch = require("torch", "models")
    place = device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        where = torch.device(place)
    except RuntimeError as error:
        raise InputError(f"there is no device {place!r}: {error}") from error
    try:
        return model.to(where).eval()
    except (RuntimeError, AssertionError) as error:
        raise InputError(f"the model cannot be put on the device {place!r}: {error}") from error
