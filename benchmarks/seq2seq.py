"""Train a small byte-level model from scratch on all prompt formats, and score it.

    python benchmarks/seq2seq.py train MODEL     # half an hour on a shared core
    python benchmarks/seq2seq.py evaluate MODEL  # dev figures beside LookupGlosser's
    python benchmarks/seq2seq.py speed MODEL     # torch against CTranslate2

The data are the Nyangbo files of the SIGMORPHON 2023 shared task. From random weights a model has
to find out first that its answer is in the prompt, and where. That takes many steps, so they are
made cheap: training begins with prompts that hold nothing but the text and their own last line, of
single words, then of whole texts. Then come the real prompts, of all formats. The same seed, number
of threads and versions give the same model. A stage that is done is not done again. The figures
stand in seq2seq.md.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import attrs
import torch

import igtkit
from igtkit import IGT, Corpus, Language
from igtkit.errors import AlignmentError
from igtkit.formats import FORMATS, Example
from igtkit.metrics import evaluate
from igtkit.models import LookupGlosser
from igtkit.models.checkpoint import load_model, new_model
from igtkit.models.ctranslate2 import convert
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.training import Settings, encode_examples, make_examples, perplexity, train

NAMES = list(FORMATS)
FIGURES = ("glossing.morpheme.error_rate", "segmentation.f1", "alignment")
MODEL = {"width": 192, "inner_width": 512, "encoder_layers": 2, "decoder_layers": 3, "heads": 6}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["train", "evaluate", "speed"])
    parser.add_argument("model", type=Path, metavar="MODEL", help="folder of the model")
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--steps", type=int, nargs=3, default=[300, 1200, 400],
                        help="steps of the three stages (default: %(default)s)")  # fmt: skip
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="use only so many texts")
    options = parser.parse_args()
    torch.set_num_threads(1)
    {"train": run_training, "evaluate": run_evaluation, "speed": run_speed}[options.action](options)


def read(options: argparse.Namespace, split: str) -> Corpus:
    path = options.shared / "data" / "sigmorphon2023" / "nyb" / f"nyb-{split}-track2-uncovered"
    corpus = igtkit.read(path, "sigmorphon", language=Language("nyan1302", "Nyangbo", "nyb"))
    return corpus[: options.limit].map(lambda igt: igtkit.normalize(igt, "polygloss"))


def single_words(corpus: Corpus) -> list[IGT]:
    """Every word of the texts that align, as a text."""
    words = []
    for igt in corpus:
        try:
            found = igt.words
        except AlignmentError:
            continue
        words += [
            IGT.from_words([word], language=igt.language)
            for word in found
            if word.surface and word.form and word.gloss
        ]
    return words


def cut(example: Example) -> Example:
    """The example with nothing but its text and the last line in the prompt."""
    last = example.prompt.rsplit("\n", 1)[1]
    return attrs.evolve(example, prompt=f"{example.text}\n{last}")


def unique(examples: Iterable[Example]) -> list[Example]:
    return list({(each.prompt, each.target): each for each in examples}.values())


def run_training(options: argparse.Namespace) -> None:
    start = time.perf_counter()
    corpus, dev = read(options, "train"), read(options, "dev")
    model = new_model(**MODEL, dropout=0, seed=options.seed)
    print(f"{model.num_parameters() / 1e6:.2f} million parameters", flush=True)
    dev_set = encode_examples(make_examples(dev, NAMES, training=False))
    short = ["multitask", "interleaved"]  # cut short, the concatenated prompt is the multitask one
    stages = (
        (
            "words",
            unique(cut(each) for each in make_examples(single_words(corpus), short)),
            64,
            1.5e-3,
            90,
        ),
        ("texts", unique(cut(each) for each in make_examples(corpus, short)), 32, 1.5e-3, 100),
        ("prompts", make_examples(corpus, NAMES), 16, 4e-4, 40),
    )
    for (name, made, batch_size, rate, rise), steps in zip(stages, options.steps, strict=True):
        folder = options.model if name == "prompts" else options.model / name
        if (folder / "model.safetensors").exists():
            model = load_model(folder)
            continue
        examples = encode_examples(made)
        settings = Settings(
            learning_rate=rate,
            batch_size=batch_size,
            steps=steps,
            warmup=min(0.3, rise / steps),
            beta2=0.98,
            seed=options.seed,
        )
        result = train(model, examples, None, folder, settings)
        result |= {
            "stage": name,
            "examples": len(examples),
            "dev_perplexity": perplexity(model, dev_set).perplexity,
        }
        print(json.dumps(result), flush=True)
    Seq2SeqGlosser.from_pretrained(options.model, format="interleaved").save_pretrained(
        options.model
    )
    print(f"{(time.perf_counter() - start) / 60:.1f} minutes")


def run_evaluation(options: argparse.Namespace) -> None:
    dev = read(options, "dev")
    lookup = LookupGlosser().fit(read(options, "train"))
    print("| system | decoding | morpheme error rate | segmentation F1 | alignment | seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    row("LookupGlosser", "", dev, lookup.predict)
    for name in NAMES:
        glosser = Seq2SeqGlosser.from_pretrained(options.model, format=name)
        row(name, "free", dev, lambda texts, model=glosser: model.predict(texts, constrained=False))
        if "t2sg" in glosser.tasks:
            row(name, "constrained", dev, glosser.predict)


def row(name, decoding, dev, predict):
    start = time.perf_counter()
    predictions = predict(dev)
    seconds = time.perf_counter() - start
    references = dev
    if predictions[0].segmentation is None:
        references = dev.map(lambda igt: igt.replace(segmentation=None))
    report = evaluate(
        predictions=predictions, references=references, preset="published", empty="skip"
    )
    figures = [report[figure] for figure in FIGURES]
    cells = [name, decoding, *("–" if value is None else f"{value:.3f}" for value in figures)]
    print(f"| {' | '.join([*cells, f'{seconds:.0f}'])} |", flush=True)


def run_speed(options: argparse.Namespace) -> None:
    dev = read(options, "dev")
    print("| backend | beams | characters/s | as fast as torch | same answers |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for quantization in ("float32", "int8"):
            convert(options.model, Path(folder) / quantization, quantization=quantization)
        for beams in (1, 2):
            base: list[igtkit.Prediction] = []
            slow = 0.0
            for name, path in (
                ("torch, float32", options.model),
                ("CTranslate2, float32", Path(folder) / "float32"),
                ("CTranslate2, int8", Path(folder) / "int8"),
            ):
                glosser = Seq2SeqGlosser.from_pretrained(path, format="interleaved")
                start = time.perf_counter()
                found = glosser.predict(dev, constrained=False, num_beams=beams)
                seconds = time.perf_counter() - start
                base, slow = base or found, slow or seconds
                written = sum(len(f"{each.segmentation}{each.glosses}") for each in found)
                same = sum(a.glosses == b.glosses for a, b in zip(base, found, strict=True))
                print(f"| {name} | {beams} | {written / seconds:.0f} | {slow / seconds:.2f} "
                      f"| {same} of {len(found)} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
