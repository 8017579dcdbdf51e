"""Everything a report is computed from: one row of numbers per sentence.

The figures of a corpus, of a group of sentences, of one sentence and of a bootstrap sample are all
read off sums of rows, so lines are tokenized and compared once, however many figures follow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igtkit.alignment import alignment_score
from igtkit.errors import InputError
from igtkit.metrics._accuracy import (
    CLASSES,
    precision_recall_f1,
    sentence_accuracy,
    sentence_classes,
)
from igtkit.metrics._bleu import BLEU_STATISTICS, bleu_score, character_codes, sentence_ngrams
from igtkit.metrics._codes import GlossCodes, encode_glosses
from igtkit.metrics._error_rate import sentence_error_rates
from igtkit.metrics._segmentation import (
    SEGMENTATION_FIGURES,
    SEGMENTATION_STATISTICS,
    segmentation_figures,
    sentence_segmentation,
)
from igtkit.metrics.inputs import EmptyPolicy, ScoredLines, has_tokens, has_words, select
from igtkit.metrics.presets import Preset

__all__ = [
    "FAMILIES",
    "Figures",
    "Statistics",
    "compute_statistics",
    "figures",
    "flatten_figures",
]

Floats = NDArray[np.float64]
Columns = dict[str, Floats]
Figures = dict[str, Any]

FAMILIES = ("glossing", "segmentation", "alignment")


@attrs.frozen(eq=False)
class Statistics:
    """What was counted in each sentence.

    Attributes:
        columns: What each column of the table counts.
        table: One row per sentence; zeros where a family has nothing to score.
        skipped: For each family the sentences left out because their gold line is empty.
    """

    columns: tuple[str, ...]
    table: Floats
    skipped: Mapping[str, tuple[int, ...]]

    def figures(self, rows: Sequence[int] | NDArray[Any] | slice = slice(None)) -> Figures:
        """The figures of some sentences, by default of all."""
        return self.figures_of_sums(self.table[rows].sum(axis=0))

    def figures_of_sums(self, sums: Floats) -> Figures:
        """The figures that go with the sums of some rows."""
        return figures(dict(zip(self.columns, sums.tolist(), strict=True)))

    def extended(self, columns: Columns) -> Statistics:
        """The same with further columns, one number per sentence each."""
        names = (*self.columns, *columns)
        return attrs.evolve(
            self, columns=names, table=np.column_stack([self.table, *columns.values()])
        )


def compute_statistics(
    lines: ScoredLines,
    preset: Preset,
    empty: EmptyPolicy = "raise",
    labels: Collection[str] = (),
) -> Statistics:
    """Return what every line counts for, each tokenized and compared once.

    Args:
        lines: The checked input.
        preset: How error rate and accuracy are counted.
        empty: What to do with gold lines in which there is nothing.
        labels: The labels that are in lower case.

    Raises:
        InputError: If there are no gold lines at all, or one is empty and `empty` is ``"raise"``.
    """
    if not any(line is not None for line in (*lines.gold_glosses, *lines.gold_segmentation)):
        raise InputError("no reference has glosses or a segmentation: there is nothing to score")
    gold_glosses, no_words = select(lines.gold_glosses, has_words, empty, "glosses")
    gold_forms, no_tokens = select(lines.gold_segmentation, has_tokens, empty, "segmentation")
    both = [
        index
        for index, pair in enumerate(zip(lines.gold_segmentation, lines.gold_glosses, strict=True))
        if None not in pair
    ]
    parts: list[tuple[list[int], Columns]] = [
        (
            gold_glosses,
            _glossing(
                encode_glosses(
                    _pick(lines.predicted_glosses, gold_glosses),
                    _pick(lines.gold_glosses, gold_glosses),
                ),
                preset,
                labels,
            ),
        ),
        (
            gold_forms,
            _segmentation(
                _pick(lines.predicted_segmentation, gold_forms),
                _pick(lines.gold_segmentation, gold_forms),
            ),
        ),
        (
            both,
            _alignment(
                _pick(lines.predicted_segmentation, both), _pick(lines.predicted_glosses, both)
            ),
        ),
    ]
    names = tuple(name for _, columns in parts for name in columns)
    table = np.zeros((len(lines.gold_glosses), len(names)))
    at = 0
    for rows, columns in parts:
        table[rows, at : at + len(columns)] = np.column_stack(list(columns.values()))
        at += len(columns)
    return Statistics(names, table, {"glossing": no_words, "segmentation": no_tokens})


def figures(sums: Mapping[str, float]) -> Figures:
    """Return the figures that summed statistics give.

    Args:
        sums: One number for each column of `Statistics`.

    Returns:
        Nested by family, level and figure, with ``n`` of each family; averages of further columns
        (see `igtkit.metrics.SentenceMetric`) under ``extra``. A figure of a family without
        sentences is None, as are those of a class of glosses that occurs on neither side.
    """
    n = {family: int(sums[f"{family}.n"]) for family in FAMILIES}
    glossing: Figures = {
        level: {"error_rate": _ratio(sums[f"{level}.errors"], n["glossing"])}
        for level in ("morpheme", "word", "character")
    }
    for level, values in glossing.items():
        counted = [sums[f"{level}.bleu.{name}"] for name in BLEU_STATISTICS]
        values["bleu"] = bleu_score(counted) if n["glossing"] else None
        if level != "character":
            values["accuracy"] = {
                "micro": _ratio(sums[f"{level}.right"], sums[f"{level}.counted"]),
                "macro": _ratio(sums[f"{level}.accuracy"], n["glossing"]),
            }
    for name in CLASSES:
        glossing["morpheme"][name] = precision_recall_f1(
            *(sums[f"{name}.{what}"] for what in ("right", "predicted", "gold"))
        )
    segmentation: dict[str, float | None]
    if n["segmentation"]:
        of_family = {name: sums[f"segmentation.{name}"] for name in SEGMENTATION_STATISTICS}
        segmentation = dict(segmentation_figures(of_family, n["segmentation"]))
    else:
        segmentation = dict.fromkeys(SEGMENTATION_FIGURES)
    result: Figures = {
        "glossing": glossing,
        "segmentation": segmentation,
        "alignment": _ratio(sums["alignment.score"], n["alignment"]),
    }
    own = [column for column in sums if column.startswith("extra.") and column.endswith(".n")]
    if own:
        names = [column.removeprefix("extra.").removesuffix(".n") for column in own]
        n |= {f"extra.{name}": int(sums[f"extra.{name}.n"]) for name in names}
        result["extra"] = {
            name: _ratio(sums[f"extra.{name}.sum"], n[f"extra.{name}"]) for name in names
        }
    return {**result, "n": n}


def flatten_figures(nested: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return every figure by its path.

    Example:
        >>> flatten_figures({"segmentation": {"f1": 0.5}, "alignment": 1.0})
        {'segmentation.f1': 0.5, 'alignment': 1.0}
    """
    flat: dict[str, Any] = {}
    for name, value in nested.items():
        if isinstance(value, Mapping):
            flat.update(flatten_figures(value, f"{prefix}{name}."))
        else:
            flat[prefix + name] = value
    return flat


def _glossing(codes: GlossCodes, preset: Preset, labels: Collection[str]) -> Columns:
    columns = {
        "glossing.n": np.ones(len(codes.words.gold)),
        "morpheme.errors": sentence_error_rates(codes.morphemes, preset),
        "word.errors": sentence_error_rates(codes.words, preset),
        "character.errors": sentence_error_rates(codes.characters, preset, tokens=False),
    }
    for level, level_codes in (("morpheme", codes.morphemes), ("word", codes.words)):
        right, of = sentence_accuracy(level_codes, preset)
        columns[f"{level}.right"] = right
        columns[f"{level}.counted"] = of
        columns[f"{level}.accuracy"] = right / of
    for name, counts in sentence_classes(codes.morphemes, labels).items():
        for what, values in zip(("right", "predicted", "gold"), counts, strict=True):
            columns[f"{name}.{what}"] = values
    counted = {
        "morpheme": sentence_ngrams(codes.morphemes),
        "word": sentence_ngrams(codes.words),
        "character": sentence_ngrams(character_codes(codes.characters), tokens=False),
    }
    for level, table in counted.items():
        for name, values in zip(BLEU_STATISTICS, table.T, strict=True):
            columns[f"{level}.bleu.{name}"] = values
    return columns


def _segmentation(predicted: Sequence[str], gold: Sequence[str]) -> Columns:
    table = sentence_segmentation(predicted, gold)
    names = (f"segmentation.{name}" for name in SEGMENTATION_STATISTICS)
    return {"segmentation.n": np.ones(len(gold)), **dict(zip(names, table.T, strict=True))}


def _alignment(segmentations: Sequence[str], glosses: Sequence[str]) -> Columns:
    scores = map(alignment_score, segmentations, glosses)
    return {
        "alignment.n": np.ones(len(glosses)),
        "alignment.score": np.fromiter(scores, dtype=np.float64, count=len(glosses)),
    }


def _pick(lines: Sequence[str | None], rows: Sequence[int]) -> list[str]:
    return [lines[row] or "" for row in rows]


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
