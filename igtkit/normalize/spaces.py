"""Stray spaces at morpheme boundaries: `a-nii -láay` may be one word, or two that belong together.

Which of the two a space is can only be seen from the other lines. A clitic that stands apart in all
of them is written so on purpose, and stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from igtkit.boundaries import LEIPZIG, PAPER, is_word, list_words, split_morphemes
from igtkit.igt import Issue
from igtkit.normalize.fixes import LineName
from igtkit.normalize.marks import EDGE_MARKS, balanced_brackets

__all__ = ["close_in_line", "close_in_text"]

_MARKS = PAPER.joiners
_SUSPECT = re.compile(rf"\S[{re.escape(_MARKS)}]\s+\S|\S\s+[{re.escape(_MARKS)}]\S")
_NO_MORPHEME = "".join(EDGE_MARKS) + _MARKS
_GAPS = re.compile(r"(\s+)")
_ANALYSIS: tuple[LineName, ...] = ("segmentation", "glosses")

NamedLines = dict[LineName, str]


def close_in_text(
    lines: Mapping[LineName, str], *, always: bool = False
) -> tuple[NamedLines, tuple[Issue, ...]]:
    """Close the stray spaces of segmentation and glosses where the other lines show that they are.

    They are closed where the lines then have as many words as the transcription, or where
    segmentation and glosses had different numbers of words and then have equal ones.

    Args:
        lines: The lines of one text, by name; their punctuation stands by itself.
        always: Close whatever the other lines have.

    Returns:
        The lines, and an issue for each place.

    Example:
        >>> apart = {"transcription": "anii láay", "segmentation": "a-nii -láay"}
        >>> close_in_text(apart | {"glosses": "3SG-laugh-FUT"})[0]["segmentation"]
        'a-nii-láay'
        >>> close_in_text(apart | {"glosses": "3SG-laugh -FUT"})[0]["segmentation"]
        'a-nii -láay'
    """
    names = [name for name in _ANALYSIS if lines.get(name)]
    if not any(_SUSPECT.search(lines[name]) for name in names):
        return dict(lines), ()
    closed = {name: close_in_line(lines[name], name)[0] for name in names}
    counts = {name: len(list_words(lines[name])) for name in names}
    counts_closed = {name: len(list_words(line)) for name, line in closed.items()}
    words = len(list_words(lines.get("transcription")))
    chosen = set(names) if always else _choose(counts, counts_closed, words)
    others = [words] * (len(names) == 1)  # what a line on its own can agree with
    agree = len({*counts.values(), *others}) == 1 and words + len(names) > 1
    result: NamedLines = dict(lines)
    issues: tuple[Issue, ...] = ()
    for name in names:
        close = name in chosen
        line, found = close_in_line(lines[name], name, close=close, on_purpose=agree)
        result[name] = line
        issues += found
    return result, issues


def _choose(
    counts: Mapping[LineName, int], closed: Mapping[LineName, int], words: int
) -> set[LineName]:
    """The lines whose spaces are stray.

    Args:
        counts: How many words each line has.
        closed: How many it has when its spaces are closed.
        words: How many the transcription has; 0 if there is none.
    """
    choices: list[set[LineName]] = [set(counts), *({name} for name in counts)]
    found = [{**counts, **{name: closed[name] for name in chosen}} for chosen in choices]
    if words and set(counts.values()) != {words}:
        for chosen, after in zip(choices, found, strict=True):
            if set(after.values()) == {words}:
                return chosen
    if len(set(counts.values())) > 1:
        for chosen, after in zip(choices, found, strict=True):
            if len(set(after.values())) == 1:
                return chosen
    return set()


def close_in_line(
    line: str, name: LineName, *, close: bool = True, on_purpose: bool = False
) -> tuple[str, tuple[Issue, ...]]:
    """Close the spaces next to a ``-`` or ``=`` that has a space on one side only.

    Left alone, and reported where there is a word on both sides: two boundary marks with a space
    between them, white space that is no space, and punctuation next to the mark. ``~`` is left
    alone: at the end of a word it is nearly always a nasal vowel typed in ASCII.

    Args:
        line: A segmentation or gloss line whose punctuation stands by itself.
        name: Which of the two; for the issues.
        close: False to report only.
        on_purpose: Whether what is not closed is reported as kept, and not as ambiguous.

    Returns:
        The line, and an issue for each place found.

    Example:
        >>> close_in_line("a= ne - x", "segmentation")[0]
        'a=ne - x'
    """
    if not _SUSPECT.search(line):
        return line, ()
    parts = _GAPS.split(line)  # token, gap, token, ...; the first and the last may be empty
    done = [parts[0]]
    left = parts[0]  # the word so far, or its end
    morphemes = 0  # of the word so far, without its last token
    issues: list[Issue] = []
    words = 0  # among the tokens that are done with
    for before, gap, token in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        marks = _count_edge_marks(left, token)
        if marks:
            fits = marks == 1 and not gap.strip(" ") and _fit_together(left, token)
            place = f"{left[-_SHOWN:]}{gap}{token[:_SHOWN]}"
            if close and fits:
                own = before.rstrip(_MARKS)
                own = own.lstrip(_MARKS) if morphemes else own
                morphemes += len(split_morphemes(own, LEIPZIG))
                message = f"closed the space in {place!r}"
                issues.append(
                    Issue("boundary-space-closed", "note", name, words, morphemes, message)
                )
                done.append(token)
                left = left[-_LONGEST:] + token
                continue
            issues.append(_left(name, words, place, on_purpose=on_purpose and fits))
        words += is_word(left)
        done += (gap, token)
        left, morphemes = token, 0
    return "".join(done), tuple(issues)


_SHOWN = 80  # characters on each side of a space, in messages
_LONGEST = 1000  # characters of a word that are looked at again when the next token comes


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


def _left(name: LineName, word: int, place: str, *, on_purpose: bool) -> Issue:
    if on_purpose:
        message = f"kept the space in {place!r}: the lines have equal numbers of words as they are"
        return Issue("boundary-space-kept", "note", name, word, None, message)
    message = (
        f"{place!r} has a space next to a boundary mark that may or may not belong there; "
        "remove it, or put one on both sides of the mark if that is a dash"
    )
    return Issue("boundary-space-ambiguous", "note", name, word, None, message)
