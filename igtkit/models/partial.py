"""Keeping what a person has done: ``given="partial"`` for glossers that write whole lines."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from igtkit.boundaries import UNKNOWN, is_word, join_words, split_words
from igtkit.igt import IGT, Prediction, Suggestion
from igtkit.models.base import fill_gloss, fitting_form, keep_marks, known_words

__all__ = ["keep_known", "known_forms"]


def known_forms(text: IGT, prediction: Prediction) -> str | None:
    """The segmentation with the forms that a person has done, and the predicted ones elsewhere.

    Args:
        text: The text, partly done.
        prediction: What was predicted for it.

    Returns:
        A line with a token for each token of the transcription; None where no known form differs
        from the predicted one, so that the predicted glosses fit.
    """
    known = known_words(text)
    predicted = _words(prediction.segmentation, len(known))
    if all(form in (None, other) for (form, _), other in zip(known, predicted, strict=True)):
        return None
    rows = iter(zip(known, predicted, strict=True))
    tokens = []
    for token in split_words(text.transcription):
        if is_word(token):
            (form, _), other = next(rows)
            tokens.append(form or (token if other == UNKNOWN else other))
        else:
            tokens.append(token)
    return join_words(tokens)


def keep_known(text: IGT, prediction: Prediction) -> Prediction:
    """Put what a person has done over what was predicted.

    A line with another number of words than the transcription is of no use: its words are
    `UNKNOWN`. So is a predicted form that has not the morphemes of the gloss that is known.

    Args:
        text: The text, partly done; see `igtkit.models.base.known_words`.
        prediction: What was predicted for it.

    Returns:
        The prediction with a word for each word of the transcription. The `UNKNOWN` morphemes of a
        known gloss are filled in where the predicted gloss has as many morphemes.
    """
    known = known_words(text)
    forms = _words(prediction.segmentation, len(known))
    glosses = _words(prediction.glosses, len(known))
    segmented, glossed, words = [], [], []
    rows: Iterator[int] = iter(range(len(known)))
    for at, token in enumerate(split_words(text.transcription)):
        if not is_word(token):
            segmented.append(token)
            glossed.append(token)
            words.append((Suggestion(token, token),))
            continue
        row = next(rows)
        form, gloss = _fill(*known[row], forms[row], glosses[row])
        segmented.append(form)
        glossed.append(gloss)
        before = prediction.words[at][0] if at < len(prediction.words) else None
        same = before is not None and (before.form, before.gloss) == (form, gloss)
        words.append((before if before and same else Suggestion(form, gloss),))
    kept = attrs.evolve(
        prediction,
        segmentation=join_words(segmented),
        glosses=join_words(glossed),
        words=tuple(words),
    )
    return keep_marks(text, kept)


def _words(line: str | None, count: int) -> list[str]:
    words = [token for token in split_words(line) if is_word(token)]
    return words if len(words) == count else [UNKNOWN] * count


def _fill(form: str | None, gloss: str | None, new_form: str, new_gloss: str) -> tuple[str, str]:
    if gloss is None:
        return form or new_form, new_gloss
    if form is None:
        form = fitting_form(new_form, gloss)
    return form, fill_gloss(gloss, new_gloss)
