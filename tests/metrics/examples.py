"""Two sentences with predictions of them, and one pair of lines scored."""

from __future__ import annotations

from igtkit import IGT, Language, Prediction
from igtkit.metrics import evaluate

GOLD = [
    IGT("the cats", "the cat-s", "DET cat-PL", language=Language("stan1293", "English")),
    IGT("paka", "paka", "cat", language="Swahili"),
]
GUESS = [Prediction("the cat-s", "DET cat-SG"), Prediction("pa-ka", "cat")]


def score(segmentation, glosses, predicted_segmentation, predicted_glosses, **settings):
    return evaluate(
        predictions=[Prediction(predicted_segmentation, predicted_glosses)],
        references=[IGT(None, segmentation, glosses)],
        **settings,
    )
