"""The multilingual base of the word format on a new language: Figure 6 of the PolyGloss paper.

    python benchmarks/word_adapt.py BASE OUTPUT --sizes 50 200 380

Vamale, which the base has not seen, is learned from so many sentences and glossed on 79 others. The
format knows all of the sentences; the network learns nine tenths of them, by LoRA, by training all
of the base, or from random weights with as many steps. On the last tenth the weights of the counts
are learned; for the base as it is, on all of them. Printed are the error rates, the differences to
retrieval alone with their 95 % intervals (bootstrap over sentences), and processor time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from glosser_data import interval, score
from word_base import MAX_LENGTH, MODEL, retrieved, sentence_rate, to_learn, train_network
from word_data import read_vamale

from igtkit import IGT
from igtkit.models import CrfGlosser, LookupGlosser
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import TrainingSettings, train_adapter

Ways = dict[str, Callable[[], Any]]

TESTED, EPOCHS = 79, 10
LORA_RATE, FULL_RATE, RANDOM_RATE = 5e-3, 1e-3, 2e-3
"""Peaks of the learning rates, chosen once and not tuned."""


def load(base: Path, texts: Sequence[IGT]) -> Seq2SeqGlosser:
    """The base as it is; its format knows texts of the new language, too."""
    glosser = Seq2SeqGlosser.from_pretrained(base)
    glosser.format = glosser.format.learn(texts)
    return glosser


def adapted(base: Path, texts: Sequence[IGT], folder: Path, seed: int) -> Seq2SeqGlosser:
    """The base with a LoRA adapter."""
    learned, apart = parts(texts)
    glosser = load(base, texts)
    settings = TrainingSettings(
        learning_rate=LORA_RATE, batch_size=16, epochs=EPOCHS, bf16=False, seed=seed,
        max_length=MAX_LENGTH,
    )  # fmt: skip
    train_adapter(glosser, learned, "vamale", folder, settings)
    return glosser.weigh(apart)


def trained(
    base: Path, texts: Sequence[IGT], folder: Path, seed: int, *, random: bool = False
) -> Seq2SeqGlosser:
    """The base with all of its weights trained, or the same network from random ones."""
    learned, apart = parts(texts)
    glosser = load(base, texts)
    if random:
        glosser.backend = Seq2SeqBackend(new_model(**MODEL, dropout=0.0, seed=seed))
    network, examples = glosser.backend.model, to_learn(learned, glosser.format, seed)
    rate = RANDOM_RATE if random else FULL_RATE
    train_network(network, examples, folder, seed, epochs=EPOCHS, learning_rate=rate)
    network.eval()
    return glosser.weigh(apart)


def parts(texts: Sequence[IGT]) -> tuple[Sequence[IGT], Sequence[IGT]]:
    """Nine tenths and one."""
    tenth = len(texts) // 10
    return texts[tenth:], texts[:tenth]


def ways(options: argparse.Namespace, texts: Sequence[IGT], folder: Path) -> Ways:
    """What is compared, each with how it comes about; the retrieval first."""
    base, seed = options.base, options.seed
    found: Ways = {
        "retrieval": lambda: load(base, texts),
        "retrieval, filled": lambda: load(base, texts),
        "lookup": lambda: LookupGlosser().fit(texts),
        "base": lambda: load(base, texts).weigh(texts),
        "base, LoRA": lambda: adapted(base, texts, folder / "lora", seed),
        "base, all weights": lambda: trained(base, texts, folder / "full", seed),
        "random weights": lambda: trained(base, texts, folder / "random", seed, random=True),
    }
    return {**found, "CrfGlosser": lambda: CrfGlosser().fit(texts)} if options.crf else found


def main() -> None:
    """Learn and score, and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", type=Path, metavar="BASE", help="folder of the model")
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="folder for what is trained")
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200, 380])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--crf", action="store_true", help="train the laptop glosser, too")
    options = parser.parse_args()
    torch.set_num_threads(1)
    vamale = read_vamale(options.shared)
    held, rest = vamale[:TESTED], vamale[TESTED:]
    print("| sentences | glosser | MER | F1 | MER to retrieval | weights | train s |")
    print("|---" * 7 + "|")
    for size in options.sizes:
        first: list[float] = []
        for name, learn in ways(options, rest[:size], options.output / str(size)).items():
            started = time.process_time()
            glosser = learn()
            seconds = time.process_time() - started
            if name.startswith("retrieval"):
                predictions = retrieved(glosser.format, held, filled="filled" in name)
            else:
                predictions = glosser.predict(held)
            rates = [sentence_rate(*pair) for pair in zip(predictions, held, strict=True)]
            first = first or rates
            low, high = interval([a - b for a, b in zip(rates, first, strict=True)])
            memory = getattr(getattr(glosser, "format", None), "memories", {}).get("Vamale")
            weights = f"{memory.known_weight:g}, {memory.split_weight:g}" if memory else ""
            cells = " | ".join(f"{figure:.3f}" for figure in score(predictions, held))
            print(
                f"| {size} | {name} | {cells} | {low:+.3f} to {high:+.3f} | {weights} "
                f"| {seconds:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
