"""The command line that the training scripts share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import attrs

from igtkit.alignment import check
from igtkit.boundaries import split_words
from igtkit.corpus.collection import Corpus
from igtkit.errors import IGTError, InputError
from igtkit.igt import IGT
from igtkit.metrics import PRESETS
from igtkit.models._hub import push_to_hub
from igtkit.models.training.card import ModelCard
from igtkit.models.training.corpora import read_corpora
from igtkit.models.training.distributed import is_main_process
from igtkit.models.training.loop import TRACKERS
from igtkit.models.training.options import add_settings, read_settings_of
from igtkit.models.training.presets import Preset, Training, preset_defaults
from igtkit.models.training.results import RESULTS, main_figures, require_no_results, write_results
from igtkit.models.training.run import TINY
from igtkit.models.training.settings import TrainingSettings

__all__ = [
    "add_arguments",
    "add_decoding",
    "add_preset",
    "add_ungrammatical",
    "decoding",
    "finish",
    "make_parser",
    "parse",
    "read_test",
    "reporting",
    "run_script",
    "settings_from",
    "train_options",
]

_CAUSAL: dict[str, Any] = {"model": "Qwen/Qwen3-0.6B", "batch_size": 18}
"""What the paper does otherwise with a model that only decodes."""

_TINY: dict[str, Any] = {
    "epochs": 2.0,
    "batch_size": 16,
    "learning_rate": 3e-3,
    "bf16": False,
    "num_beams": 1,
    "max_new_tokens": 48,
}


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """A parser that shows a script's own documentation, as it is written."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def add_arguments(
    parser: argparse.ArgumentParser,
    training: Training,
    *,
    data: tuple[str, ...] = ("sample:train",),
    dev: str | None = "sample:dev",
) -> None:
    """Add what every training script takes.

    Args:
        parser: The parser.
        training: What is trained, which `igtkit.models.training.preset_defaults` has settings for.
        data: The default of what to learn from.
        dev: The default of what to watch the loss on; None where the script says what else it is.
    """
    add = parser.add_argument
    add("--data", nargs="+", default=list(data), metavar="[LANGUAGE=]FILE",
        help="what to learn from (default: the sample corpus)")  # fmt: skip
    add("--dev", nargs="+", default=dev and [dev], metavar="[LANGUAGE=]FILE",
        help="what to watch the loss on"
        f"{' (default: the sample corpus)' if dev else ''}")  # fmt: skip
    add("--test", nargs="+", metavar="[LANGUAGE=]FILE", help="what to report on at the end")
    add("--output", required=True, metavar="FOLDER", help="where the model and metrics.json go")
    add("--model", metavar="FOLDER", default="google/byt5-base",
        help="checkpoint to start from, a folder or a name on the Hugging Face hub "
        "(default: %(default)s)")  # fmt: skip
    add("--revision", metavar="NAME", help="branch, tag or commit of --model on the hub")
    parser.set_defaults(training=training)
    add_preset(parser)
    add("--rules", choices=["igtkit", "polygloss"], default="polygloss",
        help="how punctuation is set apart (default: %(default)s, as in the paper)")  # fmt: skip
    add_ungrammatical(parser)
    add("--report-to", nargs="+", choices=TRACKERS, default=[], metavar="TRACKER",
        help=f"show the course of the training in {' or '.join(TRACKERS)}")  # fmt: skip
    add("--resume", action="store_true", help="go on from the last checkpoint in --output")
    add("--tiny", action="store_true",
        help="try everything out in seconds: a toy model, few sentences, two epochs")  # fmt: skip
    if training != "lora":
        add("--push-to-hub", metavar="NAME",
            help="put the model at the end into this repository on the hub")  # fmt: skip
    add("--preset", choices=sorted(PRESETS), default="paper",
        help="how errors are counted (default: %(default)s)")  # fmt: skip
    add_settings(parser, TrainingSettings, "training")
    add_decoding(parser)
    parser.set_defaults(**preset_defaults(training))  # as the help tells them


def add_ungrammatical(parser: argparse.ArgumentParser) -> None:
    """Add ``--ungrammatical``, without which nothing is learned from what speakers reject."""
    parser.add_argument("--ungrammatical", action="store_true",
        help="learn from texts marked as ungrammatical (*), too")  # fmt: skip


def add_decoding(
    parser: argparse.ArgumentParser, *, num_beams: int | None = 2, long_input: str | None = "window"
) -> None:
    """Add what is asked of predictions, and how they are scored.

    Args:
        parser: The parser.
        num_beams: The default; None for the glosser's own.
        long_input: The default; None for the glosser's own.
    """
    add = parser.add_argument_group("report").add_argument
    own = "(default: the glosser's)"
    add("--num-beams", type=int, default=num_beams, metavar="N",
        help=f"beams {'(default: %(default)s)' if num_beams else own}")  # fmt: skip
    add("--max-new-tokens", type=int, metavar="N",
        help="the most bytes of an answer (default: by the text)")  # fmt: skip
    add("--long-input", choices=["window", "raise"], default=long_input,
        help="gloss texts too long for a prompt in pieces, or stop "
        f"{'(default: %(default)s)' if long_input else own}")  # fmt: skip
    add("--free", action="store_true", help="let joint formats write lines that do not align")
    add("--eval-dtype", choices=["float32", "bfloat16", "float16"],
        help="compute the predictions in this type (default: that of the weights)")  # fmt: skip
    add("--skip-misaligned", action="store_true",
        help="leave test texts out whose segmentation and glosses do not pair up, or that lack "
        "one of them")  # fmt: skip


def add_preset(parser: argparse.ArgumentParser) -> None:
    """Add ``--as``, for the defaults that `igtkit.models.training.preset_defaults` has."""
    parser.add_argument("--as", choices=get_args(Preset), default="paper",
        help="whose settings are the defaults: the paper's, or those of its reference code where "
        "that differs (default: %(default)s)")  # fmt: skip


def run_script(main: Callable[[], None]) -> None:
    """Run a script; what a user can mend is one line, and the status 1."""
    try:
        main()
    except (IGTError, OSError) as error:
        what: object = error
        if isinstance(error, OSError) and error.strerror and error.filename is not None:
            what = f"{error.filename}: {error.strerror}"
        raise SystemExit(f"{Path(sys.argv[0]).name}: error: {what}") from None


def parse(parser: argparse.ArgumentParser, arguments: Any = None) -> argparse.Namespace:
    """Return the options; ``--as``, ``--model-type`` and ``--tiny`` change defaults of others.

    Raises:
        InputError: If the folder of ``--output`` has results, and the run is not to be resumed.
    """
    known, _ = parser.parse_known_args(arguments)
    asked: Preset = getattr(known, "as")
    parser.set_defaults(**preset_defaults(known.training, asked))
    if asked == "reference" and "interleaved" in _formats(known):
        parser.set_defaults(skip_misaligned=True)
    if getattr(known, "model_type", None) == "causal":
        parser.set_defaults(**_CAUSAL)
    if known.tiny:
        parser.set_defaults(**_TINY)
    options = parser.parse_args(arguments)
    del options.training  # no option
    try:
        settings_from(options)
    except InputError as error:
        parser.error(str(error))
    if not options.resume:
        require_no_results(options.output, may_resume=True)
    return options


def _formats(options: argparse.Namespace) -> list[str]:
    """The prompt formats that the command line names; none of separate models."""
    if getattr(options, "strategy", "joint") != "joint":
        return []
    return getattr(options, "formats", None) or [getattr(options, "format", "")]


def settings_from(options: argparse.Namespace) -> TrainingSettings:
    """The settings that the command line asks for."""
    return read_settings_of(TrainingSettings, options)


def train_options(options: argparse.Namespace) -> dict[str, Any]:
    """Return what else the command line asks of `igtkit.models.training.train_glosser`."""
    names = ("model", "revision", "tiny", "resume", "report_to", "data", "ungrammatical")
    return {"preset": getattr(options, "as"), **{name: getattr(options, name) for name in names}}


def decoding(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the command line asks of predictions, for ``glosser.predict``."""
    asked = {name: getattr(options, name) for name in ("num_beams", "max_new_tokens", "long_input")}
    asked["batch_size"] = options.eval_batch_size
    found: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    return found | ({"constrained": False} if options.free else {})


def reporting(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the command line asks of reports; for `igtkit.models.training.report`."""
    return {"preset": options.preset, "dtype": options.eval_dtype, **decoding(options)}


def read_test(
    options: argparse.Namespace, names: Sequence[str], line: str = "transcription"
) -> Corpus:
    """The texts to report on; for a trial run, the first of them.

    Those without the line that is asked about cannot be glossed; they are left out, and it is said
    how many. So are those that do not align, if that is asked for.

    Args:
        options: The command line.
        names: The files, those of ``--test`` most often.
        line: What is asked about: ``"transcription"`` or ``"segmentation"``.

    Raises:
        InputError: If no text has that line, or none can be scored.
    """
    shown = ", ".join(names)
    test = read_corpora(names, rules=options.rules)
    test = _leave_out(test, lambda igt: bool(split_words(getattr(igt, line))), f"without {line}")
    if not test:
        raise InputError(f"no text of {shown} has a {line}")
    if options.skip_misaligned:
        test = _leave_out(test, _aligns, "that do not align")
    if not any(split_words(igt.glosses) or split_words(igt.segmentation) for igt in test):
        raise InputError(f"no text of {shown} has glosses or a segmentation to score by")
    return test[:TINY] if options.tiny else test


def _leave_out(test: Corpus, keep: Callable[[IGT], bool], why: str) -> Corpus:
    kept = test.filter(keep)
    if len(kept) < len(test) and is_main_process():
        print(f"--test: left out {len(test) - len(kept)} texts {why}", file=sys.stderr)  # noqa: T201
    return kept


def _aligns(igt: IGT) -> bool:
    both = bool(split_words(igt.segmentation)) and bool(split_words(igt.glosses))
    return both and not check(igt)


def finish(
    options: argparse.Namespace,
    results: Mapping[str, Any],
    reports: Mapping[str, Mapping[str, Any]],
    card: ModelCard | None = None,
) -> None:
    """Write ``metrics.json`` and the model card, print the scores, and say where everything is.

    Only the first process does.

    Args:
        options: The command line; ``metrics.json`` has it under ``settings``.
        results: What else goes to ``metrics.json``.
        reports: What `igtkit.models.training.report` returned of test texts, by name.
        card: What to say of the model, where there is one.
    """
    if not is_main_process():
        return
    folder = options.output
    write_results(Path(folder) / RESULTS, {"settings": vars(options), **results})
    if card is not None:
        attrs.evolve(card, test=reports).write(folder)
    for line in _score_lines(reports):
        print(line)  # noqa: T201
    print(f"the model and metrics.json are in {folder}", file=sys.stderr)  # noqa: T201
    if getattr(options, "push_to_hub", None):
        print(push_to_hub(folder, options.push_to_hub), file=sys.stderr)  # noqa: T201


def _score_lines(reports: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The main figures of reports, a line for all texts and one for each language."""
    lines = []
    for name, report in reports.items():
        for group, figures in main_figures(report).items():
            shown = (
                f"{label} {'–' if figures[key] is None else format(figures[key], '.3f')}"
                for key, label in (
                    ("error_rate", "morpheme error rate"),
                    ("f1", "segmentation F1"),
                    ("alignment", "alignment"),
                )
            )
            lines.append(f"{name}, {group}: {', '.join(shown)} ({figures['n']} texts)")
    return lines
