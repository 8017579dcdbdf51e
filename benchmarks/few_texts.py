"""How far intervals and tests on few texts can be trusted: ``python benchmarks/few_texts.py DATA``.

DATA is the folder of the SIGMORPHON 2023 shared task, one folder for each language. `CrfGlosser`
and `LookupGlosser` learn from 400 sentences and gloss the development set; their morpheme error
rates, sentence by sentence, are the population from which n texts are drawn again and again.
Printed by n:

- coverage: how often a 95 % interval holds the error rate of the population (eight of them);
- false alarms: how often two systems that do not differ come out with p of .05 or less. Whose
  error rate is whose is tossed for each text, so that there is no difference to be found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import igtkit
from igtkit.metrics import error_rate
from igtkit.models import CrfGlosser, LookupGlosser

LANGUAGES = ("ddo", "git", "lez", "ntu")
SIZES = (2, 3, 5, 6, 8, 10, 12, 15, 18, 20, 25, 30, 50, 100)
TRIALS, TOGETHER, SAMPLES = 2000, 50, 1000

Floats = NDArray[np.float64]


def main() -> None:
    data = Path(sys.argv[1])
    rates = [error_rates(data / name, name) for name in LANGUAGES]
    rng = np.random.default_rng(0)
    print("| texts | interval holds | bootstrap, false alarms | randomization, false alarms |")
    for n in SIZES:
        held = np.mean([coverage(each, n, rng) for pair in rates for each in pair])
        alarms = np.mean([false_alarms(a - b, n, rng) for a, b in rates], axis=0)
        print(f"| {n} | {held:.3f} | {alarms[0]:.3f} | {alarms[1]:.3f} |", flush=True)


def error_rates(folder: Path, name: str) -> tuple[Floats, Floats]:
    """The error rate of each sentence of the development set, of both glossers."""
    train, dev = (
        igtkit.read(folder / f"{name}-{part}-track2-uncovered", "sigmorphon")
        for part in ("train", "dev")
    )
    gold = [igt for igt in dev if igt.glosses]
    a, b = (
        np.array(
            [
                error_rate(prediction.glosses or "", igt.glosses or "")
                for prediction, igt in zip(
                    glosser.fit(train[:400]).predict(gold), gold, strict=True
                )
            ]
        )
        for glosser in (CrfGlosser(), LookupGlosser())
    )
    return a, b


def trials(population: Floats, n: int, rng: np.random.Generator) -> Iterator[tuple[Floats, Floats]]:
    """Texts drawn from the population, some trials together, and how often samples take each."""
    for _ in range(TRIALS // TOGETHER):
        weights = rng.multinomial(n, np.full(n, 1 / n), size=SAMPLES) / n
        yield population[rng.integers(0, len(population), size=(TOGETHER, n))], weights


def coverage(population: Floats, n: int, rng: np.random.Generator) -> float:
    """How often the percentile interval holds the mean of the population."""
    mean, held = population.mean(), 0
    for texts, weights in trials(population, n, rng):
        low, high = np.percentile(texts @ weights.T, [2.5, 97.5], axis=1)
        held += int(((low <= mean + 1e-12) & (mean <= high + 1e-12)).sum())
    return held / TRIALS


def false_alarms(differences: Floats, n: int, rng: np.random.Generator) -> tuple[float, float]:
    """How often the paired bootstrap and randomization find a difference that is not there."""
    bootstrap = randomization = 0
    for drawn, weights in trials(differences, n, rng):
        texts = drawn * rng.choice([-1, 1], size=drawn.shape)
        observed = texts.mean(axis=1)[:, None]
        bootstrap += alarms(texts @ weights.T - observed, observed)
        randomization += alarms(texts @ swaps(n, rng).T / n, observed)
    return bootstrap / TRIALS, randomization / TRIALS


def swaps(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """1 where a text keeps its systems, -1 where not; every way, where there are few."""
    if 2**n - 1 <= SAMPLES:
        return 1 - 2 * (np.arange(1, 2**n)[:, None] >> np.arange(n) & 1)
    return rng.choice([-1, 1], size=(SAMPLES, n))


def alarms(drawn: Floats, observed: Floats) -> int:
    """In how many trials p is .05 or less."""
    extreme = (np.abs(drawn) >= np.abs(observed) - 1e-12).sum(axis=1)
    return int(((extreme + 1) / (drawn.shape[1] + 1) <= 0.05).sum())


if __name__ == "__main__":
    main()
