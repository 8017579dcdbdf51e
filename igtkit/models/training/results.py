"""The results of training in numbers: perplexity by language, and a report."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from igtkit._files import replace_file
from igtkit.errors import InputError
from igtkit.formats import Task
from igtkit.igt import IGT, Language, Prediction
from igtkit.metrics import Report, evaluate
from igtkit.models.prompted.tokenizer import Tokenizer
from igtkit.models.training.examples import encode_examples, make_examples
from igtkit.models.training.perplexity import perplexity

__all__ = ["compare", "language_perplexities", "score_predictions", "write_results"]

_PACKAGES = ("igtkit", "torch", "transformers", "accelerate")


def language_perplexities(
    model: Any,
    texts: Sequence[IGT],
    names: Sequence[str],
    *,
    tasks: Sequence[Task] | None = None,
    max_length: int = 1024,
    tokenizer: Tokenizer | None = None,
) -> dict[str, dict[str, float]]:
    """The perplexity of a model on texts, by language and prompt format.

    Args:
        model: The model.
        texts: The texts, ``dev`` most often.
        names: The formats.
        tasks: The tasks to foresee; those that are scored if None.
        max_length: Longer examples are left out.
        tokenizer: What the model reads and writes; bytes if None.

    Returns:
        For each language and format the perplexity per token, for byte models per byte; a language
        whose texts give no example of a format lacks it.
    """
    groups: dict[str, list[IGT]] = {}
    for text in texts:
        groups.setdefault(_name(text.language), []).append(text)
    result: dict[str, dict[str, float]] = {}
    for language, group in sorted(groups.items()):
        result[language] = {}
        for name in names:
            try:
                examples = make_examples(group, [name], tasks=tasks, training=tasks is not None)
                encoded = encode_examples(examples, max_length=max_length, tokenizer=tokenizer)
            except InputError:  # nothing to foresee
                continue
            result[language][name] = perplexity(model, encoded).perplexity
    return result


def compare(
    predictions: Sequence[Prediction], references: Sequence[IGT], *, preset: Any = "paper"
) -> tuple[Report, list[str]]:
    """Return the scores of predictions, all together and by language, and what was not scored.

    A line that no prediction has, as the segmentation of a GlossLM model, is not counted as wrong:
    the metrics that need it are left out.

    Args:
        predictions: One for each reference.
        references: The gold.
        preset: As for `igtkit.metrics.evaluate`.

    Returns:
        The report, by language, and the names of the families that were left out.
    """
    absent = {
        line: None
        for line in ("segmentation", "glosses")
        if all(getattr(prediction, line) is None for prediction in predictions)
    }
    report = evaluate(
        predictions=predictions,
        references=[reference.replace(**absent) for reference in references],
        preset=preset,
        by="language",
        empty="skip",
    )
    families = {"segmentation": "segmentation", "glosses": "glossing"}
    return report, [families[line] for line in absent] + ["alignment"] * bool(absent)


def score_predictions(
    predictions: Sequence[Prediction], references: Sequence[IGT], *, preset: Any = "paper"
) -> dict[str, Any]:
    """The numbers of `compare`: `igtkit.metrics.Report.to_dict`, and ``not_scored``."""
    report, left_out = compare(predictions, references, preset=preset)
    return {**report.to_dict(), "not_scored": left_out}


def write_results(path: str | os.PathLike[str], results: Mapping[str, Any]) -> None:
    """Write results to a JSON file, all of it or nothing, with the versions that made them."""
    content = {**results, "versions": {name: _version(name) for name in _PACKAGES}}
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def _name(language: Language | None) -> str:
    if language is None:
        return "unknown"
    return language.name or language.glottocode or language.iso639_3 or "unknown"


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
