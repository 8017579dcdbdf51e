"""The corpora that a model is trained on and scored on."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Sequence
from typing import Any

from igtkit.corpus.collection import Corpus
from igtkit.data import load_sample
from igtkit.errors import InputError
from igtkit.igt import IGT, text_key
from igtkit.io import read
from igtkit.normalize import normalize

__all__ = ["read_corpora", "split_off_dev"]


def read_corpora(names: Sequence[str], *, rules: Any = "polygloss") -> Corpus:
    """Return the texts of several corpora.

    Args:
        names: Files of any format that `igtkit.read` knows, each with the name of its language
            before it where the file does not say it: ``"Nyangbo=nyb-train.txt"``. ``"sample"`` is
            the sample corpus, ``"sample:dev"`` one split of it.
        rules: How punctuation is set apart, see `igtkit.normalize`.

    Returns:
        The texts, normalized, in order.

    Raises:
        FileFormatError: If a file is malformed.
        InputError: If nothing is named, or nothing is in the files.

    Example:
        >>> len(read_corpora(["sample:dev"])) > 0
        True
    """
    corpus = Corpus()
    for name in names:
        language, _, path = name.rpartition("=")
        part = _sample(path) or read(path)
        corpus += [igt.replace(language=igt.language or language or None) for igt in part]
    if not corpus:
        raise InputError(f"there is no text in {', '.join(names) or 'nothing: name a file'}")
    return corpus.map(functools.partial(normalize, rules=rules))


def split_off_dev(corpus: Corpus, share: float = 0.1, *, seed: int = 0) -> tuple[Corpus, Corpus]:
    """Return texts split at random into those to train on and those to watch.

    The paper pools the train and dev parts of all its corpora for pretraining and splits a tenth
    off. Sentences that are the same, as `igtkit.igt.text_key` tells, go to the same side.

    Args:
        corpus: The texts.
        share: The share of dev.
        seed: The same seed gives the same split.

    Raises:
        InputError: If there are too few texts.
    """

    def same(igt: IGT) -> Hashable:
        return text_key(igt) or igt

    split = corpus.random_split(train=1 - share, dev=share, test=0, seed=seed, together=same)
    return split.split("train"), split.split("dev")


def _sample(name: str) -> Corpus | None:
    base, _, split = name.partition(":")
    if base != "sample":
        return None
    return load_sample().split(split) if split else load_sample()
