"""The glosses that a new stem might have, and what is noted of each."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from igtkit.models.crf.hashing import Templates

__all__ = [
    "BITS",
    "COLUMNS",
    "COUNTS",
    "SOURCES",
    "TEMPLATES",
    "Noted",
    "Options",
    "features",
]

BITS = 18  # the weights are a table of 2 ** 18; by hand
COUNTS = (1, 2, 4, 11, 51)  # edges of buckets, by hand

SOURCES = ("word", "with", "copy", "low", "near", "rare", "none", "field")

_OF_WORD = (
    "like", "company", "rate", "unseen", "similar", "shift", "upper", "lonely",
    "free", "length", "previous", "next", "order", "rivals",
    "rule", "share", "rank", "left", "right",
    "glossed", "explained", "so glossed", "glossed so here",
)  # fmt: skip
_OF_GLOSS = ("detail", "languages", "there")
_OF_PLACE = ("capital", "initial", "after", "before", "size", "shape", "view")
COLUMNS = ("source", "known", *_OF_WORD, *_OF_GLOSS, *_OF_PLACE)
"""What is noted of an option, each as a number: of the word of the translation it comes from (from
*glossed* on, by the table of the field), of the gloss, and of the stem's place."""

_OWN = (
    (), ("known",), ("capital", "initial"), ("after",), ("before",), ("view",),
    ("like", "company"), ("rate",), ("unseen",), ("like", "company", "rate"),
    ("lonely", "unseen", "rate"), ("similar",), ("similar", "unseen"), ("shift",),
    ("shift", "lonely"), ("upper", "capital", "initial"), ("upper", "similar"), ("free",),
    ("free", "lonely"), ("length",), ("left",), ("right",), ("left", "lonely"),
    ("right", "lonely"), ("rule",), ("share",), ("rank",), ("rule", "after"), ("detail",),
    ("detail", "size"), ("detail", "rate"), ("size", "shape"), ("capital", "initial", "view"),
    ("known", "share"), ("known", "rate", "lonely"), ("previous", "after"), ("previous",),
    ("rule", "upper", "similar"), ("next",), ("order", "free"), ("free", "rivals"),
    ("order", "lonely", "rivals"),
)  # fmt: skip
_OF_FIELD = (
    ("glossed",), ("explained",), ("glossed", "explained"), ("so glossed",),
    ("glossed so here",), ("so glossed", "glossed"), ("so glossed", "explained"),
    ("glossed so here", "explained", "lonely"), ("languages",), ("languages", "size"),
    ("glossed", "explained", "free"), ("so glossed", "after"), ("glossed", "lonely", "rivals"),
    ("languages", "so glossed"), ("there",), ("there", "known"), ("so glossed", "rank"),
    ("glossed", "lonely", "shift"), ("so glossed", "known"), ("glossed", "explained", "order"),
    ("glossed so here", "size", "view"),
)  # fmt: skip
TEMPLATES = (*_OWN, *_OF_FIELD)
"""The columns that are taken together as a feature, beside the source."""
_NUMBERED = {600 + number: ("source", *template) for number, template in enumerate(TEMPLATES)}
_WITH_FIELD = Templates(_NUMBERED)
_WITHOUT = Templates(dict(list(_NUMBERED.items())[: len(_OWN)]))

Noted = tuple[int, ...]
"""A row of numbers, one for each of some columns."""

_LOOSE = tuple(map(COLUMNS.index, ("source", "known", *_OF_GLOSS)))
"""Columns of a gloss that comes from no word of the translation, beside those of the place."""


class Options:
    """The glosses a stem might have, and what is noted of each; the last is ``""`` for none.

    Args:
        known: How often each gloss is a known stem's.
        place: What is noted of the stem's place.
        about: What is noted of a gloss by the table of the field.
        glosses: Glosses that are offered already.
        noted: What is noted of each, shape ``(glosses, len(COLUMNS))``, but for the place.
    """

    def __init__(
        self,
        known: Counter[str],
        place: Noted,
        about: Callable[[str], tuple[int, int]],
        glosses: Sequence[str] = (),
        noted: np.ndarray | None = None,
    ) -> None:
        self.glosses: list[str] = list(glosses)
        self._noted = np.zeros((0, len(COLUMNS)), np.uint32) if noted is None else noted
        self._rows: list[Noted] = []
        self._known = known
        self._place = place
        self._about = about
        self._taken: set[str] = set(glosses)

    def offer(self, gloss: str, source: str, detail: int = 0) -> None:
        """Add a gloss that comes from no word of the translation, if it is not among them."""
        if gloss in self._taken or (not gloss and source != "none"):
            return
        self._taken.add(gloss)
        self.glosses.append(gloss)
        known = bisect(COUNTS, self._known.get(gloss, 0))
        self._rows.append((SOURCES.index(source), known, detail, *self._about(gloss)))

    def table(self) -> np.ndarray:
        """Return what is noted of each gloss, shape ``(glosses, len(COLUMNS))``, uint32."""
        offered = len(self._noted)
        table = np.zeros((len(self.glosses), len(COLUMNS)), np.uint32)
        table[:offered] = self._noted
        table[offered:, _LOOSE] = _unsigned(self._rows)
        table[:, -len(_OF_PLACE) :] = _unsigned(self._place)
        return table

    def source(self, index: int) -> str:
        """Return the source of a gloss: one of `SOURCES`."""
        from_words = len(self._noted)
        row = self._noted[index] if index < from_words else self._rows[index - from_words]
        return SOURCES[int(row[0])]


def _unsigned(numbers: Sequence[int] | Sequence[Noted]) -> np.ndarray:
    return np.array(numbers, np.int64).astype(np.uint32)


def features(table: np.ndarray, *, field: bool) -> np.ndarray:
    """Return hashed features of options.

    Args:
        table: What is noted of each option, as `Options.table` gives it.
        field: Whether the table of the field is used; without it, its templates are left out.

    Returns:
        Shape ``(options, templates)``, uint32, numbers of weights.
    """
    templates = _WITH_FIELD if field else _WITHOUT
    columns = np.ascontiguousarray(table.T)  # which are gathered much faster so
    mixed = templates.mixed(dict(zip(COLUMNS, columns, strict=True)))
    mixed >>= np.uint32(32 - BITS)
    return mixed
