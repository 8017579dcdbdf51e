"""`evaluate`: every figure of section 3 of the PolyGloss paper, in one `Report`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from igtkit.errors import InputError
from igtkit.igt import Transcribed
from igtkit.metrics._bleu import BLEU_SMOOTHING, LONGEST_NGRAM
from igtkit.metrics._groups import By, group_rows
from igtkit.metrics._lookalikes import count_lookalikes
from igtkit.metrics.custom import SentenceMetric, custom_columns
from igtkit.metrics.inputs import (
    EmptyPolicy,
    Glossed,
    as_list,
    check_items,
    check_policy,
    split_seen,
)
from igtkit.metrics.presets import Preset, PresetName, get_preset
from igtkit.metrics.rendering import render_html, render_latex, render_markdown, render_text
from igtkit.metrics.statistics import Figures, Statistics, compute_statistics, flatten_figures

__all__ = ["By", "Report", "evaluate"]


@attrs.frozen(eq=False)
class Report:
    """The figures of one system.

    Attributes:
        figures: All sentences together: nested by family, level and figure; ``n`` of each family.
        groups: The same for each group, if groups were asked for.
        average: Each figure averaged over the groups that have it; None without groups.
        skipped: For each family, the sentences left out because their gold line is empty.
        signature: Version and every setting, in one line.
        seen: The figures of the sentences that stand in the training texts too, if these were
            given.
        unseen: The figures of all others, if training texts were given.
        lookalikes: How many predicted words, of both lines, are wrong only because of characters
            that nobody sees: ``‑`` for ``-``, a zero width space, composed against decomposed
            letters (NFC). `igtkit.normalize` has what makes such lines alike.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> report = evaluate(
        ...     predictions=[Prediction("the cat-s", "DET cat-SG")],
        ...     references=[IGT("the cats", "the cat-s", "DET cat-PL")],
        ... )
        >>> report["glossing.morpheme.error_rate"], report["segmentation.f1"]
        (0.25, 1.0)
    """

    figures: Figures
    groups: Mapping[str, Figures]
    average: Figures | None
    skipped: Mapping[str, tuple[int, ...]]
    signature: str
    seen: Figures | None = None
    unseen: Figures | None = None
    lookalikes: int = 0

    def __getitem__(self, name: str) -> float | None:
        """A figure of all sentences, by its path, such as ``"segmentation.f1"``."""
        flat = flatten_figures(self.figures)
        if name not in flat:
            raise KeyError(f"no figure {name!r}; there are: {', '.join(flat)}")
        value: float | None = flat[name]
        return value

    def __iter__(self) -> Iterator[str]:
        """The paths of the figures, so that ``name in report`` and ``for name in report`` work."""
        return iter(flatten_figures(self.figures))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, numbers and strings.

        ``glossing``, ``segmentation``, ``alignment`` and ``n`` at the top are of all sentences;
        ``skipped`` counts the empty gold lines; ``groups`` and ``average`` are there if groups
        were asked for, ``seen`` and ``unseen`` if training texts were given, and
        ``lookalikes`` if there are any. A figure that cannot be computed is None.
        """
        result = {
            **_copy(self.figures),
            "skipped": {family: len(rows) for family, rows in self.skipped.items()},
            "signature": self.signature,
        }
        if self.average is not None:
            result["groups"] = {name: _copy(value) for name, value in self.groups.items()}
            result["average"] = _copy(self.average)
        if self.lookalikes:
            result["lookalikes"] = self.lookalikes
        return result | {name: _copy(value) for name, value in self._parts().items()}

    def to_json(self, indent: int | None = 2) -> str:
        """`to_dict` as JSON; a figure that cannot be computed is ``null``."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False, allow_nan=False)

    def to_text(self, metrics: Sequence[str] | None = None, digits: int = 3) -> str:
        """A table for the terminal, the signature below.

        Args:
            metrics: Which figures, by path and in this order; all if None.
            digits: Digits after the point.

        Raises:
            InputError: If there is no such figure.
        """
        table = render_text(*self.to_table(metrics, digits))
        return "\n".join([table, *self._warnings(), self.signature])

    def _warnings(self) -> list[str]:
        if not self.lookalikes:
            return []
        differ = "word differs" if self.lookalikes == 1 else "words differ"
        return [f"{self.lookalikes} {differ} from the gold only in what looks alike or is not seen"]

    def to_markdown(self, metrics: Sequence[str] | None = None, digits: int = 3) -> str:
        """A Markdown table, the signature below; arguments and errors as in `to_text`."""
        return f"{render_markdown(*self.to_table(metrics, digits))}\n\n`{self.signature}`"

    def to_latex(self, metrics: Sequence[str] | None = None, digits: int = 3) -> str:
        r"""A LaTeX ``tabular`` (package booktabs), the signature in a comment; as in `to_text`."""
        return f"% {self.signature}\n{render_latex(*self.to_table(metrics, digits))}"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return render_html(*self.to_table(), note=self.signature)

    def to_table(
        self, metrics: Sequence[str] | None = None, digits: int = 3
    ) -> tuple[list[str], list[list[str]]]:
        """Header and rows of the table, as text; arguments and errors as in `to_text`."""
        columns = {"all": flatten_figures(self.figures)}
        columns |= {name: flatten_figures(value) for name, value in self._parts().items()}
        if self.average is not None:
            columns["average"] = flatten_figures(self.average)
            columns |= {name: flatten_figures(value) for name, value in self.groups.items()}
        names = list(columns["all"]) if metrics is None else list(metrics)
        for name in names:
            if name not in columns["all"]:
                raise InputError(f"no figure {name!r}; there are: {', '.join(columns['all'])}")
        rows = [
            [name, *(_format(flat.get(name), digits) for flat in columns.values())]
            for name in names
        ]
        return ["", *columns], rows

    def _parts(self) -> dict[str, Figures]:
        if self.seen is None or self.unseen is None:
            return {}
        return {"seen": self.seen, "unseen": self.unseen}


def evaluate(
    *,
    predictions: Iterable[Glossed],
    references: Iterable[Glossed],
    preset: PresetName | Preset = "paper",
    by: By | None = None,
    empty: EmptyPolicy = "raise",
    extra: Mapping[str, SentenceMetric] | None = None,
    seen: Iterable[Transcribed] | None = None,
    labels: Collection[str] = (),
) -> Report:
    """Return all scores of predictions against references (PolyGloss, section 3).

    Glossing is scored on the references that have glosses, segmentation on those that have a
    segmentation, alignment on those that have both; a predicted line that is None is an empty one.

    Args:
        predictions: Anything with ``.segmentation`` and ``.glosses``, one for each reference.
        references: The gold, in the same order.
        preset: ``"paper"``: error rate and accuracy as the paper defines them. ``"published"``: as
            the scorer behind the paper's tables counts them, defects included.
        by: Group the sentences by this attribute of the references (``"language"``), or by what a
            function makes of a reference.
        empty: ``"raise"``: a gold line with nothing to score against is an error. ``"skip"``: such
            a line is left out and counted.
        extra: Metrics of your own, by name: functions of the prediction and the reference of one
            sentence. They are averaged over the sentences for which they do not give None, and
            stand in the report as ``extra.NAME``. The signature has their names; what they count
            is for you to say.
        seen: The texts that the system was trained on. Every figure then also comes for the
            references whose transcription is among them (`igtkit.igt.text_key`) and for those
            whose is not: ``report.seen``, ``report.unseen``. References must have a transcription.
        labels: The labels that are in lower case, as `igtkit.conventions.guess_labels` finds them:
            they count as grams. The signature has their number.

    Returns:
        The report. Rates, BLEU and shares are between 0 and 1, except that error rates of preset
        ``"paper"`` may pass 1; ``segmentation.edit_distance`` is in characters per sentence.

    Raises:
        InputError: If there is nothing to score, the numbers of predictions and references differ,
            a line is neither string nor None, a gold line is empty, or a setting does not exist; or
            a metric of your own gives anything but a finite number or None; or it cannot be said
            whether a reference was seen.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> gold = [IGT("ran", "ran", "run.PST", language="English"), IGT("i", "i", "go.IMP")]
        >>> guess = [Prediction("ran", "run.PST"), Prediction("i", "go")]
        >>> report = evaluate(predictions=guess, references=gold, by="language")
        >>> report.groups["English"]["glossing"]["word"]["accuracy"]["micro"]
        1.0
        >>> report["glossing.word.accuracy.micro"]
        0.5
        >>> report = evaluate(predictions=guess, references=gold, seen=[IGT("Ran.")])
        >>> for part in (report.figures, report.seen, report.unseen):
        ...     print(part["n"]["glossing"], part["glossing"]["word"]["error_rate"])
        2 0.5
        1 0.0
        1 1.0
    """
    settings = get_preset(preset)
    check_policy(empty)
    mine = as_list(predictions, "predictions")
    lines, gold = check_items(mine, references)
    members = {} if by is None else group_rows(gold, by)
    statistics = compute_statistics(lines, settings, empty, labels)
    if extra:
        statistics = statistics.extended(custom_columns(mine, gold, extra))
    groups = {name: statistics.figures(rows) for name, rows in members.items()}
    parts = None if seen is None else split_seen(gold, seen)
    return Report(
        figures=statistics.figures(),
        groups=groups,
        average=_average(list(groups.values())) if groups else None,
        skipped=statistics.skipped,
        signature=_signature(
            statistics,
            settings,
            by,
            empty,
            extra=extra,
            seen=parts and len(parts[0]),
            labels=len(labels),
        ),
        seen=parts and statistics.figures(parts[0]),
        unseen=parts and statistics.figures(parts[1]),
        lookalikes=count_lookalikes(lines.pairs()),
    )


def _average(groups: Sequence[Figures]) -> Figures:
    """The average of each figure over the groups that have it; ``n`` is the number of groups."""
    result: Figures = {}
    for name, value in groups[0].items():
        values = [group[name] for group in groups]
        if name == "n":
            result[name] = {family: sum(count[family] > 0 for count in values) for family in value}
        elif isinstance(value, Mapping):
            result[name] = _average(values)
        else:
            present = [figure for figure in values if figure is not None]
            result[name] = sum(present) / len(present) if present else None
    return result


def _signature(
    statistics: Statistics,
    preset: Preset,
    by: By | None,
    empty: EmptyPolicy,
    *,
    extra: Mapping[str, SentenceMetric] | None,
    seen: int | None,
    labels: int,
) -> str:
    settings = {
        "n": len(statistics.table),
        "seen": seen,
        "gold": empty,
        "labels": f"capitals+{labels}",
        "by": by if isinstance(by, str) else getattr(by, "__name__", "function"),
        "bleu": f"{LONGEST_NGRAM}-{BLEU_SMOOTHING}",
        "sacrebleu": _version("sacrebleu"),
        "igtkit": _version("igtkit"),
    }
    if by is None:
        del settings["by"]
    if seen is None:
        del settings["seen"]
    if not labels:
        del settings["labels"]
    if extra:
        settings["extra"] = ",".join(extra)
    rest = "|".join(f"{name}:{value}" for name, value in settings.items())
    return f"{preset.signature}|{rest}"


def _version(package: str) -> str:
    from importlib import metadata  # noqa: PLC0415  # imported late: costs 30 ms

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _copy(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _copy(value) if isinstance(value, Mapping) else value
        for name, value in figures.items()
    }


def _format(value: float | None, digits: int) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.{digits}f}"
