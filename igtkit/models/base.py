"""The base class of all glossers, and the checks of their arguments."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Literal, Self, get_args

from igtkit.boundaries import split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction

__all__ = [
    "Given",
    "Glosser",
    "nothing_learned",
    "require_given",
    "require_texts",
]

Given = Literal["segmentation", "partial"]
"""What a glosser may take from the texts it is given besides transcription and translation."""


class Glosser(ABC):
    """The base class of everything that segments and glosses texts.

    A glosser that learns has a ``fit(train, dev=None)`` that returns itself.
    """

    @abstractmethod
    def predict(self, items: Iterable[IGT], *, given: Given | None = None) -> list[Prediction]:
        """Segment and gloss texts.

        Args:
            items: The texts. Their segmentation and glosses are ignored unless asked for.
            given: ``"segmentation"`` to gloss the segmentation that the texts have; ``"partial"``
                to fill only the words and glosses that are missing or ``???``, and change no other.

        Returns:
            One prediction for each text, in order.
        """

    def find_seen(self, items: Iterable[IGT]) -> list[bool] | None:
        """Tell which texts the glosser has learned from: they say nothing of how it does on others.

        Args:
            items: The texts.

        Returns:
            For each text whether one with its `igtkit.igt.text_key` has taught a word, in training
            or later; None if the glosser does not keep what it has learned from.

        Example:
            >>> from igtkit.models import CrfGlosser
            >>> glosser = CrfGlosser().fit([IGT("cats run", "cat-s run", "cat-PL run")])
            >>> glosser.find_seen([IGT("Cats run!"), IGT("dogs run")])
            [True, False]
        """
        require_texts(items)
        return None

    @abstractmethod
    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save the glosser to a folder, made where it does not exist."""

    @classmethod
    @abstractmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        """Load a glosser that `save_pretrained` saved.

        Raises:
            ModelFileError: If the folder holds no such glosser, or a damaged one.
        """
        raise InputError(
            f"{cls.__name__} loads no folder itself; igtkit.models.load_glosser loads a glosser of "
            "any kind"
        )


def require_given(given: object) -> None:
    """Refuse what a glosser cannot be told to take from its texts.

    Raises:
        InputError: If it is neither None nor one of `Given`.
    """
    if given is not None and given not in get_args(Given):
        raise InputError(f"given must be None, 'segmentation' or 'partial', not {given!r}")


def nothing_learned(texts: Sequence[IGT], why: str) -> InputError:
    """The error of a glosser that no text teaches anything.

    Args:
        texts: What it was to learn from.
        why: What is wrong with the texts, if they are glossed at all.
    """
    if not any(split_words(text.glosses) for text in texts):
        return InputError(
            f"nothing is glossed yet: none of {len(texts)} texts has glosses to learn from"
        )
    return InputError(f"none of {len(texts)} texts {why}")


def require_texts(items: Iterable[IGT]) -> list[IGT]:
    """Return the items as a list, after looking whether every one is an `IGT`.

    Raises:
        InputError: If the items are one text or a string instead of many texts, or one is no `IGT`.
    """
    if isinstance(items, IGT | str | bytes):
        raise InputError(f"expected many texts, got one {type(items).__name__}; put it into a list")
    if not isinstance(items, Iterable):
        raise InputError(f"expected many texts, got {items!r} ({type(items).__name__})")
    texts = list(items)
    for index, text in enumerate(texts):
        if not isinstance(text, IGT):
            raise InputError(f"item {index} is no IGT but {text!r} ({type(text).__name__})")
    return texts
