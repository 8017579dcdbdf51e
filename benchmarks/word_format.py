"""Small models trained from nothing in the word format, beside lookup, on dev of the shared task.

    python benchmarks/word_format.py ../shared/data/sigmorphon2023 words nyb=1500 lez=1500 ntu=1500

trains a model of 0.9 million parameters for each language, for so many steps of 16 words, and
saves it to a subfolder of ``words``; one that is there is only scored. A tenth of the training
texts is not learned by the network: the weights of the counts are learned on it. The variants of
the format take more arguments: ``--without translation``, ``--without analyses``. Texts and scores
are as in crf_dev.py; times are processor time of one core.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import torch
from crf_dev import load, score
from word_base import MODEL, retrieved, to_learn, train_network

from igtkit import IGT
from igtkit.formats.word import Word
from igtkit.models import LookupGlosser
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model


def set_apart(texts: Sequence[IGT], share: float = 0.1, seed: int = 0) -> tuple[list, list]:
    """Texts to learn from, and a share of them that the network does not learn."""
    lines = sorted({text.transcription or "" for text in texts})
    chosen = set(random.Random(seed).sample(lines, round(share * len(lines))))
    kept, apart = [], []
    for text in texts:
        (apart if text.transcription in chosen else kept).append(text)
    return kept, apart


def train(texts: list[IGT], folder: Path, steps: int, seed: int, analyses: bool) -> float:
    """Train a model and save it as a glosser; returns the seconds."""
    learned, apart = set_apart(texts)
    prompt_format = Word().learn(texts)
    examples = to_learn(learned, prompt_format, seed)
    if not analyses:
        examples = [each for text in learned for each in Word().examples(text)]
    model = new_model(**MODEL, dropout=0.0, seed=seed)
    _, seconds = train_network(model, examples, folder, seed, steps=steps)
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model.eval()), prompt_format if analyses else Word())
    glosser.weigh(apart).save_pretrained(folder)
    return seconds


def main() -> None:
    """Train and score each language, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("languages", nargs="+", metavar="LANGUAGE=STEPS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without", choices=["translation", "analyses"])
    parser.add_argument("--written", action="store_true", help="score what the models write, too")
    options = parser.parse_args()
    torch.set_num_threads(1)
    print("| language | glosser | MER | F1 | MER, unseen | F1, unseen | train s | predict s |")
    print("|---" * 8 + "|")
    for language, _, steps in (each.partition("=") for each in options.languages):
        train_texts, dev = (
            load(options.data / language / f"{language}-{part}-track2-uncovered")
            for part in ("train", "dev")
        )
        if options.without == "translation":
            train_texts, dev = ([text.replace(translation=None) for text in part]
                                for part in (train_texts, dev))  # fmt: skip
        folder = options.output / language
        seconds = None
        if not (folder / "igtkit.json").exists():
            analyses = options.without != "analyses"
            seconds = train(train_texts, folder, int(steps), options.seed, analyses)
        glosser = Seq2SeqGlosser.from_pretrained(folder)
        assert isinstance(glosser.format, Word)
        rows = {
            "lookup": LookupGlosser().fit(train_texts).predict,
            "retrieval": partial(retrieved, Word().learn(train_texts)),
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
