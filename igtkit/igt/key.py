"""When two texts are the same text: what tells whether a text was seen in training."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from igtkit._characters import fold_case, put_in_form

__all__ = ["Transcribed", "seen_among", "text_key"]

_DROPPED = ("P", "S", "Z")  # punctuation, symbols, separators
_INVISIBLE = ("Cc", "Cf")  # tabs and line ends; joiners, soft hyphens and direction marks


class Transcribed(Protocol):
    """Anything with a transcription and a segmentation, either of which may be None."""

    @property
    def transcription(self) -> str | None:
        """The text line."""

    @property
    def segmentation(self) -> str | None:
        """The segmentation line."""


def text_key(text: Transcribed) -> str:
    """The key of a text: the same for the same text, however it was typed.

    The transcription without case, spaces, punctuation and symbols (Unicode ``P*``, ``S*``).
    Letters, marks and digits stay, composed (NFC). Where there is no transcription it is made of
    the segmentation, whose boundaries fall away in the same manner. Glosses, translation and
    language take no part: a text is seen once its words are.

    Args:
        text: A text.

    Returns:
        The key. It is empty where a text has neither letter nor digit; such a text is like no
        other.

    Example:
        >>> from igtkit.igt import IGT
        >>> text_key(IGT("« Gel, İki kedi! »")), text_key(IGT(None, "gel iki kedi-ler"))
        ('gelikikedi', 'gelikikediler')
    """
    line = text.transcription if (text.transcription or "").strip() else text.segmentation
    folded = fold_case(put_in_form(line or "", "NFC"))
    return put_in_form("".join(filter(_counts, folded)), "NFC")


def seen_among(texts: Iterable[Transcribed], known: Iterable[Transcribed]) -> list[bool]:
    """Whether each text is the same, by its key, as one of those that are known.

    Example:
        >>> from igtkit.igt import IGT
        >>> seen_among([IGT("kedi uyudu!"), IGT("gel"), IGT("?")], [IGT("Kedi uyudu"), IGT("?")])
        [True, False, False]
    """
    keys = {text_key(text) for text in known} - {""}
    return [text_key(text) in keys for text in texts]


@lru_cache(maxsize=1 << 12)
def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in _DROPPED and category not in _INVISIBLE
