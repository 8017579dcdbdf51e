"""A glosser that knows a table of stems and one of suffixes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Self

from igtkit import IGT, Prediction
from igtkit.boundaries import UNKNOWN, is_word, join_words, split_words
from igtkit.errors import InputError
from igtkit.models import (
    Given,
    Glosser,
    keep_known,
    load_folder,
    require_given,
    require_texts,
    save_folder,
)

__all__ = ["TableGlosser"]


class TableGlosser(Glosser):
    """Strips the longest suffix that it knows until a stem is left.

    Args:
        stems: The gloss of each stem.
        suffixes: The gloss of each suffix.
    """

    def __init__(self, stems: Mapping[str, str], suffixes: Mapping[str, str]) -> None:
        self.stems, self.suffixes = dict(stems), dict(suffixes)

    def predict(self, items: Iterable[IGT], *, given: Given | None = None) -> list[Prediction]:
        """Segment and gloss texts."""
        require_given(given)
        if given == "segmentation":
            raise InputError("a TableGlosser segments by itself")
        predictions = []
        for text in require_texts(items):
            tokens = split_words(text.transcription)
            pairs = [self._analyze(each) if is_word(each) else (each, each) for each in tokens]
            found = Prediction(
                join_words([form for form, _ in pairs]),
                join_words([gloss for _, gloss in pairs]),
                system="TableGlosser",
            )
            predictions.append(keep_known(text, found) if given == "partial" else found)
        return predictions

    def _analyze(self, word: str) -> tuple[str, str]:
        fitting = [end for end in self.suffixes if word.endswith(end) and word != end]
        if word in self.stems or not fitting:
            return word, self.stems.get(word, UNKNOWN)
        end = max(fitting, key=len)
        form, gloss = self._analyze(word.removesuffix(end))
        return f"{form}-{end}", f"{gloss}-{self.suffixes[end]}"

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save the tables to a folder."""
        save_folder(directory, "TableGlosser", {"stems": self.stems, "suffixes": self.suffixes})

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        """Load the tables of a folder."""
        tables = load_folder(directory, "TableGlosser").settings
        return cls(tables["stems"], tables["suffixes"])
