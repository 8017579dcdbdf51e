"""Small models trained from nothing in the word format, beside lookup, on dev of the shared task.

    python benchmarks/word_format.py ../shared/data/sigmorphon2023 words nyb=1000 lez=600 ntu=600

trains a model of 0.9 million parameters for each language, for so many steps of 16 words, and
saves it to a subfolder of ``words``; one that is there is only scored. Each prompt and target is
learned from once, and none of a word that has a single analysis: there is nothing to choose. Texts
and scores are as in crf_dev.py; times are processor time of one core.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from pathlib import Path

from crf_dev import load, score

from igtkit import IGT, Prediction
from igtkit.formats.word import Word
from igtkit.models import LookupGlosser
from igtkit.models.prompted.windows import join_windows
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import TrainingSettings, encode_examples, make_examples, train_model

MODEL = {"width": 128, "inner_width": 256, "encoder_layers": 2, "decoder_layers": 2, "heads": 4}


def train(texts: list[IGT], folder: Path, steps: int, seed: int) -> float:
    """Train a model and save it as a glosser; returns the seconds."""
    prompt_format = Word().learn(texts)
    examples = {
        (example.prompt, example.target): example
        for example in make_examples(texts, [prompt_format])
        if example.prompt.count("\n=") != 1
    }
    settings = TrainingSettings(
        learning_rate=2e-3, batch_size=16, steps=steps, warmup=0.05, beta2=0.99, bf16=False,
        seed=seed,
    )  # fmt: skip
    model = new_model(**MODEL, seed=seed)
    started = time.process_time()
    train_model(model, encode_examples(examples.values()), None, folder, settings)
    Seq2SeqGlosser(Seq2SeqBackend(model), prompt_format).save_pretrained(folder)
    return time.process_time() - started


def first_analyses(prompt_format: Word, texts: list[IGT]) -> list[Prediction]:
    """What the analyses give without a model: the most common one, for each word."""
    found = []
    for text in texts:
        parts = prompt_format.parts(text.replace(segmentation=None, glosses=None))
        found.append(
            join_windows([prompt_format.decode(part.choices[0][0], source=part) for part in parts])
        )
    return found


def main() -> None:
    """Train and score each language, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("languages", nargs="+", metavar="LANGUAGE=STEPS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--written", action="store_true", help="score what the models write, too")
    options = parser.parse_args()
    print("| language | glosser | MER | F1 | MER, unseen | F1, unseen | train s | predict s |")
    print("|---" * 8 + "|")
    for language, _, steps in (each.partition("=") for each in options.languages):
        train_texts, dev = (
            load(options.data / language / f"{language}-{part}-track2-uncovered")
            for part in ("train", "dev")
        )
        folder = options.output / language
        seconds = None
        if not (folder / "igtkit.json").exists():
            seconds = train(train_texts, folder, int(steps), options.seed)
        glosser = Seq2SeqGlosser.from_pretrained(folder)
        assert isinstance(glosser.format, Word)
        rows = {
            "lookup": LookupGlosser().fit(train_texts).predict,
            "first analyses": partial(first_analyses, glosser.format),
            "word": glosser.predict,
        }
        if options.written:
            rows["word, written"] = partial(glosser.predict, choose=False)
        for name, predict in rows.items():
            started = time.process_time()
            predictions = predict(dev)
            taken = time.process_time() - started
            figures, unseen = score(predictions, dev, train_texts)
            cells = [f"{figure:.4f}" for figure in figures]
            trained = f"{seconds:.0f}" if seconds and name.startswith("word") else ""
            print(
                f"| {language} ({unseen} of {len(dev)} unseen) | {name} | {' | '.join(cells)} "
                f"| {trained} | {taken:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
