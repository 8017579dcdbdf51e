"""How far the guess of what more sentences bring is off: ``python benchmarks/learning_curve.py``.

`igtkit.models.expected_gain` draws a learning curve on. Here the curve is known: from 25, 50 and
100 sentences to 200, and from 50, 100 and 200 to 400.
"""

from __future__ import annotations

import numpy as np
from glosser_data import (
    LANGUAGES,
    arguments,
    cldf,
    print_head,
    print_header,
    print_row,
    shared_task,
)

from igtkit import IGT
from igtkit.igt import text_key
from igtkit.metrics import evaluate
from igtkit.models import CrfGlosser, CurvePoint, expected_gain

SIZES = (25, 50, 100, 200, 400)
_TEST = 100


def curve(texts: list[IGT]) -> dict[int, CurvePoint]:
    """The error rates on the last texts of some, no two of which are the same."""
    distinct = list({text_key(text): text for text in texts}.values())[: SIZES[-1] + _TEST]
    if len(distinct) < SIZES[-1] + _TEST:
        return {}
    train, test = distinct[: SIZES[-1]], distinct[SIZES[-1] :]
    points = {}
    for size in SIZES:
        made = CrfGlosser().fit(train[:size]).predict(test)
        report = evaluate(predictions=made, references=test, empty="skip")
        points[size] = CurvePoint(size, float(report["glossing.morpheme.error_rate"] or 0.0))
    return points


def straight(points: list[CurvePoint], more: int) -> float:
    """What a straight line over the logarithm of the number of sentences expects."""
    sizes = np.log([point.sentences for point in points])
    slope, _ = np.polyfit(sizes, [point.error_rate for point in points], 1)
    return points[-1].error_rate + float(slope) * np.log(1 + more / points[-1].sentences)


def main() -> None:
    options = arguments(__doc__).parse_args()
    print_head()
    corpora = {name: shared_task(options.shared, name, "train") for name in LANGUAGES}
    corpora |= {read.name: read.texts for read in cldf(options.shared, "palula").values()}
    print_header("corpus", "from", "to", "there", "power law", "straight line")
    off = []
    for name, texts in corpora.items():
        points = curve(texts)
        for first in range(len(SIZES) - 3) if points else ():
            known = [points[size] for size in SIZES[first : first + 3]]
            now, then = known[-1], points[SIZES[first + 3]]
            more = then.sentences - now.sentences
            power = now.error_rate - expected_gain(known, more)
            line = straight(known, more)
            off.append((abs(power - then.error_rate), abs(line - then.error_rate)))
            print_row(name, now.sentences, then.sentences, then.error_rate, power, float(line))
    print_row("off on average", "", "", "", *map(float, np.mean(off, axis=0)))


if __name__ == "__main__":
    main()
