"""How the lines of an example are laid out in plain text: tabs, long lines cut, a line of IPA."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from igtkit._characters import fold_case
from igtkit.boundaries import UNKNOWN, join_words, list_words, split_morphemes, split_words

__all__ = [
    "ALIKE",
    "are_glossed",
    "cut_lines",
    "is_phonetic",
    "likeness",
    "morpheme_counts",
    "phonetic_line",
    "tabbed",
]

_IPA = frozenset(
    "ɑɐɒæɓʙβɔɕɗɖðʤəɘɚɛɜɝɞɟʄɡɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸθœɶʘɹɺɾɻʀʁɽʂʃʈʧʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢǀǁǂǃˈˌːˑʰʷʲˠˤ̪̥̩̯̃͡"
)
ALIKE = 60
"""Likeness of the letters of two lines, of 100, from which on they are forms of one text.

A segmentation has nearly all letters of its transcription, glosses share some by chance. Chosen by
eye; the 308 examples of the three papers tried are read the same with ten more or less."""

_LONG = 8
"""Characters of a line from which on likeness is no chance."""


def tabbed(lines: Sequence[str]) -> list[str] | None:
    r"""The lines with the spaces within a column as ``_``, if tabs set the columns apart.

    They do if two lines or more have as many columns, and more than one; a column without text
    holds its place.

    Example:
        >>> tabbed(["ev-ler\tgel-di", "house-PL\tcome out-PST"])
        ['ev-ler gel-di', 'house-PL come_out-PST']
    """
    with_tabs = [line for line in lines if "\t" in line.strip()]
    if len(with_tabs) < 2:
        return None
    for one in (True, False):
        rows = [_columns(line, one=one) for line in lines]
        counts = {len(row) for line, row in zip(lines, rows, strict=True) if "\t" in line.strip()}
        if len(counts) == 1 and counts.pop() > 1:
            break
    else:
        return None
    if all(" " not in cell for row in rows for cell in row) and all(map(all, rows)):
        return None  # nothing but another kind of space
    return [
        join_words(["_".join(cell.split()) or UNKNOWN for cell in row]) if len(row) > 1 else line
        for line, row in zip(lines, rows, strict=True)
    ]


def _columns(line: str, *, one: bool) -> list[str]:
    cells = [cell.strip() for cell in line.strip(" ").strip("\t").split("\t")]
    return cells if one else [cell for cell in cells if cell]


def is_phonetic(line: str) -> bool:
    """Whether a line is set in slashes, or in brackets and in IPA."""
    text = line.strip()
    if len(text) < 3 or not any(map(str.isalpha, text)):
        return False
    inner = text[1:-1]
    if text[0] == text[-1] == "/":
        return "/" not in inner
    return text[0] == "[" and text[-1] == "]" and not set("[]") & set(inner) and _is_ipa(inner)


def phonetic_line(lines: Sequence[str]) -> int | None:
    """Return which of several lines is one of IPA beside the text: None if none is.

    It stands in slashes or brackets; or it is one of the two above the forms and the glosses, with
    letters that the other has not.
    """
    for at, line in enumerate(lines):
        if is_phonetic(line):
            return at
    if len(lines) < 4:
        return None
    first, second = (sum(c in _IPA for c in line) for line in lines[:2])
    alike = len(split_words(lines[0])) == len(split_words(lines[1]))
    if not alike or (first > 0) == (second > 0):
        return None
    return 0 if first else 1


def _is_ipa(text: str) -> bool:
    return any(character in _IPA for character in text) or "." in text.strip(".")


def cut_lines(lines: Sequence[str], *, translated: bool) -> list[str] | None:
    """The lines of an example that was too long for the page, each put together again.

    Forms and glosses alternate then, or text, forms and glosses. The forms and glosses of each part
    have as many words, in most parts as many morphemes, and boundaries in one of them at least; or
    other parts have another number of words.
    """
    for size in (2, 3):
        parts = len(lines) // size
        if len(lines) % size or parts < 2 or (not translated and len(lines) < 5 and size > 2):
            continue
        groups = [lines[at : at + size] for at in range(0, len(lines), size)]
        if likeness(groups[0][0], groups[1][0]) >= ALIKE:
            continue  # two forms of one text
        if all(_pairs_up(group) for group in groups) and _is_glossed(groups, strict=not translated):
            return [
                join_words([word for group in groups for word in split_words(group[row])])
                for row in range(size)
            ]
    return None


def _pairs_up(group: Sequence[str]) -> bool:
    forms, glosses = group[-2:]
    return len(list_words(forms)) == len(list_words(glosses)) > 0


def _is_glossed(groups: Sequence[Sequence[str]], *, strict: bool) -> bool:
    """Whether the last two lines of each group are forms and glosses, and not two forms."""
    counts = [(morpheme_counts(group[-2]), morpheme_counts(group[-1])) for group in groups]
    same = [forms == glosses for forms, glosses in counts]
    bounded = [max(forms) > 1 and max(glosses) > 1 for forms, glosses in counts]
    if any(likeness(*group[-2:]) >= ALIKE for group in groups if len(group[-2]) >= _LONG):
        return False
    if strict and not all(bounded):
        return False
    lengths = {len(list_words(group[-1])) for group in groups}
    return (any(bounded) or len(lengths) > 1) and 2 * sum(same) > len(groups)


def are_glossed(forms: str, glosses: str) -> bool:
    """Whether two lines have the same morphemes, word by word, and some word has several."""
    shape = morpheme_counts(forms)
    return shape == morpheme_counts(glosses) and max(shape, default=0) > 1


def morpheme_counts(line: str) -> list[int]:
    """How many morphemes each word of a line has."""
    return [len(split_morphemes(word)) for word in list_words(line)]


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """How alike two lines, or the words of two lines, are in their letters, of 100."""
    texts = ["".join(filter(str.isalnum, fold_case("".join(line)))) for line in (one, other)]
    return fuzz.ratio(*texts)
