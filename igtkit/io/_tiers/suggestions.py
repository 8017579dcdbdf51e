"""The tiers that hold a machine's suggestions, and what they say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from igtkit.boundaries import UNKNOWN, join_words, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._marks import is_confirmed
from igtkit.io._tiers.model import OWN, Annotation, Tier

__all__ = [
    "ANNOTATOR",
    "STATUSES",
    "SUGGESTED",
    "confirmed",
    "fill_open",
    "numbers",
    "read_mark",
    "show_numbers",
    "suggested_lines",
]

ANNOTATOR = "igtkit: "
"""What the annotator of a tier of suggestions begins with; the system follows."""

SUGGESTED = ("segmentation", "glosses")
"""The lines that machines suggest."""

STATUSES = {False: "suggested", True: "confirmed"}
"""What the status tier says of a sentence, before and after a person has looked at it."""

_NAME = re.compile(rf"{OWN}([a-z]+)((?:-\d+)?(?:@.*)?)")


def confirmed(text: str) -> bool:
    """Whether a status says that a person has looked at the suggestion, in the words of tables.

    Example:
        >>> confirmed("Confirmed"), confirmed("suggested"), confirmed("unsure")
        (True, False, False)
    """
    try:
        return is_confirmed(text) is True
    except InputError:
        return False


def numbers(text: str) -> list[float | None]:
    """The numbers of a tier of probabilities; ``?`` is one that is not known.

    Example:
        >>> numbers("0.5 ? 1.0")
        [0.5, None, 1.0]
    """
    return [_number(one) for one in text.split()]


def show_numbers(values: object) -> str:
    """The text of a tier of probabilities: two decimals, which is what a person takes in.

    Example:
        >>> show_numbers([0.4967, None, 1.0])
        '0.50 ? 1.00'
    """
    return " ".join(
        f"{value:.2f}" if isinstance(value, (int, float)) and abs(value) <= 1 else "?"
        for value in (values if isinstance(values, (list, tuple)) else ())
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def suggested_lines(tiers: Sequence[Tier]) -> list[dict[str, Tier]]:
    """The tiers that hold suggestions, by line, one dict for each system, the newest first."""
    found: dict[str, dict[str, Tier]] = {}
    for tier in tiers:
        match = _NAME.fullmatch(tier.name)
        if match:
            found.setdefault(match[2], {})[match[1]] = tier
    return [lines for lines in reversed(found.values()) if lines.keys() & {*SUGGESTED}]


def read_mark(
    lines: Mapping[str, Tier], under: Callable[[Tier], Sequence[Annotation]]
) -> dict[str, Any]:
    """Return the mark of a suggestion that the tiers of a system hold, for the metadata.

    Args:
        lines: The tiers of the system, as `suggested_lines` gives them.
        under: Gives the annotations of a tier that belong to the sentence.
    """

    def text(kind: str) -> str:
        return " ".join(one.text for one in under(lines[kind])) if kind in lines else ""

    annotator = next((lines[line].annotator for line in SUGGESTED if line in lines), None) or ""
    system = annotator.removeprefix(ANNOTATOR) if ANNOTATOR in annotator else text("system")
    score = numbers(text("score"))
    mark: dict[str, Any] = {
        "system": system or None,
        "score": score[0] if score else None,
        "confirmed": confirmed(text("status")),
    }
    if text("probability"):
        mark["probabilities"] = numbers(text("probability"))
    return mark


def fill_open(own: IGT, other: IGT) -> IGT:
    """Return a sentence with its open words as a person has confirmed them elsewhere.

    Args:
        own: The sentence with its own analysis, some words of which are `UNKNOWN`.
        other: The same sentence with the lines of a system.

    Returns:
        The sentence itself where nobody has confirmed the other lines, or they are of other words.

    Example:
        >>> mark = {"prediction": {"confirmed": True}}
        >>> done = IGT("cats run", "cat-s run", "cat-PL go", metadata=mark)
        >>> fill_open(IGT("cats run", "cat-s run", "cat-PL ???"), done).glosses
        'cat-PL go'
    """
    mark = other.metadata.get("prediction")
    if not (isinstance(mark, Mapping) and mark.get("confirmed")):
        return own
    others = list(zip(split_words(other.segmentation), split_words(other.glosses), strict=False))
    nothing = [UNKNOWN] * len(others)
    forms = split_words(own.segmentation) or nothing.copy()
    glosses = split_words(own.glosses) or nothing.copy()
    if not others or not len(forms) == len(glosses) == len(others):
        return own
    for at, (form, gloss) in enumerate(others):
        if forms[at] in (form, UNKNOWN) and UNKNOWN in forms[at] + glosses[at]:
            forms[at], glosses[at] = form, gloss
    return own.replace(segmentation=join_words(forms), glosses=join_words(glosses))
