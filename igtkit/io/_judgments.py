"""Marks of speakers' judgments that stand before the first word: ``*gone-ed`` is no word.

Papers and plain text set the mark off in their own ways (`take_marks`). Formats that have no place
for a judgment show it as people write it there, in the text (`take_judgment`, `put_judgment`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from igtkit._characters import fold_case
from igtkit.boundaries import LEIPZIG, UNKNOWN, is_word, split_words, unsegment
from igtkit.igt import IGT
from igtkit.igt.judgment import judgment_of
from igtkit.igt.text import LINES

__all__ = ["MARKS", "put_judgment", "take_judgment", "take_marks"]

MARKS = re.compile(r"(?:[*?#%]+|\((?:[*?#%]+)\))+")
"""Marks of a judgment."""

_KEY = "judgment"

_BEGINNING = re.compile(rf"(\s*)({MARKS.pattern})(\s*)(?=\S)")
_DOUBT = frozenset("?#()")
"""Of these alone is a mark that may be something else: a word nobody caught, a pause, a letter."""
_OPENING = frozenset("([{<«“‘„\"'¿¡/")
_SPEAKER = re.compile(r"[A-Z0-9]+:")
"""What CHAT has behind a star, as in ``*CHI: no``."""
_UNDONE = re.compile(r"\*{3}|\?{3}")
"""What stands for a word without analysis."""


def take_judgment(igt: IGT, format_name: str) -> IGT:
    """Take the mark of a judgment off the beginning of the text, if it can be nothing else.

    It is one where it stands directly before the first word, or as a token of its own (only with
    ``*`` or ``%``), where it occurs nowhere else in the transcription and segmentation, and where
    no morpheme or gloss is its own. A single ``?`` or ``#`` must be missing in the segmentation,
    since it may be a letter; a text that is not glossed must have a ``*``, with no space behind it.

    Args:
        igt: A text as its file has it.
        format_name: Name of the format, whose metadata has how the mark stood if it is not the
            usual way: before the transcription alone, with no space behind it.

    Example:
        >>> igt = take_judgment(IGT("*Evde gel", "ev-de gel", "house-LOC come"), "toolbox")
        >>> igt.transcription, igt.metadata
        ('Evde gel', {'judgment': '*'})
        >>> take_judgment(IGT("?aku ma?i", "?aku ma?i", "I go"), "toolbox").transcription
        '?aku ma?i'
    """
    line = _first_line(igt)
    text = getattr(igt, line) if line else None
    found = _BEGINNING.match(text) if text else None
    if found is None or _KEY in igt.metadata:
        return igt
    mark = found[2]
    lines = {name: getattr(igt, name) for name in LINES}
    begun = {name: _begins_with(mark, text) for name, text in lines.items()}
    bare = {
        name: text[: match.end(1)] + text[match.end() :] if match else text
        for (name, text), match in zip(lines.items(), begun.values(), strict=True)
    }
    if not _is_judgment(mark, bool(found[3]), bare, begun, line):
        return igt
    marks = {name: match[2] + match[3] for name, match in begun.items() if match}
    metadata = {**igt.metadata, _KEY: mark}
    if marks != {line: mark}:
        own = igt.metadata.get(format_name)
        metadata[format_name] = {**(own if isinstance(own, Mapping) else {}), _KEY: marks}
    return igt.replace(**bare, metadata=metadata)


def put_judgment(igt: IGT, format_name: str) -> IGT:
    """Put the mark of a judgment before the text, as it stood in the file if it was read from one.

    Args:
        igt: A text; one whose judgment is no mark is returned as it is.
        format_name: Name of the format that it is written in.

    Example:
        >>> put_judgment(IGT("Evde gel", metadata={"judgment": "??"}), "toolbox").transcription
        '??Evde gel'
    """
    mark, line = judgment_of(igt), _first_line(igt)
    if not line or not MARKS.fullmatch(mark):
        return igt
    marks = {line: mark}
    own = igt.metadata.get(format_name)
    stood = own.get(_KEY) if isinstance(own, Mapping) else None
    if isinstance(stood, Mapping):
        marks = {
            name: text.replace(text.strip(), mark)
            for name, text in stood.items()
            if name in LINES and isinstance(text, str) and MARKS.fullmatch(text.strip())
        } or marks
    changed = {
        name: text[: len(text) - len(text.lstrip())] + marks[name] + text.lstrip()
        for name in marks
        if (text := getattr(igt, name)) is not None
    }
    metadata = {key: value for key, value in igt.metadata.items() if key != _KEY}
    if isinstance(own, Mapping) and _KEY in own:
        metadata[format_name] = {key: value for key, value in own.items() if key != _KEY}
        if not metadata[format_name]:
            del metadata[format_name]
    return igt.replace(**changed, metadata=metadata)


def _first_line(igt: IGT) -> str:
    """The line that a judgment stands before: the first that says something."""
    for name in LINES[:2]:
        text = getattr(igt, name)
        if text and text.strip() not in ("", UNKNOWN):
            return name
    return ""


def _begins_with(mark: str, text: str | None) -> re.Match[str] | None:
    found = _BEGINNING.match(text or "")
    return found if found is not None and found[2] == mark else None


def _is_judgment(
    mark: str,
    apart: bool,
    bare: Mapping[str, str | None],
    begun: Mapping[str, Any],
    line: str,
) -> bool:
    """Whether a mark at the beginning of a line can be nothing but a judgment.

    Args:
        mark: The mark.
        apart: Whether white space stands behind it.
        bare: The lines without it.
        begun: For each line whether it begins with the mark.
        line: The line that is read for one.
    """
    first = split_words(bare[line])[0]
    segmentation = bare["segmentation"] if line == "transcription" else None
    texts = [text for text in (bare[line], segmentation) if text]
    if _SPEAKER.fullmatch(first) or first.casefold() == "ok":  # "* ok" are two judgments
        return False
    if _UNDONE.search(mark) or any(_occurs(mark, text) for text in texts):
        return False
    if any(_is_part(text) or MARKS.match(text.lstrip()) for text in texts):
        return False
    glossed = bool(segmentation or bare["glosses"])
    if not glossed and (apart or "*" not in mark):
        return False
    if apart:
        words = _count(bare[line])
        others = [bare[name] for name in LINES if name != line and not begun[name]]
        own = any(text and _count(text) == words + 1 for text in others)
        return not own and not _DOUBT.issuperset(mark)
    if not (first[0].isalnum() or first[0] in _OPENING):
        return False
    if mark not in ("?", "#"):
        return True
    return bool(segmentation) and not begun["segmentation"] and _alike(first, segmentation or "")


def _occurs(mark: str, text: str) -> bool:
    """Whether a character of a mark stands within a text, but for a question mark at its end."""
    rest = text.rstrip().rstrip("?!.…”’»\")]'")
    return any(character in rest for character in {*mark} - {*"()"})


def _is_part(text: str) -> bool:
    """Whether a text is part of a word, as a form is that is reconstructed: ``*t-``."""
    words = split_words(text)
    joiners = tuple(LEIPZIG.joiners)
    return len(words) == 1 and (words[0].startswith(joiners) or words[0].endswith(joiners))


def _count(text: str | None) -> int:
    return sum(map(is_word, split_words(text)))


def _alike(word: str, segmentation: str) -> bool:
    """Whether a word begins as the first one of the segmentation does."""
    first = "".join(split_words(segmentation)[:1])
    return fold_case(word[:1]) == fold_case(unsegment(first)[:1])


def take_marks(lines: list[list[str]]) -> str:
    """Take a judgment off the first word, unless words within the line bear one of their own.

    ``*gone-ed`` is no word of its language, but ``*bek- > *bak-`` are two that are reconstructed.
    """
    first = MARKS.match(lines[0][0])
    unknown = any(line[0].strip("?") == "" for line in lines[1:]) or lines[0][0].startswith(UNKNOWN)
    others = (token for line in lines for token in line[1:] if token != UNKNOWN)
    if first is None or unknown or any(map(MARKS.match, others)) or _is_letter(first[0], lines):
        return ""
    for line in lines:
        mark = MARKS.match(line[0])
        if mark is None:
            continue
        if mark.end() < len(line[0]):
            line[0] = line[0][mark.end() :]
        elif len(line) > 1:
            del line[0]
    return first[0]


def _is_letter(marks: str, lines: Sequence[Sequence[str]]) -> bool:
    """Whether a mark is more than a judgment here: a glottal stop, or the boundary of a word."""
    inside = re.compile(rf"\w{re.escape(marks[-1])}\w")
    return lines[0][0][len(marks) :].endswith(marks[-1]) or any(
        inside.search(token) for line in lines for token in line
    )
