"""What comes in is checked in full before any number is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

import attrs

from igtkit.boundaries import is_punctuation, split_words
from igtkit.errors import InputError
from igtkit.igt import Transcribed, text_key

__all__ = [
    "EmptyPolicy",
    "Glossed",
    "ScoredLines",
    "Text",
    "as_list",
    "check_items",
    "check_pair",
    "check_policy",
    "has_tokens",
    "has_words",
    "select",
    "split_seen",
]

EmptyPolicy = Literal["raise", "skip"]
Text = str | Sequence[str]
"""One line, or a corpus of lines."""


_GLOSSED = ".segmentation and .glosses, as IGT and Prediction have"
_NEEDED = {
    "segmentation": _GLOSSED,
    "glosses": _GLOSSED,
    "transcription": ".transcription and .segmentation, as IGT has",
}


class Glossed(Protocol):
    """Anything with a segmentation and a gloss line, either of which may be None."""

    @property
    def segmentation(self) -> str | None:
        """The segmentation line."""

    @property
    def glosses(self) -> str | None:
        """The gloss line."""


@attrs.frozen
class ScoredLines:
    """The lines of a system and of the gold, sentence by sentence; None where there is no line."""

    predicted_segmentation: list[str | None]
    predicted_glosses: list[str | None]
    gold_segmentation: list[str | None]
    gold_glosses: list[str | None]

    def pairs(self) -> Iterator[tuple[str | None, str | None]]:
        """Each predicted line with its gold line."""
        yield from zip(self.predicted_segmentation, self.gold_segmentation, strict=True)
        yield from zip(self.predicted_glosses, self.gold_glosses, strict=True)


def check_policy(empty: EmptyPolicy) -> None:
    """Refuse a setting of ``empty`` that does not exist.

    Raises:
        InputError: If it is neither ``"raise"`` nor ``"skip"``.
    """
    if empty not in ("raise", "skip"):
        raise InputError(f"empty must be 'raise' or 'skip', not {empty!r}")


def check_items(
    predictions: Iterable[Glossed], references: Iterable[Glossed]
) -> tuple[ScoredLines, list[Any]]:
    """Return the lines of predictions and references.

    Returns:
        The lines, and the references as a list.

    Raises:
        InputError: If there is nothing, the numbers differ, or an item lacks a line's attribute or
            has something in it that is neither a string nor None.
    """
    mine, gold = as_list(predictions, "predictions"), as_list(references, "references")
    _check_counts(mine, gold)
    lines = ScoredLines(
        _take(mine, "segmentation", "predictions"),
        _take(mine, "glosses", "predictions"),
        _take(gold, "segmentation", "references"),
        _take(gold, "glosses", "references"),
    )
    return lines, gold


def check_pair(
    predictions: Text, references: Text, names: tuple[str, str] = ("predictions", "references")
) -> tuple[list[str], list[str]]:
    """Return two corpora of plain lines, given as such or as two single lines.

    Raises:
        InputError: If only one is a single line, there is nothing, the numbers differ, or something
            is no string.
    """
    if isinstance(predictions, str) and isinstance(references, str):
        return [predictions], [references]
    mine, gold = as_list(predictions, names[0]), as_list(references, names[1])
    _check_counts(mine, gold, names)
    for name, lines in zip(names, (mine, gold), strict=True):
        for index, line in enumerate(lines):
            if not isinstance(line, str):
                raise InputError(f"{name}[{index}] must be a string, got {_describe(line)}")
    return mine, gold


def select(
    lines: Sequence[str | None], has_content: Callable[[str], bool], empty: EmptyPolicy, name: str
) -> tuple[list[int], tuple[int, ...]]:
    """Return the sentences whose gold line can be scored.

    Args:
        lines: Gold lines; None is left out without a word.
        has_content: Whether there is something in a line to score against.
        empty: What to do with a line in which there is nothing.
        name: What the lines are called in the message.

    Returns:
        Which sentences to score, and which were skipped.

    Raises:
        InputError: If a line is empty and `empty` is ``"raise"``; the message names it.
    """
    scored: list[int] = []
    skipped: list[int] = []
    for index, line in enumerate(lines):
        if line is None:
            continue
        (scored if has_content(line) else skipped).append(index)
    if skipped and empty == "raise":
        raise InputError(
            f"references[{skipped[0]}] has nothing to score against in its {name}: "
            f"{lines[skipped[0]]!r} ({len(skipped)} such in all); "
            "mend the reference, set it to None, or pass empty='skip'"
        )
    return scored, tuple(skipped)


def has_words(line: str) -> bool:
    """Whether a gloss line has a word, that is, more than punctuation."""
    return not all(map(is_punctuation, split_words(line)))


def has_tokens(line: str) -> bool:
    """Whether a segmentation line has anything at all."""
    return bool(split_words(line))


def split_seen(
    references: Sequence[Any], seen: Iterable[Transcribed]
) -> tuple[list[int], list[int]]:
    """Return the references that stand in the training texts, and those that do not.

    Args:
        references: The gold.
        seen: The training texts.

    Returns:
        Which references were seen, and which were not, by `igtkit.igt.text_key`.

    Raises:
        InputError: If there is no training text, a text has no attribute for its transcription, or
            a reference has neither transcription nor segmentation.
    """
    known = set(_keys(as_list(seen, "seen"), "seen"))
    if not known:
        raise InputError("seen holds no text: give the texts that the system was trained on")
    known.discard("")
    rows: tuple[list[int], list[int]] = ([], [])
    for index, key in enumerate(_keys(references, "references")):
        if references[index].transcription is None and references[index].segmentation is None:
            raise InputError(
                f"references[{index}] has neither transcription nor segmentation: it cannot be "
                "said whether it was seen"
            )
        rows[key not in known].append(index)
    return rows


def _keys(texts: Sequence[Any], name: str) -> list[str]:
    for line in ("transcription", "segmentation"):
        _take(texts, line, name)
    return list(map(text_key, texts))


def as_list(items: Iterable[Any], name: str) -> list[Any]:
    """Return the items of something that has an order, one for each sentence.

    Raises:
        InputError: If it is a string, a set or a dict, or nothing that can be gone through.
    """
    unordered = isinstance(items, (set, frozenset, Mapping))
    if isinstance(items, (str, bytes)) or unordered or not isinstance(items, Iterable):
        raise InputError(f"{name} must be a list with one item per sentence, got {items!r}")
    return list(items)


def _check_counts(
    predictions: Sequence[Any],
    references: Sequence[Any],
    names: tuple[str, str] = ("predictions", "references"),
) -> None:
    if len(predictions) != len(references):
        raise InputError(
            f"{len(predictions)} {names[0]} but {len(references)} {names[1]}: "
            "each sentence needs one of both, in the same order"
        )
    if not references:
        raise InputError(f"no {names[0]} and no {names[1]}: there is nothing to score")


def _take(items: Sequence[Any], line: str, name: str) -> list[str | None]:
    try:
        values = [getattr(item, line) for item in items]
    except AttributeError:
        index, item = next((i, x) for i, x in enumerate(items) if not hasattr(x, line))
        raise InputError(
            f"{name}[{index}] has no attribute {line!r}: it must have {_NEEDED[line]}, "
            f"got {_describe(item)}"
        ) from None
    for index, value in enumerate(values):
        if value is not None and not isinstance(value, str):
            raise InputError(
                f"{name}[{index}].{line} must be a string or None, got {_describe(value)}"
            )
    return values


def _describe(value: object) -> str:
    return f"{value!r} ({type(value).__name__})"
