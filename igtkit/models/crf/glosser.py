"""`CrfGlosser`: the public face of the laptop glosser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from igtkit.errors import InputError, NotFittedError
from igtkit.igt import IGT, Prediction
from igtkit.models.base import Given, require_texts
from igtkit.models.crf.analyze import analyze
from igtkit.models.crf.decode import MISS, Hypothesis, least_risk
from igtkit.models.crf.model import Model, Settings
from igtkit.models.crf.text import Habits, Sentence, prepare
from igtkit.models.crf.training import collect, train

__all__ = ["CrfGlosser"]

_BATCH = 256


class CrfGlosser:
    """Segments and glosses texts with a structured log-linear model trained on one language."""

    def __init__(self, settings: Settings | None = None, *, seed: int = 0) -> None:
        self.settings = settings or Settings()
        self.seed = seed
        self._model: Model | None = None

    def fit(self, train_texts: Iterable[IGT], dev: Iterable[IGT] | None = None) -> Self:
        texts = require_texts(train_texts)
        habits = Habits.learn(texts)
        sentences = [prepare(text) for text in texts]
        items, taught = collect(sentences, habits)
        model = Model(self.settings, habits, items, taught)
        train(model, sentences, self.seed)
        self._model = model
        return self

    def predict(self, items: Iterable[IGT], *, given: Given | None = None) -> list[Prediction]:
        model = self._model
        texts = require_texts(items)
        out = []
        for first in range(0, len(texts), _BATCH):
            sentences = [prepare(t) for t in texts[first : first + _BATCH]]
            for sentence, words in zip(sentences, analyze(model, sentences), strict=True):
                best = [least_risk(h)[0] for h in words]
                glosses = [b.joined([g if g != MISS else f for f, g in zip(b.forms, b.glosses)]) for b in best]
                forms = [b.joined(b.forms) for b in best]
                out.append(
                    Prediction(
                        model.habits.line(forms, sentence.gaps, 0),
                        model.habits.line(glosses, sentence.gaps, 1),
                        system="crf",
                    )
                )
        return out
