"""The tables of a trained glosser; a corrected sentence can be added to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial

import attrs
import numpy as np

from igtkit.models.crf.calibration import AS_IS, Verdicts
from igtkit.models.crf.candidates.align import align
from igtkit.models.crf.candidates.lexicon import Lexicon, Weights, gloss_class
from igtkit.models.crf.candidates.table import Candidates, Key, Lookups, Memory, build, join
from igtkit.models.crf.labels import permitted
from igtkit.models.crf.occurrences import Occurrences
from igtkit.models.crf.opinion.clues import Experience
from igtkit.models.crf.opinion.second import SecondOpinion
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.ranking.features import Coder
from igtkit.models.crf.ranking.ranker import Ranker
from igtkit.models.crf.ranking.settings import RankerSettings
from igtkit.models.crf.sentences import Analysis, Sentence
from igtkit.models.crf.suggested import Suggested
from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unglossed import Unglossed
from igtkit.models.crf.unknown.stems import Unknowns
from igtkit.models.crf.words import Met

__all__ = ["Backoff", "CrfSettings", "Item", "Model", "Taught", "lower"]


@attrs.frozen
class CrfSettings:
    """The settings of a `CrfGlosser`.

    The defaults of `folds`, `candidates` and `ranker` were chosen by cross-validation
    (``benchmarks/crf_log.md``, groups 1 to 6), the others by hand (there, *Numbers set by hand*).

    Attributes:
        folds: Parts for the jackknife; 0 for as many as suit the size of the corpus: one for each
            sentence below 50, 20 up to 1,500, else 10.
        candidates: Most candidates of a word.
        gap: How far below a word's best a candidate may score, in nats.
        variants_from: Number of training sentences from which spelling variants are tried.
        options: Most glosses considered for an unknown stem.
        ranker: How the ranker learns.
    """

    folds: int = 0
    candidates: int = 14
    gap: float = 9.0
    variants_from: int = 100
    options: int = 4
    ranker: RankerSettings = attrs.field(factory=RankerSettings)


@attrs.frozen
class Item:
    """An analysis a word was seen with.

    Attributes:
        word: The word, lower-cased, without edge punctuation.
        analysis: Its analysis.
        chunks: The stretches of the word its morphemes account for.
    """

    word: str
    analysis: Analysis
    chunks: tuple[str, ...]


@attrs.frozen
class Taught:
    """A training sentence.

    Attributes:
        words: Its words, as written.
        items: The numbers of their items; -1 for a word without analysis.
        translation: The words of its translation.
        id: Its identifier, if it has one.
    """

    words: tuple[str, ...]
    items: tuple[int, ...]
    translation: tuple[str, ...]
    id: str | None = None


@attrs.frozen
class Backoff:
    """A way of glossing that is used instead of ranking.

    Attributes:
        kind: ``"memory"``: a word seen in training has its most frequent analysis. ``"copy"``:
            every word is its own form and gloss.
        right: Share of the held-out words that were right by it.
    """

    kind: str
    right: float

    @property
    def name(self) -> str:
        """The way in words, as a prediction says it."""
        if self.kind == "copy":
            return "words copied"
        return "words seen before glossed as most often"


def lower(word: str) -> str:
    """Return a word in lower case, letter by letter, so that its length stays.

    Example:
        >>> lower("İstanbul")[1:], len(lower("İstanbul"))
        ('stanbul', 8)
    """
    lowered = word.lower()
    if len(lowered) == len(word):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


class Model:
    """The tables of a trained glosser.

    Attributes:
        added: The sentences taken in after training.
        corrections: For each of their words how often each item was confirmed.
        segments: Whether the training data had a segmentation, so that one is predicted.
        backoff: What is done instead of ranking, if that was better on held-out sentences.
        calibration: How probabilities become shares that are right.
        verdicts: What corrections since the training said of suggestions.
        opinion: What is averaged with the ranker's probabilities, if that was better on held-out
            sentences.
        met: What is known of words that were glossed.
        suggested: What was found for the sentences that were glossed last.
        unglossed: What texts without glosses say of stems never seen.

    Args:
        settings: How it was made.
        habits: What the corpus does with punctuation.
        items: The analyses of its words.
        sentences: Its sentences.
        extra: Items that are known from elsewhere (a user's lexicon), one count each.
        closed: If given, the only grammatical labels allowed.
        labels: The labels that are not in capitals (`small_labels`).
    """

    ranker: Ranker

    def __init__(
        self,
        settings: CrfSettings,
        habits: Habits,
        items: Sequence[Item],
        sentences: Sequence[Taught],
        *,
        extra: int = 0,
        closed: frozenset[str] | None = None,
        labels: frozenset[str] = frozenset(),
    ) -> None:
        self.added: list[Sentence] = []
        self.corrections: defaultdict[Key, Counter[int]] = defaultdict(Counter)
        self.segments = True
        self.backoff: Backoff | None = None
        self.calibration = AS_IS
        self.verdicts = Verdicts()
        self.opinion: SecondOpinion | None = None
        self.unglossed = Unglossed()
        self._experience: Experience | None = None
        self._learned: set[str] | None = None
        self._begun: defaultdict[str, set[int]] = defaultdict(set)
        self.settings = settings
        self.habits = habits
        self.items = list(items)
        self.sentences = list(sentences)
        self.extra = extra
        self.closed = closed
        self.labels = labels
        self.number = {(item.word, item.analysis): i for i, item in enumerate(self.items)}
        self.counts = np.bincount(
            [i for s in sentences for i in s.items if i >= 0], minlength=len(items)
        ).astype(float)
        self.counts[:extra] += 1.0
        self.lexicon = Lexicon(
            [(i.word, i.analysis, i.chunks) for i in items], partial(gloss_class, labels=labels)
        )
        self.memory = Memory()
        for number, item in enumerate(items):
            self.memory.add(number, item.word, [form for form, _, _ in item.analysis])
        self.coder = Coder(self.lexicon)
        pairs = [(self.glosses(s), s.translation) for s in sentences]
        self.translations = Translations.of(pairs)
        self.unknowns = Unknowns(pairs, self.stems(self.counts), self.translations)
        self._boundaries: dict[tuple[int, ...], Counter[str]] = {}
        self._count_boundaries(range(len(items)))
        self.lookups = Lookups()
        self.met = Met()
        self.suggested = Suggested()
        self._occurrences: Occurrences | None = None
        self.weights = self.weigh(self.counts)

    @property
    def experience(self) -> Experience:
        """What the sentences say of candidates, for the second opinion; made when asked for."""
        if self._experience is None:
            self._experience = Experience(self.lexicon)
            self._experience.add([self._met(sentence) for sentence in self.sentences])
        return self._experience

    def _met(self, sentence: Taught) -> tuple[list[str], tuple[int, ...], tuple[str, ...]]:
        cores = [self.core(word) for word in sentence.words]
        return cores, sentence.items, sentence.translation

    def core(self, word: str) -> str:
        """The word as the lexicon has it."""
        return lower(self.habits.core(word))

    def read(self, words: Sequence[str]) -> str:
        """The words of a sentence as the lexicon has them, in one line."""
        return " ".join(map(self.core, words))

    def has_learned(self, words: Sequence[str]) -> bool:
        """Return whether a sentence of these words was learned, all of it."""
        return self.read(words) in self._lines()

    def taught(self, words: Sequence[str]) -> Collection[int]:
        """Return which of its words sentences of the same words have taught."""
        line = self.read(words)
        return range(len(words)) if line in self._lines() else self._begun.get(line, ())

    def _lines(self) -> set[str]:
        """The sentences that were learned whole; found once, then kept up."""
        if self._learned is None:
            learned: set[str] = set()
            for one in self.sentences:
                self._note(one, learned)
            self._learned = learned
        return self._learned

    def _note(self, taught: Taught, learned: set[str]) -> None:
        line = self.read(taught.words)
        if -1 not in taught.items:
            learned.add(line)
        else:
            self._begun[line].update(at for at, item in enumerate(taught.items) if item >= 0)

    def glosses(self, sentence: Taught) -> list[str]:
        """The glosses of a training sentence."""
        return [g for i in sentence.items if i >= 0 for _, g, _ in self.items[i].analysis]

    def stems(self, counts: np.ndarray) -> Counter[tuple[str, str]]:
        """The stems, as ``(chunk, gloss)``, under given counts of the items."""
        lexicon = self.lexicon
        found: Counter[tuple[str, str]] = Counter()
        for number in np.flatnonzero(counts):
            for entry in lexicon.item_entries[number]:
                if lexicon.cls[entry] == lexicon.stem:
                    gloss = lexicon.glosses.all[lexicon.gloss[entry]]
                    found[lexicon.chunks[entry], gloss] += int(counts[number])
        return found

    def occurrences(self) -> Occurrences:
        """Where analyses and morphemes stand in the sentences: found once, then kept up."""
        if self._occurrences is None:
            analyses = {i: item.analysis for i, item in enumerate(self.items)}
            self._occurrences = Occurrences([s.items for s in self.sentences], analyses)
        return self._occurrences

    def _count_boundaries(self, items: Iterable[int]) -> None:
        """Count which boundary stands between and before which morphemes."""
        self._joins: dict[tuple[int, int], str] = {}  # what `boundary` found
        for number in items:
            morphs = self.lexicon.morph[self.lexicon.item_entries[number]].tolist()
            for i, (_, _, boundary) in enumerate(self.items[number].analysis):
                if i:
                    for key in (
                        (morphs[i - 1], morphs[i]),
                        (-1, morphs[i]),
                        (morphs[i - 1], -1),
                        (),
                    ):
                        self._boundaries.setdefault(key, Counter())[boundary] += 1

    def boundary(self, before: int, after: int) -> str:
        """Return what most often joins two morphemes (-1 for an unknown stem)."""
        found = self._joins.get((before, after))
        if found is None:
            keys = ((before, after), (-1, after), (before, -1), ())
            counts = next(filter(None, map(self._boundaries.get, keys)), None)
            found = counts.most_common(1)[0][0] if counts else "-"
            self._joins[before, after] = found
        return found

    def allows(self, gloss: str) -> bool:
        """Return whether a gloss may be predicted."""
        return self.closed is None or permitted(gloss, self.closed, self.labels)

    def weigh(self, counts: np.ndarray) -> Weights:
        """The lexicon's weights under given counts; labels that are not allowed have none."""
        weights = self.lexicon.weigh(counts)
        if self.closed is not None:
            banned = [not self.allows(gloss) for gloss in self.lexicon.glosses.all]
            weights.entry[np.array(banned)[self.lexicon.gloss]] = -np.inf
        return weights

    def candidates(self, words: Sequence[Key], counts: np.ndarray, weights: Weights) -> Candidates:
        """Return the candidates of words, then of given segmentations, under given counts."""
        settings = self.settings
        variants = len(self.sentences) >= settings.variants_from
        parts = [
            build(
                self.lexicon,
                weights,
                self.memory,
                counts,
                part,
                lookups=self.lookups,
                keep=settings.candidates,
                gap=settings.gap,
                variants=variants,
            )
            for part in (
                [word for word in words if isinstance(word, str)],
                [word for word in words if not isinstance(word, str)],
            )
            if part
        ]
        return parts[0] if len(parts) == 1 else join([(one, 0, len(one.words)) for one in parts])

    def add(self, sentences: Iterable[Sentence]) -> None:
        """Take in analyzed sentences: memory, lexicon and counts, not the ranker's weights."""
        new: list[Item] = []
        for sentence in sentences:
            self.added.append(sentence)
            numbers = []
            for word, analysis in zip(sentence.words, sentence.analyses, strict=True):
                if analysis is None:
                    numbers.append(-1)
                    continue
                key = (self.core(word), analysis)
                if key not in self.number:
                    self.number[key] = len(self.number)
                    chunks = align([(*key, 1)])[0]
                    new.append(Item(key[0], analysis, chunks))
                    self.items.append(new[-1])
                    self.memory.add(self.number[key], key[0], [form for form, _, _ in analysis])
                numbers.append(self.number[key])
                self.corrections[key[0]][numbers[-1]] += 1
            taught = Taught(sentence.words, tuple(numbers), sentence.translation, sentence.id)
            self.sentences.append(taught)
            if self._learned is not None:
                self._note(taught, self._learned)
            if self._occurrences is not None:
                analyses = {i: self.items[i].analysis for i in numbers if i >= 0}
                self._occurrences.add(numbers, analyses)
            glosses = self.glosses(taught)
            self.translations.add(glosses, taught.translation)
            self.counts = np.pad(self.counts, (0, len(self.items) - len(self.counts)))
            np.add.at(self.counts, [i for i in numbers if i >= 0], 1.0)
            self._learn_stems(taught, glosses)
        if new:
            self.lexicon.extend([(i.word, i.analysis, i.chunks) for i in new])
            self._count_boundaries(range(len(self.items) - len(new), len(self.items)))
            self.coder = Coder(self.lexicon, self.coder)
            self.lookups = Lookups()
        if self._experience is not None:
            recent = self.sentences[self._experience.precedents.sentences :]
            self._experience.add([self._met(sentence) for sentence in recent])
        self.weights = self.weigh(self.counts)

    def _learn_stems(self, taught: Taught, glosses: Sequence[str]) -> None:
        stems: Counter[tuple[str, str]] = Counter()
        for number in taught.items:
            if number >= 0:
                item = self.items[number]
                for (_, gloss, _), chunk in zip(item.analysis, item.chunks, strict=True):
                    if self.lexicon.is_stem(gloss):
                        stems[chunk, gloss] += 1
        self.unknowns.add(glosses, taught.translation, stems)
