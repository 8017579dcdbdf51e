r"""Adapt a model to a new language with LoRA, on more and more sentences (PolyGloss, section 8).

A model that knows other languages learns from the first 50 sentences of a new one, then from the
first 100, 150..., each time anew, and is scored on --test. What it learns is an adapter: a small
file; the model itself is not changed:

    python adapt_lora.py --data Vamale=train.jsonl --test Vamale=test.jsonl \
        --model polygloss-byt5-multilingual --against google/byt5-base --output vamale

Beside the curve of each model stand those of looking words up and of igtkit.models.CrfGlosser,
which take seconds: look whether the adapter is worth its while.

The defaults are the paper's: rank 8, alpha 8, dropout 0.2, 25 epochs, 32 examples in a step. The
learning rate is our own; try others. Sentences are taken in the order of the file: shuffle it
first. With --dev the adapter with the best loss on these texts is kept, and --patience N stops
after N epochs without a better one. In the output folder are metrics.json, with settings and a
report for each point; curve.png, Figure 6 for your language (needs matplotlib); and the adapters,
ready for Seq2SeqGlosser.from_pretrained(MODEL, adapter="vamale/adapters/model-50"). A run that was
interrupted goes on with --resume.

    python adapt_lora.py --tiny --output tried   # seconds: toy models on the sample corpus
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from igtkit import Corpus
from igtkit.errors import InputError, MissingExtraError
from igtkit.formats import get as get_format
from igtkit.models import CrfGlosser, Glosser, LookupGlosser, Lora, Seq2SeqGlosser, training
from igtkit.models.seq2seq import Seq2SeqBackend, new_model

SIMPLE = {"lookup": LookupGlosser, "CrfGlosser": CrfGlosser}
LABELS = {"lookup": "looking words up", "model": "--model + LoRA", "against": "--against + LoRA"}


def main() -> None:
    options = parse_arguments()
    training.start_processes()  # each on a GPU of its own, before a model is put on one
    train, dev, test = read(options)
    sizes = options.sizes or [*range(options.step, len(train), options.step), len(train)]
    if max(sizes) > len(train):
        raise InputError(f"there are {len(train)} texts to learn from, not {max(sizes)}")
    models = find_models(options)
    path = Path(options.output) / "metrics.json"
    curves: dict[str, dict[str, Any]] = {}
    if options.resume and path.exists():
        curves = json.loads(path.read_text(encoding="utf-8"))["curves"]
    asked = {**training.reporting(options), "same_words": options.same_words}
    for name, size, glosser, trained in points(options, models, (train, dev), sizes, curves):
        found = training.report(glosser, test, **(asked if trained else {"preset": options.preset}))
        curves.setdefault(name, {})[str(size)] = {"training": trained, "test": found}
        if training.is_main_process():
            training.write_results(path, {"settings": vars(options), "curves": curves})
            print(f"{name:<12}{size:>6}{error_rate(found):>8.3f}", file=sys.stderr, flush=True)
    if training.is_main_process():
        print_table(curves)
        try:
            draw(curves, path.with_name("curve.png"))
        except MissingExtraError as error:
            print(error, file=sys.stderr)


def parse_arguments() -> argparse.Namespace:
    parser = training.make_parser(__doc__)
    training.add_arguments(parser, "lora", dev=None)
    lora = Lora()
    add = parser.add_argument
    add("--against", metavar="FOLDER", help="a second model, to compare with")
    add("--format", default="interleaved", help="prompt format (default: %(default)s)")
    add("--tasks", nargs="+", metavar="TASK",
        help="learn these tasks only (default: all of the format)")  # fmt: skip
    add("--step", type=int, default=50, metavar="N",
        help="sentences that each training set has more (default: %(default)s)")  # fmt: skip
    add("--sizes", type=int, nargs="+", metavar="N", help="these sizes instead, in this order")
    add("--rank", type=int, default=lora.rank, help="default: %(default)s")
    add("--alpha", type=float, default=lora.alpha, help="default: %(default)g")
    add("--dropout", type=float, default=lora.dropout, help="default: %(default)g")
    add("--same-words", action="store_true",
        help="hold the answers of the models to the words of the text")  # fmt: skip
    return training.parse(parser)


def read(options: argparse.Namespace) -> tuple[Corpus, Corpus | None, Corpus]:
    """What to learn from, to watch the loss on, and to score on."""
    train = training.read_corpora(options.data, rules=options.rules)
    dev = training.read_corpora(options.dev, rules=options.rules) if options.dev else None
    if options.tiny:
        options.step, options.against = 6, "new"
        return train[:12], dev and dev[:6], training.read_corpora(["sample:test"])[:6]
    if not options.test:
        raise InputError("name the texts to score on with --test")
    return train, dev, training.read_test(options, options.test)


def find_models(options: argparse.Namespace) -> dict[str, str | Path]:
    """The folders of the models to adapt; for a trial run, those of toys."""
    if not options.tiny:
        both = {"model": options.model, "against": options.against}
        return {name: folder for name, folder in both.items() if folder}
    toys = {name: Path(options.output) / "toys" / name for name in ("model", "against")}
    for seed, folder in enumerate(toys.values()):
        network = new_model(
            width=48, inner_width=64, encoder_layers=1, decoder_layers=1, heads=3, seed=seed
        )
        toy = Seq2SeqGlosser(Seq2SeqBackend(network.eval()), get_format(options.format))
        toy.save_pretrained(folder)
    return dict(toys)


def points(
    options: argparse.Namespace,
    models: dict[str, str | Path],
    texts: tuple[Corpus, Corpus | None],
    sizes: Sequence[int],
    known: dict[str, dict[str, Any]],
) -> Iterator[tuple[str, int, Glosser, dict[str, Any] | None]]:
    """Train a glosser for each point of the curves that is not known; the simple ones first."""
    train, dev = texts
    for name, kind in SIMPLE.items():
        for size in sizes:
            if str(size) not in known.get(name, {}):
                yield name, size, kind().fit(train[:size]), None
    lora = Lora(rank=options.rank, alpha=options.alpha, dropout=options.dropout)
    for size in sizes:
        for name, folder in models.items():
            if str(size) in known.get(name, {}):
                continue
            glosser = Seq2SeqGlosser.from_pretrained(
                folder,
                format=options.format,
                revision=options.revision if name == "model" else None,
            )
            adapter = f"{name}-{size}"
            place = Path(options.output) / "adapters" / adapter
            try:
                trained = training.train_adapter(
                    glosser,
                    train[:size],
                    adapter,
                    place,
                    training.settings_from(options),
                    dev=dev,
                    lora=lora,
                    tasks=options.tasks,
                    resume=options.resume,
                    report_to=options.report_to,
                    ungrammatical=options.ungrammatical,
                )
            except training.FinishedRunError as error:  # trained, but not scored yet
                glosser.load_adapter(place, adapter)
                trained = error.result
            yield name, size, glosser, trained


def error_rate(found: dict[str, Any]) -> float:
    """The morpheme error rate of a report."""
    return float(found["glossing"]["morpheme"]["error_rate"])


def print_table(curves: dict[str, dict[str, Any]]) -> None:
    """Print the error rates, a row for each number of sentences."""
    sizes = sorted({int(size) for curve in curves.values() for size in curve})
    print("| sentences | " + " | ".join(curves) + " |")
    print("| ---: |" + " ---: |" * len(curves))
    for size in sizes:
        cells = [
            f"{error_rate(curve[str(size)]['test']):.3f}" if str(size) in curve else "–"
            for curve in curves.values()
        ]
        print(f"| {size} | " + " | ".join(cells) + " |")


def draw(curves: dict[str, dict[str, Any]], path: Path) -> None:
    """Draw Figure 6 of the paper for this language."""
    from igtkit import plots  # noqa: PLC0415 -- needs matplotlib, the rest does not

    axes = None
    for name, curve in curves.items():
        sizes = sorted(map(int, curve))
        errors = [error_rate(curve[str(size)]["test"]) for size in sizes]
        axes = plots.learning_curve(sizes, errors, label=LABELS.get(name, name), ax=axes)
    if axes is not None:
        axes.figure.savefig(path, dpi=110)


if __name__ == "__main__":
    training.run_script(main)
