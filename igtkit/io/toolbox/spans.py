"""Which morphemes of an interlinear block make up a word, by column or by their boundaries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from igtkit._characters import fold_case
from igtkit.boundaries import is_word
from igtkit.io._joining import group_morphemes, is_mark
from igtkit.io.toolbox.rows import Row
from igtkit.io.toolbox.words import MARKS, Spans

__all__ = [
    "count_words",
    "has_mark_at_edge",
    "spans_by_column",
    "spans_by_marks",
    "spans_of",
]

_LETTERLESS = re.compile(r"[\W_]+")


def spans_of(spoken: Row | None, anchor: Row, *, plain: bool) -> tuple[Spans, bool]:
    """The morphemes of each word, and whether the line of words has as many words.

    Args:
        spoken: The words, and punctuation between them; None if there is no such line.
        anchor: The morphemes.
        plain: Whether all morphemes are words, with no punctuation nor boundary by itself.
    """
    forms = anchor.texts
    if spoken is None:
        return spans_by_marks(forms), True
    count = sum(map(is_word, spoken.texts))
    all_words = plain and count == len(spoken.texts)
    if all_words and count == len(forms) and not any(map(_has_mark, forms)):
        return [(at, at + 1) for at in range(len(forms))], True
    by_column = spans_by_column(spoken, anchor, plain=all_words)
    if by_column is not None and not _parts_marked(by_column, forms):
        return by_column, True
    spans = spans_by_marks(forms)
    made = len(spans)
    if not plain:
        made = sum(
            is_word(forms[begin]) or any(map(is_word, forms[begin:end])) for begin, end in spans
        )
    fit = made == count
    if by_column is None or (
        fit and _spelled(spans, anchor, spoken) > _spelled(by_column, anchor, spoken)
    ):
        return spans, fit or not spoken.texts
    return by_column, True


def _has_mark(text: str) -> bool:
    """Whether a token begins or ends with a boundary."""
    return text[0] in MARKS or text[-1] in MARKS


def spans_by_column(spoken: Row, anchor: Row, *, plain: bool) -> Spans | None:
    """The morphemes under each word; None if they do not stand in columns.

    Args:
        spoken: The words, and punctuation between them.
        anchor: The morphemes.
        plain: Whether all tokens are words, with no punctuation nor boundary by itself.
    """
    words = spoken.texts
    if words and is_word(words[-1]) and not anchor.may_begin_at(spoken.last()):
        return None  # as most often: what shifts the columns adds up to the end of the line
    starts = spoken.starts
    begun = anchor.starts
    places = dict(zip(begun, range(len(begun)), strict=True))
    found = [*map(places.get, starts)]
    if None in found:  # of words, or of punctuation that has nothing below it
        for place, word, start, end in zip(
            found, words, starts, [*starts[1:], 1 << 62], strict=True
        ):
            if place is None and (
                is_word(word) or bisect_left(begun, start) < bisect_left(begun, end)
            ):
                return None
        words = [word for word, place in zip(words, found, strict=True) if place is not None]
    firsts = [place for place in found if place is not None]
    if firsts[:1] != [0]:
        return None
    spans = list(zip(firsts, [*firsts[1:], len(begun)], strict=True))
    if not plain:
        for word, (begin, end) in zip(words, spans, strict=True):
            first, last = anchor.texts[begin], anchor.texts[end - 1]
            if (is_mark(first) and first[0] != word[0]) or (is_mark(last) and last[0] != word[-1]):
                return None  # a boundary by itself that leads out of the word
    return spans


def has_mark_at_edge(spans: Spans, forms: Sequence[str]) -> bool:
    """Whether a word begins or ends with a boundary by itself."""
    return any(is_mark(forms[begin]) or is_mark(forms[end - 1]) for begin, end in spans)


def _parts_marked(spans: Spans, forms: Sequence[str]) -> bool:
    """Whether a word begins or ends with a boundary, so that marks would join what columns part."""
    return any(forms[begin][0] in MARKS or forms[begin - 1][-1] in MARKS for begin, _ in spans[1:])


def _spelled(spans: Spans, anchor: Row, spoken: Row) -> int:
    """How many words of the line of words their morphemes spell."""
    words = [text for text in spoken.texts if is_word(text)]
    made = ["".join(anchor.texts[begin:end]) for begin, end in spans]
    return sum(_letters(one) == _letters(word) for one, word in zip(made, words, strict=False))


def _letters(text: str) -> str:
    return fold_case(_LETTERLESS.sub("", text))


def spans_by_marks(texts: Sequence[str]) -> Spans:
    """The tokens of each word by the boundaries on them, or by themselves between two."""
    ends = []
    closes = True  # whether the token before ends with a boundary
    for at, text in enumerate(texts):
        first = text[0]
        if first not in MARKS:
            if not first.isalnum() and (first == "<" or not is_word(text)):
                break
            if not closes:
                ends.append(at)
        closes = text[-1] in MARKS
    else:
        return list(zip([0, *ends], [*ends, len(texts)], strict=True)) if texts else []
    ends = [group[-1] + 1 for group in group_morphemes(texts, free_marks=True)]  # any tokens
    return list(zip([0, *ends], ends, strict=False))


def count_words(row: Row) -> int:
    """How many words a line has by the boundaries on its tokens."""
    return len(spans_by_marks(row.texts))
