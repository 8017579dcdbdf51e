"""Composed and decomposed letters: a glosser knows a word in whichever Unicode form it is typed.

``é`` is one character or two (``e`` and an accent), and looks the same. A glosser learns words in
the form that most of its texts are in. A text in the other form is read in that one, and its
segmentation is given back in its own, letter by letter where it is in neither. Texts that are all
in one form are left as they are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from igtkit._characters import UnicodeForm, is_in_form, put_in_form
from igtkit.igt import IGT, Prediction

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

_LINES = ("transcription", "segmentation")


def form_of(line: str | None) -> UnicodeForm | None:
    r"""The form that a line is in; None if it is in both, or in neither.

    Example:
        >>> form_of("kédi"), form_of("ke\u0301di"), form_of("kedi"), form_of("ke\u0301dé")
        ('NFC', 'NFD', None, None)
    """
    if not line or line.isascii():
        return None
    composed, decomposed = (is_in_form(line, "NFC"), is_in_form(line, "NFD"))
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
    if not all(is_in_form(each, "NFD") for each in found):
        return "NFC"
    return "NFD" if any(map(unicodedata.combining, found)) else "NFC"


def lines_of(texts: Iterable[IGT]) -> Iterable[str | None]:
    """The lines of texts that words are learned from."""
    return (getattr(text, name) for text in texts for name in _LINES)


def normalized(line: str | None, form: UnicodeForm) -> str | None:
    """The line in a form."""
    if line is None or line.isascii():
        return line
    return put_in_form(line, form)


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
    lines = (text.transcription, text.segmentation)
    if all(normalized(line, form) == line for line in lines):
        return prediction
    spell = _speller(lines)
    return attrs.evolve(
        prediction,
        segmentation=spell(prediction.segmentation),
        words=tuple(
            tuple(attrs.evolve(each, form=spell(each.form)) for each in suggestions)
            for suggestions in prediction.words
        ),
    )


def _speller(lines: Sequence[str | None]) -> Callable[[str | None], str | None]:
    """What gives a line back in the form of some lines, letter by letter where they are in none.

    There are texts that compose one letter and not another (``ṇ`` beside ``i`` with an accent).
    """
    forms = {form for form in map(form_of, lines) if form is not None}
    own = {_decomposed(letter): letter for line in lines for letter in _letters(line or "")}

    def spell(line: str | None) -> str | None:
        if line is None or line.isascii():
            return line
        if len(forms) == 1:
            [form] = forms
            line = put_in_form(line, form)
        return "".join(own.get(_decomposed(letter), letter) for letter in _letters(line))

    return spell


def _decomposed(letter: str) -> str:
    return put_in_form(letter, "NFD")


def _letters(line: str) -> Iterator[str]:
    """The letters of a line, each with the accents that stand by themselves after it."""
    letter = ""
    for character in line:
        if letter and not unicodedata.combining(character):
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter
