"""Writing examples as a CLDF dataset: metadata, a table of examples and one of languages."""

from __future__ import annotations

import csv
import json
import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeGuard

from igtkit._optional import require
from igtkit.boundaries import UNKNOWN, join_words, split_words, unsegment
from igtkit.corpus.columns import json_part
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.judgment import judgment_of
from igtkit.io._ids import UniqueIds
from igtkit.io._losses import (
    CONTROL_CHARACTERS,
    EntryLosses,
    empty,
    made_up,
    metadata_differences,
    metadata_key,
    spacing_of,
)
from igtkit.io._sink import Sink, Tally
from igtkit.io.cldf.cells import CELLS_ARE_WORDS, cells_of, lines_of, split_cell
from igtkit.io.cldf.dataset import TERMS
from igtkit.io.cldf.languages import LanguageTable, to_id
from igtkit.io.cldf.template import bears_out, change_cells, conformance_of

__all__ = ["write_examples"]

_EXAMPLES: Final = "examples.csv"
_LANGUAGES: Final = "languages.csv"
_REQUIRED: Final = ("ID", "Language_ID", "Primary_Text")
_STANDARD: Final = (
    *_REQUIRED,
    *("Analyzed_Word", "Gloss", "Translated_Text", "Meta_Language_ID", "LGR_Conformance"),
    "Comment",
)
_OWN: Final[Mapping[str, Mapping[str, Any]]] = {
    "Grammaticality_Judgement": {"propertyUrl": TERMS + "grammaticalityJudgement"},
    "Part_Of_Speech": {"propertyUrl": TERMS + "partOfSpeech"},
    "Local_ID": {"dc:description": "The identifier, where CLDF allows no such ID"},
    "Text_ID": {"dc:description": "The text that the example is from"},
    "Split": {"dc:description": "train, dev, test or another part of the corpus"},
    CELLS_ARE_WORDS: {
        "datatype": "boolean",
        "dc:description": "Whether each cell is a word, those with a boundary at an edge included",
    },
    "Prediction_System": {"dc:description": "What suggested the analysis, if not a person"},
    "Prediction_Score": {"datatype": "double"},
    "Prediction_Probabilities": {"separator": " "},
    "Prediction_Confirmed": {
        "datatype": "boolean",
        "dc:description": "Whether a person has confirmed the suggestion",
    },
    "Metadata": {"datatype": "json", "dc:description": "What no other column holds"},
}
"""The columns that CLDF does not have; ``reading`` knows them by these names."""

_ANALYSIS: Final = ("segmentation", "glosses")
_SEPARATORS: Final = (";", "\t", "|")


def write_examples(
    items: Iterable[IGT], sink: Sink, *, template: str | os.PathLike[str] | None = None
) -> None:
    """Write a dataset: the metadata where the sink says, the tables beside them.

    Each file is replaced whole, the metadata last.

    Args:
        items: The entries.
        sink: Where to.
        template: A dataset that the entries were read from. Its table of examples is then what is
            written, and nothing in it is another but the cells of lines that have changed.

    Raises:
        InputError: If the path does not end in ``.json``, the encoding is not UTF-8, or the tables
            would replace those of another dataset. With `template`, see `change_cells`.
        MissingExtraError: If pycldf is not installed.
    """
    if template is not None:
        change_cells(items, sink, template)
        return
    if sink.path is None or sink.path.suffix.lower() != ".json":
        raise InputError(
            f"{sink.name}: a CLDF dataset is several files; give the path of its metadata, "
            "for example 'cldf/Generic-metadata.json'"
        )
    if sink.encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
        raise InputError(f"a CLDF dataset is in UTF-8, not {sink.encoding}")
    _refuse_another(sink.path)
    pycldf = require("pycldf", "cldf")
    folder = sink.path.parent
    rows = _Rows(sink)
    examples, languages = Sink(folder / _EXAMPLES), Sink(folder / _LANGUAGES)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        for igt in items:
            spool.write(json.dumps(rows.row(igt)) + "\n")
        spool.seek(0)
        dataset = pycldf.Generic.in_dir(folder)
        dataset.add_component("ExampleTable", *rows.more_columns())
        dataset.add_component("LanguageTable")
        dataset.properties["prov:wasGeneratedBy"] = [{"dc:title": "igtkit"}]
        with examples.opened(), languages.opened():
            _write_table(examples, dataset["ExampleTable"], map(json.loads, spool))
            _write_table(languages, dataset["LanguageTable"], rows.languages.rows())
    metadata = dataset.tablegroup.asdict(omit_defaults=True)
    metadata["dialect"] = {"commentPrefix": None}  # a default that other readers do not share
    sink.text().write(json.dumps(metadata, indent=4, ensure_ascii=False) + "\n")


def _refuse_another(path: Path) -> None:
    """Refuse to replace tables that belong to another dataset, or a dataset with more tables."""
    try:
        tables = json.loads(path.read_text(encoding="utf-8-sig"))["tables"]
        others = {table["url"] for table in tables} - {_EXAMPLES, _LANGUAGES}
    except FileNotFoundError:
        others = {name for name in (_EXAMPLES, _LANGUAGES) if (path.parent / name).exists()}
    except (ValueError, KeyError, TypeError):
        return
    if others:
        raise InputError(
            f"{path}: there is a dataset with {', '.join(sorted(others))} here, which would be "
            "lost; write to a folder of its own"
        )


def _write_table(sink: Sink, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    columns = {column.name: column.inherit("separator") for column in table.tableSchema.columns}
    writer = csv.writer(sink.text())  # ends lines in CRLF, so that a lone CR in a cell is quoted
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_joined(row.get(name), sep) for name, sep in columns.items()])


def _joined(cell: str | list[str] | None, separator: str | None) -> str:
    return (separator or " ").join(cell) if isinstance(cell, list) else cell or ""


class _Rows:
    """Makes rows of entries, and remembers which columns and languages they need."""

    def __init__(self, sink: Sink) -> None:
        self.languages = LanguageTable(sink)
        self._sink = sink
        self._count = 0
        self._ids = UniqueIds()
        self._own: set[str] = set()
        self._others: dict[str, list[str] | None] = {}

    def more_columns(self) -> Iterator[dict[str, Any]]:
        """The columns in use that an ExampleTable does not have by itself."""
        for name, properties in _OWN.items():
            if name in self._own:
                yield {"name": name, "datatype": "string", **properties}
        for name, separators in self._others.items():
            column: dict[str, Any] = {"name": name, "datatype": "string"}
            if separators:
                column["separator"] = separators[0]
                if name == "Source":
                    column["propertyUrl"] = TERMS + "source"
            yield column

    def row(self, igt: IGT) -> dict[str, Any]:
        """The row of an entry: texts, and lists of texts."""
        cldf = igt.metadata.get("cldf", {})
        cldf = dict(cldf) if isinstance(cldf, Mapping) else {}
        losses = EntryLosses(self._sink)
        words, glosses, are_words = self._cells(igt, cldf.pop("cells", None), losses)
        rest = {name: value for name, value in igt.metadata.items() if name != "cldf"}
        columns = cldf.pop("columns", {})
        columns = dict(columns) if isinstance(columns, Mapping) else {}
        aligned = conformance_of(igt)
        given = columns.pop("LGR_Conformance", aligned)
        if bears_out(aligned, given):
            aligned = given
        else:  # the lines have changed
            losses.lose(metadata_key("cldf"))
        judgment = judgment_of(igt)
        if judgment and judgment == rest.get("judgment"):
            del rest["judgment"]
        cldf.pop("repairs", None)
        row: dict[str, Any] = {
            "ID": self._id(igt.id),
            "Language_ID": self.languages.add(
                igt.language, "language", cldf.pop("language_id", None)
            ),
            "Primary_Text": igt.transcription or self._primary(igt),
            "Analyzed_Word": words,
            "Gloss": glosses,
            "Translated_Text": igt.translation,
            "LGR_Conformance": aligned,
            "Part_Of_Speech": igt.pos,
            "Text_ID": igt.source,
            "Split": igt.split,
            CELLS_ARE_WORDS: "true" if are_words else None,
            **_notes(rest),
            **_prediction(rest),
        }
        if judgment:
            row["Grammaticality_Judgement"] = judgment
            row["Language_ID"] = self.languages.add_ungrammatical(row["Language_ID"])
        if igt.metalanguage is not None:
            kept = cldf.pop("metalanguage_id", None)
            row["Meta_Language_ID"] = self.languages.add(igt.metalanguage, "metalanguage", kept)
        if row["ID"] != igt.id:
            row["Local_ID"] = igt.id
        row.update(self._other_columns(columns, cldf))
        if cldf:
            rest["cldf"] = cldf
        held = json_part(rest)
        for what in metadata_differences(rest, held):
            losses.lose(what)
        row["Metadata"] = json.dumps(held, ensure_ascii=False) if held else None
        for name in ("translation", "pos", "source", "split", "id"):
            if getattr(igt, name) == "":
                losses.lose(empty(name))
        row = {name: _clean(cell, losses) for name, cell in row.items() if cell}
        self._own |= row.keys() & _OWN.keys()
        return row

    def _id(self, own: str | None) -> str:
        self._count += 1
        if own is None:
            self._sink.lose(made_up("id"))
        return self._ids.take(to_id(own or "") or str(self._count))

    def _primary(self, igt: IGT) -> str:
        """CLDF wants a primary text."""
        self._sink.lose(made_up("transcription"))
        words = split_words(igt.segmentation) or split_words(igt.glosses)
        return join_words([unsegment(word) for word in words]) or UNKNOWN

    def _cells(
        self, igt: IGT, kept: object, losses: EntryLosses
    ) -> tuple[list[str], list[str], bool]:
        """The cells of the words: those that were read, if the lines are still the same.

        And whether it must be said that each is a word, since a reader would join some.
        """
        lines: list[str | None] = []
        for name in _ANALYSIS:
            line = getattr(igt, name)
            evened = join_words(split_words(line)) or None
            if evened != line:
                losses.lose(spacing_of(name) if evened else empty(name))
            lines.append(evened)
        if isinstance(kept, Mapping):
            words, glosses = kept.get("segmentation"), kept.get("glosses")
            if (
                _are_texts(words)
                and _are_texts(glosses)
                and self._read_back((words, glosses), igt) == lines
            ):
                return words, glosses, False
        cells = cells_of(*lines)
        are_words = self._read_back(cells, igt) != lines
        again = self._read_back(cells, igt, are_words=are_words)
        for name, got, line in zip(_ANALYSIS, again, lines, strict=True):
            if got != line:
                losses.lose(name)
        return *cells, are_words

    def _read_back(
        self, cells: tuple[list[str], list[str]], igt: IGT, *, are_words: bool = False
    ) -> list[str | None]:
        words, glosses = (split_cell("\t".join(line), "\t")[0] for line in cells)
        return [*lines_of(words, glosses, igt.transcription, are_words=are_words)[:2]]

    def _other_columns(
        self, columns: Mapping[str, Any], cldf: dict[str, Any]
    ) -> dict[str, str | list[str]]:
        """The cells of columns that igtkit has no attribute for; what does not fit stays aside."""
        fitting: dict[str, str | list[str]] = {}
        aside: dict[str, Any] = {}
        for name, cell in columns.items():
            if _is_column_name(name) and self._fits(name, cell):
                fitting[name] = cell
            else:
                aside[name] = cell
        if aside:
            cldf["columns"] = aside
        return fitting

    def _fits(self, name: str, cell: object) -> bool:
        """Whether a cell is of its column's kind: text, or texts that a separator can part."""
        if isinstance(cell, str) and cell:
            return self._others.setdefault(name, None) is None
        if not _are_texts(cell) or not any(cell):
            return False
        separators = self._others.get(name, list(_SEPARATORS))
        left = [each for each in separators or () if not any(each in text for text in cell)]
        if left:
            self._others[name] = left
        return bool(left)


def _clean(cell: str | list[str], losses: Tally) -> str | list[str]:
    """The text without the one character that makes a file a binary one."""
    if "\0" not in "".join(cell):
        return cell
    losses.lose(CONTROL_CHARACTERS)
    clean = [text.replace("\0", "\ufffd") for text in cell]
    return "".join(clean) if isinstance(cell, str) else clean


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_column_name(name: object) -> bool:
    return (
        isinstance(name, str)
        and name not in _STANDARD
        and name not in _OWN
        and not name.startswith("_")
        and name.isprintable()
        and name == "".join(name.split())
        and bool(name)
    )


def _notes(rest: dict[str, Any]) -> dict[str, str]:
    """The one note, which is then held; several stay where they are."""
    notes = rest.get("notes")
    if not (_are_texts(notes) and len(notes) == 1 and notes[0]):
        return {}
    del rest["notes"]
    return {"Comment": notes[0]}


def _prediction(rest: dict[str, Any]) -> dict[str, str | list[str]]:
    """The cells that mark a machine's suggestion, if the mark is as `Prediction.to_igt` sets it."""
    mark = rest.get("prediction")
    if not isinstance(mark, Mapping) or set(mark) - {"probabilities"} != {
        *("system", "score", "confirmed")
    }:
        return {}
    system, score, confirmed = mark["system"], mark["score"], mark["confirmed"]
    probabilities = mark.get("probabilities", [0.0])
    if not (
        (system is None or (isinstance(system, str) and system))
        and _are_numbers([score])
        and isinstance(confirmed, bool)
        and _are_numbers(probabilities)
        and any(p is not None for p in probabilities)
    ):
        return {}
    del rest["prediction"]
    cells: dict[str, str | list[str]] = {"Prediction_Confirmed": str(confirmed).lower()}
    if system is not None:
        cells["Prediction_System"] = system
    if score is not None:
        cells["Prediction_Score"] = repr(float(score))
    if "probabilities" in mark:
        cells["Prediction_Probabilities"] = [
            "" if p is None else repr(float(p)) for p in probabilities
        ]
    return cells


def _are_numbers(value: object) -> TypeGuard[list[float | None]]:
    """Whether it is a list of finite numbers, some of them perhaps unknown."""
    return isinstance(value, list) and all(
        each is None
        or (isinstance(each, (int, float)) and not isinstance(each, bool) and math.isfinite(each))
        for each in value
    )
