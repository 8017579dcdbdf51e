"""The protocol of backends, which run a model, and their abilities."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from igtkit.errors import ModelFileError

__all__ = ["Backend", "Rows", "TorchBackend", "running", "try_out"]

Rows = Sequence[Sequence[int]]
"""Ids, a row for each prompt or answer."""


class Backend(Protocol):
    """The protocol of what runs a model.

    Attributes:
        name: What to call it in a message.
        model: The ``transformers.PreTrainedModel`` that it runs; None if it runs something else,
            which then cannot be saved.
        can_constrain: Whether answers can be kept well formed while they are written.
        can_search: Whether a search with several beams can go on after that many answers are
            complete.
        takes_adapters: Whether LoRA adapters can be loaded into its model.
    """

    name: str
    model: Any
    can_constrain: bool
    can_search: bool
    takes_adapters: bool

    @property
    def vocabulary_size(self) -> int:
        """Number of ids."""

    def generate(
        self,
        prompts: Rows,
        *,
        limit: int,
        num_beams: int,
        constraint: Any,
        early_stopping: bool | None = None,
    ) -> list[list[int]]:
        """Write an answer to each prompt.

        Args:
            prompts: Ids, the end token included.
            limit: The most tokens of an answer, the end token included.
            num_beams: Beams; 1 is greedy search.
            early_stopping: Whether to stop as soon as so many answers are complete; None leaves it
                to the backend.
            constraint: A logits processor of transformers, or None.

        Returns:
            The ids of each answer, with the end token where the model came to its end.
        """

    def score(self, prompts: Rows, answers: Rows) -> list[list[float]]:
        """The log-probability of each token of an answer, in nats, unconstrained."""


@contextlib.contextmanager
def running(directory: Path) -> Iterator[None]:
    """Make one error of all that goes wrong when a model that was loaded is tried out.

    Args:
        directory: Its folder.

    Raises:
        ModelFileError: If something goes wrong.
    """
    try:
        yield
    except Exception as error:
        raise ModelFileError(f"the model in {directory} cannot be run: {error!s:.500}") from error


def try_out(backend: Backend) -> None:
    """Write a token and score one, which shows settings with which a model cannot run."""
    backend.generate([[0], [0, 0]], limit=1, num_beams=1, constraint=None)
    backend.score([[0]], [[0]])


class TorchBackend:
    """The common part of backends that run a model of transformers.

    Args:
        model: A ``transformers.PreTrainedModel``.
    """

    name = "torch"
    can_constrain = True
    can_search = True
    takes_adapters = True

    def __init__(self, model: Any) -> None:
        self.model = model

    def require_known(self, rows: Rows) -> None:
        """Look whether the model has the ids that a tokenizer gave.

        Raises:
            ModelFileError: If it has one of them not.
        """
        size = self.model.get_input_embeddings().num_embeddings
        unknown = [index for row in rows for index in row if not 0 <= index < size]
        if unknown:
            raise ModelFileError(
                f"the tokenizer is not of this model: it gives the id {unknown[0]}, and the model "
                f"has {size}"
            )

    @property
    def vocabulary_size(self) -> int:
        """Number of ids."""
        return int(self.model.config.vocab_size)
