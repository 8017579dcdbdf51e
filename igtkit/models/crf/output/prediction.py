"""Predictions: lines and suggestions, from the analyses of each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from igtkit.boundaries import UNKNOWN
from igtkit.igt import Prediction, Suggestion
from igtkit.models.crf.hypothesis import Hypothesis, least_risk
from igtkit.models.crf.labels import rename
from igtkit.models.crf.model import Model
from igtkit.models.crf.output.evidence import Witness
from igtkit.models.crf.sentences import Sentence
from igtkit.models.crf.unknown import OTHER_GLOSS
from igtkit.models.partial import OPEN, Known, fill_word

__all__ = ["FILLER", "LEAST_WORK", "Writer"]

FILLER = "copied: your texts have no analysis of words in such brackets"
LEAST_WORK = "another analysis is likelier; this one needs fewer corrections on average"
_SHOWN = 0.01  # less probable suggestions are not shown after the first; by hand


@attrs.frozen
class Writer:
    """Writes hypotheses as predictions.

    Attributes:
        model: The model they come from.
        witness: What gives reasons, or None for no reasons.
        leave_alone: Words that are copied.
        n_best: Most suggestions for a word. Those after the first that are less probable than one
            in a hundred are left out.
        threshold: Words less probable than this are glossed ``???``.
        labels: Names of labels to the names they shall have.
    """

    model: Model
    witness: Witness | None
    leave_alone: frozenset[str]
    n_best: int
    threshold: float
    labels: Mapping[str, str]

    def write(
        self, sentence: Sentence, done: Sequence[Known], words: Sequence[Sequence[Hypothesis]]
    ) -> Prediction:
        """Return the prediction: an analysis for each word, joined to lines.

        Args:
            sentence: The words and the tokens between them.
            done: For each word what a person has done of it.
            words: For each word its hypotheses.
        """
        again = self.model.has_learned(sentence.words)
        habits = self.model.habits
        copies = [
            self._copy(surface, filler=filler) if known == OPEN else None
            for surface, known, filler in zip(
                sentence.words, done, habits.skips(sentence), strict=True
            )
        ]
        suggestions = [
            [copy] if copy else self._word(surface, sentence.translation, known, found, again=again)
            for copy, surface, known, found in zip(copies, sentence.words, done, words, strict=True)
        ]
        best = [row[0] for row in suggestions]
        open_words = [
            word if known == OPEN and not copy else habits.core(word)
            for word, known, copy in zip(sentence.words, done, copies, strict=True)
        ]
        gaps = habits.detach(open_words, sentence.gaps)[1]
        forms = habits.line([one.form or "" for one in best], gaps, 0)
        glosses = habits.line([one.gloss or "" for one in best], gaps, 1)
        probabilities = [one.probability for one in best if one.probability is not None]
        tokens: list[tuple[Suggestion, ...]] = []
        for index, gap in enumerate(sentence.gaps):
            for mark in gap:
                form, gloss = habits.keeps(mark)
                tokens.append((Suggestion(mark if form else None, mark if gloss else None),))
            if index < len(suggestions):
                tokens.append(tuple(suggestions[index]))
        return Prediction(
            forms if self.model.segments else None,
            glosses,
            score=sum(probabilities) / len(probabilities) if probabilities else None,
            system="CrfGlosser",
            words=tuple(tokens),
        )

    def _copy(self, surface: str, *, filler: bool) -> Suggestion | None:
        """The suggestion for a word that is not analyzed; None for any other."""
        if surface in self.leave_alone:
            return Suggestion(surface, surface, 1.0, ("left alone, as asked",))
        return Suggestion(surface, surface, None, (FILLER,)) if filler else None

    def _word(
        self,
        surface: str,
        translation: Sequence[str],
        done: Known,
        hypotheses: Sequence[Hypothesis],
        *,
        again: bool,
    ) -> list[Suggestion]:
        best = least_risk(hypotheses)
        merged = _merge(hypotheses)
        chosen = next(o for o in merged if (o.forms, o.glosses) == (best.forms, best.glosses))
        after, rest = self._calibrated(chosen.probability, again=again)
        others = []
        if self.n_best > 1:
            others = [
                attrs.evolve(o, probability=o.probability * rest)
                for o in merged
                if o is not chosen
                and OTHER_GLOSS not in o.glosses
                and o.probability * rest >= _SHOWN
            ]
        chosen = attrs.evolve(chosen, probability=after)
        if chosen.probability < self.threshold:
            chosen = attrs.evolve(chosen, glosses=(OTHER_GLOSS,) * len(chosen.glosses))
        ranked = [chosen, *others][: self.n_best]
        rows = [self._suggestion(surface, translation, one) for one in ranked]
        likeliest = max(one.probability for one in ranked)
        if self.witness is not None and self.threshold <= after < likeliest:
            rows[0] = attrs.evolve(rows[0], evidence=(*rows[0].evidence, LEAST_WORK))
        if done == OPEN:
            return rows
        rows = [fill_word(done, row) for row in rows]
        return list({(row.form, row.gloss): row for row in reversed(rows)}.values())[::-1]

    def _calibrated(self, before: float, *, again: bool) -> tuple[float, float]:
        """How probable the chosen analysis is, and what the others' probabilities are times.

        It is as probable as such words are right: in rehearsal, and then, unless the sentence was
        learned, where they were corrected. What it gains, the others lose; what it loses, they lose
        as well, so that none overtakes it. Where words are looked up instead, it is known already
        how often that is right.
        """
        if self.model.backoff is not None:
            return before, 1.0
        before = min(1.0, before)
        after = self.model.calibration.of(before, again=again)
        if not again:
            after = self.model.verdicts.curve.of(after)
        if after < before:
            return after, after / before
        return after, (1 - after) / (1 - before) if before < 1 else 1.0

    def _suggestion(self, surface: str, translation: Sequence[str], one: Hypothesis) -> Suggestion:
        glosses = [UNKNOWN if gloss == OTHER_GLOSS else gloss for gloss in one.glosses]
        evidence: tuple[str, ...] = ()
        if self.witness is not None:
            evidence = self.witness.evidence(self.model.core(surface), one, translation)
        gloss = rename(one.joined(glosses), self.labels)
        return Suggestion(one.joined(one.forms), gloss, min(1.0, one.probability), evidence)


def _merge(hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Hypotheses that read the same as one, likeliest first."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Hypothesis] = {}
    for one in hypotheses:
        same = found.setdefault((one.forms, one.glosses), one)
        if same is not one:
            total, gain = same.probability + one.probability, same.gain + one.gain
            found[one.forms, one.glosses] = attrs.evolve(same, probability=total, gain=gain)
    return sorted(found.values(), key=lambda one: -one.probability)
