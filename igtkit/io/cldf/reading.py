"""Reading the examples of a CLDF dataset."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from igtkit._json import read_object
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._parts import Part, tell
from igtkit.io._source import Source
from igtkit.io.cldf.cells import (
    CELLS_ARE_WORDS,
    analyzed_line,
    cells_of,
    is_segmented,
    lines_of,
    split_cell,
)
from igtkit.io.cldf.dataset import Dataset, making_sense, open_dataset
from igtkit.io.cldf.languages import (
    find_language,
    judged_language,
    language_id,
    read_languages,
)

__all__ = ["Examples", "Transcription", "read_examples"]

Transcription = Literal["primary", "analyzed"]
"""Where the transcription is from: the primary text, or the analyzed words without ``-``."""

_log = logging.getLogger("igtkit.io")

_ESCAPED = "words separated by the two characters \\t"

_TERMS = {
    "id": "id",
    "primaryText": "transcription",
    "analyzedWord": "segmentation",
    "gloss": "glosses",
    "translatedText": "translation",
    "languageReference": "language",
    "metaLanguageReference": "metalanguage",
    "partOfSpeech": "pos",
    "comment": "comment",
    "grammaticalityJudgement": "judgment",
}
_NAMES = {
    "Grammaticality_Judgement": "judgment",
    "Local_ID": "local_id",
    "Text_ID": "source",
    "Split": "split",
    CELLS_ARE_WORDS: "cells_are_words",
    "Metadata": "metadata",
    "Prediction_System": "system",
    "Prediction_Score": "score",
    "Prediction_Probabilities": "probabilities",
    "Prediction_Confirmed": "confirmed",
}
"""Columns that CLDF has no term for, known by their names; `writing` writes them."""

_LISTS = (None, "segmentation", "glosses", "pos", "probabilities")
"""What may be a list; elsewhere a separator that the metadata name is part of the text."""


def read_examples(source: Source, *, transcription: Transcription = "primary") -> Iterator[IGT]:
    """The examples of a dataset, one at a time.

    Args:
        source: The metadata, the table of examples, or the folder.
        transcription: ``"primary"`` takes the primary text for the transcription; ``"analyzed"``
            takes the analyzed words without ``-``, and a segmentation only where there is a ``-``,
            as the PolyGloss corpus does.

    Raises:
        FileFormatError: If a file is missing, damaged or outside of the folder.
        InputError: If the path is no path.
    """
    dataset, table = open_dataset(source)
    examples = Examples(dataset, table, source)
    source.parts.extend(examples.parts())
    repaired = 0
    for line, row in dataset.rows(table, source):
        igt = examples.entry(row)
        if igt is None:
            source.reject(
                "an example without text",
                line=line,
                expected="a primary text, analyzed words or glosses",
                text=str(row),
            )
            continue
        repaired += "repairs" in igt.metadata.get("cldf", {})
        source.line = line
        yield _from_analysis(igt) if transcription == "analyzed" else igt
    if repaired:
        _log.warning(
            "%s: the word cells of %s were repaired; see metadata['cldf']['repairs']",
            source.name,
            "1 example" if repaired == 1 else f"{repaired} examples",
        )


def _from_analysis(igt: IGT) -> IGT:
    if igt.segmentation is None:
        return igt
    cldf = {**igt.metadata.get("cldf", {}), "primary_text": igt.transcription}
    return igt.replace(
        metadata={**igt.metadata, "cldf": cldf},
        transcription=analyzed_line(igt.segmentation),
        segmentation=igt.segmentation if is_segmented(igt.segmentation) else None,
    )


class Examples:
    """Makes entries of the rows of a table.

    Args:
        dataset: The dataset.
        table: Its table of examples.
        source: Where it is read from.
    """

    def __init__(self, dataset: Dataset, table: Any, source: Source) -> None:
        with making_sense(dataset.metadata, "the metadata are damaged", "those of CLDF"):
            self._columns = {
                column.header: (
                    frozenset(map(_text, column.inherit_null() or [""])),
                    column.inherit("separator") and _text(column.inherit("separator")),
                )
                for column in table.tableSchema.columns
            }
            self._roles = dict(_NAMES)
            self._terms: dict[str, str] = {}
            for term, role in _TERMS.items():
                column = dataset.column(table, term)
                if column is not None:
                    self._roles[column.header] = role
                    self._terms[column.header] = term
            self._languages = read_languages(dataset, source)
            self._titles = _titles(dataset, table, source)

    def parts(self) -> Iterator[Part]:
        """What each column was taken for."""
        for name in self._columns:
            role, term = self._roles.get(name), self._terms.get(name)
            if term is not None:
                yield tell("column", name, role, "column-term", detail=term)
            else:
                yield tell("column", name, role, "column-name" if role else "column-kept")

    def entry(self, row: Mapping[str, str]) -> IGT | None:
        """The entry of a row; None if it has no text."""
        values: dict[str, Any] = {}
        columns: dict[str, Any] = {}
        repairs: list[str] = []
        for name, text in row.items():
            cell = self._cell(name, text, repairs)
            if cell is None:
                continue
            if name in self._roles:
                values[self._roles[name]] = cell
            else:
                columns[name] = cell
        if "judgment" in values and "language" in values:
            values["language"] = judged_language(values["language"], self._languages)
        words, glosses = (_as_list(values.get(name)) for name in ("segmentation", "glosses"))
        if not ("transcription" in values or any(words) or any(glosses)):
            return None
        segmentation, gloss_line, more = lines_of(
            words,
            glosses,
            values.get("transcription"),
            are_words=values.get("cells_are_words") == "true",
        )
        cells = {"segmentation": words, "glosses": glosses}
        pos = values.get("pos")
        rest = _json_object(values.get("metadata"))
        if rest is None:
            columns["Metadata"] = values["metadata"]
        cldf = {
            "columns": columns,
            "cells": cells if cells_of(segmentation, gloss_line) != (words, glosses) else {},
            "repairs": [*repairs, *more],
            **{
                f"{role}_id": values[role]
                for role in ("language", "metalanguage")
                if role in values and values[role] != language_id(self._language(values[role]))
            },
        }
        metadata = {
            "judgment": values.get("judgment"),
            "notes": [values["comment"]] if "comment" in values else [],
            "title": self._titles.get(values.get("source", "")),
            "prediction": _prediction(values),
            "cldf": {name: value for name, value in cldf.items() if value},
        }
        return IGT(
            values.get("transcription"),
            segmentation,
            gloss_line,
            values.get("translation"),
            language=self._language(values.get("language")),
            metalanguage=self._language(values.get("metalanguage")),
            pos=" ".join(pos) if isinstance(pos, list) else pos,
            id=values.get("local_id", values.get("id")),
            source=values.get("source"),
            split=values.get("split"),
            metadata=_merged({name: v for name, v in metadata.items() if v}, rest or {}),
        )

    def _cell(self, name: str, text: str, repairs: list[str]) -> str | list[str] | None:
        """Return the content of a cell: None, a text, or texts if the column has a separator."""
        nulls, separator = self._columns.get(name, (frozenset([""]), None))
        if text in nulls:
            return None
        role = self._roles.get(name)
        are_words = role in ("segmentation", "glosses")
        if are_words and not separator:
            separator = "\t" if "\t" in text or "\\t" in text else " "
        if not separator or role not in _LISTS:
            return text
        if not are_words:
            return text.split(separator)
        cells, was_escaped = split_cell(text, separator)
        if was_escaped and _ESCAPED not in repairs:
            repairs.append(_ESCAPED)
        return cells

    def _language(self, identifier: str | None) -> Any:
        return find_language(self._languages, identifier)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"no text: {value!r:.80}")
    return value


def _as_list(cell: str | list[str] | None) -> list[str]:
    return cell.split() if isinstance(cell, str) else cell or []


def _titles(dataset: Dataset, table: Any, source: Source) -> dict[str, str]:
    """The titles of the texts, where the examples refer to a table of texts."""
    for key in table.tableSchema.foreignKeys:
        if key.columnReference != ["Text_ID"]:
            continue
        texts = dataset.table_of_file(str(key.reference.resource))
        title = texts and next((n for n in ("Title", "Name") if texts.get_column(n)), None)
        if title:
            (identifier,) = key.reference.columnReference
            rows = dataset.rows(texts, source)
            return {row.get(identifier, ""): row.get(title, "") for _, row in rows}
    return {}


def _prediction(values: Mapping[str, Any]) -> dict[str, Any]:
    """The mark of a machine's suggestion, as `igtkit.Prediction.to_igt` sets it."""
    if not values.keys() & {"system", "score", "probabilities", "confirmed"}:
        return {}
    mark: dict[str, Any] = {
        "system": values.get("system"),
        "score": _number(values.get("score")),
        "confirmed": values.get("confirmed") == "true",
    }
    if "probabilities" in values:
        mark["probabilities"] = [_number(cell) for cell in _as_list(values["probabilities"])]
    return mark


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _json_object(text: str | None) -> dict[str, Any] | None:
    """The object that a text is; None if it is none."""
    try:
        return read_object(text) if text is not None else {}
    except InputError:
        return None


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Both, one inside the other where both have a mapping under one name."""
    merged = dict(first)
    for name, value in second.items():
        there = merged.get(name)
        if isinstance(there, dict) and isinstance(value, dict):
            merged[name] = _merged(there, value)
        else:
            merged[name] = value
    return merged
