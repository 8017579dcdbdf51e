"""The laptop glosser's analyses, judged anew by a model of the word format: better than either?

    python benchmarks/word_sum.py BASE nyb lez

`CrfGlosser` gives each word's six most probable analyses; the model says how likely it would write
each. How much one weighs against the other is learned on training texts that neither has learned:
`CrfGlosser` is trained once without them, for the weights, and once with them, for dev. Printed are
the error rates on dev of the shared task, on the file as it is and on its unseen texts, and the
difference to `CrfGlosser` alone with its 95 % interval (paired bootstrap over sentences).
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from pathlib import Path

import attrs
import torch
from crf_dev import score
from glosser_data import interval, shared_task, unseen
from word_base import retrieved, sentence_rate
from word_data import read_all

from igtkit import IGT, Prediction
from igtkit.boundaries import is_word, join_words, split_words
from igtkit.formats import Example
from igtkit.formats.analyses import rows_of
from igtkit.formats.base import Score
from igtkit.formats.weighing import Choice, cost_weight
from igtkit.models import CrfGlosser
from igtkit.models.prompted.decoding import scorer
from igtkit.models.seq2seq import Seq2SeqGlosser

OFFERED, SET_APART = 6, 150


@attrs.frozen
class Offer:
    """What `CrfGlosser` offers for a word, and how likely either holds it."""

    answers: tuple[str, ...]
    costs: tuple[float, ...]
    scores: tuple[float, ...]

    def best(self, weight: float) -> tuple[str, str]:
        """The form and gloss to take."""
        rated = [score - weight * cost for score, cost in zip(self.scores, self.costs, strict=True)]
        form, gloss = self.answers[rated.index(max(rated))].split(" ")
        return form, gloss


def offers(prediction: Prediction, examples: Sequence[Example], model: Score) -> list[Offer]:
    """For each word of a text; none where its words are not those of the prompts."""
    rows = [row for row in prediction.words if is_word(row[0].form or "")]
    if len(rows) != len(examples):
        return []
    found = []
    for row, example in zip(rows, examples, strict=True):
        answers = {f"{each.form} {each.gloss}": each.probability or 1e-9 for each in row}
        costs = tuple(-math.log(max(chance, 1e-9)) for chance in answers.values())
        asked = len(answers) > 1
        scores = tuple(model(example.prompt, list(answers))) if asked else (0.0,)
        found.append(Offer(tuple(answers), costs, scores))
    return found


def weigh(texts: Sequence[IGT], found: Sequence[Sequence[Offer]]) -> float:
    """How much `CrfGlosser` weighs against the model."""
    choices = []
    for text, row in zip(texts, found, strict=True):
        for offer, (_, form, gloss) in zip(row, rows_of(text) or (), strict=False):
            if len(offer.answers) > 1 and f"{form} {gloss}" in offer.answers:
                right = offer.answers.index(f"{form} {gloss}")
                choices.append(Choice(offer.scores, offer.costs, right))
    return cost_weight(choices)


def rewritten(prediction: Prediction, row: Sequence[Offer], weight: float) -> Prediction:
    """A prediction with each word as the two together have it."""
    lines = [split_words(line) for line in (prediction.segmentation, prediction.glosses)]
    places = [[at for at, token in enumerate(line) if is_word(token)] for line in lines]
    if not row or {len(row)} != {*map(len, places)}:
        return prediction
    for at, offer in enumerate(row):
        for line, place, token in zip(lines, places, offer.best(weight), strict=True):
            line[place[at]] = token
    return Prediction(*map(join_words, lines))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", type=Path, metavar="BASE", help="folder of the model")
    parser.add_argument("languages", nargs="+", metavar="LANGUAGE")
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    options = parser.parse_args()
    torch.set_num_threads(1)
    corpora = read_all(options.shared)
    print("| language | glosser | MER | F1 | MER, unseen | F1, unseen | MER to CrfGlosser |")
    print("|---" * 7 + "|")
    for code in options.languages:
        started = time.process_time()
        texts = corpora[code]
        language = texts.learned[0].language
        apart = texts.apart[:SET_APART]
        train, dev = (
            [text.replace(language=language) for text in shared_task(options.shared, code, part)]
            for part in ("train", "dev")
        )
        lines = {text.transcription for text in apart}
        rest = [text for text in train if text.transcription not in lines]
        glosser = Seq2SeqGlosser.from_pretrained(options.base)
        model = scorer(glosser.backend, glosser.tokenizer)
        glosser.format = glosser.format.learn(train)
        glosser.weigh(apart)
        tried = [
            offers(prediction, glosser.format.examples(text), model)
            for text, prediction in zip(
                apart, CrfGlosser().fit(rest).predict(apart, n_best=OFFERED), strict=True
            )
        ]
        weight = weigh(apart, tried)
        alone = CrfGlosser().fit(train).predict(dev, n_best=OFFERED)
        bare = [text.replace(segmentation=None, glosses=None) for text in dev]
        found = [
            offers(prediction, glosser.format.parts(text), model)
            for text, prediction in zip(bare, alone, strict=True)
        ]
        rows = {
            "CrfGlosser": alone,
            "retrieval": retrieved(glosser.format, dev),
            "word": glosser.predict(dev),
            f"CrfGlosser + word, weight {weight:g}": [
                rewritten(prediction, row, weight)
                for prediction, row in zip(alone, found, strict=True)
            ],
        }
        new = set(unseen(train, dev))
        for name, predictions in rows.items():
            figures, _ = score(predictions, dev, train)
            differences = [
                sentence_rate(mine, text) - sentence_rate(other, text)
                for mine, other, text in zip(predictions, alone, dev, strict=True)
            ]
            parts = [differences, [differences[at] for at in sorted(new)]]
            spans = "; unseen ".join("{:+.4f} to {:+.4f}".format(*interval(each)) for each in parts)
            cells = " | ".join(f"{figure:.4f}" for figure in figures)
            print(f"| {code} | {name} | {cells} | {spans} |", flush=True)
        print(f"{code}: {time.process_time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
