"""What texts without glosses say of stems never seen: where they end, and how they are glossed.

Where other words have the same stem with other affixes, a cut is likelier: *kirpiler* and *kirpide*
speak for *kirpi*. And a stem that stands in several texts has one gloss more often than several:
its options are pooled over all its occurrences with a translation, where two translations or more
offer the best one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Self

import attrs

from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.unknown import OTHER_GLOSS

__all__ = ["Unglossed"]

# The more letters, the less likely that two words share a stem by chance: so many words that share
# one of no letters make it twice as likely, half as many for each letter, down to those of the
# longest; benchmarks/crf_log.md, *Texts without glosses*.
_CHANCE, _LONGEST = 4.0, 8
_OFFERED = 0.02  # share from which a translation is taken to offer a gloss; by hand
_TOLD = ("word", "with", "field")  # sources of a gloss that the translation tells

Analyses = Sequence[Sequence[Sequence[Hypothesis]]]
_Frame = tuple[str, tuple[str, ...], tuple[str, ...], int]


@attrs.frozen
class Unglossed:
    """What was read in texts of the stems that training has not seen.

    Attributes:
        words: For each word with such a stem how often it was met.
        stems: For each of them how likely each stem is, summed over the times it was met.
        glosses: For each stem how likely each gloss is, summed over its places with a translation.
        told: For each stem in how many texts the translation offers a gloss.
    """

    words: Mapping[str, int] = attrs.field(factory=dict)
    stems: Mapping[str, Mapping[str, float]] = attrs.field(factory=dict)
    glosses: Mapping[str, Mapping[str, float]] = attrs.field(factory=dict)
    told: Mapping[str, Mapping[str, float]] = attrs.field(factory=dict)

    def with_texts(self, lines: Sequence[Sequence[str]], analyses: Analyses) -> Self:
        """Return the same with what other texts say.

        Args:
            lines: The words of each text, as the lexicon has them.
            analyses: The hypotheses of each of these words.
        """
        texts = [list(zip(*both, strict=True)) for both in zip(lines, analyses, strict=True)]
        words, stems = Counter(self.words), _copy(self.stems)
        for text in texts:
            for word, hypotheses in text:
                found = list(_by_stem(hypotheses))
                if found:
                    words[word] += 1
                for stem, those in found:
                    stems[word][stem] += sum(one.probability for one in those)
        so_far = type(self)(words, stems)
        glosses, told = _copy(self.glosses), _copy(self.told)
        for text in texts:
            offered = set()
            for word, hypotheses in text:
                for stem, those in _by_stem(so_far.cut(word, hypotheses)):
                    if not any(one.source in _TOLD for one in those):
                        continue  # without a translation it tells nothing of the gloss
                    total = sum(one.probability for one in those) or 1.0
                    for one in those:
                        gloss, share = one.glosses[one.stem], one.probability / total
                        glosses[stem][gloss] += share
                        if one.source in _TOLD and share >= _OFFERED:
                            offered.add((stem, gloss))
            for stem, gloss in offered:
                told[stem][gloss] += 1
        return type(self)(words, stems, glosses, told)

    def read(
        self, line: Sequence[str], analyses: Sequence[Sequence[Hypothesis]]
    ) -> list[list[Hypothesis]]:
        """Return the hypotheses of a text as they are with what is known here.

        Args:
            line: Its words, as the lexicon has them.
            analyses: The hypotheses of each of them.
        """
        if not self.words:
            return [list(hypotheses) for hypotheses in analyses]
        return [
            self._glossed(self.cut(word, hypotheses))
            for word, hypotheses in zip(line, analyses, strict=True)
        ]

    def read_all(
        self,
        lines: Sequence[Sequence[str]],
        analyses: Sequence[list[list[Hypothesis]]],
        *,
        together: bool,
    ) -> tuple[list[list[list[Hypothesis]]], list[bool]]:
        """Return the hypotheses of texts as they are with what is known here.

        Args:
            lines: Their words, as the lexicon has them.
            analyses: The hypotheses of each of them.
            together: Whether what these texts say counts, too.

        Returns:
            The hypotheses, and for each text whether the others changed them.
        """
        alone = [self.read(*both) for both in zip(lines, analyses, strict=True)]
        if not together:
            return alone, [False] * len(alone)
        known = self.with_texts(lines, analyses)
        read = [known.read(*both) for both in zip(lines, analyses, strict=True)]
        return read, [one != other for one, other in zip(read, alone, strict=True)]

    def cut(self, word: str, hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
        """Return a word's hypotheses, those likelier whose new stem other words have.

        Args:
            word: The word, as the lexicon has it.
            hypotheses: They, likeliest first.
        """
        own, met = self.stems.get(word, {}), self.words.get(word, 1)
        kin, raised = [], []
        for one in hypotheses:
            stem = one.forms[one.stem].lower() if one.stem >= 0 else ""
            kin.append(max(0.0, self._kin.get(stem, 0.0) - own.get(stem, 0.0) / met))
            times = 1 + kin[-1] * 2 ** min(len(stem), _LONGEST) / _CHANCE
            raised.append(one.probability * times)
        if not any(kin):
            return list(hypotheses)
        scale = sum(one.probability for one in hypotheses) / sum(raised)
        weighed = [
            attrs.evolve(one, probability=mass * scale, kin=many)
            for one, mass, many in zip(hypotheses, raised, kin, strict=True)
        ]
        return sorted(weighed, key=lambda one: -one.probability)

    @cached_property
    def _kin(self) -> defaultdict[str, float]:
        """For each stem how many distinct words have it."""
        kin: defaultdict[str, float] = defaultdict(float)
        for word, stems in self.stems.items():
            for stem, mass in stems.items():
                kin[stem] += mass / self.words[word]
        return kin

    @cached_property
    def _agreed(self) -> dict[str, dict[str, float]]:
        """The shares of the glosses of each stem of whose best one two translations tell."""
        agreed = {}
        for stem, counts in self.glosses.items():
            best = max(
                (g for g in counts if g != OTHER_GLOSS),
                key=lambda g: (counts[g], g),
                default=OTHER_GLOSS,
            )
            if self.told.get(stem, {}).get(best, 0) > 1:
                mass = sum(counts.values())
                agreed[stem] = {gloss: share / mass for gloss, share in counts.items()}
        return agreed

    def _glossed(self, word: list[Hypothesis]) -> list[Hypothesis]:
        """A word's hypotheses with the agreed shares of new stems' glosses."""
        result: list[Hypothesis] = []
        frames: defaultdict[_Frame, list[Hypothesis]] = defaultdict(list)
        for one in word:
            stem = one.forms[one.stem].lower() if one.stem >= 0 else ""
            if stem not in self._agreed:
                result.append(one)
                continue
            rest = (*one.glosses[: one.stem], *one.glosses[one.stem + 1 :])
            frames[stem, one.forms, rest, one.stem].append(one)
        for (stem, _, rest, slot), found in frames.items():
            mass = sum(one.probability for one in found)
            sources = {one.glosses[slot]: one.source for one in found}
            for gloss, share in self._agreed[stem].items():
                glosses = (*rest[:slot], gloss, *rest[slot:])
                source = sources.get(gloss, "none" if gloss == OTHER_GLOSS else "pooled")
                result.append(
                    attrs.evolve(found[0], glosses=glosses, probability=mass * share, source=source)
                )
        return sorted(result, key=lambda one: -one.probability)


def _copy(tables: Mapping[str, Mapping[str, float]]) -> defaultdict[str, defaultdict[str, float]]:
    """Tables of numbers that can be added to."""
    copied: defaultdict[str, defaultdict[str, float]] = defaultdict(_table)
    for name, table in tables.items():
        copied[name].update(table)
    return copied


def _table() -> defaultdict[str, float]:
    return defaultdict(float)


def _by_stem(word: Sequence[Hypothesis]) -> Iterator[tuple[str, list[Hypothesis]]]:
    """A word's hypotheses with an unknown stem, by that stem."""
    found: defaultdict[str, list[Hypothesis]] = defaultdict(list)
    for one in word:
        if one.stem >= 0:
            found[one.forms[one.stem].lower()].append(one)
    yield from found.items()
