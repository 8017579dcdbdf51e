"""Where a corpus disagrees with itself: what a linguist would want to look at again.

Nothing here is an error by itself: a form may well have two glosses. Every finding says how often,
and where, so that a person can decide. Languages are kept apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from heapq import nlargest

import attrs
from rapidfuzz import fuzz, process

from igtkit._characters import fold_case
from igtkit.boundaries import INFIX, LEIPZIG, join_words, split_words
from igtkit.conventions import (
    ABBREVIATIONS,
    expand_abbreviation,
    guess_labels,
    is_grammatical,
    parse_gloss,
)
from igtkit.corpus.overlaps import overlap
from igtkit.errors import InputError
from igtkit.igt import IGT, Language, Morpheme, require_igt

__all__ = [
    "Finding",
    "find_inconsistencies",
    "label_counts",
    "rival_glosses",
    "similar_labels",
    "unequal_analyses",
    "unknown_labels",
]

_SHOWN = 5  # texts named with a finding: enough to look at, few enough to read
_MOST_HELD_AGAINST = 40  # labels; in real corpora 35 in capitals begin with one letter, at most
_NUMBER = re.compile(r"\d|^[IVX]+$")


@attrs.frozen
class Finding:
    """Something in a corpus that may be a slip.

    Attributes:
        code: Stable name of the kind of finding, for example ``"rival-glosses"``.
        language: The language it is about; None where texts have none.
        counts: What stands against each other, and how often each occurs, most often first.
        texts: Indices of texts to look at, those of the rarer kind first; five at most.
        message: What was found, in a sentence.
    """

    code: str
    language: Language | None
    counts: Mapping[str, int]
    texts: tuple[int, ...]
    message: str


@attrs.frozen
class _Uses:
    """How often something occurs, and the first texts it occurs in."""

    counts: Counter[str] = attrs.field(factory=Counter)
    texts: dict[str, list[int]] = attrs.field(factory=lambda: defaultdict(list))

    def add(self, what: str, index: int) -> None:
        self.counts[what] += 1
        shown = self.texts[what]
        if len(shown) < _SHOWN and index not in shown:
            shown.append(index)

    def finding(self, code: str, language: Language | None, message: str) -> Finding:
        order = [what for what, _ in self.counts.most_common()]
        texts = dict.fromkeys(index for what in reversed(order) for index in self.texts[what])
        counts = {what: self.counts[what] for what in order}
        return Finding(code, language, counts, tuple(texts)[:_SHOWN], message)


def find_inconsistencies(texts: Iterable[IGT]) -> tuple[Finding, ...]:
    """All findings, kind by kind.

    Raises:
        InputError: If an item is no `IGT`.

    Example:
        >>> texts = [IGT("evde", "ev-de", "house-LOC"), IGT("evde", "ev-de", "home-LOC")]
        >>> for finding in find_inconsistencies(texts):
        ...     print(finding.code, "|", finding.message)
        rival-glosses | 'ev' is glossed house (1), home (1)
        unequal-analyses | 'evde' is analyzed in 2 ways
    """
    held = tuple(texts)
    functions = (rival_glosses, similar_labels, unknown_labels, unequal_analyses, _split_overlap)
    return tuple(finding for function in functions for finding in function(held))


def rival_glosses(texts: Iterable[IGT]) -> list[Finding]:
    """Morphemes of one form, in one kind of place, that have several glosses.

    Returns:
        One finding a form, the most frequent form first. An affix and a stem of one form are two.

    Example:
        >>> texts = [IGT(None, "gel-di", "come-PST"), IGT(None, "gel-di", "come-PAST")]
        >>> [dict(finding.counts) for finding in rival_glosses(texts)]
        [{'PST': 1, 'PAST': 1}]
    """
    uses: dict[tuple[Language | None, str], _Uses] = defaultdict(_Uses)
    for index, igt, morpheme in _morphemes(texts):
        if morpheme.form and morpheme.gloss:
            place = morpheme.boundary.strip(INFIX) + morpheme.form
            uses[igt.language, place].add(morpheme.gloss, index)
    rivals = {key: use for key, use in uses.items() if len(use.counts) > 1}
    return [
        use.finding("rival-glosses", language, f"{form!r} is glossed {_list(use.counts)}")
        for (language, form), use in sorted(
            rivals.items(), key=lambda item: -item[1].counts.total()
        )
    ]


def label_counts(texts: Iterable[IGT]) -> Counter[str]:
    """Count the labels of texts: what is glossed in capitals, and whatever an affix is glossed.

    Example:
        >>> dict(label_counts([IGT(None, "ev-ler-de", "house-pl-LOC")]))
        {'pl': 1, 'LOC': 1}
    """
    return Counter(label for _, _, morpheme in _morphemes(texts) for label in _labels(morpheme))


def similar_labels(texts: Iterable[IGT]) -> list[Finding]:
    """Labels that look alike and gloss the same forms: ``PFV`` and ``PERF``, ``pl`` and ``PL``.

    Two are alike that differ in case alone, or that are in capitals, begin with one letter and have
    half of their letters in common, in order. They must also gloss the same forms: at least half of
    the occurrences of the rarer label are on forms that the other glosses too. Numbers, Roman ones
    included, are meant to differ. Of the labels that begin with one letter, or that differ in case
    alone, each is held against the forty most frequent.

    Returns:
        One finding a pair, the most frequent pair first.

    Example:
        >>> texts = [IGT(None, "gel-di", "come-PFV"), IGT(None, "git-di", "go-PERF")]
        >>> similar_labels(texts)[0].message
        'PFV (1) and PERF (1) gloss the same forms'
    """
    labels: dict[Language | None, dict[str, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    uses: dict[Language | None, _Uses] = defaultdict(_Uses)
    for index, igt, morpheme in _morphemes(texts):
        for label in _labels(morpheme):
            labels[igt.language][label][morpheme.form or ""] += 1
            uses[igt.language].add(label, index)
    findings = []
    for language, forms in labels.items():
        for one, other in _alike(uses[language].counts):
            pair = _Uses()
            for label in (one, other):
                pair.counts[label] = uses[language].counts[label]
                pair.texts[label] = uses[language].texts[label]
            (often, _), (rarely, count) = pair.counts.most_common()
            shared = sum(n for form, n in forms[rarely].items() if form and form in forms[often])
            if 2 * shared >= count:
                message = f"{_list(pair.counts, ' and ')} gloss the same forms"
                findings.append(pair.finding("similar-labels", language, message))
    return sorted(findings, key=lambda finding: -sum(finding.counts.values()))


def _alike(counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Pairs of labels that look alike, in the order of the labels, forty for a label at most."""
    for group in _grouped(counts, lambda label: fold_case(label[:1])):
        pairs = {pair for same in _grouped(group, fold_case) for pair in _pairs(same, counts)}
        plain = [label for label in group if _is_plain_label(label)]
        pairs |= {pair for pair in _pairs(plain, counts) if fuzz.ratio(*pair) >= 50}
        place = {label: number for number, label in enumerate(group)}
        yield from sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]]))


def _grouped(labels: Iterable[str], key: Callable[[str], str]) -> Iterable[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        groups[key(label)].append(label)
    return groups.values()


def _pairs(labels: list[str], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Each label with the most frequent others, the earlier one first."""
    place = {label: number for number, label in enumerate(labels)}
    frequent = nlargest(_MOST_HELD_AGAINST, labels, key=counts.__getitem__)
    for one in labels:
        for other in frequent:
            if one != other:
                yield (one, other) if place[one] < place[other] else (other, one)


def _is_plain_label(label: str) -> bool:
    return is_grammatical(label) and _NUMBER.search(label) is None


def unknown_labels(
    texts: Iterable[IGT],
    known: Iterable[str] = (),
    *,
    labels: Collection[str] | None = None,
) -> list[Finding]:
    """Labels that are not among the abbreviations of the Leipzig Glossing Rules.

    Args:
        texts: The corpus.
        known: Further labels that need no explanation: those of your list of abbreviations.
        labels: The labels that are in lower case; by default those that
            `igtkit.conventions.guess_labels` takes for such.

    Returns:
        One finding a label, the most frequent first; with a label that may be meant, where the
        corpus has a standard one much like it more often.

    Example:
        >>> texts = [IGT(None, "ev-de", "house-LOC")] * 2 + [IGT(None, "su-da", "water-LOK")]
        >>> [finding.message for finding in unknown_labels(texts)]
        ["LOK (1) is no standard abbreviation; did you mean LOC (2), 'locative'?"]
    """
    explained = set(known)
    held = tuple(texts)
    in_lower_case = guess_labels(held) if labels is None else frozenset(labels)
    uses: dict[Language | None, _Uses] = defaultdict(_Uses)
    for index, igt, morpheme in _morphemes(held):
        for label in _elements(morpheme):
            if is_grammatical(label) or label in in_lower_case:
                uses[igt.language].add(label, index)
    findings = []
    for language, use in uses.items():
        standard = [label for label in use.counts if label.upper() in ABBREVIATIONS]
        for label, count in use.counts.items():
            if label in explained or expand_abbreviation(label.upper()):
                continue
            best = process.extractOne(label, standard, scorer=fuzz.ratio, score_cutoff=66)
            message = f"{label} ({count}) is no standard abbreviation"
            if best and use.counts[best[0]] > count:
                meant = f"{best[0]} ({use.counts[best[0]]}), {ABBREVIATIONS[best[0].upper()]!r}"
                message += f"; did you mean {meant}?"
            where = tuple(use.texts[label])
            findings.append(Finding("unknown-labels", language, {label: count}, where, message))
    return sorted(findings, key=lambda finding: -sum(finding.counts.values()))


def unequal_analyses(texts: Iterable[IGT]) -> list[Finding]:
    """Sentences that occur more than once and are not always segmented and glossed alike.

    Returns:
        One finding a sentence, in the order of the corpus. Case and runs of spaces do not count.

    Example:
        >>> texts = [IGT("Evde", "ev-de", "house-LOC"), IGT("evde", "evde", "at.home")]
        >>> dict(unequal_analyses(texts)[0].counts)
        {'ev-de | house-LOC': 1, 'evde | at.home': 1}
    """
    uses: dict[tuple[Language | None, str], _Uses] = defaultdict(_Uses)
    for index, igt, sentence in _sentences(texts):
        if igt.segmentation or igt.glosses:
            lines = (join_words(split_words(line)) for line in (igt.segmentation, igt.glosses))
            uses[igt.language, sentence].add(" | ".join(filter(None, lines)), index)
    return [
        use.finding(
            "unequal-analyses", language, f"{sentence!r} is analyzed in {len(use.counts)} ways"
        )
        for (language, sentence), use in uses.items()
        if len(use.counts) > 1
    ]


def _split_overlap(texts: Iterable[IGT]) -> list[Finding]:
    """Texts of other splits that stand in the training split too: one finding for each split."""
    trained: dict[Language | None, list[IGT]] = defaultdict(list)
    others: dict[Language | None, list[tuple[int, IGT, str]]] = defaultdict(list)
    for index, igt in enumerate(texts):
        require_igt(igt)
        if igt.split == "train":
            trained[igt.language].append(igt)
        elif igt.split is not None:
            others[igt.language].append((index, igt, igt.split))
    findings = []
    for language, held_out in others.items():
        found = overlap(trained[language], [igt for _, igt, _ in held_out], sample=0)
        both: dict[str, list[int]] = defaultdict(list)
        for pair in found.pairs:
            index, _, split = held_out[pair.test]
            both[split].append(index)
        totals = Counter(split for _, _, split in held_out)
        for split in filter(both.get, totals):
            where, total = both[split], totals[split]
            counts = {"also in train": len(where), "only there": total - len(where)}
            message = f"{len(where)} of {total} sentences in {split} are in train as well"
            shown = tuple(where[:_SHOWN])
            findings.append(Finding("split-overlap", language, counts, shown, message))
    return findings


def _morphemes(texts: Iterable[IGT]) -> Iterator[tuple[int, IGT, Morpheme]]:
    for index, igt in enumerate(texts):
        require_igt(igt)
        for word in igt.align(LEIPZIG, strict=False):
            if not word.is_punctuation:
                for morpheme in word.morphemes:
                    yield index, igt, morpheme


def _labels(morpheme: Morpheme) -> Iterator[str]:
    """The category labels of a gloss: what is in capitals, and whatever an affix is glossed."""
    for text in _elements(morpheme):
        if is_grammatical(text) or (morpheme.boundary and not text.isdigit()):
            yield text


def _elements(morpheme: Morpheme) -> list[str]:
    try:
        return [element.text for element in parse_gloss(morpheme.gloss or "")]
    except InputError:
        return []


def _sentences(texts: Iterable[IGT]) -> Iterator[tuple[int, IGT, str]]:
    for index, igt in enumerate(texts):
        require_igt(igt)
        sentence = fold_case(join_words(split_words(igt.transcription)))
        if sentence:
            yield index, igt, sentence


def _list(counts: Counter[str], joint: str = ", ") -> str:
    return joint.join(f"{what} ({count})" for what, count in counts.most_common())
