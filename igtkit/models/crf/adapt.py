"""Step 9: taking in a correction.

Memory, lexicon and counts learn all of it. The ranker learns a little: the sentence is analyzed
with what was known before it, as in training, and the weights take one step towards its analyses.
"""

from __future__ import annotations

import attrs
import numpy as np

from igtkit.models.crf.analyze import pose
from igtkit.models.crf.model import Model
from igtkit.models.crf.targets import nearest
from igtkit.models.crf.text import Sentence

__all__ = ["adapt"]


_RATE = 0.05


def adapt(model: Model, sentence: Sentence) -> None:
    """Take in a corrected sentence, and let the ranker learn from it.

    Args:
        model: A trained model.
        sentence: The sentence, with at least one analysis.
    """
    weights = model.weights
    posed = pose(model, [sentence])
    model.add([sentence])
    if posed is None:
        return
    lexicon, candidates, problem = model.lexicon, posed.candidates, posed.problem
    new = len(lexicon.morphs) - len(weights.morphs)
    weights = attrs.evolve(weights, morphs=np.pad(weights.morphs, (0, new)))
    target = np.zeros(len(problem.target))
    pairs = [
        (int(item), number)
        for item, number in zip(problem.item, model.sentences[-1].items, strict=True)
    ]
    known = [pair for pair in pairs if pair[1] >= 0]
    rows = dict(zip(known, nearest(lexicon, weights, candidates, known), strict=True))
    for word, pair in enumerate(pairs):
        if pair in rows:
            target[problem.first[word] + rows[pair][0] - candidates.start[pair[0]]] = 1.0
    problem.target = target
    model.ranker.step(problem, _RATE)
