"""The review table: a machine's suggestions word by word, to be corrected in a spreadsheet.

A row is a word. A person changes its segmentation or its gloss where they are wrong, and writes yes
under ``confirmed`` where they are right. A word that was changed needs no yes. What is neither
changed nor confirmed is still a suggestion. Words that a person had done before are confirmed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from igtkit.boundaries import UNKNOWN, is_word, join_words, list_words, split_pair, unsegment
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.igt.doubt import is_suggested, word_suggestions, words_given
from igtkit.io._marks import (
    NOTHING,
    is_confirmed,
    parse_alternatives,
    parse_number,
    show_alternatives,
)
from igtkit.io._parts import Part, tell
from igtkit.io._source import Source
from igtkit.io._spreadsheet import protect, unprotect
from igtkit.io._tables import fold_name

__all__ = ["REVIEW_COLUMNS", "is_review", "read_review", "review_parts", "review_rows"]

_log = logging.getLogger("igtkit.io")

REVIEW_COLUMNS = (
    *("sentence", "id", "word", "text", "segmentation", "glosses"),
    *("probability", "alternatives", "confirmed"),
    *("suggested", "transcription", "translation"),
)
"""The names of the columns, in order. A word is found by the number of its sentence in the file
and its own in the sentence, so that rows may be sorted; ``suggested`` tells what was changed."""

_ALWAYS_WORDS, _MOST_MISSING = 100, 10
"""How many words a sentence may have of which the table has not the text, or for each row of it."""
_TELLING = ("sentence", "word", "suggested")
_NEEDED = (*_TELLING, "segmentation", "glosses", "confirmed")
_TEXT = (
    "sentence",
    "id",
    "word",
    "text",
    "segmentation",
    "glosses",
    "transcription",
    "translation",
)
"""The columns in which a yes is no confirmation that stands in the wrong place."""
_SHOWN = 5


def is_review(header: Iterable[str]) -> bool:
    """Whether a table is one of these, by the names of its columns, in capitals or not."""
    return set(_TELLING) <= set(map(fold_name, header))


def review_parts(header: Iterable[str]) -> Iterator[Part]:
    """What the columns are: the table's own, and others, of which nothing is taken back."""
    for name in header:
        known = fold_name(name) in REVIEW_COLUMNS
        yield tell("column", name, fold_name(name) if known else None,
                   "column-review" if known else "column-beside")  # fmt: skip


def review_rows(items: Iterable[IGT]) -> Iterator[dict[str, str]]:
    """The rows of a table, a word each; texts that are no suggestions have none.

    Args:
        items: All entries of a file, in its order.

    Example:
        >>> mark = {"probabilities": [0.31]}
        >>> igt = IGT("cats", "cat-s", "cat-PL", metadata={"prediction": mark})
        >>> [row] = review_rows([igt])
        >>> row["sentence"], row["word"], row["probability"], row["suggested"]
        ('1', '1', '31%', 'cat-s cat-PL')
    """
    for number, igt in enumerate(items, 1):
        if not is_suggested(igt):
            continue
        words = igt.align(strict=False)
        rows = zip(words, word_suggestions(igt, words), words_given(igt, words), strict=True)
        kept = [row for row in rows if is_word(row[0].form or row[0].gloss or "")]
        for at, (word, suggestions, given) in enumerate(kept, 1):
            best, *others = suggestions or (None,)
            options = [[other.form, other.gloss, other.probability] for other in others if other]
            row = {
                "sentence": str(number),
                "id": igt.id or "",
                "word": str(at),
                "text": word.surface or unsegment(word.form or ""),
                "segmentation": word.form or "",
                "glosses": word.gloss or "",
                "probability": _percent(best.probability) if best else "",
                "alternatives": show_alternatives(options, _percent),
                "confirmed": "yes" if given else "",
                "suggested": _pair(word.form, word.gloss),
                "transcription": igt.transcription or "",
                "translation": igt.translation or "",
            }
            yield {name: cell if name in _NUMBERS else protect(cell) for name, cell in row.items()}


_NUMBERS = ("sentence", "word", "probability")


def _percent(probability: float | None) -> str:
    return "?" if probability is None else f"{probability:.0%}"


def _pair(form: str | None, gloss: str | None) -> str:
    return f"{form or NOTHING} {gloss or NOTHING}"


@attrs.frozen
class _Word:
    """A row: a word as it stands now, and whether a person has looked at it."""

    form: str
    gloss: str
    done: bool
    probability: float | None
    alternatives: list[list[Any]]


@attrs.define
class _Sentence:
    """The rows of a sentence, by the number of the word."""

    line: int | None
    cells: Mapping[str, str]
    words: dict[int, _Word] = attrs.field(factory=dict)

    def add(self, at: int, word: _Word) -> None:
        if at in self.words:
            raise InputError(f"word {at} of sentence {self.cells['sentence']} stands here twice")
        self.words[at] = word


def read_review(
    source: Source, header: Iterable[str], rows: Iterable[tuple[int | None, Mapping[str, Any]]]
) -> Iterator[IGT]:
    """The sentences of a table, as far as a person has confirmed or corrected them.

    A sentence of which every word is done is a person's. One of which some are has ``???`` for the
    others. One of which none is remains a suggestion, with its mark.

    Args:
        source: Where the table is from.
        header: The names of its columns.
        rows: Its rows, each with its line.

    Raises:
        FileFormatError: If a column is missing; or if a row makes no sense, unless such rows are to
            be skipped.
    """
    missing = next((name for name in _NEEDED if name not in map(fold_name, header)), None)
    if missing:
        raise FileFormatError(
            f"this review table has no column {missing!r}; leave the names of the columns as they "
            f"were: {', '.join(REVIEW_COLUMNS)}",
            path=source.name,
        )
    return _sentences(source, rows)


def _sentences(
    source: Source, rows: Iterable[tuple[int | None, Mapping[str, Any]]]
) -> Iterator[IGT]:
    sentences: dict[int, _Sentence] = {}
    beside: dict[str, list[int | None]] = {}
    for line, row in rows:
        cells = {fold_name(name): unprotect(value or "").strip() for name, value in row.items()}
        try:
            word = _word(cells)
            if not word.done and (name := _yes_beside(row)):
                beside.setdefault(name, []).append(line)
            sentence = sentences.setdefault(_number(cells, "sentence"), _Sentence(line, cells))
            sentence.add(_number(cells, "word"), word)
        except InputError as error:
            source.reject(str(error), line=line, text=str(dict(row)))
    for name, lines in beside.items():
        _log.warning("%s: %s", source.name, _not_counted(name, lines))
    for number, sentence in sorted(sentences.items()):
        last = max(sentence.words, default=0)
        words = len(list_words(sentence.cells.get("transcription")))
        if last > max(words, _ALWAYS_WORDS, _MOST_MISSING * len(sentence.words)):
            message = f"sentence {number} has no word {last}; leave the numbers as they were"
            source.reject(message, line=sentence.line, text=str(dict(sentence.cells)))
            continue
        source.line = sentence.line
        yield _to_igt(number, sentence, max(words, last))


def _yes_beside(row: Mapping[str, Any]) -> str | None:
    """The column, other than the one for it, under which a row says yes; numbers say nothing."""
    for name, cell in row.items():
        if fold_name(name) not in (*_TEXT, "confirmed") and cell and not cell.strip().isdecimal():
            try:
                says_yes = is_confirmed(cell)
            except InputError:
                continue
            if says_yes:
                return name
    return None


def _not_counted(name: str, lines: Sequence[int | None]) -> str:
    shown = ", ".join(map(str, lines[:_SHOWN])) + ", …" * (len(lines) > _SHOWN)
    what = f"row {shown} says" if len(lines) == 1 else f"{len(lines)} rows ({shown}) say"
    return f"{what} yes under {name!r}, not under 'confirmed': that does not count"


def _number(cells: Mapping[str, str], name: str) -> int:
    try:
        number = int(float(cells[name].replace(",", ".")))
    except (ValueError, OverflowError):
        number = 0
    if number < 1:
        raise InputError(f"{name} must be a number, not {cells[name]!r:.40}; leave it as it was")
    return number


def _word(cells: Mapping[str, str]) -> _Word:
    form, gloss = cells["segmentation"], cells["glosses"]
    corrected = _pair(form, gloss) != cells["suggested"]
    confirmed = is_confirmed(cells["confirmed"])
    done = corrected if confirmed is None else confirmed
    if done:
        _check(form, gloss)
    try:
        alternatives = parse_alternatives(cells.get("alternatives", ""))
    except ValueError:  # nothing that is taken back
        alternatives = []
    return _Word(form, gloss, done, parse_number(cells.get("probability", "")), alternatives)


def _check(form: str, gloss: str) -> None:
    """Refuse a correction that cannot stand in a line."""
    for name, cell in (("segmentation", form), ("glosses", gloss)):
        if len(cell.split()) > 1:
            raise InputError(
                f"{name} {cell!r} is more than one word; write _ or . for the space within a word"
            )
    if form and gloss and UNKNOWN not in (form, gloss):
        forms, glosses = split_pair(form, gloss)
        if len(forms) != len(glosses):
            raise InputError(
                f"{form!r} has {len(forms)} morphemes, its gloss {gloss!r} has {len(glosses)}"
            )


def _to_igt(number: int, sentence: _Sentence, count: int) -> IGT:
    cells = sentence.cells
    words = [sentence.words.get(at) for at in range(1, count + 1)]
    metadata: dict[str, Any] = {"sentence": number}
    kept = words
    if any(word is not None and word.done for word in words):
        kept = [word if word is not None and word.done else None for word in words]
    else:
        metadata["prediction"] = _mark(words)
    forms = [word.form if word else "" for word in kept]
    glosses = [word.gloss if word else "" for word in kept]
    return IGT(
        cells.get("transcription") or None,
        _line(forms),
        _line(glosses),
        cells.get("translation") or None,
        id=cells.get("id") or None,
        metadata=metadata,
    )


def _line(tokens: Sequence[str]) -> str | None:
    """A line, with ``???`` for what is open; None where all is, as in texts glossed by the word."""
    return join_words([token or UNKNOWN for token in tokens]) if any(tokens) else None


def _mark(words: Sequence[_Word | None]) -> dict[str, Any]:
    mark: dict[str, Any] = {
        "confirmed": False,
        "probabilities": [word.probability if word else None for word in words],
    }
    if any(word and word.alternatives for word in words):
        mark["alternatives"] = [word.alternatives if word else [] for word in words]
    return mark
