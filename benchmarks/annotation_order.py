"""Whether `igtkit next` teaches a glosser more than text order: ``benchmarks/annotation_order.py``.

    OMP_NUM_THREADS=1 python benchmarks/annotation_order.py [--draws 4]

Somebody has glossed some sentences of a text and glosses on, in three rounds: in the order of the
text, in random order, or the sentences first that the glosser is least sure of
(`igtkit.models.rank_for_annotation`, asked anew in each round, as `igtkit next` is). A round is so
many words, whatever their sentences, because people gloss words. The error rate is that on
sentences that are in none of them. Each draw begins elsewhere in the corpus.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import attrs
import numpy as np
from glosser_data import arguments, cldf, large, print_head, print_header, print_row, shared_task

from igtkit import IGT
from igtkit.boundaries import is_word, split_words
from igtkit.igt import text_key
from igtkit.metrics import evaluate
from igtkit.models import CrfGlosser, rank_for_annotation

_ROUNDS = 3

Order = Callable[[CrfGlosser, list[IGT], random.Random], Sequence[int]]
ORDERS: dict[str, Order] = {
    "text": lambda _, pool, __: range(len(pool)),
    "random": lambda _, pool, rng: rng.sample(range(len(pool)), len(pool)),
    "next": lambda glosser, pool, _: rank_for_annotation(glosser, pool),
}


@attrs.frozen
class Corpus:
    """Texts, and how many are glossed at first, in each round, to choose from, and held out."""

    name: str
    texts: list[IGT]
    begin: int = 50
    step: int = 50
    pool: int = 500
    test: int = 100


def words(text: IGT) -> int:
    return sum(is_word(token) for token in split_words(text.transcription))


def distinct(texts: list[IGT]) -> list[IGT]:
    """The texts, none of which is another one's twin."""
    return [text for key, text in {text_key(text): text for text in texts}.items() if key]


def draw(corpus: Corpus, number: int, draws: int) -> dict[str, list[tuple[int, float]]]:
    """Words that are glossed and the error rate, at the beginning and after each round."""
    at = number * len(corpus.texts) // draws
    texts = corpus.texts[at:] + corpus.texts[:at]
    begun, rest = texts[: corpus.begin], texts[corpus.begin :]
    pool, test = rest[: corpus.pool], rest[corpus.pool :][-corpus.test :]
    round_words = round(np.mean([words(text) for text in corpus.texts]) * corpus.step)
    first = CrfGlosser().fit(begun)
    start = (sum(map(words, begun)), error_rate(first, test))
    found = {}
    for name, order in ORDERS.items():
        rng = random.Random(number)
        glosser, glossed, left, points = first, list(begun), list(pool), [start]
        for _ in range(_ROUNDS):
            chosen, budget = [], round_words
            for index in order(glosser, left, rng):
                if budget <= 0:
                    break
                chosen.append(index)
                budget -= words(left[index])
            glossed += [left[index] for index in chosen]
            left = [text for index, text in enumerate(left) if index not in set(chosen)]
            glosser = CrfGlosser().fit(glossed)
            points.append((sum(map(words, glossed)), error_rate(glosser, test)))
        found[name] = points
    return found


def error_rate(glosser: CrfGlosser, test: list[IGT]) -> float:
    report = evaluate(predictions=glosser.predict(test), references=test, empty="skip")
    return float(report["glossing.morpheme.error_rate"] or 0.0)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--draws", type=int, default=4, help="draws of each corpus")
    parser.add_argument("corpora", nargs="*", help="only corpora whose names begin so")
    options = parser.parse_args()
    print_head()
    largest = large(cldf(options.shared, "uratyp"), 1)[0]
    [palula] = cldf(options.shared, "palula").values()
    corpora = [
        Corpus("Lezgi (shared task, train)", distinct(shared_task(options.shared, "lez", "train"))),
        Corpus("Palula (CLDF)", distinct(palula.texts)),
        Corpus(f"{largest.name} (Uralic typology, CLDF)", distinct(largest.texts), 50, 20, 120, 40),
    ]
    print_header(
        "corpus", "draws", "words", "text", "random", "next", "next less text", "next less random",
        "next better than text",
    )  # fmt: skip
    for corpus in corpora:
        if options.corpora and not corpus.name.startswith(tuple(options.corpora)):
            continue
        drawn = [draw(corpus, number, options.draws) for number in range(options.draws)]
        for point in range(_ROUNDS + 1):
            rates = {name: np.array([one[name][point][1] for one in drawn]) for name in ORDERS}
            count = round(np.mean([one[name][point][0] for one in drawn for name in ORDERS]))
            less = rates["next"] - rates["text"]
            print_row(
                corpus.name, options.draws, count,
                *(float(rates[name].mean()) for name in ORDERS),
                f"{less.mean():+.3f} ± {less.std(ddof=1):.3f}",
                f"{(rates['next'] - rates['random']).mean():+.3f}",
                f"{(less < 0).sum()} of {len(less)}" if point else "",
            )  # fmt: skip


if __name__ == "__main__":
    main()
