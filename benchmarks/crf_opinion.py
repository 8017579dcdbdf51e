"""Make `igtkit/data/opinion.json.gz`: what other languages teach the second opinion.

    OMP_NUM_THREADS=1 python benchmarks/crf_opinion.py [--out FILE]

The clues of the second opinion (`igtkit.models.crf.opinion.clues`) mean the same in every language:
how often a word had an analysis, whether the stem ends where other words go apart. So its networks
can begin with what they learn in the languages of ODIN and UraTyp that `crf_field.py` reads, none
of which the glosser is judged on. A number of sentences of each language is drawn, and each is
analyzed with what the others teach, as in the training of a glosser; from some draws the
translations are taken away. One command makes all of the file again, the same on the same machine.
Run it whenever the clues change; `tests/models/crf/opinion/test_second.py` says so.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from crf_field import read
from glosser_data import arguments

from igtkit import IGT
from igtkit.models.crf.model import CrfSettings, Model
from igtkit.models.crf.opinion.network import Network
from igtkit.models.crf.opinion.second import clue_names, word_weights
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.training import collect, rehearse_clues

SIZES = (20, 35, 60, 120, 250)  # sentences that are drawn of a language
LEAST_TEXTS, AGAIN = 25, 50  # texts that a language has for one draw, and for more
BARE = 0.15  # share of draws without translations
WORDS = 300  # of so many words on, a draw counts as the root of their number
NETWORKS, UNITS, RATE = 4, 16, 3e-3
DIGITS = 4


@attrs.frozen
class Draw:
    """The words of some sentences: clues, right rows, first rows, and weights of the words."""

    clues: np.ndarray
    target: np.ndarray
    first: np.ndarray
    weight: np.ndarray


def draw(texts: Sequence[IGT]) -> Draw:
    sentences = [make_sentence(text) for text in texts]
    habits = Habits.learn(texts)
    model = Model(CrfSettings(), habits, *collect(sentences, habits))
    problem, clues = rehearse_clues(model, sentences, 0)
    weight = word_weights(problem)
    weight *= min(1.0, (WORDS / max(1, len(weight))) ** 0.5)
    return Draw(clues.astype(np.float32), problem.target, problem.first, weight)


def draws(corpora: Mapping[str, Sequence[IGT]], rounds: int) -> list[Draw]:
    made = []
    for number in range(rounds):
        rng = random.Random(number + 1)
        least = AGAIN if number else LEAST_TEXTS
        for _, texts in sorted(corpora.items()):
            if len(texts) < least:
                continue
            chosen = rng.sample(list(texts), min(len(texts), rng.choice(SIZES)))
            if rng.random() < BARE:
                chosen = [text.replace(translation=None) for text in chosen]
            if any(any(make_sentence(text).analyses) for text in chosen):
                made.append(draw(chosen))
        words = sum(len(one.weight) for one in made)
        print(f"round {number + 1}: {len(made)} draws, {words} words", flush=True)
    return made


def learn(made: Sequence[Draw], steps: int) -> Network:
    base = np.cumsum([0, *(len(one.target) for one in made)])
    first = [one.first[1:] + b for one, b in zip(made, base, strict=False)]
    weight = np.concatenate([one.weight for one in made])
    clues = np.concatenate([one.clues for one in made])
    return Network.begin(clues, NETWORKS, UNITS, 0).trained(
        clues,
        np.concatenate([one.target for one in made]),
        np.concatenate([np.zeros(1, np.int64), *first]),
        np.repeat(weight[:, None], NETWORKS, 1),
        steps=steps,
        rate=RATE,
        seed=0,
    )


def to_json(network: Network) -> dict[str, Any]:
    arrays = {name: array.ravel() for name, array in attrs.asdict(network).items()}
    rounded = {name: [round(float(x), DIGITS) for x in row] for name, row in arrays.items()}
    return {"shape": list(network.out.shape), **rounded}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--out", type=Path, default=Path("igtkit/data/opinion.json.gz"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=4000)
    options = parser.parse_args()
    network = learn(draws(read(options.shared), options.rounds), options.steps)
    content = {"made_for": clue_names(), "network": to_json(network)}
    written = json.dumps(content, separators=(",", ":")).encode()
    options.out.write_bytes(gzip.compress(written, 9, mtime=0))
    print(options.out, options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
