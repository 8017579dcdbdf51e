"""A multilingual base in the word format: trained, and judged on texts of 50 languages and more.

    python benchmarks/word_base.py train BASE --steps 9000   # under an hour of one quiet core
    python benchmarks/word_base.py evaluate BASE             # perplexity and error rates

Learned from are some 200 languages of ODIN, CLDF datasets and the shared task (`word_data.py`), at
most a few hundred sentences of each; in each prompt the text's own analyses are left out. Words
that have one analysis only are mostly left out: there is nothing to choose. `evaluate` learns the
weights of the counts on texts that the network has not learned, and prints for each language with
texts set aside its perplexity and error rates, and how far one goes with the other.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from glosser_data import save_picture, score
from word_data import WEIGHED, Texts, read_all

from igtkit import IGT, Prediction, plots
from igtkit.boundaries import UNKNOWN
from igtkit.formats import Example
from igtkit.formats.word import Word
from igtkit.metrics import error_rate
from igtkit.models import LookupGlosser, PerformanceEstimator
from igtkit.models.prompted.windows import join_windows
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import (
    TrainingSettings,
    encode_examples,
    glottocode_perplexities,
    make_examples,
    train_model,
)

MODEL = {"width": 128, "inner_width": 256, "encoder_layers": 2, "decoder_layers": 2, "heads": 4}
SINGLE = 0.1
"""The share of words with one analysis that is learned from."""

MAX_LENGTH = 160
"""Longer prompts and answers are not learned from."""


def to_learn(texts: Sequence[IGT], prompt_format: Word, seed: int = 0) -> list[Example]:
    """The examples of texts that a network learns from, each once."""
    rng = random.Random(seed)
    found = {
        (example.prompt, example.target): example
        for example in make_examples(texts, [prompt_format])
        if len(example.choices) > 1 or rng.random() < SINGLE
    }
    return list(found.values())


def train_network(
    model, examples: Sequence[Example], folder: Path, seed: int = 0, **settings
) -> tuple[int, float]:
    """Train a network in place; the number of examples and the seconds of processor time."""
    encoded = encode_examples(examples, max_length=MAX_LENGTH)
    chosen = TrainingSettings(
        **{"learning_rate": 2e-3, "batch_size": 16, "warmup": 0.03, "beta2": 0.99, **settings},
        bf16=False,
        seed=seed,
        max_length=MAX_LENGTH,
    )
    started = time.process_time()
    train_model(model, encoded, None, folder, chosen)
    return len(encoded), time.process_time() - started


def retrieved(
    prompt_format: Word, texts: Sequence[IGT], *, filled: bool = False
) -> list[Prediction]:
    """What the analyses give without a model: the first one, for each word.

    Args:
        prompt_format: What knows the analyses.
        texts: The texts.
        filled: Whether a stem that nothing is known of is glossed by the longest word of the
            translation that is left.
    """
    found = []
    for text in texts:
        parts = prompt_format.parts(text.replace(segmentation=None, glosses=None))
        answers = [_filled(part) if filled else part.choices[0][0] for part in parts]
        read = [
            prompt_format.decode(answer, source=part)
            for answer, part in zip(answers, parts, strict=True)
        ]
        found.append(join_windows(read))
    return found


def _filled(part: Example) -> str:
    first = part.choices[0][0]
    if first.count(UNKNOWN) != 1:
        return first
    before, after = first.split(UNKNOWN)
    fills = [
        answer
        for answer, _ in part.choices
        if answer.startswith(before) and answer.endswith(after) and UNKNOWN not in answer
    ]
    return max(fills, key=len, default=first)


def sentence_rate(prediction: Prediction, text: IGT) -> float:
    """The morpheme error rate of a sentence."""
    return error_rate(prediction.glosses or "", text.glosses or "", preset="published")


def train(options: argparse.Namespace) -> None:
    corpora = read_all(options.shared)
    prompt_format = Word().learn(text for texts in corpora.values() for text in texts.known)
    learned = {name: texts.learned for name, texts in corpora.items() if not texts.is_new}
    examples = to_learn([text for texts in learned.values() for text in texts], prompt_format)
    sentences = sum(map(len, learned.values()))
    print(f"{len(learned)} languages, {sentences} sentences, {len(examples)} words", flush=True)
    model = new_model(**MODEL, dropout=0.0, seed=options.seed)
    used, seconds = train_network(
        model, examples, options.base, options.seed, steps=options.steps, save_steps=2000
    )
    Seq2SeqGlosser(Seq2SeqBackend(model.eval()), prompt_format).save_pretrained(options.base)
    print(f"{used} words, {options.steps} steps, {seconds:.0f} s of processor time")


def evaluate(options: argparse.Namespace) -> None:
    corpora = {name: texts for name, texts in read_all(options.shared).items() if texts.held}
    glosser = Seq2SeqGlosser.from_pretrained(options.base)
    glosser.weigh(text for texts in corpora.values() for text in texts.apart[:WEIGHED])
    glosser.save_pretrained(options.base / "weighed")
    rows = {}
    print("| language | known | MER, lookup | retrieval | filled | word | F1, retrieval | word |")
    print("|---" * 8 + "|")
    for name, texts in corpora.items():
        rows[name] = row = _score(glosser, texts)
        star = " (new)" if texts.is_new else ""
        cells = " | ".join(f"{figure:.3f}" for figure in row)
        print(f"| {name}{star} | {len(texts.known)} | {cells} |", flush=True)
    means = " | ".join(f"{figure:.3f}" for figure in np.mean(list(rows.values()), axis=0))
    print(f"| average of {len(rows)} | | {means} |")
    _relate(glosser, corpora, {name: row[3] for name, row in rows.items()}, options.base)


def _score(glosser: Seq2SeqGlosser, texts: Texts) -> list[float]:
    lookup = LookupGlosser().fit(texts.known).predict(texts.held)
    (lookup_rate, _), (first_rate, first_f1), (filled_rate, _), (rate, f1) = (
        score(predictions, texts.held)
        for predictions in (
            lookup,
            retrieved(glosser.format, texts.held),
            retrieved(glosser.format, texts.held, filled=True),
            glosser.predict(texts.held, long_input="window"),
        )
    )
    return [lookup_rate, first_rate, filled_rate, rate, first_f1, f1]


def _relate(
    glosser: Seq2SeqGlosser, corpora: dict[str, Texts], rates: dict[str, float], folder: Path
) -> None:
    """Print how far perplexity foretells the error rate, with intervals over languages."""
    held = [text for texts in corpora.values() for text in texts.held]
    perplexities = glottocode_perplexities(glosser.backend.model, held, [glosser.format])
    codes = {name: texts.held[0].language.glottocode for name, texts in corpora.items()}
    (folder / "perplexities.json").write_text(
        json.dumps(
            {
                name: [perplexities[code], rates[name], corpora[name].is_new]
                for name, code in codes.items()
                if code in perplexities
            }
        )
    )
    for label, kept in (("all", (True, False)), ("new", (True,)), ("learned", (False,))):
        errors = {
            code: rates[name]
            for name, code in codes.items()
            if code in perplexities and corpora[name].is_new in kept
        }
        estimator = PerformanceEstimator().fit(perplexities, errors)
        xs = np.array([perplexities[code] for code in sorted(errors)])
        ys = np.array([errors[code] for code in sorted(errors)])
        rng = np.random.default_rng(0)
        drawn = rng.integers(0, len(xs), size=(10_000, len(xs)))
        squares = [np.corrcoef(xs[at], ys[at])[0, 1] ** 2 for at in drawn]
        low, high = np.nanpercentile(squares, [2.5, 97.5])
        print(
            f"{label}: r² {estimator.r_squared:.3f} [{low:.3f}, {high:.3f}], {len(xs)} languages, "
            f"MER = {estimator.intercept:.3f} + {estimator.slope:.3f} · perplexity"
        )
        axes = plots.perplexity(estimator, names=False)
        save_picture(axes.figure, folder / f"perplexity-{label}.png")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["train", "evaluate"])
    parser.add_argument("base", type=Path, metavar="BASE", help="folder of the model")
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    {"train": train, "evaluate": evaluate}[options.action](options)


if __name__ == "__main__":
    main()
