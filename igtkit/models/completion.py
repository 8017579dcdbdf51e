"""Gloss what a person has left open in texts, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from igtkit import io  # loads a format when it is first named
from igtkit.boundaries import UNKNOWN, is_word, list_words, split_words
from igtkit.corpus.work import work_state
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.models.base import Glosser, require_texts
from igtkit.models.partial import known_words

__all__ = ["Completion", "complete"]


@attrs.frozen
class Completion:
    """What `complete` gives.

    Attributes:
        texts: All the texts, in their order, those that were open with suggestions.
        suggested: The positions of these.
        refused: The positions of the open texts that could not be glossed, and why.
        words: Number of words that were suggested; one that is still ``???`` was not.
        judged: For how many of these the glosser gives a probability; it gives none for words of
            which a person has done a part.
        expected_right: How many of the judged words are right, form and gloss, by the glosser's
            own estimate: the sum of their probabilities.
        left: Number of words of the suggested texts that still are ``???``, or hold it.
    """

    texts: tuple[IGT, ...]
    suggested: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]
    words: int
    judged: int
    expected_right: float
    left: int


def complete(glosser: Glosser, texts: Iterable[IGT], **options: Any) -> Completion:
    """Gloss the words that nobody has glossed, and leave the others as they are.

    Texts that a person has glossed, or that hold suggestions that nobody has confirmed, are not
    touched. In texts that are begun only the words without a gloss, or glossed ``???``, are filled
    in (``given="partial"``).

    Args:
        glosser: A glosser that has learned.
        texts: The texts, glossed or not.
        **options: For its `predict`, such as ``threshold`` and ``n_best``.

    Returns:
        The texts with suggestions; ``metadata["prediction"]`` marks them as not confirmed. Its
        ``"given"`` tells for each token of a text that was begun whether a person has done it.

    Raises:
        InputError: If an item is no `IGT`, or the glosser takes no such option.

    Example:
        >>> from igtkit.models import LookupGlosser
        >>> texts = [IGT("cats run", "cat-s run", "cat-PL run"), IGT("cats", None, None)]
        >>> done = complete(LookupGlosser().fit(texts[:1]), texts)
        >>> done.texts[1].glosses, done.suggested
        ('cat-PL', (1,))
    """
    held = require_texts(texts)
    asked: list[int] = []
    sources: list[IGT] = []
    refused: list[tuple[int, str]] = []
    for index, text in enumerate(held):
        if work_state(text) not in ("open", "begun"):
            continue
        source = io.leave_open(text)
        why = _unfit(source)
        if why is not None:
            refused.append((index, why))
            continue
        asked.append(index)
        sources.append(source)
    predictions = glosser.predict(sources, given="partial", **options)
    chances = [
        chance for pair in zip(sources, predictions, strict=True) for chance in _chances(*pair)
    ]
    for index, source, prediction in zip(asked, sources, predictions, strict=True):
        held[index] = _marked(prediction.to_igt(held[index]), source, options)
    known = [chance for chance in chances if chance is not None]
    open_words = sum(_is_open(gloss) for source in sources for _, gloss in known_words(source))
    return Completion(
        tuple(held),
        tuple(asked),
        tuple(refused),
        len(chances),
        len(known),
        sum(known),
        open_words - len(chances),
    )


def _marked(suggested: IGT, source: IGT, options: Mapping[str, Any]) -> IGT:
    """The text, its mark telling which of its words a person had done, and what was asked for."""
    glosses_alone = suggested.segmentation is None
    done = iter(
        [
            bool((form or glosses_alone) and gloss and UNKNOWN not in gloss)
            for form, gloss in known_words(source)
        ]
    )
    given = [is_word(token) and next(done) for token in split_words(source.transcription)]
    mark = dict(suggested.metadata["prediction"])
    if any(given):
        mark["given"] = given
    if not options.get("evidence"):  # such as that a person has done a word
        mark.pop("evidence", None)
    return suggested.replace(metadata={**suggested.metadata, "prediction": mark})


def _unfit(text: IGT) -> str | None:
    """Why a text cannot be glossed; None if it can."""
    if text.transcription is None:
        return "it has no transcription"
    try:
        known_words(text)
    except InputError as error:
        return str(error)
    return None


def _chances(text: IGT, prediction: Prediction) -> Iterator[float | None]:
    """The probability of each word that was suggested; None where the glosser cannot say."""
    known = known_words(text)
    made = list_words(prediction.glosses)
    if len(made) != len(known):
        made = [UNKNOWN] * len(known)
    tokens = split_words(text.transcription)
    ranked = prediction.words if len(prediction.words) == len(tokens) else ((),) * len(tokens)
    chosen = [each for token, each in zip(tokens, ranked, strict=True) if is_word(token)]
    for (_, gloss), suggested, suggestions in zip(known, made, chosen, strict=True):
        if _is_open(gloss) and UNKNOWN not in suggested:
            yield suggestions[0].probability if suggestions else None


def _is_open(gloss: str | None) -> bool:
    """Whether nobody has written a gloss, or not all of it."""
    return gloss is None or UNKNOWN in gloss
