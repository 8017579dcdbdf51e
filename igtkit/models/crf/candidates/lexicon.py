"""The lexicon of morphemes that the training words teach.

An *entry* says that a stretch of surface (chunk) can be a morpheme with a certain form and gloss.
Entries are seen in the aligned words, or derived from them: if ``city`` was seen as ``citi`` and
``lady`` as ``ladi``, then the rule ``y>i`` says how other stems in ``y`` may look before a suffix.
The entries and rules are found once; their weights are counts over any part of the corpus, so that
each training sentence can be analyzed with weights that have not seen it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from operator import add
from typing import Any

import attrs
import numpy as np

from igtkit.models.crf.arrays import changes, distinct
from igtkit.models.crf.candidates.classes import BEGIN, END, ClassOrder
from igtkit.models.crf.candidates.skeletons import skeleton
from igtkit.models.crf.pairs import pair_keys, pair_parts
from igtkit.models.crf.sentences import LONGEST_WORD, Analysis

__all__ = [
    "STEM",
    "Kind",
    "Lexicon",
    "Numbers",
    "Weights",
    "gloss_class",
    "split_rule",
]

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
_LEAST_RULE = 0.02  # share of the forms of an ending that a rule is seen with, twice or more
_REWRITE_MASS = 0.5  # pseudo-count shared out over forms a morpheme was not seen in
# Pseudo-counts that keep probabilities above 0, by hand: of rules and letters.
_RULE, _LETTER = 1e-3, 0.5
_LETTERS_UNSEEN = 10  # of the alphabet, beside those that were seen; by hand


def gloss_class(gloss: str) -> str:
    """The class of a gloss: itself if it has no lower-case letter, else ``STEM``.

    Example:
        >>> gloss_class("PFV.CVB"), gloss_class("go"), gloss_class("1sg.ABS")
        ('PFV.CVB', 'STEM', 'STEM')
    """
    return STEM if any(character.islower() for character in gloss) else gloss


def split_rule(chunk: str, form: str) -> tuple[str, str]:
    """The ends of form and chunk after what they share: ``("y", "i")`` for ``city``, ``citi``."""
    shared = 0
    for a, b in zip(form, chunk):  # noqa: B905 - the shorter one ends the comparison
        if a != b:
            break
        shared += 1
    return form[shared:], chunk[shared:]


class Numbers:
    """Numbers for strings (or tuples), in order of first sight."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}
        self.all: list[Any] = []

    def __call__(self, thing: Any) -> int:
        """The number of a thing, a new one for a new thing."""
        number = self.of.get(thing)
        if number is None:
            number = self.of[thing] = len(self.all)
            self.all.append(thing)
        return number

    def __len__(self) -> int:
        return len(self.all)


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


class _Bigrams(dict[str, float]):
    """The log-probability of a letter after another, by both; found when it is asked for.

    Args:
        pairs: How often each two letters stood side by side.
        single: How often each letter had one after it.
    """

    def __init__(self, pairs: Counter[str], single: Counter[str]) -> None:
        super().__init__()
        self._pairs, self._single = pairs, single
        self._alphabet = len(single) + _LETTERS_UNSEEN

    def __missing__(self, two: str) -> float:
        share = self._pairs.get(two, 0) + _LETTER
        share /= self._single.get(two[0], 0) + _LETTER * self._alphabet
        found = self[two] = float(np.log(share))
        return found


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
        self._find_rules(seen)
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
        self._rule_numbers, self._rule_contexts = Numbers(), Numbers()
        self.rules: list[str] = []
        self._rule_rows: list[list[int]] = []
        self._pairs, self._rule_columns = np.zeros((0, 2), np.int64), np.zeros((0, 6), np.int64)
        self._of_gloss, self.length = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._orders, self._order_rows = np.zeros((2, 0), np.int64), np.zeros((2, 0), np.int64)
        self._ordered = 0
        for index in range(len(rows)):
            self._enter(index)
        self._gather()
        self._learn_letters()

    def _enter(self, index: int) -> None:
        """Make an entry known to what looks entries up."""
        chunk = self.chunks[index]
        self.span.setdefault(chunk, []).append(index)
        if self.kind[index] == Kind.EXACT:
            self._enter_variant(index)
        self._number_rule(chunk, self.forms.all[self.morphs.all[self.morph[index]][0]].lower())

    def _enter_variant(self, index: int) -> None:
        """Make an entry known to what looks spelling variants up."""
        chunk = self.chunks[index]
        if 3 <= len(chunk) <= LONGEST_WORD:
            self.variants[skeleton(chunk)].append(index)

    def _gather(self) -> None:
        """Put what follows from entries and morphemes into arrays, as far as it is new."""
        self._pairs = _grown(self._pairs, self.morphs.all)
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
        self._rule_columns = _grown(self._rule_columns, self._rule_rows)
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

    # --- rules -----------------------------------------------------------------------------

    def _find_rules(self, seen: Numbers) -> None:
        pairs = {(chunk, self.forms.all[self.morphs.all[m][0]].lower()) for chunk, m in seen.all}
        self._rule_counts: Counter[tuple[str, str, str]] = Counter()
        self._rules_by_ending: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        totals: Counter[str] = Counter()
        for chunk, form in sorted(pairs):
            if not chunk:
                continue
            removed, added = split_rule(chunk, form)
            if len(removed) > 3 or len(added) > 3 or (len(removed) == len(form) and form != chunk):
                continue
            ending = form[-1:]
            self._rule_counts[ending, removed, added] += 1
            totals[ending] += 1
            self._rules_by_ending[ending].add((removed, added))
        self._likely = {
            ending: sorted(
                (
                    (-self._rule_counts[ending, *rule] / totals[ending], rule)
                    for rule in rules
                    if self._rule_counts[ending, *rule] >= 2
                    and self._rule_counts[ending, *rule] >= _LEAST_RULE * totals[ending]
                ),
            )
            for ending, rules in self._rules_by_ending.items()
        }

    def _derive(self, seen: Numbers) -> list[tuple[str, int]]:
        derived: list[tuple[str, int]] = []
        for morph, (form_number, _) in enumerate(self.morphs.all):
            form = self.forms.all[form_number].lower()
            made = 0
            for _, (removed, added) in self._likely.get(form[-1:], ()):
                if not form.endswith(removed) or len(removed) >= len(form):
                    continue
                chunk = form[: len(form) - len(removed)] + added
                if (chunk, morph) not in seen.of:
                    derived.append((chunk, morph))
                    made += 1
                    if made == _RULES_PER_FORM:
                        break
        return sorted(set(derived))

    def _number_rule(self, chunk: str, form: str) -> None:
        """Number an entry's rule in contexts of the last 2, 1 and 0 letters of the form."""
        removed, added = split_rule(chunk, form)
        rule = f"{removed}>{added}"
        self.rules.append(rule)
        row: list[int] = []
        for back in (0, 1, 2):
            context = form[len(form) - back :] if back else ""
            row.append(self._rule_numbers((back, context, rule)))
            row.append(self._rule_contexts((back, context)))
        self._rule_rows.append(row)

    def _rule_log(self, entries: np.ndarray) -> np.ndarray:
        """P(rule | form), backed off over the form's last 2, 1 and 0 letters."""
        live = (entries[self.seen] > 0).astype(float)
        probability = np.full(len(self.chunks), _RULE)
        for back in (0, 1, 2):
            rule, context = self._rule_columns[:, 2 * back], self._rule_columns[:, 2 * back + 1]
            n_rule = np.bincount(rule[self.seen], live, len(self._rule_numbers))
            n_context = np.bincount(context[self.seen], live, len(self._rule_contexts))
            probability = (n_rule[rule] + probability) / (n_context[context] + 1)
        return probability

    # --- unknown stems ---------------------------------------------------------------------

    def _learn_letters(self) -> None:
        """Letter bigrams of the stems, each distinct chunk once."""
        stems = sorted({self.chunks[i] for i in self.seen if self.cls[i] == self.stem})
        pairs: Counter[str] = Counter()
        single: Counter[str] = Counter()
        for stem in stems:
            text = f"\2{stem}\3"
            pairs.update(text[i : i + 2] for i in range(len(text) - 1))
            single.update(text[:-1])
        self._letter_logs = _Bigrams(pairs, single)

    def letter_scores(self, word: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Log-probabilities of a stem's letters: running sums, of beginning, and of ending."""
        log = self._letter_logs.__getitem__
        running = np.array([0.0, *map(log, map(add, word, word[1:])), 0.0])
        begin = np.array([log("\2" + letter) for letter in word])
        end = np.array([log(letter + "\3") for letter in word])
        return running.cumsum(), begin, end

    # --- weights ---------------------------------------------------------------------------

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
        rule = self._rule_log(entries)
        with np.errstate(divide="ignore"):
            entry = np.log(
                (entries + _REWRITE_MASS * rule) / (morphs[self.morph] + _REWRITE_MASS)
            ) + np.log(morphs[self.morph] / np.maximum(classes[self.cls], 1e-9))
        stems = self.morph_class == self.stem
        once = float((morphs[stems] == 1).sum())
        unknown = float(np.log((once + 1) / (morphs[stems].sum() + 2)))
        return Weights(entry, order, unknown, morphs, entries)


def _grown(known: np.ndarray, rows: Sequence[Sequence[int]]) -> np.ndarray:
    """An array of rows, the first of which are in an array already."""
    new = np.array(rows[len(known) :], np.int64).reshape(-1, known.shape[1])
    return np.concatenate([known, new])
