"""What there is to say of a word while somebody types it: does it pair up, are its labels known."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from igtkit import IGT, check
from igtkit.boundaries import LEIPZIG, UNKNOWN, Boundaries, is_word
from igtkit.corpus.consistency import label_counts, similar_labels, unknown_labels

_SHOWN = Boundaries(LEIPZIG.joiners)  # an infix is shown in its host, where it stands


def find_problem(form: str, gloss: str) -> str | None:
    """Say why a word cannot be accepted; None if it can."""
    for name, token in (("form", form), ("gloss", gloss)):
        if not token:
            return f"the {name} is missing"
        if len(token.split()) > 1 or token != token.strip():
            return f"a space parts words; join what belongs together in the {name} with a full stop"
        if UNKNOWN in token:
            return f"{UNKNOWN} stands for what nobody knows; go on without accepting the word"
        if not is_word(token):
            return f"the {name} has no letter"
    return next((issue.message for issue in check(IGT(None, form, gloss))), None)


def find_remarks(word: IGT, texts: Callable[[], Sequence[IGT]], known: Container[str]) -> list[str]:
    """Say which labels of a word are new, and what known label each may be meant for.

    Args:
        word: The word, as a text of its own.
        texts: Gives the texts that are glossed.
        known: The labels in them.
    """
    new = [label for label in label_counts([word]) if label not in known]
    if not new:
        return []
    every = [*texts(), word]
    findings = [*similar_labels(every), *unknown_labels(every)]
    about = [each.message for each in findings if not each.counts.keys().isdisjoint(new)]
    return [f"{label} is a new label" for label in new] + about


def morphemes_of(form: str, gloss: str) -> list[tuple[str, str]]:
    """The morphemes of a word and their glosses, each with its boundary, one above the other."""
    words = IGT(None, form or None, gloss or None).align(_SHOWN, strict=False)
    return [
        (_joined(part.boundary, part.form), _joined(part.boundary, part.gloss))
        for word in words
        for part in word.morphemes
    ]


def _joined(boundary: str, text: str | None) -> str:
    return boundary + text if text else ""
