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
from igtkit.formats import PromptFormat, Task
from igtkit.igt import IGT, Language, Prediction
from igtkit.metrics import Report, evaluate
from igtkit.models.prompted.tokenizer import Tokenizer
from igtkit.models.training.examples import encode_examples, make_examples
from igtkit.models.training.perplexity import perplexity

__all__ = [
    "RESULTS",
    "compare",
    "language_perplexities",
    "main_figures",
    "name_of",
    "require_no_results",
    "score_predictions",
    "write_results",
]

RESULTS = "metrics.json"
"""The file of results in the folder of a run."""

_PACKAGES = ("igtkit", "torch", "transformers", "accelerate")


def language_perplexities(
    model: Any,
    texts: Sequence[IGT],
    names: Sequence[str | PromptFormat],
    *,
    tasks: Sequence[Task] | None = None,
    max_length: int = 1024,
    tokenizer: Tokenizer | None = None,
) -> dict[str, dict[str, float]]:
    """The perplexity of a model on texts, by language and prompt format.

    Args:
        model: The model.
        texts: The texts, ``dev`` most often.
        names: The formats, by name or as they are.
        tasks: The tasks to foresee; all that would be trained on if None.
        max_length: Longer examples are left out.
        tokenizer: What the model reads and writes; bytes if None.

    Returns:
        For each language and format the perplexity per token, for byte models per byte; a language
        whose texts give no example of a format lacks it.
    """
    groups: dict[str, list[IGT]] = {}
    for text in texts:
        groups.setdefault(name_of(text.language), []).append(text)
    result: dict[str, dict[str, float]] = {}
    for language, group in sorted(groups.items()):
        result[language] = {}
        for name in names:
            try:
                examples = make_examples(group, [name], tasks=tasks)
                encoded = encode_examples(examples, max_length=max_length, tokenizer=tokenizer)
            except InputError:  # nothing to foresee
                continue
            result[language][_name(name)] = perplexity(model, encoded).perplexity
    return result


def _name(prompt_format: str | PromptFormat) -> str:
    return prompt_format if isinstance(prompt_format, str) else prompt_format.name


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


def main_figures(report: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The figures of a report that a look at a model begins with.

    Args:
        report: What `score_predictions` returned.

    Returns:
        For all texts, and for each language where there are several: ``n`` of texts, morpheme
        ``error_rate``, ``f1`` of the segmentation, ``alignment``; None for what was not scored.

    Example:
        >>> scored = score_predictions([Prediction("ev", "house")], [IGT("ev", "ev", "house")])
        >>> main_figures(scored)
        {'all': {'n': 1, 'error_rate': 0.0, 'f1': 1.0, 'alignment': 1.0}}
    """
    groups = report["groups"] if len(report["groups"]) > 1 else {}
    return {
        name: {
            "n": max(part["n"].values()),
            "error_rate": _of(part, "glossing", "glossing", "morpheme", "error_rate"),
            "f1": _of(part, "segmentation", "segmentation", "f1"),
            "alignment": _of(part, "alignment", "alignment"),
        }
        for name, part in {"all": report, **groups}.items()
    }


def _of(report: Mapping[str, Any], family: str, *keys: str) -> float | None:
    """A figure of a report; None where no text has what its family needs."""
    if not report["n"].get(family):
        return None
    found: Any = report
    for key in keys:
        found = found[key]
    return None if found is None else float(found)


def require_no_results(directory: str | os.PathLike[str], *, may_resume: bool = False) -> None:
    """Refuse a folder that has the results of a run, before a new one would write over them.

    Args:
        directory: Where the results of a run are to go.
        may_resume: Whether that run could go on.

    Raises:
        InputError: If it has a ``metrics.json``.
    """
    path = Path(directory) / RESULTS
    if path.exists():
        ways = ["go on with it (--resume)"] * may_resume + ["name another folder", "or delete it"]
        raise InputError(f"{path} is there, of an earlier run; {', '.join(ways)}")


def write_results(path: str | os.PathLike[str], results: Mapping[str, Any]) -> None:
    """Write results to a JSON file, all of it or nothing, with the versions that made them."""
    content = {**results, "versions": {name: _version(name) for name in _PACKAGES}}
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def name_of(language: Language | None) -> str:
    """What to call a language: its name, else a code."""
    if language is None:
        return "unknown"
    return language.name or language.glottocode or language.iso639_3 or "unknown"


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
