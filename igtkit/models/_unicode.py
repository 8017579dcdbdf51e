"""Composed and decomposed letters: a glosser knows a word in whichever Unicode form it is typed.

``é`` is one character or two (``e`` and an accent), and looks the same. A glosser learns words in
the form that most of its texts are in. A text in the other form is read in that one, and its
segmentation is given back in its own. Texts that are all in one form are left as they are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from igtkit.igt import IGT, Prediction
from igtkit.igt.suggestion import Suggestion

__all__ = [
    "UnicodeForm",
    "all_taken",
    "form_of",
    "form_of_characters",
    "given_back",
    "learn_form",
    "lines_of",
    "normalized",
    "taken",
]

UnicodeForm = Literal["NFC", "NFD"]
_LINES = ("transcription", "segmentation")


def form_of(line: str | None) -> UnicodeForm | None:
    r"""The form that a line is in; None if it is in both, or in neither.

    Example:
        >>> form_of("kédi"), form_of("ke\u0301di"), form_of("kedi"), form_of("ke\u0301dé")
        ('NFC', 'NFD', None, None)
    """
    if not line or line.isascii():
        return None
    composed, decomposed = (unicodedata.is_normalized(form, line) for form in ("NFC", "NFD"))
    return None if composed == decomposed else "NFC" if composed else "NFD"


def learn_form(lines: Iterable[str | None]) -> UnicodeForm:
    r"""The form that most lines are in; composed (NFC) where no line tells.

    Example:
        >>> learn_form(["kédi", "ke\u0301di", "ge\u0301l"])
        'NFD'
    """
    counts = Counter(map(form_of, lines))
    return "NFD" if counts["NFD"] > counts["NFC"] else "NFC"


def form_of_characters(characters: Iterable[str]) -> UnicodeForm:
    r"""The form that texts with these characters are in: decomposed if accents stand by themselves.

    Example:
        >>> form_of_characters("kdi\u0301"), form_of_characters("kdi\u0301é")
        ('NFD', 'NFC')
    """
    found = list(characters)
    if any(unicodedata.normalize("NFD", each) != each for each in found):
        return "NFC"
    return "NFD" if any(map(unicodedata.combining, found)) else "NFC"


def lines_of(texts: Iterable[IGT]) -> Iterable[str | None]:
    """The lines of texts that words are learned from."""
    return (getattr(text, name) for text in texts for name in _LINES)


def normalized(line: str | None, form: UnicodeForm) -> str | None:
    """The line in a form."""
    if line is None or line.isascii():
        return line
    return unicodedata.normalize(form, line)


def taken(text: IGT, form: UnicodeForm) -> IGT:
    """The text with its lines in a form; the text itself if they are."""
    changes = {}
    for name in _LINES:
        line = getattr(text, name)
        in_form = normalized(line, form)
        if in_form != line:
            changes[name] = in_form
    return text.replace(**changes) if changes else text


def all_taken(texts: Sequence[IGT], form: UnicodeForm) -> list[IGT]:
    """The texts with their lines in a form."""
    return [taken(text, form) for text in texts]


def given_back(prediction: Prediction, text: IGT, form: UnicodeForm) -> Prediction:
    """A prediction for a text that was taken in a form, in the text's own."""
    forms = {form_of(line) for line in (text.transcription, text.segmentation)} - {None, form}
    if not forms:
        return prediction
    [own] = forms
    assert own is not None
    return attrs.evolve(
        prediction,
        segmentation=normalized(prediction.segmentation, own),
        words=tuple(
            tuple(_in_form(suggestion, own) for suggestion in suggestions)
            for suggestions in prediction.words
        ),
    )


def _in_form(suggestion: Suggestion, form: UnicodeForm) -> Suggestion:
    return attrs.evolve(suggestion, form=normalized(suggestion.form, form))
