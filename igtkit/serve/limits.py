"""How much one request may ask for."""

from __future__ import annotations

import attrs
from attrs.validators import gt

from igtkit.boundaries import is_word, split_words
from igtkit.igt import IGT

__all__ = [
    "Limits",
    "weigh",
]


@attrs.frozen(kw_only=True)
class Limits:
    """How much a server does for one request, so that no request keeps the others waiting.

    Attributes:
        bytes: The longest body.
        texts: The most texts in a request.
        characters: The longest line of a text.
        work: The most work, as `weigh` measures it, summed over the texts.
        turn: The work after which others get their turn; one text is never parted.
        seconds: How long a request may take, the wait for others included.
        requests: How many requests may wait or be answered at a time.
        silence: How many seconds a client may take to send a request.
    """

    bytes: int = attrs.field(default=1 << 20, validator=gt(0))
    texts: int = attrs.field(default=100, validator=gt(0))
    characters: int = attrs.field(default=2000, validator=gt(0))
    work: int = attrs.field(default=100_000, validator=gt(0))
    turn: int = attrs.field(default=1000, validator=gt(0))
    seconds: float = attrs.field(default=30.0, validator=gt(0))
    requests: int = attrs.field(default=64, validator=gt(0))
    silence: float = attrs.field(default=10.0, validator=gt(0))


def weigh(text: IGT) -> int:
    """The work that a text is: its words, times the words of its translation and one.

    A glosser compares each word with each word of the translation.

    Example:
        >>> weigh(IGT("Kedi pazarda .", translation="The cat is at the market."))
        14
    """
    words = sum(map(is_word, split_words(text.transcription or text.segmentation)))
    return words * (len(split_words(text.translation)) + 1)
