"""What is no misalignment, but worth a look: the notes of `check`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from igtkit._characters import fold_case, is_in_form
from igtkit._lookalikes import describe, find_invisible, find_lookalikes
from igtkit.boundaries import is_dash, separate_line, split_edges, unsegment
from igtkit.igt import IGT, Issue, Severity
from igtkit.igt.rows import merge_gap
from igtkit.igt.text import LINES

__all__ = ["apart_message", "find_notes", "written_apart"]

_APOSTROPHE = re.compile("[’ʼ]")  # there is more than one kind only if one is not typed in ASCII
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ]|['’ʼ](?=\w)")


def find_notes(igt: IGT) -> Iterator[Issue]:
    """The notes on a text."""
    for line in (*LINES, "translation"):
        if not (getattr(igt, line) or "").strip():
            yield _note("missing-line", line, None, f"there is no {line} line")
    surfaces, forms, glosses = map(
        separate_line, (igt.transcription, igt.segmentation, igt.glosses)
    )
    if igt.transcription and forms[0]:
        yield from _surface_notes(surfaces[0], forms[0])
    if forms[1] != glosses[1] and _has_tokens(forms) and _has_tokens(glosses):
        if len(surfaces[0]) != len(forms[0]):
            surfaces = ((), ())
        yield from _punctuation_notes(forms[1], glosses[1], surfaces[1])
    text = f"{igt.transcription or ''} {igt.segmentation or ''}"
    if not text.isascii():
        if not (is_in_form(text, "NFC") or is_in_form(text, "NFD")):
            yield _note(
                "mixed-normalization", "transcription", None,
                "some characters are composed (NFC) and some decomposed (NFD)",
            )  # fmt: skip
        marks = sorted(set(_APOSTROPHES.findall(text))) if _APOSTROPHE.search(text) else []
        if len(marks) > 1:
            message = "words are written with more than one apostrophe: " + " ".join(marks)
            yield _note("mixed-apostrophes", "transcription", None, message)
    yield from _apart_notes(forms[0], glosses[0])
    yield from _character_notes(igt)


def written_apart(igt: IGT) -> dict[str, tuple[int, int]]:
    """The clitics and affixes that are words of their own: for each its first word, and how many.

    Example:
        >>> written_apart(IGT(None, "b-amun =koba re= =koba", "2-have =PST REL= =PST"))
        {'=koba': (1, 2), 're=': (2, 1)}
    """
    return _apart(separate_line(igt.segmentation)[0], separate_line(igt.glosses)[0])


def _apart(forms: Sequence[str], glosses: Sequence[str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for index, word in enumerate(forms or glosses):
        before, _, after = split_edges(word)
        if before or after:
            first, count = found.get(word, (index, 0))
            found[word] = first, count + 1
    return found


def _apart_notes(forms: Sequence[str], glosses: Sequence[str]) -> Iterator[Issue]:
    line = "segmentation" if forms else "glosses"
    for word, (first, count) in _apart(forms, glosses).items():
        yield _note("written-apart", line, first, apart_message(word, count))


def apart_message(word: str, count: int) -> str:
    """What the note on a clitic or an affix that is a word of its own says."""
    return f"{word!r:.80} is written apart from its host" + (
        f" ({count} times)" if count > 1 else ""
    )


def _character_notes(igt: IGT) -> Iterator[Issue]:
    """Characters that look like a boundary, or like nothing, once for each line."""
    for line in LINES:
        text = getattr(igt, line)
        if text is None or text.isascii():
            continue
        odd = () if line == "transcription" else find_lookalikes(text)
        if odd:
            names = ", ".join(map(describe, odd))
            message = f"no boundary in the {line}, but looks like one: {names}"
            yield _note("look-alike-boundary", line, None, message)
        unseen = [character for character in find_invisible(text) if character not in odd]
        if unseen:
            names = ", ".join(map(describe, unseen))
            message = f"not to be seen in the {line}: {names}"
            yield _note("invisible-character", line, None, message)


def _note(code: str, line: str, word: int | None, message: str) -> Issue:
    severity: Severity = "note"
    return Issue(code, severity, line, word, None, message)


def _has_tokens(line: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]) -> bool:
    return bool(line[0]) or any(line[1])


def _surface_notes(surfaces: Sequence[str], forms: Sequence[str]) -> Iterator[Issue]:
    if len(surfaces) != len(forms):
        message = f"the transcription has {len(surfaces)} words, the segmentation has {len(forms)}"
        yield _note("surface-word-count", "transcription", None, message)
        return
    if unsegment(" ".join(forms)) == " ".join(surfaces):  # most lines
        return
    for index, (surface, form) in enumerate(zip(surfaces, forms, strict=True)):
        if surface != form and _letters(surface) != _letters(form):
            message = f"the segments of {form!r:.80} do not spell {surface!r:.80}"
            yield _note("surface-form", "transcription", index, message)


@lru_cache(maxsize=1 << 16)
def _letters(word: str) -> str:
    return "".join(c for c in fold_case(word) if c.isalnum() or unicodedata.combining(c))


def _punctuation_notes(*gaps_of_lines: Sequence[Sequence[str]]) -> Iterator[Issue]:
    """What stands between the words of segmentation, glosses and transcription, but not in both.

    The first two lines are compared; the third has a say in the order, as in `IGT.align`.
    """
    for index, gaps in enumerate(zip_longest(*gaps_of_lines, fillvalue=())):
        if gaps[0] == gaps[1]:
            continue
        for form, gloss, _ in merge_gap(gaps):
            mark = form or gloss or ""
            if (form is None) != (gloss is None) and not is_dash(mark):
                line = "segmentation" if form else "glosses"
                message = f"only the {line} has the punctuation {mark!r}"
                yield _note("unpaired-punctuation", line, max(index - 1, 0), message)
