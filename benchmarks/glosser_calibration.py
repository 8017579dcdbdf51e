"""Whether the laptop glosser's probabilities can be trusted: reliability, precision by coverage.

    OMP_NUM_THREADS=1 python benchmarks/glosser_calibration.py [--images docs/images] [language ...]
    OMP_NUM_THREADS=1 python benchmarks/glosser_calibration.py --gloss
    OMP_NUM_THREADS=1 python benchmarks/glosser_calibration.py --session

Trained on the training sets of the shared task, judged on the development sets, both standardized.
A word is right if its form and its gloss both are. ECE is the expected calibration error over ten
bins of equal width; its excess is what is left of it without what a perfectly calibrated glosser
would show on as few words (simulated). Coverage is the share of words that are glossed where the
least sure are left open. With ``--gloss``: the share right that `igtkit gloss` prints for a file,
which reads all of its texts first, beside what is right, for these and for four further corpora.
With ``--session``: what is said of each sentence of a session before it is corrected and taken in,
with and without what the corrections before it tell of probabilities.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
from glosser_data import (
    LANGUAGES,
    arguments,
    cldf,
    excess_error,
    interval,
    judge,
    picture_option,
    print_head,
    print_header,
    print_row,
    sample,
    save_picture,
    shared_task,
    split,
    unseen,
    vamale,
)

from igtkit import IGT, plots
from igtkit.errors import InputError
from igtkit.models import CrfGlosser, LookupGlosser
from igtkit.models.crf.calibration import Verdicts

START, LENGTH = 50, 300  # sentences of a session, as in glosser_session.py
HEADER = (
    "language", "words", "right", "mean probability", "ECE", "excess", "ECE of lookup",
    "right at 90 % coverage", "at 80 %", "at 50 %", "coverage at 95 % right",
)  # fmt: skip


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    picture_option(parser)
    parser.add_argument("--gloss", action="store_true", help="only what `igtkit gloss` prints")
    parser.add_argument("--session", action="store_true", help="only what corrections tell")
    options = parser.parse_args()
    print_head()
    if options.session:
        print_header(
            "session", "learned from", "words", "right", "off without", "off", "excess without",
            "excess", "log-loss less", "95 %",
        )  # fmt: skip
        for name, train, texts in sessions(options.shared):
            compare_session(name, train, texts, options.seed)
        return
    if options.gloss:
        compare_shares(options.shared, options.seed)
        return
    print_header(*HEADER)
    judged, of_unseen = {}, {}
    for language in options.languages:
        train = shared_task(options.shared, language, "train")
        dev = shared_task(options.shared, language, "dev")
        predictions = CrfGlosser(seed=options.seed).fit(train).predict(dev)
        looked_up = LookupGlosser().fit(train).predict(dev)
        judged[language] = judge(predictions, dev)
        show(language, judged[language], judge(looked_up, dev))
        parts = [
            [each[row] for row in unseen(train, dev)] for each in (predictions, looked_up, dev)
        ]
        of_unseen[language] = judge(parts[0], parts[2]), judge(parts[1], parts[2])
    print("\nOf the texts that do not stand in train:\n")
    print_header(*HEADER)
    for language, both in of_unseen.items():
        show(language, *both)
    if options.images:
        draw(options.images, judged)


def compare_shares(shared: Path, seed: int) -> None:
    """Print what is said of all words of a file, and what is right."""
    print_header("corpus", "fits", "words", "says", "right", "off", "excess")
    for language in LANGUAGES:
        train, dev = (shared_task(shared, language, part) for part in ("train", "dev"))
        seeds = range(seed, seed + 3) if language == "git" else [seed]  # few words: three fits
        compare_share(language, [(train, dev, number) for number in seeds])
    further = {
        "Palula": cldf(shared, "palula"),
        "Qiang": cldf(shared, "lapollaqiang"),
        "Vamale": {"": vamale(shared)},
        "sample (Turkish)": {"": sample()},
    }
    for name, corpora in further.items():
        [corpus] = corpora.values()
        splits = [split(corpus.texts, seed + number) for number in range(5)]
        compare_share(name, [(train, test, seed) for train, _, test in splits])


def compare_share(name: str, fits: list[tuple[list[IGT], list[IGT], int]]) -> None:
    rows = []
    for train, texts, seed in fits:
        predictions = CrfGlosser(seed=seed).fit(train).predict(texts, transductive=True)
        rows.append(judge(predictions, texts))
    excess = sum(excess_error(*zip(*part, strict=True)) for part in rows) / len(rows)
    every = [row for part in rows for row in part]
    says, right = (sum(column) / len(every) for column in zip(*every, strict=True))
    print_row(name, len(fits), len(every), says, right, f"{says - right:+.3f}", excess)


def sessions(shared: Path) -> Iterator[tuple[str, list[IGT], list[IGT]]]:
    """What is learned from, and what is glossed and corrected then, by name."""
    [palula] = cldf(shared, "palula").values()
    [qiang] = cldf(shared, "lapollaqiang").values()
    files = {"Vamale": vamale(shared), "Palula": palula, "Qiang": qiang, "Turkish": sample()}
    texts_of = {name: read.texts for name, read in files.items()}
    texts_of |= {name: shared_task(shared, name, "train") for name in LANGUAGES if name != "git"}
    for name, texts in texts_of.items():
        yield name, texts[:START], texts[START : START + LENGTH]
    for name in ("git", "lez"):
        train, dev = (shared_task(shared, name, part) for part in ("train", "dev"))
        yield f"{name}, dev", train, dev[:LENGTH]


def compare_session(name: str, train: list[IGT], texts: list[IGT], seed: int) -> None:
    glosser = CrfGlosser(seed=seed).fit(train)
    model = glosser._fitted()  # noqa: SLF001  # nothing public forgets what corrections told
    with_, without, gains, heard = [], [], [], Verdicts()
    for text in texts:
        model.verdicts = Verdicts()
        before = judge(glosser.predict([text]), [text])
        model.verdicts = heard
        after = judge(glosser.predict([text]), [text])
        gains.append(log_loss(after) - log_loss(before))
        without += before
        with_ += after
        with contextlib.suppress(InputError):  # no word of it can be learned from
            glosser.update(text)
        heard = model.verdicts
    pairs = [list(zip(*rows, strict=True)) for rows in (without, with_)]
    words = len(with_)
    right = sum(pairs[1][1]) / words
    scale = len(texts) / words
    low, high = interval([gain * scale for gain in gains])
    print_row(
        name, len(train), words, right, *(f"{sum(p) / words - right:+.3f}" for p, _ in pairs),
        *(excess_error(*both) for both in pairs), f"{sum(gains) / words:+.4f}",
        f"{low:+.4f} to {high:+.4f}",
    )  # fmt: skip


def log_loss(rows: list[tuple[float, bool]]) -> float:
    """How unlikely what was right is, in nats."""
    shares = (min(max(chance, 1e-6), 1 - 1e-6) for chance, _ in rows)
    return -sum(math.log(p if right else 1 - p) for p, (_, right) in zip(shares, rows, strict=True))


def show(
    language: str, rows: list[tuple[float, bool]], of_lookup: list[tuple[float, bool]]
) -> None:
    lookup = plots.calibration_error(*zip(*of_lookup, strict=True))
    chances, right = zip(*rows, strict=True)
    curve = plots.coverage_curve(chances, right)

    def at(share: float) -> float:
        return min(curve, key=lambda point: abs(point.coverage - share)).precision

    sure = max((point.coverage for point in curve if point.precision >= 0.95), default=0.0)
    print_row(
        language, len(rows), sum(right) / len(rows), sum(chances) / len(rows),
        plots.calibration_error(chances, right), excess_error(chances, right), lookup,
        at(0.9), at(0.8), at(0.5), f"{sure:.0%}",
    )  # fmt: skip


def draw(folder: Path, judged: dict[str, list[tuple[float, bool]]]) -> None:
    figure, grid = plt.subplots(2, 3, figsize=(7.6, 5.4), sharex=True, sharey=True)
    for axes, (language, rows) in zip(grid.flat, judged.items(), strict=False):
        chances, right = zip(*rows, strict=True)
        plots.reliability(chances, right, ax=axes)
        error = plots.calibration_error(chances, right)
        axes.set_title(f"{language}: ECE {error:.3f}", fontsize=10)
        axes.set(xlabel="", ylabel="")
    figure.supxlabel("probability given", fontsize=10)
    figure.supylabel("share of words that are right", fontsize=10)
    figure.tight_layout()
    save_picture(figure, folder / "laptop-reliability.png")
    axes = None
    for language, rows in judged.items():
        axes = plots.coverage(*zip(*rows, strict=True), label=language, ax=axes)
    axes.set_title("Leaving the least sure words open")
    save_picture(axes.figure, folder / "laptop-coverage.png")


if __name__ == "__main__":
    main()
