"""The command line that the training scripts share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from igtkit.boundaries import split_words
from igtkit.corpus.collection import Corpus
from igtkit.errors import IGTError, InputError
from igtkit.models.training.corpora import read_corpora
from igtkit.models.training.distributed import is_main_process
from igtkit.models.training.results import write_results
from igtkit.models.training.run import TINY
from igtkit.models.training.settings import TrainingSettings

__all__ = [
    "add_arguments",
    "decoding",
    "finish",
    "make_parser",
    "parse",
    "read_test",
    "run_script",
    "settings_from",
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
    *,
    data: str = "sample:train",
    dev: str | None = "sample:dev",
    epochs: float,
    patience: int | None = None,
) -> None:
    """Add what every training script takes.

    Args:
        parser: The parser.
        data: The default of what to learn from.
        dev: The default of what to watch the loss on; None for a tenth of the data.
        epochs: The default.
        patience: The default.
    """
    default = TrainingSettings()
    add = parser.add_argument
    add("--data", nargs="+", default=[data], metavar="[LANGUAGE=]FILE",
        help="what to learn from (default: the sample corpus)")  # fmt: skip
    add("--dev", nargs="+", default=dev and [dev], metavar="[LANGUAGE=]FILE",
        help="what to watch the loss on "
        f"(default: {'the sample corpus' if dev else 'a tenth of --data'})")  # fmt: skip
    add("--test", nargs="+", metavar="[LANGUAGE=]FILE", help="what to report on at the end")
    add("--output", required=True, metavar="FOLDER", help="where the model and metrics.json go")
    add("--model", metavar="FOLDER", default="google/byt5-base",
        help="checkpoint to start from, a folder or a name on the Hugging Face hub "
        "(default: %(default)s)")  # fmt: skip
    add("--rules", choices=["igtkit", "polygloss"], default="polygloss",
        help="how punctuation is set apart (default: %(default)s, as in the paper)")  # fmt: skip
    add("--epochs", type=float, default=epochs, help="default: %(default)g")
    add("--patience", type=int, default=patience, metavar="N",
        help="stop after N epochs without a better dev loss, and keep the best model "
        "(default: %(default)s)")  # fmt: skip
    add("--learning-rate", type=float, default=default.learning_rate, help="default: %(default)g")
    add("--batch-size", type=int, default=default.batch_size,
        help="examples in a step, over all processes (default: %(default)s)")  # fmt: skip
    add("--micro-batch-size", type=int, metavar="N",
        help="examples a process takes at a time; gradients are added up to a step")  # fmt: skip
    add("--max-length", type=int, default=default.max_length, metavar="BYTES",
        help="longer prompts and targets are left out (default: %(default)s)")  # fmt: skip
    add("--no-bf16", dest="bf16", action="store_false", help="compute in float32 throughout")
    add("--num-beams", type=int, default=2, help="beams for the report (default: %(default)s)")
    add("--max-new-tokens", type=int, metavar="N",
        help="the most bytes of an answer for the report (default: by the text)")  # fmt: skip
    add("--long-input", choices=["window", "raise"], default="window",
        help="for the report: gloss texts too long for a prompt in pieces, or stop "
        "(default: %(default)s)")  # fmt: skip
    add("--seed", type=int, default=default.seed, help="default: %(default)s")
    add("--resume", action="store_true", help="go on from the last epoch saved in --output")
    add("--tiny", action="store_true",
        help="try everything out in seconds: a toy model, few sentences, two epochs")  # fmt: skip


def run_script(main: Callable[[], None]) -> None:
    """Run a script; what a user can mend is one line, and the status 1."""
    try:
        main()
    except (IGTError, OSError) as error:
        raise SystemExit(f"{Path(sys.argv[0]).name}: error: {error}") from None


def parse(parser: argparse.ArgumentParser, arguments: Any = None) -> argparse.Namespace:
    """Return the options; ``--tiny`` and ``--model-type`` change the defaults of others."""
    known, _ = parser.parse_known_args(arguments)
    if getattr(known, "model_type", None) == "causal":
        parser.set_defaults(**_CAUSAL)
    if known.tiny:
        parser.set_defaults(**_TINY)
    options = parser.parse_args(arguments)
    try:
        settings_from(options)
    except InputError as error:
        parser.error(str(error))
    return options


def settings_from(options: argparse.Namespace) -> TrainingSettings:
    """The settings that the command line asks for."""
    return TrainingSettings(
        learning_rate=options.learning_rate,
        batch_size=options.batch_size,
        micro_batch_size=options.micro_batch_size,
        epochs=options.epochs,
        patience=options.patience,
        bf16=options.bf16,
        max_length=options.max_length,
        seed=options.seed,
    )


def decoding(options: argparse.Namespace) -> dict[str, Any]:
    """Return the options of prediction that the command line asks for."""
    names = ("num_beams", "max_new_tokens", "long_input")
    return {name: getattr(options, name) for name in names}


def read_test(options: argparse.Namespace) -> Corpus | None:
    """The texts that ``--test`` names; for a trial run, the first of them.

    Those without a transcription cannot be glossed; they are left out, and it is said how many.

    Raises:
        InputError: If no text has a transcription.
    """
    if not options.test:
        return None
    every = read_corpora(options.test, rules=options.rules)
    test = every.filter(lambda igt: bool(split_words(igt.transcription)))
    if not test:
        raise InputError(f"no text of {', '.join(options.test)} has a transcription")
    if len(test) < len(every) and is_main_process():
        left_out = len(every) - len(test)
        print(f"--test: left out {left_out} texts without transcription", file=sys.stderr)  # noqa: T201
    return test[:TINY] if options.tiny else test


def finish(directory: str, results: Mapping[str, Any]) -> None:
    """Write ``metrics.json``, in the first process, and say where everything is."""
    if is_main_process():
        write_results(Path(directory) / "metrics.json", results)
        print(f"the model and metrics.json are in {directory}", file=sys.stderr)  # noqa: T201
