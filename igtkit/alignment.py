"""The alignment checker: does every morpheme have its gloss?

`check` says what is wrong and where, `alignment_score` says how much, `repair` applies a policy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from operator import eq
from typing import Literal

from rapidfuzz.distance import Levenshtein

from igtkit._characters import fold_case
from igtkit.boundaries import (
    INFIX,
    LEIPZIG,
    is_dash,
    is_punctuation,
    list_morphemes,
    separate_line,
    split_morphemes,
    split_words,
    unsegment,
)
from igtkit.errors import InputError
from igtkit.igt import IGT, Issue, Severity, require_igt, require_text
from igtkit.igt.rows import merge_gap

__all__ = ["alignment_score", "check", "is_misaligned", "repair"]

_RUN = re.compile(r"[^-=]+")
_MARKS = "-=~<"
_APOSTROPHE = re.compile("[’ʼ]")  # there is more than one kind only if one is not typed in ASCII
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ]|['’ʼ](?=\w)")
_COUNTED = (("infix-count", "infix", INFIX), ("reduplication-count", "reduplication", "~"))


def check(igt: IGT, notes: bool = False) -> tuple[Issue, ...]:
    """Report where segmentation and glosses do not pair up.

    Errors (misalignment; Leipzig Glossing Rules 1, 2, 9 and 10):

    - ``word-count``: the lines differ in their number of words; words are then not compared.
    - ``unsegmented``: the segmentation has no boundary at all while the glosses have some.
    - ``morpheme-count``: a word and its gloss differ in their number of morphemes.
    - ``boundary-kind``: ``-`` in one line, ``=`` in the other.
    - ``empty-morpheme``: two boundaries meet, or a word begins or ends with one.
    - ``infix-count``, ``reduplication-count``: ``<...>`` or ``~`` in one line only.

    Notes (asked for with `notes`):

    - ``missing-line``: there is no such line, or it is blank.
    - ``surface-word-count``, ``surface-form``: the transcription has other words than the
      segmentation, or the segments do not spell them (usual where they are underlying forms).
    - ``unpaired-punctuation``: punctuation that only one of segmentation and glosses has.
    - ``mixed-normalization``: composed and decomposed characters (NFC and NFD) side by side.
    - ``mixed-apostrophes``: more than one of ``'`` ``’`` ``ʼ`` in words.

    A free-standing ``-`` or ``=`` is a dash and never reported.

    Args:
        igt: The text to check.
        notes: Whether to return notes too.

    Returns:
        The issues, errors first, each line from left to right. Empty: nothing was found.

    Raises:
        InputError: If it is no `IGT`.

    Example:
        >>> for issue in check(IGT("the cats run", "the cat-s ru-n", "DET cat-PL run.SG")):
        ...     print(issue.code, issue.word, "|", issue.message)
        morpheme-count 2 | 'ru-n' has 2 morphemes, its gloss 'run.SG' has 1
    """
    require_igt(igt)
    errors = _errors(igt.segmentation, igt.glosses)
    return (*errors, *_notes(igt)) if notes else errors


@lru_cache(maxsize=1 << 12)
def _errors(segmentation: str | None, glosses: str | None) -> tuple[Issue, ...]:
    """The errors of two lines, remembered: a text is often checked by several steps in turn."""
    found: list[Issue] = []
    forms, form_gaps = separate_line(segmentation)
    labels, label_gaps = separate_line(glosses)
    both = f"{segmentation} {glosses}"
    marks = frozenset(mark for mark in _MARKS if mark in both)
    if (forms or any(form_gaps)) and (labels or any(label_gaps)):
        found += _compare_lines(forms, labels, marks)
    if not marks.isdisjoint("-="):
        found += _empty_morphemes("segmentation", forms)
        found += _empty_morphemes("glosses", labels)
    return tuple(found)


def alignment_score(segmentation: str | None, glosses: str | None) -> float:
    """Say how well two lines align, without a reference (PolyGloss, section 3.3).

    Punctuation-only words are dropped; every run of characters other than ``-``, ``=`` and space
    becomes one ``x``; the score is 1 - edit distance / length of the longer.

    Args:
        segmentation: The segmentation line; None counts as empty.
        glosses: The gloss line; None counts as empty.

    Returns:
        0 to 1; two empty lines score 1.

    Raises:
        InputError: If a line is neither a string nor None.

    Example:
        >>> round(alignment_score("the cat-s ru-n", "DET cat-PL run.SG"), 2)
        0.78
    """
    require_text(segmentation, "segmentation")
    require_text(glosses, "glosses")
    return Levenshtein.normalized_similarity(_skeleton(segmentation), _skeleton(glosses))


def repair(igt: IGT, policy: Literal["polygloss"] = "polygloss") -> IGT:
    """Make a misaligned text usable, or leave it as it is.

    The policy ``"polygloss"`` (PolyGloss, section 2): a segmentation without any boundary, under
    glosses that have some, is dropped; any other misaligned text is kept, and goes to the train
    split, so that nothing is evaluated on it.

    Args:
        igt: The text.
        policy: Name of the policy.

    Returns:
        The text itself where nothing had to change, else a changed copy.

    Raises:
        InputError: If there is no such policy, or it is no `IGT`.

    Example:
        >>> repair(IGT("cats", "cats", "cat-PL")).segmentation is None
        True
        >>> repair(IGT("cats", "cat-s", "cat", split="test")).split
        'train'
    """
    if policy != "polygloss":
        raise InputError(f"no repair policy {policy!r}; there is: 'polygloss'")
    issues = check(igt)
    if any(issue.code == "unsegmented" for issue in issues):
        return igt.replace(segmentation=None)
    return igt.replace(split="train") if is_misaligned(issues) else igt


def is_misaligned(issues: Iterable[Issue]) -> bool:
    """Whether the paper would call a text misaligned that has these issues.

    It knows ``-`` and ``=`` only, so what the marks of infixes and reduplication do is no reason to
    move a text.

    Example:
        >>> is_misaligned(check(IGT("bili", "bi~bili", "buy")))
        False
        >>> is_misaligned(check(IGT("a b", "a b", "c")))
        True
    """
    return any(
        issue.severity == "error" and issue.code not in _UNKNOWN_TO_THE_PAPER for issue in issues
    )


_UNKNOWN_TO_THE_PAPER = frozenset({"infix-count", "reduplication-count"})


@lru_cache(maxsize=1 << 16)
def _shape(token: str) -> str:
    return _RUN.sub("x", token)


def _skeleton(line: str | None) -> str:
    return " ".join(_shape(token) for token in split_words(line) if not is_punctuation(token))


def _error(code: str, line: str, word: int | None, morpheme: int | None, message: str) -> Issue:
    return Issue(code, "error", line, word, morpheme, message)


def _note(code: str, line: str, word: int | None, message: str) -> Issue:
    severity: Severity = "note"
    return Issue(code, severity, line, word, None, message)


def _compare_lines(
    forms: Sequence[str], glosses: Sequence[str], marks: frozenset[str]
) -> Iterator[Issue]:
    if marks and _has_boundary(glosses) and not _has_boundary(forms):
        yield _error(
            "unsegmented", "segmentation", None, None,
            "the glosses mark morphemes, but the segmentation line is not segmented at all",
        )  # fmt: skip
    if len(forms) != len(glosses):
        message = f"the segmentation has {len(forms)} words, the glosses have {len(glosses)}"
        yield _error("word-count", "glosses", None, None, message)
        return
    if not marks:
        return
    is_rare = not marks.isdisjoint("~<")
    if not is_rare and all(map(eq, map(_shape, forms), map(_shape, glosses))):  # most lines
        return
    for index, (form, gloss) in enumerate(zip(forms, glosses, strict=True)):
        if is_rare or _shape(form) != _shape(gloss):
            yield from _compare_words(index, form, gloss)


def _has_boundary(tokens: Sequence[str]) -> bool:
    return any("-" in token or "=" in token for token in tokens)


def _compare_words(index: int, form: str, gloss: str) -> Iterator[Issue]:
    forms, glosses = split_morphemes(form), split_morphemes(gloss)
    if len(forms) != len(glosses):
        morphemes = "morpheme" if len(forms) == 1 else "morphemes"
        message = f"{form!r} has {len(forms)} {morphemes}, its gloss {gloss!r} has {len(glosses)}"
        yield _error("morpheme-count", "glosses", index, None, message)
        return
    for at, (one, other) in enumerate(zip(forms, glosses, strict=True)):
        if one[0] != other[0]:
            message = (
                f"{one[1]!r} is joined with {one[0]!r} in {form!r}, "
                f"but its gloss with {other[0]!r} in {gloss!r}"
            )
            yield _error("boundary-kind", "glosses", index, at, message)
        for code, name, mark in _COUNTED:
            count, expected = _count(mark, other[1]), _count(mark, one[1])
            if count != expected:
                message = f"{one[1]!r} has {expected} {name}(s), its gloss {other[1]!r} has {count}"
                yield _error(code, "glosses", index, at, message)


def _count(mark: str, text: str) -> int:
    return sum(boundary == mark for boundary, _ in split_morphemes(text, LEIPZIG))


def _empty_morphemes(line: str, words: Sequence[str]) -> Iterator[Issue]:
    if "" not in list_morphemes(words):  # most lines
        return
    for index, word in enumerate(words):
        shown = f"{word!r:.80}"
        for at, (_, text) in enumerate(split_morphemes(word)):
            if not text:
                message = f"morpheme {at + 1} of {shown} is empty"
                yield _error("empty-morpheme", line, index, at, message)


def _notes(igt: IGT) -> Iterator[Issue]:
    for line in ("transcription", "segmentation", "glosses", "translation"):
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
        if not any(unicodedata.is_normalized(form, text) for form in ("NFC", "NFD")):
            yield _note(
                "mixed-normalization", "transcription", None,
                "some characters are composed (NFC) and some decomposed (NFD)",
            )  # fmt: skip
        marks = sorted(set(_APOSTROPHES.findall(text))) if _APOSTROPHE.search(text) else []
        if len(marks) > 1:
            message = "words are written with more than one apostrophe: " + " ".join(marks)
            yield _note("mixed-apostrophes", "transcription", None, message)


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
            message = f"the segments of {form!r} do not spell {surface!r}"
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
        is_paired = gaps[0] and gaps[1]
        for form, gloss, _ in merge_gap(gaps if is_paired else (*gaps[:2], ())):
            mark = form or gloss or ""
            if (form is None) != (gloss is None) and not is_dash(mark):
                line = "segmentation" if form else "glosses"
                message = f"only the {line} has the punctuation {mark!r}"
                yield _note("unpaired-punctuation", line, max(index - 1, 0), message)
