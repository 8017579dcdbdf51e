"""From tokens of an interleaved line back to the two lines, with all that the target leaves out."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Literal, NoReturn

from igtkit.boundaries import is_dash, join_words, separate_words, split_morphemes, split_words
from igtkit.errors import AlignmentError
from igtkit.formats import problems, templates
from igtkit.formats.codec import Token
from igtkit.formats.example import Layout
from igtkit.igt import IGT

__all__ = ["Punctuation", "lay_out", "put_back", "restore", "without_label"]

_LABEL = re.compile(
    rf"\s*+(?:{templates.SEGMENTATION_LABEL}|{templates.GLOSSES_LABEL}|{templates.OUTPUT_LABEL})"
    r"(?!\S)"
)

Punctuation = Literal["both", "segmentation", "none"]
"""The lines that the punctuation of the text is put back into."""

LinePair = tuple[str, str]


def lay_out(igt: IGT) -> tuple[list[Token], Layout]:
    """Return what an interleaved target holds of a text, and what it leaves out.

    It holds every word, and the dashes that stand in the same place of both lines. It leaves out
    punctuation, the other dashes, and boundaries of the segmentation where the glosses have
    another kind.

    Args:
        igt: A text with segmentation and glosses.

    Raises:
        AlignmentError: If they do not pair up.
    """
    form_words, form_gaps = separate_words(split_words(igt.segmentation))
    gloss_words, gloss_gaps = separate_words(split_words(igt.glosses))
    if len(form_words) != len(gloss_words):
        _raise_misaligned(igt)
    tokens: list[Token] = []
    boundaries: list[str] = []
    segmentation: list[str | None] = []
    glosses: list[str | None] = []

    def add(form: str, gloss: str) -> None:
        token = Token.from_lines(form, gloss)
        if len(token.forms) != len(token.glosses):
            _raise_misaligned(igt)
        tokens.append(token)
        boundaries.append("".join(boundary for boundary, _ in split_morphemes(form)))

    for at, (form_gap, gloss_gap) in enumerate(zip(form_gaps, gloss_gaps, strict=True)):
        form_dashes, gloss_dashes = (list(filter(is_dash, gap)) for gap in (form_gap, gloss_gap))
        paired = list(map(len, form_dashes)) == list(map(len, gloss_dashes))
        for line, gap in ((segmentation, form_gap), (glosses, gloss_gap)):
            line += [None if paired and is_dash(mark) else mark for mark in gap]
        if paired:
            for form, gloss in zip(form_dashes, gloss_dashes, strict=True):
                add(form, gloss)
        if at < len(form_words):
            segmentation.append(None)
            glosses.append(None)
            add(form_words[at], gloss_words[at])
    return tokens, Layout(tuple(segmentation), tuple(glosses), tuple(boundaries))


def _raise_misaligned(igt: IGT) -> NoReturn:
    igt.align()  # knows what to say
    raise AlignmentError("one line has words and the other is blank")


def restore(tokens: Sequence[Token], layout: Layout) -> LinePair | None:
    """The lines as the layout has them; None if it has other words.

    Args:
        tokens: What the target holds.
        layout: What it leaves out.
    """
    if len(tokens) != len(layout.boundaries) or any(
        len(token.boundaries) != len(boundaries)
        for token, boundaries in zip(tokens, layout.boundaries, strict=True)
    ):
        return None
    forms = [
        token.form_with(boundaries)
        for token, boundaries in zip(tokens, layout.boundaries, strict=True)
    ]
    return (
        _fill(layout.segmentation, forms),
        _fill(layout.glosses, [token.gloss for token in tokens]),
    )


def put_back(tokens: Sequence[Token], text: str, lines: Punctuation) -> tuple[LinePair, bool]:
    """The lines with the punctuation-only tokens and dashes of a text where the text has them.

    They go by the number of words before them; what follows the last word of the text follows the
    last word here. A mark that the tokens have too, in the same place, is not doubled.

    Args:
        tokens: What was read.
        text: The text that was segmented and glossed.
        lines: Which lines get them.

    Returns:
        The lines, and whether there were marks between words whose place is a guess, because the
        text has another number of words.
    """
    text_words, gaps = separate_words(split_words(text))
    words = [token for token in tokens if not token.is_mark]
    own: list[list[Token]] = [[] for _ in range(len(words) + 1)]
    at = 0
    for token in tokens:
        if token.is_mark:
            own[at].append(token)
        else:
            at += 1
    marks: list[list[str]] = [[] for _ in range(len(words) + 1)]
    for index, gap in enumerate(gaps):
        last = index == len(text_words)
        marks[len(words) if last else min(index, len(words))] += gap
    segmentation: list[str] = []
    glosses: list[str] = []
    for index, (gap, tokens_there) in enumerate(zip(marks, own, strict=True)):
        forms = [token.form for token in tokens_there]
        segmentation += forms if lines == "none" else _merge(gap, forms)
        texts = [token.gloss for token in tokens_there]
        glosses += _merge(gap, texts, keep=True) if lines == "both" else texts
        if index < len(words):
            segmentation.append(words[index].form)
            glosses.append(words[index].gloss)
    guessed = len(words) != len(text_words) and any(gaps[1:-1]) and lines != "none"
    return (join_words(segmentation), join_words(glosses)), guessed


def _fill(tokens: Sequence[str | None], words: Sequence[str]) -> str:
    rest = iter(words)
    return join_words([next(rest) if token is None else token for token in tokens])


def _merge(marks: Sequence[str], own: Sequence[str], *, keep: bool = False) -> list[str]:
    """The marks of the text, then those of the output that are not among them.

    Dashes are alike if they are of one length, for their kind may differ as that of boundaries
    does; `keep` says whether the output's stays.
    """
    left: dict[str, deque[int]] = {}
    for at, mark in enumerate(own):
        left.setdefault(_kind(mark), deque()).append(at)
    merged: list[str] = []
    shared: set[int] = set()
    for mark in marks:
        same = left.get(_kind(mark))
        if same:
            at = same.popleft()
            shared.add(at)
            merged.append(own[at] if keep else mark)
        else:
            merged.append(mark)
    return merged + [mark for at, mark in enumerate(own) if at not in shared]


def _kind(mark: str) -> str:
    return "-" * len(mark) if is_dash(mark) else mark


def without_label(output: str) -> tuple[str, list[str]]:
    """The output without a label at its start that repeats the end of the prompt.

    Args:
        output: What a model answered.

    Returns:
        The output, and the problem as a list, empty if there was none.
    """
    label = _LABEL.match(output)
    return (output[label.end() :], [problems.LABEL]) if label else (output, [])
