"""The lexicon of morphemes that the training words teach.

An *entry* says that a stretch of surface (chunk) can be a morpheme with a certain form and gloss.
Entries are seen in the aligned words, or derived from them by rules (`rewrites`). The entries and
rules are found once; their weights are counts over any part of the corpus, so that each training
sentence can be analyzed with weights that have not seen it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import islice

import attrs
import numpy as np

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.arrays import changes, distinct
from igtkit.models.crf.candidates.classes import BEGIN, END, ClassOrder
from igtkit.models.crf.candidates.numbers import Numbers, grown
from igtkit.models.crf.candidates.rewrites import Rewrites
from igtkit.models.crf.candidates.skeletons import skeleton
from igtkit.models.crf.candidates.stem_letters import StemLetters
from igtkit.models.crf.labels import is_label
from igtkit.models.crf.pairs import pair_keys, pair_parts
from igtkit.models.crf.sentences import Analysis

__all__ = ["STEM", "Kind", "Lexicon", "Weights", "gloss_class"]

STEM = "STEM"


class Kind:
    """How a stretch of a word was found in the lexicon, as a number."""

    EXACT = 0
    """As it was seen, or through a rule."""
    REWRITE = 1
    """Of an entry: derived by a rule, not seen."""
    VARIANT = 2
    """As a spelling variant of what was seen."""
    UNKNOWN = 3
    """Not at all: a stem never seen."""


# By hand; see *Numbers set by hand* in benchmarks/crf_log.md.
_RULES_PER_FORM = 6  # chunks that rules derive for a form
_REWRITE_MASS = 0.5  # pseudo-count shared out over forms a morpheme was not seen in


def gloss_class(gloss: str, labels: Collection[str] = ()) -> str:
    """The class of a gloss: itself if it names a category (`is_label`), else ``STEM``.

    Example:
        >>> gloss_class("PFV.CVB"), gloss_class("go"), gloss_class("1sg.ABS", {"1sg"})
        ('PFV.CVB', 'STEM', '1sg.ABS')
    """
    return gloss if is_label(gloss, labels) else STEM


@attrs.define
class Weights:
    """The lexicon's log-probabilities under the counts of one part of the corpus.

    Attributes:
        entry: For each entry log P(form, gloss and chunk | class), -inf where it is not in the
            part.
        order: Log P(class | class before).
        unknown: Log P(a stem never seen | STEM).
        morphs: How often each (form, gloss) occurs.
        entries: How often each entry occurs.
    """

    entry: np.ndarray
    order: ClassOrder
    unknown: float
    morphs: np.ndarray
    entries: np.ndarray


class Lexicon:
    """The entries of a corpus, and the weights that counts give them.

    Args:
        items: Distinct ``(surface word, analysis, chunks)``.
        classify: From gloss to class.
    """

    def __init__(
        self,
        items: Sequence[tuple[str, Analysis, tuple[str, ...]]],
        classify: Callable[[str], str] = gloss_class,
    ) -> None:
        self.classify = classify
        self.classes = Numbers()
        self.classes("\0begin"), self.classes("\0end")
        self.stem = self.classes(STEM)
        self.forms, self.glosses, self.morphs = Numbers(), Numbers(), Numbers()
        seen = Numbers()
        flat: list[int] = []
        owner: list[int] = []
        for number, (_, analysis, chunks) in enumerate(items):
            for (form, gloss, _), chunk in zip(analysis, chunks, strict=True):
                flat.append(seen((chunk, self.morphs((self.forms(form), self.glosses(gloss))))))
                owner.append(number)
        pairs = {(chunk, self._lower_form(morph)) for chunk, morph in seen.all}
        self.rewrites = Rewrites(pairs)
        rows = [(chunk, morph, Kind.EXACT) for chunk, morph in seen.all]
        rows += [(chunk, morph, Kind.REWRITE) for chunk, morph in self._derive(seen)]
        order = sorted(range(len(rows)), key=lambda i: rows[i])
        rank = np.empty(len(rows), np.int64)
        rank[order] = np.arange(len(rows))
        rows = [rows[i] for i in order]
        self.chunks = [chunk for chunk, _, _ in rows]
        self.morph = np.array([morph for _, morph, _ in rows], np.int64)
        self.kind = np.array([kind for _, _, kind in rows], np.int8)
        self.flat = rank[np.array(flat, np.int64)]
        self.owner = np.array(owner, np.int64)
        self.item_entries = np.split(self.flat, np.cumsum(np.bincount(self.owner))[:-1])
        self.span: dict[str, list[int]] = {}
        self.variants: defaultdict[str, list[int]] = defaultdict(list)
        self._pairs = np.zeros((0, 2), np.int64)
        self._of_gloss, self.length = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._orders, self._order_rows = np.zeros((2, 0), np.int64), np.zeros((2, 0), np.int64)
        self._ordered = 0
        for index in range(len(rows)):
            self._enter(index)
        self._gather()
        stems = {self.chunks[i] for i in self.seen if self.cls[i] == self.stem}
        self.letters = StemLetters(stems)

    def _lower_form(self, morph: int) -> str:
        form: str = self.forms.all[self.morphs.all[morph][0]]
        return form.lower()

    def _derive(self, seen: Numbers) -> list[tuple[str, int]]:
        """The chunks that morphemes may have by rules and were not seen with, in order."""
        derived: set[tuple[str, int]] = set()
        for morph in range(len(self.morphs)):
            spelled = self.rewrites.spellings(self._lower_form(morph))
            new = (chunk for chunk in spelled if (chunk, morph) not in seen.of)
            derived.update((chunk, morph) for chunk in islice(new, _RULES_PER_FORM))
        return sorted(derived)

    def _enter(self, index: int) -> None:
        """Make an entry known to what looks entries up."""
        chunk = self.chunks[index]
        self.span.setdefault(chunk, []).append(index)
        if self.kind[index] == Kind.EXACT:
            self._enter_variant(index)
        self.rewrites.add(chunk, self._lower_form(int(self.morph[index])))

    def _enter_variant(self, index: int) -> None:
        """Make an entry known to what looks spelling variants up."""
        chunk = self.chunks[index]
        if 3 <= len(chunk) <= LONGEST_WORD:
            self.variants[skeleton(chunk)].append(index)

    def _gather(self) -> None:
        """Put what follows from entries and morphemes into arrays, as far as it is new."""
        self._pairs = grown(self._pairs, self.morphs.all)
        self.morph_form, self.morph_gloss = self._pairs.T
        new = self.glosses.all[len(self._of_gloss) :]
        classes = [self.classes(self.classify(gloss)) for gloss in new]
        self._of_gloss = np.concatenate([self._of_gloss, np.array(classes, np.int64)])
        self.morph_class = self._of_gloss[self.morph_gloss]
        self.form, self.gloss = self.morph_form[self.morph], self.morph_gloss[self.morph]
        self.cls = self.morph_class[self.morph]
        self.seen = np.flatnonzero(self.kind == Kind.EXACT)
        lengths = [len(chunk) for chunk in self.chunks[len(self.length) :]]
        self.length = np.concatenate([self.length, np.array(lengths, np.int64)])
        self._by_form: defaultdict[str, dict[int, int]] | None = None
        self.longest = int(self.length.max(initial=0))
        self.rewrites.gather()
        self._gather_orders()

    def _gather_orders(self) -> None:
        """Find which class follows which in which items: each pair once, but for items added."""
        owner, here = self.owner[self._ordered :], self.cls[self.flat[self._ordered :]]
        self._ordered += len(owner)
        first, last = changes(owner), changes(owner[::-1])[::-1]
        before = np.where(first, BEGIN, np.r_[0, here[:-1]])
        pairs = pair_keys(np.r_[before, here[last]], np.r_[here, np.full(last.sum(), END)])
        found, at = distinct(pairs)
        rows = np.r_[owner, owner[last]], at + len(self._orders[0])
        self._order_rows = np.concatenate([self._order_rows, rows], 1)
        self._orders = np.concatenate([self._orders, pair_parts(found)], 1)

    def extend(self, items: Sequence[tuple[str, Analysis, tuple[str, ...]]]) -> None:
        """Add items; their entries come after all others, and no new rewrites are derived."""
        added = 0
        for _, analysis, chunks in items:
            own: list[int] = []
            for (form, gloss, _), chunk in zip(analysis, chunks, strict=True):
                morph = self.morphs((self.forms(form), self.glosses(gloss)))
                known = [i for i in self.span.get(chunk, ()) if self.morph[i] == morph]
                if known:
                    index = known[0]
                    if self.kind[index] == Kind.REWRITE:
                        self.kind[index] = Kind.EXACT
                        self._enter_variant(index)
                else:
                    index = len(self.chunks)
                    self.chunks.append(chunk)
                    self.morph = np.append(self.morph, morph)
                    self.kind = np.append(self.kind, np.int8(Kind.EXACT))
                    self._enter(index)
                own.append(index)
            self.item_entries.append(np.array(own, np.int64))
            self.flat = np.append(self.flat, own)
            self.owner = np.append(self.owner, np.full(len(own), len(self.item_entries) - 1))
            added += 1
        if added:
            self._gather()

    def of_form(self, form: str) -> list[int]:
        """One entry for each morpheme with a form, in any case."""
        by_form = self._by_form
        if by_form is None:
            by_form = defaultdict(dict)
            for index in self.seen.tolist():
                key = self.forms.all[self.form[index]].lower()
                by_form[key].setdefault(int(self.morph[index]), index)
            self._by_form = by_form  # only now, as another thread may look
        return list(by_form.get(form.lower(), {}).values())

    def is_stem(self, gloss: str) -> bool:
        """Return whether a gloss is that of a stem."""
        return self.classify(gloss) == STEM

    def weigh(self, counts: np.ndarray) -> Weights:
        """The log-probabilities under given counts of the items.

        Args:
            counts: For each item how often it occurs in the part of the corpus to learn from.
        """
        counts = np.asarray(counts, float)
        of_entry = counts[self.owner]
        entries = np.bincount(self.flat, of_entry, len(self.chunks))
        morphs = np.bincount(self.morph, entries, len(self.morphs))
        classes = np.bincount(self.morph_class, morphs, len(self.classes))
        (before, here), (item, pair) = self._orders, self._order_rows
        order = ClassOrder(before, here, np.bincount(pair, counts[item]), len(self.classes))
        # forms of a morpheme: as counted, with some mass for what the rules allow
        rule = self.rewrites.weigh(self.seen, (entries[self.seen] > 0).astype(float))
        with np.errstate(divide="ignore"):
            entry = np.log(
                (entries + _REWRITE_MASS * rule) / (morphs[self.morph] + _REWRITE_MASS)
            ) + np.log(morphs[self.morph] / np.maximum(classes[self.cls], 1e-9))
        stems = self.morph_class == self.stem
        once = float((morphs[stems] == 1).sum())
        unknown = float(np.log((once + 1) / (morphs[stems].sum() + 2)))
        return Weights(entry, order, unknown, morphs, entries)
