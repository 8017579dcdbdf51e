"""Train a small byte-level model from scratch on all prompt formats, and score it.

    python benchmarks/seq2seq.py train MODEL     # a quarter of an hour of a quiet core
    python benchmarks/seq2seq.py evaluate MODEL  # dev figures beside LookupGlosser's
    python benchmarks/seq2seq.py speed MODEL     # torch against CTranslate2

The data are the Nyangbo files of the SIGMORPHON 2023 shared task. Training is made cheap: it begins
with prompts that hold nothing but the text and their own last line, of single words, then of up to
five. Then come the real prompts of whole texts, in all formats. The same seed, number of threads
and versions give the same model. A stage that is done is not done again. The figures stand in
seq2seq.md.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import torch
from transformers import TrainerCallback

import igtkit
from igtkit import IGT, Corpus, Language, Word
from igtkit.errors import AlignmentError
from igtkit.formats import FORMATS, Example
from igtkit.metrics import evaluate
from igtkit.models import LookupGlosser
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.checkpoint import load_model, new_model
from igtkit.models.seq2seq.ctranslate2 import convert
from igtkit.models.training import (
    TrainingSettings,
    encode_examples,
    make_examples,
    perplexity,
    train_model,
)

NAMES = list(FORMATS)
FIGURES = ("glossing.morpheme.error_rate", "segmentation.f1", "alignment")
MODEL = {"width": 192, "inner_width": 512, "encoder_layers": 3, "decoder_layers": 3, "heads": 6}
STAGES = {  # steps, examples in a step, peak of the learning rate
    "words": (1400, 32, 1e-3),
    "spans": (450, 32, 1e-3),
    "prompts": (600, 16, 8e-4),
}
TASKS = (
    ("multitask", "t2s"),
    ("multitask", "t2g"),
    ("multitask", "s2g"),
    ("interleaved", "t2sg"),
    ("concatenated", "t2sg"),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["train", "evaluate", "speed"])
    parser.add_argument("model", type=Path, metavar="MODEL", help="folder of the model")
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="use only so many texts")
    options = parser.parse_args()
    torch.set_num_threads(1)
    {"train": run_training, "evaluate": run_evaluation, "speed": run_speed}[options.action](options)


def read(options: argparse.Namespace, split: str) -> Corpus:
    path = options.shared / "data" / "sigmorphon2023" / "nyb" / f"nyb-{split}-track2-uncovered"
    corpus = igtkit.read(path, "sigmorphon", language=Language("nyan1302", "Nyangbo", "nyb"))
    return corpus[: options.limit].map(lambda igt: igtkit.normalize(igt, "polygloss"))


def words_of(corpus: Corpus) -> list[list[Word]]:
    """The words of each text that aligns: those with all their lines."""
    found = []
    for igt in corpus:
        with contextlib.suppress(AlignmentError):
            words = [word for word in igt.words if word.surface and word.form and word.gloss]
            if words:
                found.append(words)
    return found


class Maker:
    """Makes the examples of the early stages, as many as are wanted."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.random = random.Random(seed)
        self.language = corpus[0].language
        self.texts = words_of(corpus)
        self.words = [word for words in self.texts for word in words]
        self.types = list({(word.surface, str(word)): word for word in self.words}.values())
        letters = Counter(letter for word in self.words for letter in word.form if letter != "-")
        self.letters, self.counts = list(letters), list(letters.values())

    def spans(self, count: int, most: int) -> list[Example]:
        """So many examples of spans, each in one task, with short prompts."""
        return [self._example(self._span(most)) for _ in range(count)]

    def take(self, examples: list[Example], count: int) -> list[Example]:
        """So many of the examples, in random order; all of them before any a second time."""
        order = self.random.sample(examples, len(examples))
        return [order[index % len(order)] for index in range(count)]

    def _span(self, most: int) -> IGT:
        """Up to so many words: as they follow each other in a text, or at random."""
        length = self.random.randint(1, most)
        if length > 1 and self.random.random() < 0.5:
            words = self.random.choice(self.texts)
            start = self.random.randrange(max(1, len(words) - length + 1))
            words = words[start : start + length]
        else:
            words = [self.random.choice(self.random.choice((self.types, self.words)))
                     for _ in range(length)]  # fmt: skip
        return IGT.from_words(words, language=self.language)

    def _invent(self, igt: IGT) -> IGT:
        """The text with its stems replaced by random letters, in half the words; no glosses.

        So that a model copies what it does not know (Anastasopoulos and Neubig 2019).
        """
        words = []
        for form, surface in zip(igt.segmentation.split(), igt.transcription.split(), strict=True):
            morphemes = form.split("-")
            if "".join(morphemes) == surface and self.random.random() < 0.5:
                stem = max(range(len(morphemes)), key=lambda index: len(morphemes[index]))
                length = self.random.randint(2, max(3, len(morphemes[stem]) + 2))
                morphemes[stem] = "".join(self.random.choices(self.letters, self.counts, k=length))
                words.append(("".join(morphemes), "-".join(morphemes)))
            else:
                words.append((surface, form))
        surfaces, forms = zip(*words, strict=True)
        return IGT(" ".join(surfaces), " ".join(forms), language=self.language)

    def _example(self, igt: IGT) -> Example:
        name, task = self.random.choice(TASKS)
        if task == "t2s":
            igt = self._invent(igt)
        return cut(FORMATS[name].encode(igt, task))


def cut(example: Example) -> Example:
    """The example with nothing but its text and the last line in the prompt."""
    last = example.prompt.rsplit("\n", 1)[1]
    if example.format == "concatenated" and example.task == "t2sg":
        last = "Segmentation and glosses: "  # else it is the prompt of another task
    return attrs.evolve(example, prompt=f"{example.text}\n{last}")


def stages(corpus: Corpus, seed: int) -> Iterator[tuple[str, list[Example], TrainingSettings]]:
    """Name, examples and settings of each stage; a stage goes through its examples once."""
    maker = Maker(corpus, seed)
    made = {
        "words": lambda count: maker.spans(count, 1),
        "spans": lambda count: maker.spans(count, 5),
        "prompts": lambda count: maker.take(make_examples(corpus, NAMES), count),
    }
    for name, (steps, batch_size, rate) in STAGES.items():
        settings = TrainingSettings(
            learning_rate=rate,
            batch_size=batch_size,
            epochs=1,
            warmup=min(0.3, 60 / steps),
            weight_decay=0,
            beta2=0.98,
            seed=seed,
        )
        yield name, made[name](batch_size * steps), settings


def run_training(options: argparse.Namespace) -> None:
    start = time.perf_counter()
    corpus, dev = read(options, "train"), read(options, "dev")
    model = new_model(**MODEL, dropout=0, seed=options.seed)
    print(f"{model.num_parameters() / 1e6:.2f} million parameters", flush=True)
    for name, made, settings in stages(corpus, options.seed):
        folder = options.model if name == "prompts" else options.model / name
        if (folder / "model.safetensors").exists():
            model = load_model(folder)
            continue
        examples = encode_examples(made)
        result = train_model(model, examples, None, folder, settings, callbacks=[ShowLoss()])
        print(json.dumps({"stage": name, "examples": len(examples), **result}), flush=True)
    dev_set = encode_examples(make_examples(dev, NAMES, training=False))
    print(f"dev perplexity {perplexity(model, dev_set).perplexity:.3f}")
    Seq2SeqGlosser.from_pretrained(options.model, format="interleaved").save_pretrained(
        options.model
    )
    print(f"{(time.perf_counter() - start) / 60:.1f} minutes")


class ShowLoss(TrainerCallback):
    """Prints the loss as it falls."""

    def on_log(self, args, state, control, logs=None, **_):  # noqa: ARG002
        """Called by the trainer."""
        if "loss" in (logs or {}):
            print(f"step {state.global_step}: loss {logs['loss']}", flush=True)


def run_evaluation(options: argparse.Namespace) -> None:
    dev = read(options, "dev")
    lookup = LookupGlosser().fit(read(options, "train"))
    print("| system | decoding | morpheme error rate | segmentation F1 | alignment | seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    row("LookupGlosser", "", dev, lookup.predict)
    for name in ("interleaved", "concatenated", "multitask", "glosslm"):
        glosser = Seq2SeqGlosser.from_pretrained(options.model, format=name)
        row(name, "free", dev, lambda texts, model=glosser: model.predict(texts, constrained=False))
        if "t2sg" in glosser.tasks:
            row(name, "constrained", dev, glosser.predict)
        if name == "interleaved":
            spelling = functools.partial(glosser.predict, spell=True)
            row(name, "constrained, `spell`", dev, spelling)


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
                start = time.process_time()
                found = glosser.predict(
                    dev, constrained=False, num_beams=beams, early_stopping=beams > 1 or None
                )
                seconds = time.process_time() - start
                base, slow = base or found, slow or seconds
                written = sum(len(f"{each.segmentation}{each.glosses}") for each in found)
                same = sum(a.glosses == b.glosses for a, b in zip(base, found, strict=True))
                print(f"| {name} | {beams} | {written / seconds:.0f} | {slow / seconds:.2f} "
                      f"| {same} of {len(found)} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
