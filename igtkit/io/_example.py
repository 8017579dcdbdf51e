"""A glossed example as it stands in a paper: which of its lines is which.

1. A last line in quotes is the translation: ``'…'``, ``‘…’``, ``“…”``, ``"…"``, ``«…»``, ``„…“``;
   a source in brackets may follow it. It may run over several lines, save in ``'…'``.
2. Of the other lines, three are transcription, segmentation and glosses. Two are segmentation and
   glosses, or transcription and glosses where only the glosses have morpheme boundaries. One, with
   a translation, is the transcription.
3. Without quotes, four lines are transcription, segmentation, glosses and translation. With three,
   the two neighbors that align, morpheme by morpheme, are segmentation and glosses, and failing
   that, the two with as many words. Where both pairs align, the first line is the transcription if
   at least half of its words are those of the second without boundaries.

An example of which this does not tell is an error; quotes around its translation mend it.
"""

from __future__ import annotations

import re
from typing import Any

from igtkit._characters import fold_case
from igtkit.boundaries import (
    is_word,
    join_words,
    list_words,
    split_morphemes,
    split_words,
    unsegment,
)
from igtkit.errors import InputError
from igtkit.igt import IGT

__all__ = ["parse", "parse_or_none", "word_count"]

_LABEL = re.compile(
    r"\s*(?:\((?P<n1>\d+)(?P<a1>[a-z]?)\)|(?P<n2>\d+)(?P<a2>[a-z]?)[.)]|(?=[a-z][.)]))"
    r"(?:\s*\(?(?P<a3>[a-z])[.)])?(?=\s|$)"
)
_QUOTES = {
    "'": "'",
    "‘": "’",
    "’": "’",
    "“": "”",
    '"': '"',
    "«": "»",
    "„": "“”",
    "`": "'",
    "‚": "‘’",
}
_CITATION = re.compile(r"(?P<quoted>.*\S)\s+(?P<citation>[(\[][^()\[\]]*[)\]]\.?)", re.DOTALL)
_LINES = ("transcription", "segmentation", "glosses", "translation")


def parse(block: list[str]) -> IGT:
    """Return the entry that the lines of one example hold.

    Raises:
        InputError: If it cannot be told what the lines are.
    """
    if any(line.lstrip().startswith("\\") for line in block):
        raise InputError("a line that begins with a backslash: is the format 'sigmorphon'?")
    label, lines = _take_label(block)
    body, translation, citation = _take_translation(lines)
    roles = _roles(body, translated=translation is not None)
    texts: dict[str, str] = {
        name: join_words(split_words(line)) for name, line in zip(roles, body, strict=True)
    }
    texts.setdefault("translation", translation or "")
    metadata: dict[str, Any] = {"citation": citation} if citation else {}
    return IGT(
        texts.get("transcription"),
        texts.get("segmentation"),
        texts.get("glosses"),
        texts["translation"] or None,
        id=label,
        metadata=metadata,
    )


def _take_label(block: list[str]) -> tuple[str | None, list[str]]:
    """The number of the example, and its lines without it."""
    match = _LABEL.match(block[0])
    if match is None:
        return None, block
    label = "".join(part for part in match.groups() if part)
    rest = block[0][match.end() :]
    return label, [rest, *block[1:]] if rest.strip() else block[1:]


def _take_translation(lines: list[str]) -> tuple[list[str], str | None, str | None]:
    """The lines before the translation, the translation, and the source given after it."""
    for start in range(len(lines) - 1, 0, -1):
        if lines[start].strip()[:1] not in _QUOTES:
            continue
        text = "\n".join(line.strip() for line in lines[start:])
        if start < len(lines) - 1 and text.startswith("'"):
            continue  # an apostrophe, more likely, that begins a word
        citation = None
        if not _is_quoted(text) and (match := _CITATION.fullmatch(text)) is not None:
            text, citation = match["quoted"], match["citation"]
        if _is_quoted(text):
            return lines[:start], text[1:-1].replace("\n", " "), citation
    return lines, None, None


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES[text[0]]


def _roles(body: list[str], *, translated: bool) -> tuple[str, ...]:
    """Return the name of each line, by the rules at the top of this module."""
    if len(body) == 1 and translated:
        return ("transcription",)
    if len(body) == 2:
        only_glosses = _has_boundary(body[1]) and not _has_boundary(body[0])
        return ("transcription" if only_glosses else "segmentation", "glosses")
    if len(body) == 3:
        first_is_transcription = translated or _first_is_transcription(*body)
        return _LINES[:3] if first_is_transcription else _LINES[1:]
    if len(body) == 4 and not translated:
        return _LINES
    raise InputError(
        f"an example of {len(body)} {'line' if len(body) == 1 else 'lines'}"
        + (" before its translation" if translated else "")
    )


def _first_is_transcription(first: str, second: str, third: str) -> bool:
    """Whether three lines begin with the transcription, or end with a translation."""
    for shape in (_morpheme_counts, word_count):
        early, late = shape(first) == shape(second), shape(second) == shape(third)
        if early != late:
            return late
        if early and late:
            break
    else:
        raise InputError("no two neighboring lines of the three have as many words")
    surface = list_words(fold_case(first))
    forms = list_words(fold_case(second))
    plain = list(map(unsegment, forms))
    if 2 * sum(map(str.__eq__, surface, plain)) >= len(surface):
        return True
    raise InputError("three lines that all align: put quotes around the translation")


def _morpheme_counts(line: str) -> list[int]:
    return [len(split_morphemes(word)) for word in list_words(line)]


def word_count(line: str) -> int:
    """Return the number of words in a line."""
    return sum(map(is_word, split_words(line)))


def _has_boundary(line: str) -> bool:
    return any(count > 1 for count in _morpheme_counts(line))


def parse_or_none(lines: list[str]) -> IGT | None:
    """Return the entry that some lines hold; None if there is none, or it cannot be told."""
    try:
        return parse(lines) if lines else None
    except InputError:
        return None
