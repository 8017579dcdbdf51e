"""Words that a person has done: ``given="partial"`` for every glosser.

`known_words` says what is done of each word, `fill_gloss` and `fitting_form` put a suggestion to
it, and `keep_known` and `keep_marks` put what is done over a prediction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from igtkit._labels.placeholders import mark_unknown
from igtkit.boundaries import (
    UNKNOWN,
    is_word,
    join_words,
    list_words,
    replace_morphemes,
    split_edges,
    split_morphemes,
    split_words,
)
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction, Suggestion

__all__ = [
    "OPEN",
    "Known",
    "done_part",
    "fill_gloss",
    "fill_word",
    "fitting_form",
    "keep_known",
    "keep_marks",
    "known_forms",
    "known_words",
]

Known = tuple[str | None, str | None]
"""What a person has done of a word: its segmented form and its gloss, None for what is open."""

OPEN: Known = (None, None)
"""Nothing is done of the word."""


def known_words(igt: IGT) -> list[Known]:
    """Return what is done of each word of a partly annotated text.

    Args:
        igt: A text whose segmentation and glosses, where it has them, hold one word for each word
            of the transcription; `UNKNOWN` stands where there is nothing yet, or another
            placeholder (``??``, ``***``).

    Returns:
        ``(form, gloss)`` for each word of the transcription, None for what is not known.

    Raises:
        InputError: If a line has fewer or more words than the transcription, so that nobody can
            tell which word is done.

    Example:
        >>> known_words(IGT("cats run", None, "cat-PL ???"))
        [(None, 'cat-PL'), (None, None)]
    """
    count = len(list_words(igt.transcription))
    columns: list[Sequence[str | None]] = []
    for name, line in (("segmentation", igt.segmentation), ("glosses", igt.glosses)):
        words = list_words(mark_unknown(line))
        if not words:
            columns.append([None] * count)
        elif len(words) == count:
            columns.append([None if word == UNKNOWN else word for word in words])
        else:
            do = f"write {UNKNOWN!r} for each word that is not done"
            if len(words) > count:
                do = "it takes as many; a space within a word is written as _ or ."
            raise InputError(
                f"the transcription has {count} words, the {name} {len(words)}: "
                f"{do} ({igt.transcription!r})"
            )
    return list(zip(*columns, strict=True))


def done_part(igt: IGT) -> IGT | None:
    """Return the words of a text that a person has glossed, as a text of these alone.

    Args:
        igt: A partly annotated text; see `known_words`.

    Returns:
        The text with the other words left out; None where no word is glossed, or the lines do not
        tell which. A form that is not known is `UNKNOWN`, where any is known.

    Example:
        >>> done_part(IGT("cats run home", "cat-s ??? ???", "cat-PL run ???")).segmentation
        'cat-s ???'
    """
    try:
        known = known_words(igt)
    except InputError:
        return None
    rows = [
        (surface, form, gloss)
        for surface, (form, gloss) in zip(list_words(igt.transcription), known, strict=True)
        if gloss is not None and UNKNOWN not in gloss
    ]
    if not rows:
        return None
    surfaces, forms, glosses = zip(*rows, strict=True)
    return igt.replace(
        transcription=join_words(surfaces),
        segmentation=join_words([form or UNKNOWN for form in forms]) if any(forms) else None,
        glosses=join_words(glosses),
        pos=None,
    )


def fill_gloss(gloss: str, suggested: str) -> str:
    """Return a gloss with its `UNKNOWN` morphemes filled in, where a suggestion has as many.

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
    """Return a suggested form if it has the morphemes of a gloss that is done, else `UNKNOWN`.

    Example:
        >>> fitting_form("cat-s", "cat-PL"), fitting_form("cats", "cat-PL")
        ('cat-s', '???')
    """
    same = len(split_morphemes(suggested)) == len(split_morphemes(gloss))
    return suggested if same else UNKNOWN


def fill_word(known: Known, suggested: Suggestion) -> Suggestion:
    """Return a word as a person has done it, with the rest from a suggestion where it fits.

    A known form of other morphemes than the suggested gloss is glossed `UNKNOWN` throughout.

    Args:
        known: What is done of the word.
        suggested: The suggestion.

    Returns:
        The suggestion itself where it agrees with all that is known. Another has no probability,
        but that of a word that is wholly done, which has 1.

    Example:
        >>> fill_word(("cat-s", None), Suggestion("cats", "cat.PL")).gloss
        '???-???'
    """
    form, gloss = known
    if form is None and gloss is None:
        return suggested
    new_form, new_gloss = suggested.form or UNKNOWN, suggested.gloss or UNKNOWN
    if gloss is not None:
        if form is None:
            form = fitting_form(new_form, gloss)
        gloss = fill_gloss(gloss, new_gloss)
    elif form is not None:
        before, core, after = split_edges(form)
        mine, other = split_morphemes(core), split_morphemes(split_edges(new_gloss)[1])
        if len(mine) == len(other):
            joined = "".join(m[0] + o[1] for m, o in zip(mine, other, strict=True))
            gloss = f"{before}{joined}{after}"
        else:
            gloss = replace_morphemes(form, lambda _: UNKNOWN)
    if (form, gloss) == known:
        return Suggestion(form, gloss, 1.0, ("done by you",))
    if (form, gloss) == (suggested.form, suggested.gloss):
        return suggested
    return Suggestion(form, gloss, None, ("done by you, as far as it is known",))


def known_forms(text: IGT, prediction: Prediction) -> str | None:
    """Return the segmentation with the forms that are done, and the predicted ones elsewhere.

    Args:
        text: The text, partly done.
        prediction: What was predicted for it.

    Returns:
        A line with a token for each token of the transcription; None where no known form differs
        from the predicted one, so that the predicted glosses fit.
    """
    known = known_words(text)
    predicted = _words_or_unknown(prediction.segmentation, len(known))
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
    """Return a prediction with what a person has done put over it.

    A line with another number of words than the transcription is of no use: its words are
    `UNKNOWN`. So is a predicted form that has not the morphemes of the gloss that is known.

    Args:
        text: The text, partly done; see `known_words`.
        prediction: What was predicted for it.

    Returns:
        The prediction with a word for each word of the transcription. The `UNKNOWN` morphemes of a
        known gloss are filled in where the predicted gloss has as many morphemes.
    """
    known = known_words(text)
    forms = _words_or_unknown(prediction.segmentation, len(known))
    glosses = _words_or_unknown(prediction.glosses, len(known))
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


def keep_marks(text: IGT, prediction: Prediction) -> Prediction:
    """Return a prediction with the punctuation of a person's lines as it stands.

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
    words = list_words(predicted)
    if not words or len(list_words(line)) != len(words):
        return predicted
    following = iter(words)
    return join_words([next(following) if is_word(token) else token for token in split_words(line)])


def _words_or_unknown(line: str | None, count: int) -> list[str]:
    words = list_words(line)
    return words if len(words) == count else [UNKNOWN] * count


def _fill(form: str | None, gloss: str | None, new_form: str, new_gloss: str) -> tuple[str, str]:
    if gloss is None:
        return form or new_form, new_gloss
    if form is None:
        form = fitting_form(new_form, gloss)
    return form, fill_gloss(gloss, new_gloss)
