"""Closing stray spaces at morpheme boundaries: `a-nii -láay` is one word."""

from __future__ import annotations

import re
import unicodedata

from igtkit.boundaries import LEIPZIG, PAPER, is_word, split_morphemes, split_words
from igtkit.igt import Issue
from igtkit.normalize.fixes import LineName
from igtkit.normalize.punctuation import EDGE_MARKS, balanced_brackets

__all__ = ["close_spaces", "close_spaces_in_pair"]

_MARKS = PAPER.joiners
_SUSPECT = re.compile(rf"\S[{re.escape(_MARKS)}]\s+\S|\S\s+[{re.escape(_MARKS)}]\S")
_NO_MORPHEME = "".join(EDGE_MARKS) + _MARKS
_GAPS = re.compile(r"(\s+)")


def close_spaces_in_pair(segmentation: str, glosses: str) -> tuple[str, str, tuple[Issue, ...]]:
    """Close stray spaces in segmentation and glosses, where that does not break their match.

    Both lines are closed where they end up with as many words as each other, or never can.
    Otherwise as much is closed as leaves them with equal numbers of words.

    Example:
        >>> close_spaces_in_pair("a-nii -láay", "3SG-laugh-FUT")[:2]
        ('a-nii-láay', '3SG-laugh-FUT')
        >>> close_spaces_in_pair("the -man", "DEF man")[:2]
        ('the -man', 'DEF man')
    """
    if not (_SUSPECT.search(segmentation) or _SUSPECT.search(glosses)):
        return segmentation, glosses, ()
    forms = [close_spaces(segmentation, "segmentation", close=close) for close in (True, False)]
    labels = [close_spaces(glosses, "glosses", close=close) for close in (True, False)]
    if forms[0][0] == segmentation and labels[0][0] == glosses:
        choice = (0, 0)
    else:
        form_counts = [_count_words(text) for text, _ in forms]
        label_counts = [_count_words(text) for text, _ in labels]
        choices = ((0, 0), (1, 1), (0, 1), (1, 0))
        equal = [(i, j) for i, j in choices if form_counts[i] == label_counts[j]]
        choice = equal[0] if equal else (0, 0)
    (form, found), (label, also_found) = forms[choice[0]], labels[choice[1]]
    return form, label, found + also_found


def _count_words(line: str) -> int:
    return sum(map(is_word, split_words(line)))


def close_spaces(line: str, name: LineName, *, close: bool = True) -> tuple[str, tuple[Issue, ...]]:
    """Close the spaces next to a ``-`` or ``=`` that has a space on one side only.

    Left alone, and reported where there is a word on both sides: two boundary marks with a space
    between them, white space that is no space, and punctuation next to the mark. ``~`` is left
    alone: at the end of a word it is nearly always a nasal vowel typed in ASCII.

    Args:
        line: A segmentation or gloss line whose punctuation stands by itself.
        name: Which of the two; for the issues.
        close: False to report only.

    Returns:
        The line, and an issue for each place found.

    Example:
        >>> close_spaces("a= ne - x", "segmentation")[0]
        'a=ne - x'
    """
    if not _SUSPECT.search(line):
        return line, ()
    parts = _GAPS.split(line)  # token, gap, token, ...; the first and the last may be empty
    done = [parts[0]]
    issues: list[Issue] = []
    words = 0  # among the tokens that are done with
    for gap, token in zip(parts[1::2], parts[2::2], strict=True):
        left = done[-1]
        marks = _count_edge_marks(left, token)
        if marks:
            closes = close and marks == 1 and not gap.strip(" ") and _fit_together(left, token)
            issues.append(_report(name, words, left, gap + token, closes=closes))
            if closes:
                done[-1] = left + token
                continue
        words += is_word(left)
        done += (gap, token)
    return "".join(done), tuple(issues)


def _count_edge_marks(left: str, right: str) -> int:
    """How many boundary marks stand where two words meet; 0 where one of them is no word."""
    if not (_has_morpheme(left) and _has_morpheme(right)):
        return 0
    return len(left) - len(left.rstrip(_MARKS)) + len(right) - len(right.lstrip(_MARKS))


def _has_morpheme(token: str) -> bool:
    return is_word(token.strip(_MARKS)) and (bool(token.strip(_NO_MORPHEME)) or "??" in token)


def _fit_together(left: str, right: str) -> bool:
    """Whether letters, or a gloss in brackets, stand on both sides of the boundary."""
    left, right = left.rstrip(_MARKS), right.lstrip(_MARKS)
    last = left[-1]
    is_bracketed = last in ")]" and len(left) - 1 in balanced_brackets(left).values()
    return _is_letter_like(right[0]) and (
        is_bracketed or _is_letter_like(last) or unicodedata.category(last)[0] == "M"
    )


def _is_letter_like(character: str) -> bool:
    return character in "'’‘_?" or unicodedata.category(character)[0] in "LNS"


def _report(name: LineName, word: int, left: str, rest: str, *, closes: bool) -> Issue:
    place = f"{left}{rest}"
    if closes:
        morpheme = len(split_morphemes(left.rstrip(_MARKS), LEIPZIG))
        message = f"closed the space in {place!r}"
        return Issue("boundary-space-closed", "note", name, word, morpheme, message)
    message = (
        f"{place!r} has a space next to a boundary mark that may or may not belong there; "
        "remove it, or put one on both sides of the mark if that is a dash"
    )
    return Issue("boundary-space-ambiguous", "note", name, word, None, message)
