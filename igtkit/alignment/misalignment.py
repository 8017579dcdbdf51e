"""What keeps segmentation and glosses from pairing up: the errors of `check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import eq

from igtkit._lookalikes import describe, find_lookalikes
from igtkit.alignment.scoring import shape
from igtkit.boundaries import (
    AFFIX,
    CLITIC,
    INFIX,
    LEIPZIG,
    PAPER,
    REDUPLICATION,
    list_morphemes,
    separate_line,
    split_morphemes,
    split_pair,
)
from igtkit.igt import Issue

__all__ = ["find_errors"]

_MARKS = (*LEIPZIG.joiners, INFIX[0])
_COUNTED = (
    ("infix-count", "infix", INFIX),
    ("reduplication-count", "reduplication", REDUPLICATION),
)


@lru_cache(maxsize=1 << 12)
def find_errors(segmentation: str | None, glosses: str | None) -> tuple[Issue, ...]:
    """The errors of two lines, remembered: a text is often checked by several steps in turn."""
    found: list[Issue] = []
    forms, form_gaps = separate_line(segmentation)
    labels, label_gaps = separate_line(glosses)
    both = f"{segmentation} {glosses}"
    marks = frozenset(mark for mark in _MARKS if mark in both)
    if (forms or any(form_gaps)) and (labels or any(label_gaps)):
        found += _compare_lines(forms, labels, marks)
    if not marks.isdisjoint(PAPER.joiners):
        found += _empty_morphemes("segmentation", forms, labels)
        found += _empty_morphemes("glosses", labels, forms)
    return tuple(found)


def _error(code: str, line: str, word: int | None, morpheme: int | None, message: str) -> Issue:
    return Issue(code, "error", line, word, morpheme, message)


def _compare_lines(
    forms: Sequence[str], glosses: Sequence[str], marks: frozenset[str]
) -> Iterator[Issue]:
    is_segmented = _has_boundary(forms) or any(map(find_lookalikes, forms))
    if marks and _has_boundary(glosses) and not is_segmented:
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
    is_rare = not marks.isdisjoint({REDUPLICATION, INFIX[0]})
    if not is_rare and all(map(eq, map(shape, forms), map(shape, glosses))):  # most lines
        return
    for index, (form, gloss) in enumerate(zip(forms, glosses, strict=True)):
        if is_rare or shape(form) != shape(gloss):
            yield from _compare_words(index, form, gloss)


def _has_boundary(tokens: Sequence[str]) -> bool:
    return any(AFFIX in token or CLITIC in token for token in tokens)


def _compare_words(index: int, form: str, gloss: str) -> Iterator[Issue]:
    forms, glosses = split_pair(form, gloss)
    word, label = f"{form!r:.80}", f"{gloss!r:.80}"
    if len(forms) != len(glosses):
        morphemes = "morpheme" if len(forms) == 1 else "morphemes"
        message = f"{word} has {len(forms)} {morphemes}, its gloss {label} has {len(glosses)}"
        yield _error("morpheme-count", "glosses", index, None, message + _blame(form, gloss))
        return
    for at, (one, other) in enumerate(zip(forms, glosses, strict=True)):
        shown, gloss_shown = f"{one[1]!r:.80}", f"{other[1]!r:.80}"
        if one[0] != other[0]:
            message = (
                f"{shown} is joined with {one[0]!r} in {word}, "
                f"but its gloss with {other[0]!r} in {label}"
            )
            yield _error("boundary-kind", "glosses", index, at, message)
        for code, name, mark in _COUNTED:
            count, expected = _count(mark, other[1]), _count(mark, one[1])
            if count != expected:
                names = name if expected == 1 else f"{name}{'es' if name[-1] == 'x' else 's'}"
                message = f"{shown} has {expected} {names}, its gloss {gloss_shown} has {count}"
                yield _error(code, "glosses", index, at, message)


def _blame(form: str, gloss: str) -> str:
    """What only looks like a boundary, where that may be why two counts differ."""
    odd = dict.fromkeys((*find_lookalikes(form), *find_lookalikes(gloss)))
    return f"; {', '.join(map(describe, odd))} is no boundary" if odd else ""


def _count(mark: str, text: str) -> int:
    return sum(boundary == mark for boundary, _ in split_morphemes(text, LEIPZIG))


def _empty_morphemes(line: str, words: Sequence[str], others: Sequence[str]) -> Iterator[Issue]:
    if "" not in list_morphemes(words):  # most lines
        return
    beside = others if len(others) == len(words) else [None] * len(words)
    for index, (word, other) in enumerate(zip(words, beside, strict=True)):
        shown = f"{word!r:.80}"
        for at, (_, text) in enumerate(split_pair(word, other)[0]):
            if not text:
                message = f"morpheme {at + 1} of {shown} is empty"
                yield _error("empty-morpheme", line, index, at, message)
