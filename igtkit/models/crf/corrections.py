"""Taking in corrections, and what they say of suggestions: whether what was probable was right.

Each sentence is glossed as it stands before it is taken in, so that nothing of it is known yet.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from igtkit.models.crf.calibration import Judged, judge
from igtkit.models.crf.inference import analyze
from igtkit.models.crf.model import Model
from igtkit.models.crf.sentences import Sentence

__all__ = ["take_in"]

_TELLING = 50  # sentences of many at once that are glossed first, for time; by hand


def take_in(model: Model, sentences: Sequence[Sentence]) -> None:
    """Take in corrected sentences, one after the other.

    Of many the last tell how far probabilities are right: they are read with the others known, as
    what comes next will be.

    Args:
        model: The model.
        sentences: The sentences, each with a word to learn from.
    """
    telling = 0 if model.backoff is not None else _TELLING  # its probabilities are what they are
    first = max(0, len(sentences) - telling)
    if first:
        model.add(sentences[:first])
    for sentence in sentences[first:]:
        model.verdicts = model.verdicts.and_of(_judge(model, sentence))
        model.add([sentence])


def _judge(model: Model, sentence: Sentence) -> list[Judged]:
    """What is suggested for the words of a sentence, and whether it is right.

    A word that a sentence of the same words has taught tells nothing new, and one whose form was
    not given, not enough: both are passed over.
    """
    taught = model.taught(sentence.words)
    analyses = [
        None if at in taught or (model.segments and form is None) else analysis
        for at, (analysis, (form, _)) in enumerate(
            zip(sentence.analyses, sentence.partial, strict=True)
        )
    ]
    if not any(analyses):
        return []
    state = len(model.sentences)
    hypotheses = model.suggested.of(state, sentence) or analyze(model, [sentence])[0]
    line = [model.core(word) for word in sentence.words]
    words = model.unglossed.read(line, hypotheses)
    return [
        attrs.evolve(one, probability=model.calibration.of(min(1.0, one.probability)))
        for one in judge(zip(words, analyses, strict=True))
    ]
