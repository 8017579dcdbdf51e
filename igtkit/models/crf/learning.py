"""From texts to a model: it ranks, or looks words up where that was better on held-out texts."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from igtkit.boundaries import split_words
from igtkit.igt import IGT
from igtkit.models.crf.inference import analyze
from igtkit.models.crf.model import Backoff, CrfSettings, Model
from igtkit.models.crf.output.backoff import choose_backoff, tempting
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.sentences import Analysis, Sentence, has_open_words
from igtkit.models.crf.small_labels import small_labels
from igtkit.models.crf.training import collect, fill_forms, train_crf

__all__ = ["Learning"]

_HELD_OUT = 5  # every fifth text is held out to see whether looking up is better; by hand


@attrs.frozen
class Learning:
    """How a model is learned.

    Attributes:
        settings: Its settings.
        extra: The analyses that the lexicon gives.
        closed: If given, the only grammatical labels allowed.
        seed: The same seed and texts give the same model.
        progress: False for no bar.
    """

    settings: CrfSettings
    extra: Sequence[Analysis] = ()
    closed: frozenset[str] | None = None
    seed: int = 0
    progress: bool | None = None

    def learn(self, texts: Sequence[IGT], sentences: Sequence[Sentence]) -> Model:
        """Return the model of some texts.

        Args:
            texts: The texts.
            sentences: The same, as the glosser sees them; one has a word to learn from.
        """
        model = self._ranking(texts, sentences)
        if model.closed is None and tempting(model):
            model.backoff = self._better(texts, sentences)
        return model

    def _ranking(self, texts: Sequence[IGT], sentences: Sequence[Sentence]) -> Model:
        habits, labels = Habits.learn(texts), small_labels(texts, sentences)
        segments = any(split_words(text.segmentation) for text in texts)
        if segments and any(has_open_words(sentence) for sentence in sentences):
            sentences = fill_forms(self._tables(habits, sentences, labels), sentences)
        model = self._tables(habits, sentences, labels)
        model.segments = segments
        train_crf(model, sentences, self.seed, self.progress)
        return model

    def _tables(
        self, habits: Habits, sentences: Sequence[Sentence], labels: frozenset[str]
    ) -> Model:
        items, taught = collect(sentences, habits, self.extra)
        extra = len(self.extra)
        return Model(
            self.settings, habits, items, taught, extra=extra, closed=self.closed, labels=labels
        )

    def _better(self, texts: Sequence[IGT], sentences: Sequence[Sentence]) -> Backoff | None:
        """The way that beats ranking on every fifth text, learned from the others, or None."""
        rest = [i for i in range(len(texts)) if i % _HELD_OUT]
        known = [sentences[i] for i in rest]
        if not any(any(sentence.analyses) for sentence in known):
            return None
        model = self._ranking([texts[i] for i in rest], known)
        held_out = sentences[::_HELD_OUT]
        return choose_backoff(model, held_out, analyze(model, held_out))
