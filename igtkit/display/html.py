"""Texts, corpora, predictions and reports as HTML, for pages and notebooks."""

from __future__ import annotations

from igtkit.corpus.collection import Corpus, render_corpus
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.metrics import Report

__all__ = ["to_html"]


def to_html(value: IGT | Corpus | Prediction | Report, *, limit: int | None = 10) -> str:
    """Return something as a fragment of HTML, with its style and without script.

    A text is a list of words, each over its morphemes and their glosses; it wraps to the width
    there is, runs from right to left where its script does, and has grammatical labels in small
    capitals, the standard ones spelt out on hover. In a `Prediction`, the suggestions for a word
    and how likely each is show where one points at it.

    Notebooks show these objects so by themselves.

    Args:
        value: What to show.
        limit: How many entries of a corpus to show; None for all.

    Returns:
        One ``<div>``. (``igtkit.write(corpus, "corpus.html")`` writes a whole page.)

    Raises:
        InputError: If it is nothing that can be shown.

    Example:
        >>> markup = to_html(IGT("cats", "cat-s", "cat-PL", "Cats."))
        >>> '<abbr title="plural">PL</abbr>' in markup
        True
    """
    if isinstance(value, Corpus):
        return render_corpus(value, limit)
    if isinstance(value, IGT | Prediction | Report):
        return value._repr_html_()
    raise InputError(f"to_html shows an IGT, a Corpus, a Prediction or a Report, not {value!r:.80}")
