"""Guessing which language a translation is in, offline (extra ``langid``).

The guesser is py3langid (Barbaresi, after Lui & Baldwin 2012, *langid.py: An off-the-shelf language
identification tool*), whose model comes with the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.corpus.languages import find
from igtkit.errors import InputError
from igtkit.igt import Language

__all__ = ["METALANGUAGES", "Guesser", "guesser"]

METALANGUAGES = (
    *("eng", "spa", "fra", "deu", "por", "ita", "nld", "rus", "cmn", "ind", "tur", "jpn"),
)
"""ISO 639-3 codes of languages that texts are translated into."""


@attrs.frozen
class Guesser:
    """A guesser among some languages; a `igtkit.corpus.steps.Guess`.

    Attributes:
        labels: The model's names of the languages.
    """

    labels: tuple[str, ...]

    def __call__(self, text: str) -> tuple[Language | None, float]:
        """The likeliest language of a text, and its probability among the candidates, 0 to 1."""
        if not any(map(str.isalpha, text)):
            return None, 0.0
        label, probability = _model(self.labels).classify(text)
        found = find(label)
        return (found.to_language() if found is not None else None), float(probability)


def guesser(candidates: Iterable[str] = METALANGUAGES) -> Guesser:
    """Return a guesser for `igtkit.corpus.steps.identify_metalanguages`.

    The fewer the candidates, the better short translations are told apart.

    Args:
        candidates: Codes or names of languages; py3langid must know each.

    Raises:
        InputError: If a candidate is no language the model knows.
        MissingExtraError: If py3langid is not installed.

    Example:
        >>> guess = guesser(["English", "Spanish"])  # doctest: +SKIP
        >>> language, sure = guess("They have gone to the village.")  # doctest: +SKIP
        >>> language.name, sure > 0.95  # doctest: +SKIP
        ('English', True)
    """
    known = _known_labels()
    labels = []
    for candidate in candidates:
        found = find(candidate)
        if found is None or found.glottocode not in known:
            raise InputError(f"{candidate!r} is no language that py3langid knows")
        labels.append(known[found.glottocode])
    return Guesser(tuple(labels))


@cache
def _known_labels() -> dict[str, str]:
    """The labels of the model, by glottocode."""
    found = {label: find(label) for label in map(str, _load().labels)}
    return {each.glottocode: label for label, each in found.items() if each is not None}


def _load() -> Any:
    module = require("py3langid.langid", "langid")
    return module.LanguageIdentifier.from_model_file(module.MODEL_FILE, norm_probs=True)


@cache
def _model(labels: tuple[str, ...]) -> Any:
    model = _load()
    model.set_languages(list(labels))
    return model
