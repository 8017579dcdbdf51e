"""Looking words up, where that is better than ranking.

Some corpora are glossed so regularly that a word is best glossed as it was before, and a new word
with itself: names, lists, a language glossed in itself. There a ranker can only lose. Whether it
does is found out on a fifth of the training sentences, by a glosser that learns from the others,
and only where a look at the words makes it likely at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from igtkit.models.crf.hypothesis import Hypothesis, gloss_distance, least_risk
from igtkit.models.crf.model import Backoff, Model
from igtkit.models.crf.sentences import Sentence

__all__ = ["back_off", "choose_backoff", "tempting"]

_TEMPTING = 0.9  # share of words from which the extra training is paid for; by hand
_WORDS = 50  # fewer held-out words than this prove nothing; by hand
_MARGIN = 0.002  # gloss edits a word: smaller differences come from seeds alone (crf_log.md)
KINDS = ("memory", "copy")


def _memory(model: Model, word: str) -> int | None:
    """The item a word was most often; None for a word never seen."""
    items = [i for i in model.memory.items.get(word, ()) if model.counts[i] > 0]
    return max(items, key=lambda i: (model.counts[i], -i)) if items else None


def tempting(model: Model) -> bool:
    """Return whether nearly every word is glossed as most often elsewhere, or by itself.

    Example:
        >>> from igtkit import IGT
        >>> from igtkit.models import CrfGlosser
        >>> glosser = CrfGlosser().fit([IGT("cats run", "cat-s run", "cat-PL run")])
        >>> tempting(glosser._model)
        False
    """
    copied = looked_up = total = 0
    for number, item in enumerate(model.items):
        times = int(model.counts[number])
        total += times
        copied += times * (_letters(item.analysis) == (item.word,) * 2)
        others = Counter(
            {
                i: int(model.counts[i]) - (i == number)
                for i in model.memory.items.get(item.word, ())
                if model.counts[i] - (i == number) > 0
            }
        )
        looked_up += times * (bool(others) and others.most_common(1)[0][0] == number)
    return max(copied, looked_up) >= _TEMPTING * max(1, total)


def _letters(analysis: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple("+".join(row[i] for row in analysis).lower() for i in (0, 1))


def back_off(
    model: Model,
    backoff: Backoff,
    sentence: Sentence,
    words: Sequence[Sequence[Hypothesis]],
) -> list[list[Hypothesis]]:
    """Return the hypotheses of each word, with what is looked up before those of the ranker.

    Args:
        model: The model.
        backoff: What to do.
        sentence: The sentence.
        words: The ranker's hypotheses for each word.
    """
    result = []
    for surface, hypotheses in zip(sentence.words, words, strict=True):
        core = model.habits.core(surface)
        item = _memory(model, model.core(surface))
        if backoff.kind == "copy":
            first = Hypothesis((core,), (core,), backoff.right, ("",), "copy")
        elif item is not None:
            forms, glosses, marks = zip(*model.items[item].analysis, strict=True)
            count = float(model.counts[item])
            first = Hypothesis(forms, glosses, backoff.right, marks, "", count)
        else:
            result.append(list(hypotheses))
            continue
        rest = [
            attrs.evolve(one, probability=one.probability * (1 - backoff.right))
            for one in hypotheses
        ]
        result.append([first, *rest])
    return result


def choose_backoff(
    model: Model, sentences: Sequence[Sentence], analyses: Sequence[Sequence[Sequence[Hypothesis]]]
) -> Backoff | None:
    """Return the way that beats ranking on sentences the model has not seen; None if there is none.

    Args:
        model: A model that has not seen the sentences.
        sentences: The sentences, with their analyses.
        analyses: What the model says of their words.
    """
    errors, right, total = Counter[str](), Counter[str](), 0
    for sentence, words in zip(sentences, analyses, strict=True):
        ways = {"": [list(word) for word in words]}
        for kind in KINDS:
            ways[kind] = back_off(model, Backoff(kind, 1.0), sentence, words)
        for index, gold in enumerate(sentence.analyses):
            if gold is None:
                continue
            total += 1
            forms, glosses, _ = zip(*gold, strict=True)
            for kind, hypotheses in ways.items():
                best = least_risk(hypotheses[index])
                errors[kind] += gloss_distance(best.glosses, glosses)
                right[kind] += (best.forms, best.glosses) == (forms, glosses)
    if total < _WORDS:
        return None
    kind = min(KINDS, key=lambda kind: errors[kind])
    if errors[kind] > errors[""] - _MARGIN * total:
        return None
    return Backoff(kind, min(0.99, right[kind] / total))
