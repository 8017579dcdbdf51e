"""Train a small base model on several languages, and keep it at several moments of its training.

    python benchmarks/lora_base.py train FOLDER      # three quarters of an hour of a quiet core
    python benchmarks/lora_base.py evaluate FOLDER   # perplexity and error rate of each moment
    python benchmarks/lora_base.py draw FOLDER       # one against the other, with the line

The data are the train files of the six languages of the SIGMORPHON 2023 shared task; large ones are
drawn from less than their size would have it. As in seq2seq.py, training begins with single words,
then takes up to five, then whole texts with real prompts, here of the interleaved format only.
`evaluate` needs no more than the folder of a training that is still going on. The figures stand in
lora.md and perplexity.md.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import time
from pathlib import Path

import attrs
import torch
from glosser_data import save_picture
from seq2seq import Maker, ShowLoss
from transformers import TrainerCallback

import igtkit
from igtkit import IGT, Corpus, plots
from igtkit.corpus import languages
from igtkit.formats import FORMATS, Example
from igtkit.formats import get as get_format
from igtkit.metrics import evaluate
from igtkit.models import PerformanceEstimator
from igtkit.models.prompted.saving import save_model
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import (
    TrainingSettings,
    encode_examples,
    glottocode_perplexities,
    make_examples,
    train_model,
    write_results,
)

LANGUAGES = ("ddo", "git", "lez", "ntu", "nyb", "usp")
MODEL = {"width": 128, "inner_width": 384, "encoder_layers": 2, "decoder_layers": 2, "heads": 4}
STAGES = {  # steps, examples in a step, peak of the learning rate, shares at which it is kept
    "words": (1300, 32, 1.5e-3, (1.0,)),
    "spans": (500, 32, 1.5e-3, (1.0,)),
    "prompts": (1050, 16, 1.5e-3, (0.25, 0.5, 0.75, 1.0)),
}
MAX_LENGTH = 350
"""Longer prompts and answers are not learned from: a tenth of them."""

SENTENCES = 30
"""How many texts of dev are glossed, of each language."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["train", "evaluate", "draw"])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the models are")
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the steps to take")
    options = parser.parse_args()
    torch.set_num_threads(1)
    actions = {"train": run_training, "evaluate": run_evaluation, "draw": chart}
    actions[options.action](options)


def read(shared: Path, code: str, split: str) -> Corpus:
    """One file of the shared task, with the names of its language and metalanguage."""
    path = shared / "data" / "sigmorphon2023" / code / f"{code}-{split}-track2-uncovered"
    corpus = igtkit.read(path, "sigmorphon", language=languages.find(code).to_language())
    metalanguage = languages.find("Spanish" if code == "usp" else "English").to_language()
    return corpus.map(
        lambda igt: igtkit.normalize(igt, "polygloss").replace(
            metalanguage=metalanguage if igt.translation else None
        )
    )


class Words(Maker):
    """Short examples of one language: half of them ask for both lines."""

    def _example(self, igt: IGT) -> Example:
        task = self.random.choice(("t2sg", "t2sg", "t2sg", "t2sg", "t2s", "t2s", "t2g", "s2g"))
        if task == "t2s":
            return cut(FORMATS["multitask"].encode(self._invent(igt), task))
        return cut(FORMATS["interleaved"].encode(igt, task))


def cut(example: Example) -> Example:
    """The example without what its prompt says before the text."""
    return attrs.evolve(example, prompt=example.prompt[example.prompt.index("Text in ") :])


def draw(shared: Path, name: str, count: int, seed: int) -> list[Example]:
    """The examples of a stage; a language is drawn by the root of its number of texts."""
    corpora = {code: read(shared, code, "train") for code in LANGUAGES}
    weights = [math.sqrt(len(corpora[code])) for code in LANGUAGES]
    turns = random.Random(seed).choices(LANGUAGES, weights, k=count)
    found: list[Example] = []
    for code, corpus in corpora.items():
        maker = Words(corpus, seed)
        wanted = turns.count(code)
        if name == "prompts":
            examples = make_examples(corpus, ["interleaved"])
            joint = [example for example in examples if example.task == "t2sg"]
            found += maker.take(examples + joint, wanted)
        else:
            found += maker.spans(wanted, 1 if name == "words" else 5)
    return found


class Keep(TrainerCallback):
    """Saves the model, as a glosser, at some steps."""

    def __init__(self, folder: Path, name: str, steps: list[int]) -> None:
        self.folder, self.name, self.steps = folder, name, steps

    def on_step_end(self, args, state, control, model=None, **_):  # noqa: ARG002
        """Called by the trainer."""
        if state.global_step in self.steps:
            keep(model, self.folder / f"{self.name}-{state.global_step}")


def keep(model, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model), get_format("interleaved"))
    training = model.training
    save_model(model, folder)
    glosser.tokenizer.save(folder)
    glosser.save_settings(folder)
    model.train(training)


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_training(options: argparse.Namespace) -> None:
    model = new_model(**MODEL, dropout=0, seed=options.seed)
    print(f"{model.num_parameters() / 1e6:.2f} million parameters", flush=True)
    keep(model, options.folder / "untrained")
    for name, (full, batch_size, rate, shares) in STAGES.items():
        steps = max(1, round(full * options.scale))
        start = cpu_seconds()
        encoded = encode_examples(
            draw(options.shared, name, steps * batch_size, options.seed), max_length=MAX_LENGTH
        )
        settings = TrainingSettings(
            learning_rate=rate,
            batch_size=batch_size,
            epochs=1,
            warmup=min(0.3, 60 / steps),
            weight_decay=0,
            beta2=0.98,
            seed=options.seed,
        )
        taken = math.ceil(len(encoded) / batch_size)
        callbacks = [
            ShowLoss(),
            Keep(options.folder, name, [round(share * taken) for share in shares]),
        ]
        result = train_model(
            model, encoded, None, options.folder / "work" / name, settings, callbacks=callbacks
        )
        result["cpu_seconds"] = round(cpu_seconds() - start)
        print(json.dumps({"stage": name, "examples": len(encoded), **result}), flush=True)


def run_evaluation(options: argparse.Namespace) -> None:
    path = options.folder / "moments.json"
    known = json.loads(path.read_text(encoding="utf-8"))["moments"] if path.exists() else {}
    dev = {code: read(options.shared, code, "dev")[:SENTENCES] for code in LANGUAGES}
    for folder in sorted(options.folder.glob("*-*")):
        if folder.name in known or not (folder / "igtkit.json").exists():
            continue
        start = time.process_time()
        known[folder.name] = measure(folder, dev)
        seconds = time.process_time() - start
        print(folder.name, f"{seconds:.0f} s", json.dumps(known[folder.name]), flush=True)
        write_results(path, {"sentences": SENTENCES, "moments": known})


def measure(folder: Path, dev: dict[str, Corpus]) -> dict[str, dict[str, float]]:
    """Perplexity and morpheme error rates of a model, by language."""
    glosser = Seq2SeqGlosser.from_pretrained(folder)
    found = {}
    for code, texts in dev.items():
        perplexity = glottocode_perplexities(glosser.backend.model, texts, ["interleaved"])
        predictions = glosser.predict(texts, num_beams=1)
        found[code] = {"perplexity": next(iter(perplexity.values()))}
        for preset in ("paper", "published"):
            report = evaluate(
                predictions=predictions, references=texts, preset=preset, empty="skip"
            )
            found[code][preset] = report["glossing.morpheme.error_rate"]
    return found


def chart(options: argparse.Namespace) -> None:
    """Print the figures, fit the line through all of them, and draw both."""
    moments = json.loads((options.folder / "moments.json").read_text(encoding="utf-8"))["moments"]
    rows = {
        (moment, code): found for moment, each in moments.items() for code, found in each.items()
    }
    print("| moment | language | perplexity | MER, `published` | MER, `paper` |")
    print("| --- | --- | ---: | ---: | ---: |")
    for (moment, code), found in rows.items():
        cells = [f"{found[figure]:.3f}" for figure in ("perplexity", "published", "paper")]
        print(f"| {moment} | `{code}` | {' | '.join(cells)} |")
    perplexities = {" ".join(key): found["perplexity"] for key, found in rows.items()}
    estimators = {}
    for preset in ("published", "paper"):
        errors = {" ".join(key): found[preset] for key, found in rows.items()}
        estimators[preset] = estimator = PerformanceEstimator().fit(perplexities, errors)
        print(f"{preset}: MER = {estimator.intercept:.3f} + {estimator.slope:.3f} x perplexity, "
              f"r² {estimator.r_squared:.3f}, {len(rows)} points")  # fmt: skip
    axes = plots.perplexity(estimators["published"], names=False)
    save_picture(axes.figure, options.folder / "perplexity.png")


if __name__ == "__main__":
    main()
