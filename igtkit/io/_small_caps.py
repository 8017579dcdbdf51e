"""Which labels a writer sets in small capitals: those in capitals, and those in lower case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from igtkit._labels import expand_abbreviation
from igtkit.conventions import guess_labels
from igtkit.igt import IGT
from igtkit.io._sink import Sink

__all__ = ["LabelChoice", "choose_labels", "meaning_of", "tell_unexplained"]

LabelChoice = Literal["guess", "capitals"] | list[str]
"""The option ``labels``: guess those in lower case, take none, or take these."""

_NAMED = 8
"""Labels that a report names; the others are counted."""


def choose_labels(
    items: Iterable[IGT], choice: LabelChoice, sink: Sink, meanings: Mapping[str, str]
) -> tuple[Iterable[IGT], frozenset[str]]:
    """Return the entries, and the labels that they have in lower case.

    Args:
        items: The entries; held in memory where the labels are to be guessed.
        choice: How to tell the labels.
        sink: Where to say what was guessed.
        meanings: What labels mean; one that is explained in lower case is a label.
    """
    explained = {label for label in meanings if label == label.lower()}
    if choice == "capitals":
        return items, frozenset()
    if choice != "guess":
        return items, frozenset(explained | set(choice))
    held = list(items)
    guessed = guess_labels(held)
    if told := sorted(guessed - explained):
        sink.tell(f"guessed to be labels: {_named(told)} (labels= says which are)")
    return held, guessed | explained


def tell_unexplained(labels: Iterable[str], meanings: Mapping[str, str], sink: Sink) -> None:
    """Say of which labels a list of abbreviations has no meaning.

    Args:
        labels: Those in the list, in order.
        meanings: What its user says that labels mean.
        sink: Where to say it.
    """
    if unknown := [label for label in labels if meaning_of(label, meanings) is None]:
        sink.tell(f"no meaning is known of {_named(unknown)} (abbreviations= says it)")


def _named(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    return ", ".join(labels[:_NAMED]) + more


def meaning_of(label: str, meanings: Mapping[str, str]) -> str | None:
    """Return what a label means, in either case, by its user or the Leipzig Glossing Rules.

    Example:
        >>> meaning_of("nfut", {}), meaning_of("evid", {"EVID": "evidential"})
        ('non-future', 'evidential')
    """
    for form in (label, label.upper(), label.lower()):
        if form in meanings:
            return meanings[form]
    return expand_abbreviation(label.upper())
