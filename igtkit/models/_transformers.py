"""Keeping transformers from drawing bars and repeating advice that igtkit acts on itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from igtkit._optional import require

__all__ = ["quiet"]


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
