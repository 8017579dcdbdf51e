"""Transductive glossing: many texts together, as one translation tells what another leaves open.

A stem never seen that stands in several texts has one gloss more often than several. Its options
are pooled over all its occurrences, where at least two translations offer the best one. This uses
the texts to be glossed to gloss them, so it is only done when asked for, and said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.unknown import OTHER_GLOSS

__all__ = ["pool"]

_OFFERED = 0.02  # share from which a translation is taken to offer a gloss; by hand
_TOLD = ("word", "with", "field")  # sources of a gloss that the translation tells

Frame = tuple[str, tuple[str, ...], tuple[str, ...], int]


def pool(analyses: Sequence[Sequence[Sequence[Hypothesis]]]) -> list[list[list[Hypothesis]]]:
    """Return hypotheses in which each unknown stem has one gloss, if translations agree on it.

    Args:
        analyses: The hypotheses of each word of each text.

    Returns:
        The same, with the probabilities of unknown stems' glosses pooled.
    """
    shares: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    texts: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, words in enumerate(analyses):
        for word in words:
            for stem, found in _by_stem(word):
                total = sum(one.probability for one in found) or 1.0
                for one in found:
                    gloss, share = one.glosses[one.stem], one.probability / total
                    shares[stem][gloss] += share
                    if one.source in _TOLD and share >= _OFFERED:
                        texts[stem, gloss].add(number)
    agreed = {}
    for stem, counts in shares.items():
        best = max(
            (g for g in counts if g != OTHER_GLOSS),
            key=lambda g: (counts[g], g),
            default=OTHER_GLOSS,
        )
        if len(texts[stem, best]) > 1:
            mass = sum(counts.values())
            agreed[stem] = {gloss: share / mass for gloss, share in counts.items()}
    return [[_with(word, agreed) for word in words] for words in analyses]


def _by_stem(word: Sequence[Hypothesis]) -> Iterator[tuple[str, list[Hypothesis]]]:
    """A word's hypotheses with an unknown stem, by that stem."""
    found: defaultdict[str, list[Hypothesis]] = defaultdict(list)
    for one in word:
        if one.stem >= 0:
            found[one.forms[one.stem].lower()].append(one)
    yield from found.items()


def _with(word: Sequence[Hypothesis], agreed: dict[str, dict[str, float]]) -> list[Hypothesis]:
    """A word's hypotheses with the agreed shares of unknown stems' glosses."""
    result: list[Hypothesis] = []
    frames: defaultdict[Frame, list[Hypothesis]] = defaultdict(list)
    for one in word:
        stem = one.forms[one.stem].lower() if one.stem >= 0 else ""
        if stem not in agreed:
            result.append(one)
            continue
        rest = (*one.glosses[: one.stem], *one.glosses[one.stem + 1 :])
        frames[stem, one.forms, rest, one.stem].append(one)
    for (stem, _, rest, slot), found in frames.items():
        mass = sum(one.probability for one in found)
        sources = {one.glosses[slot]: one.source for one in found}
        for gloss, share in agreed[stem].items():
            glosses = (*rest[:slot], gloss, *rest[slot:])
            source = sources.get(gloss, "none" if gloss == OTHER_GLOSS else "pooled")
            result.append(
                attrs.evolve(found[0], glosses=glosses, probability=mass * share, source=source)
            )
    return sorted(result, key=lambda one: -one.probability)
