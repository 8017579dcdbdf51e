"""Interlinear texts as columns in a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence

from igtkit._characters import display_width, pad, shown
from igtkit.boundaries import is_word, split_words
from igtkit.igt import IGT, Prediction, Word
from igtkit.igt.doubt import (
    DOUBTFUL,
    describe_suggestion,
    is_suggested,
    word_probabilities,
    words_given,
)
from igtkit.igt.judgment import judgment_of
from igtkit.igt.quotes import bare_translation

__all__ = ["compare_text", "to_text"]

LabeledCells = tuple[str, Sequence[str]]
"""A label and one cell for each word."""

_SUGGESTED = "\x1b[36m"
_DOUBT = "\x1b[1;33m"
_PLAIN = "\x1b[0m"
"""What makes a suggestion cyan, a doubtful word yellow, and what follows plain (ECMA-48, SGR)."""


def to_text(
    igt: IGT,
    width: int | None = None,
    *,
    color: bool = False,
    marked: Collection[int] = (),
) -> str:
    r"""Return a text with the words of its lines beneath each other, wrapped.

    Args:
        igt: The text; it may be misaligned.
        width: Columns to wrap to; None for those of the terminal.
        color: Whether to color suggestions, and doubtful words in another color.
        marked: Indices of words, as `IGT.align` gives them, that get ``^`` beneath them.

    Returns:
        The lines. Beneath the words of a machine's suggestion stands how probable it holds them,
        with ``?`` where that is less than a half, nothing beneath those that a person had done, and
        below all, whose suggestion it is. A
        transcription whose words do not pair up with the analysis stands above it. A
        character that would act on a terminal is written out (``\u001b``).

    Example:
        >>> print(to_text(IGT("cats run", "cat-s run", "cat-PL run", "Cats run."), 60))
        cats   run
        cat-s  run
        cat-PL run
        ‘Cats run.’
        >>> mark = {"system": "crf", "probabilities": [0.92, 0.31]}
        >>> suggested = IGT("cats run", "cat-s run", "cat-PL jog", metadata={"prediction": mark})
        >>> print(to_text(suggested, 60))
        cats   run
        cat-s  run
        cat-PL jog
        92%    31%?
        (Suggested by crf, not confirmed)
    """
    words = igt.align(strict=False)
    paired = any(word.surface is not None for word in words)
    rows = _rows([("", igt.transcription if paired else None, [w.surface for w in words])])
    rows += _rows(
        [
            ("", igt.segmentation, [word.form for word in words]),
            ("", igt.glosses, [word.gloss for word in words]),
        ]
    )
    lines = [] if paired or not igt.transcription else [shown(" ".join(igt.transcription.split()))]
    chances = word_probabilities(igt, words)
    if rows and any(chance is not None for chance in chances):
        rows.append(("", [_chance(one) for one in chances]))
    if rows and marked:
        widths = _widths(rows)
        rows.append(("", ["^" * size if n in marked else "" for n, size in enumerate(widths)]))
    colors = []
    if color and is_suggested(igt):
        given = words_given(igt, words)
        colors = ["" if one else _color(chance) for one, chance in zip(given, chances, strict=True)]
    lines += _wrap(rows, width, colors)
    if lines and (judgment := shown(judgment_of(igt))):
        lines[0] = judgment + lines[0]
        lines[1:] = [" " * display_width(judgment) + line for line in lines[1:]]
    return "\n".join([*lines, *_translation(igt), *_mark(igt)])


def _chance(probability: float | None) -> str:
    if probability is None:
        return ""
    return f"{probability:.0%}{'?' if probability < DOUBTFUL else ''}"


def _color(probability: float | None) -> str:
    return _DOUBT if probability is not None and probability < DOUBTFUL else _SUGGESTED


def _mark(igt: IGT) -> list[str]:
    mark = describe_suggestion(igt)
    return [f"({shown(mark)})"] if mark else []


def compare_text(reference: IGT, prediction: Prediction, width: int | None = None) -> str:
    """Return a prediction with the reference beneath it, each word that differs marked.

    Args:
        reference: The text with its right segmentation and glosses.
        prediction: What a glosser made of it.
        width: Columns to wrap to; None for those of the terminal.

    Example:
        >>> gold = IGT("cats run", "cat-s run", "cat-PL run", "Cats run.")
        >>> print(compare_text(gold, Prediction("cats run", "??? run"), 60))
        text      cats   run
        predicted cats   run
                  ???    run
        reference cat-s  run
                  cat-PL run
                  ^^^^^^
        ‘Cats run.’
    """
    gold = [word for word in reference.align(strict=False) if _has_analysis(word)]
    guess = IGT(None, prediction.segmentation, prediction.glosses)
    predicted = [word for word in guess.align(strict=False) if _has_analysis(word)]
    surfaces: list[str | None] = [word.surface for word in gold]
    forms, glosses = [w.form for w in predicted], [w.gloss for w in predicted]
    rows = _rows(
        [
            ("text", reference.transcription if any(surfaces) else None, surfaces),
            ("predicted", prediction.segmentation, forms),
            ("" if prediction.segmentation else "predicted", prediction.glosses, glosses),
            ("reference", reference.segmentation, [word.form for word in gold]),
            (
                "" if reference.segmentation else "reference",
                reference.glosses,
                [w.gloss for w in gold],
            ),
        ]
    )
    count = max((len(cells) for _, cells in rows), default=0)
    filled = [(label, [*cells, *[""] * (count - len(cells))]) for label, cells in rows]
    widths = _widths(filled)
    wrong = [_pair(gold, index) != _pair(predicted, index) for index in range(count)]
    marks = ["^" * size if bad else "" for size, bad in zip(widths, wrong, strict=True)]
    return "\n".join([*_wrap([*filled, ("", marks)], width), *_translation(reference)])


def _has_analysis(word: Word) -> bool:
    return is_word(word.form or word.gloss or "")


def _pair(words: Sequence[Word], index: int) -> tuple[str | None, str | None]:
    return (words[index].form, words[index].gloss) if index < len(words) else (None, None)


def _rows(lines: Sequence[tuple[str, str | None, Sequence[str | None]]]) -> list[LabeledCells]:
    return [
        (label, [shown(cell or "") for cell in cells])
        for label, line, cells in lines
        if split_words(line)
    ]


def _translation(igt: IGT) -> list[str]:
    return [f"‘{shown(bare_translation(igt.translation))}’"] if igt.translation else []


def _widths(rows: Sequence[LabeledCells]) -> list[int]:
    return [
        max(map(display_width, column))
        for column in zip(*(cells for _, cells in rows), strict=True)
    ]


def _wrap(rows: Sequence[LabeledCells], width: int | None, colors: Sequence[str] = ()) -> list[str]:
    """The rows as lines, in as many blocks as the width asks for, the labels before each.

    Args:
        rows: The rows, of as many cells each.
        width: Columns to wrap to; None for those of the terminal.
        colors: For each column what colors it; empty for none.
    """
    limit = width or shutil.get_terminal_size((100, 24)).columns
    indent = max((len(label) + 1 for label, _ in rows if label), default=0)
    widths = _widths(rows)
    lines: list[str] = []
    start = 0
    while start < len(widths):
        end, used = start + 1, indent + widths[start]
        while end < len(widths) and used + 1 + widths[end] <= limit:
            used += 1 + widths[end]
            end += 1
        for label, cells in rows:
            columns = zip(cells[start:end], widths[start:end], strict=True)
            padded = [pad(cell, size) for cell, size in columns]
            line = pad(label, indent) + " ".join(padded)
            if not label and not line.strip():
                continue
            if colors:
                line = pad(label, indent) + " ".join(map(_painted, padded, colors[start:end]))
            lines.append(line.rstrip())
        start = end
    return lines


def _painted(cell: str, color: str) -> str:
    text = cell.rstrip()
    return f"{color}{text}{_PLAIN}{cell[len(text) :]}" if text and color else cell
