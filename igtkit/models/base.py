"""What every glosser can do, and what they share."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Literal, Self, get_args

import attrs

from igtkit.boundaries import UNKNOWN, is_word, join_words, split_morphemes, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction

__all__ = [
    "Given",
    "Glosser",
    "fill_gloss",
    "fitting_form",
    "keep_marks",
    "known_words",
    "require_given",
    "require_texts",
]

Given = Literal["segmentation", "partial"]
"""What a glosser may take from the texts it is given besides transcription and translation."""


class Glosser(ABC):
    """Segments and glosses texts.

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


def known_words(igt: IGT) -> list[tuple[str | None, str | None]]:
    """What a partly annotated text already says of each word of its transcription.

    Args:
        igt: A text whose segmentation and glosses, where it has them, hold one word for each word
            of the transcription; `UNKNOWN` stands where there is nothing yet.

    Returns:
        ``(form, gloss)`` for each word of the transcription, None for what is not known.

    Raises:
        InputError: If a line has fewer or more words than the transcription, so that nobody can
            tell which word is done.

    Example:
        >>> known_words(IGT("cats run", None, "cat-PL ???"))
        [(None, 'cat-PL'), (None, None)]
    """
    count = len(_words(igt.transcription))
    columns: list[Sequence[str | None]] = []
    for name, line in (("segmentation", igt.segmentation), ("glosses", igt.glosses)):
        words = _words(line)
        if not words:
            columns.append([None] * count)
        elif len(words) == count:
            columns.append([None if word == UNKNOWN else word for word in words])
        else:
            raise InputError(
                f"the transcription has {count} words, the {name} {len(words)}: "
                f"write {UNKNOWN!r} for each word that is not done ({igt.transcription!r})"
            )
    return list(zip(*columns, strict=True))


def fill_gloss(gloss: str, suggested: str) -> str:
    """Fill the morphemes of a gloss that are `UNKNOWN`, where a suggestion has as many.

    Example:
        >>> fill_gloss("cat-???", "dog-PL"), fill_gloss("cat-???", "dog")
        ('cat-PL', 'cat-???')
    """
    mine, other = split_morphemes(gloss), split_morphemes(suggested)
    if len(mine) != len(other):
        return gloss
    return "".join(
        boundary + (new if old == UNKNOWN else old)
        for (boundary, old), (_, new) in zip(mine, other, strict=True)
    )


def fitting_form(suggested: str, gloss: str) -> str:
    """A suggested form if it has the morphemes of a gloss that a person gave, else `UNKNOWN`.

    Example:
        >>> fitting_form("cat-s", "cat-PL"), fitting_form("cats", "cat-PL")
        ('cat-s', '???')
    """
    same = len(split_morphemes(suggested)) == len(split_morphemes(gloss))
    return suggested if same else UNKNOWN


def keep_marks(text: IGT, prediction: Prediction) -> Prediction:
    """Leave the punctuation of a person's lines as it stands, and fill in the words.

    Predicted lines take their punctuation from the transcription; a person may have written it
    otherwise.

    Args:
        text: The text, partly done.
        prediction: What was predicted for it.

    Returns:
        The prediction. A line that the text does not have, or with another number of words, is as
        predicted.

    Example:
        >>> begun = IGT("Cats run.", None, "cat-PL ??? .")
        >>> keep_marks(begun, Prediction("cat-s run", "cat-PL run")).glosses
        'cat-PL run .'
    """
    return attrs.evolve(
        prediction,
        segmentation=_with_marks(text.segmentation, prediction.segmentation),
        glosses=_with_marks(text.glosses, prediction.glosses),
    )


def _with_marks(line: str | None, predicted: str | None) -> str | None:
    words = _words(predicted)
    if not words or len(_words(line)) != len(words):
        return predicted
    following = iter(words)
    return join_words([next(following) if is_word(token) else token for token in split_words(line)])


def _words(line: str | None) -> list[str]:
    return [token for token in split_words(line) if is_word(token)]
