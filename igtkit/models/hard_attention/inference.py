"""From lines of text to predictions, by a network that has learned."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
import torch

from igtkit._progress import Progress
from igtkit.boundaries import is_word, join_morphemes, join_words, split_word, split_words
from igtkit.igt import Prediction, Suggestion
from igtkit.models.hard_attention.data import (
    Vocabulary,
    chunked,
    cut,
    make_batch,
    mark_like,
    show_label,
)
from igtkit.models.hard_attention.network import Network

__all__ = ["Inference"]

_AT_ONCE = 64  # lines in a batch

Parts = list[tuple[str, str]]
"""The morphemes of a word, each with the boundary before it."""


@attrs.frozen
class Inference:
    """A network that has learned, and what it takes to ask it.

    Attributes:
        network: The network.
        vocabulary: Numbers of characters and labels.
        device: Where the network is.
    """

    network: Network
    vocabulary: Vocabulary
    device: str

    def gloss(
        self, lines: Sequence[str], *, segmented: bool, progress: bool | None
    ) -> list[Prediction]:
        """Return a prediction for each line, in order.

        Args:
            lines: Transcriptions or segmentations. Long ones go into a batch with long ones.
            segmented: Whether they are segmentations, and only glossed.
            progress: As for `HardAttentionGlosser.fit`.
        """
        found: list[Prediction] = [Prediction()] * len(lines)
        order = sorted(range(len(lines)), key=lambda index: len(lines[index]))
        with Progress(len(lines), progress) as bar:
            for part in chunked(order, _AT_ONCE):
                tokens = [split_words(lines[index]) for index in part]
                made = self._gloss_batch(tokens, segmented=segmented)
                for index, prediction in zip(part, made, strict=True):
                    found[index] = prediction
                bar.advance(len(part))
        return found

    def _gloss_batch(self, lines: list[list[str]], *, segmented: bool) -> list[Prediction]:
        forms = [
            [self._parts(token, segmented) for token in line if is_word(token)] for line in lines
        ]
        rows = [["".join(text for _, text in parts) for parts in words] for words in forms]
        suggestions = iter(self._gloss_words(rows, forms if segmented else None))
        predictions = []
        for line in lines:
            words = [
                self._dress(token, next(suggestions), segmented)
                if is_word(token)
                else Suggestion(token, token)
                for token in line
            ]
            predictions.append(
                Prediction(
                    join_words([word.form or "" for word in words]),
                    join_words([word.gloss or "" for word in words]),
                    system="HardAttentionGlosser",
                    score=math.prod(word.probability for word in words if word.probability),
                    words=tuple((word,) for word in words),
                )
            )
        return predictions

    def _parts(self, token: str, segmented: bool) -> Parts:
        return list(split_word(token)) if segmented else [("", self.vocabulary.strip(token)[1])]

    def _dress(self, token: str, word: Suggestion, segmented: bool) -> Suggestion:
        """The word with the marks that the text writes to it, in both lines."""
        before, _, after = ("", "", "") if segmented else self.vocabulary.strip(token)
        if not before and not after:
            return word
        return attrs.evolve(
            word, form=f"{before}{word.form}{after}", gloss=f"{before}{word.gloss}{after}"
        )

    def _gloss_words(
        self, rows: list[list[str]], forms: list[list[Parts]] | None
    ) -> list[Suggestion]:
        """A suggestion for each word of the sentences, one after the other.

        Args:
            rows: The words of each sentence, as the network reads them.
            forms: Their morphemes where they are known; None where the network cuts.
        """
        filled = [row for row in rows if row]
        if not filled:
            return []
        batch = make_batch(filled, self.vocabulary.number_characters())
        given = None
        if forms is not None:
            given = torch.zeros(len(batch.starts), int(batch.word_lengths.max()), dtype=torch.long)
            for index, parts in enumerate(parts for words in forms for parts in words):
                at = [number for number, (_, text) in enumerate(parts) for _ in text]
                given[index, : len(at)] = torch.tensor(at)
            given = given.to(self.device)
        self.network.eval()
        split, labels, sure = self.network.analyze(batch.to(self.device), given)
        best = labels.max(2)
        splits, chosen, scores = split.tolist(), best.indices.tolist(), best.values.tolist()
        words = [word for row in filled for word in row]
        known = [parts for each in forms for parts in each] if forms is not None else None
        found = []
        for index, word in enumerate(words):
            glosses = [show_label(self.vocabulary.labels[label]) for label in chosen[index]]
            if known is not None:
                parts = known[index]
                likely = sum(scores[index][: len(parts)])
            else:
                parts = cut(word, splits[index], glosses)
                likely = sum(scores[index][: len(parts)]) + float(sure[index])
            labeled = [
                (boundary, mark_like(form, gloss))
                for (boundary, form), (_, gloss) in zip(parts, glosses, strict=False)
            ]
            found.append(
                Suggestion(
                    join_morphemes(tuple(parts)), join_morphemes(tuple(labeled)), math.exp(likely)
                )
            )
        return found
