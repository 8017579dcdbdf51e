"""From a phrase and its text to an `IGT`."""

from __future__ import annotations

import contextlib
import re
from typing import Any
from xml.etree import ElementTree as ET

from igtkit._json import read_object
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io.flextext.items import Items, PhraseItems, pick
from igtkit.io.flextext.languages import language_of
from igtkit.io.flextext.lines import Choice, read_lines

__all__ = [
    "NOTES",
    "PREDICTION",
    "compact",
    "kept_of",
    "lay_out",
    "make_entry",
    "notes_of",
    "prediction_of",
    "seconds_of",
    "title_of",
]

NOTES = ("note", "notes")
PREDICTION = "igtkit-prediction"
"""Type of the item that keeps what FLEx's analysis status cannot say of a suggestion."""

_MILLISECONDS = re.compile(r"\s*-?\d{1,15}(\.\d*)?\s*")


def compact(element: ET.Element) -> ET.Element:
    """The element without white space between elements; what is in an item stays."""
    if element.tag != "item":
        element.text = _unless_blank(element.text)
        for child in element:
            child.tail = _unless_blank(child.tail)
            compact(child)
    return element


def _unless_blank(text: str | None) -> str | None:
    return text if text and not text.isspace() else None


def lay_out(element: ET.Element, depth: int) -> None:
    """Put each element on a line, indented, but for what is in items, where white space counts."""
    if element.tag == "item" or not len(element) or _has_text(element):
        return
    for child in element:
        lay_out(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
    element.text = "\n" + "  " * (depth + 1)


def _has_text(element: ET.Element) -> bool:
    """Whether text stands beside the elements that are in an element."""
    return any(map(_unless_blank, (element.text, *(child.tail for child in element))))


def kept_of(
    phrase: str, choice: Choice, *, text: dict[str, Any], paragraph: dict[str, Any]
) -> dict[str, Any]:
    """Return the metadata from which a phrase is written again.

    Args:
        phrase: The phrase, compact.
        choice: The writing systems of its lines.
        text: What is kept of the text that it belongs to; shared by the entries of the text.
        paragraph: What is kept of its paragraph.
    """
    return {
        "vernacular": choice.vernacular,
        "analysis": choice.analysis,
        "translation": choice.translation,
        "phrase": phrase,
        "paragraph": paragraph,
        "text": text,
    }


def make_entry(
    phrase: PhraseItems, choice: Choice, *, title: str | None, guid: str | None, **metadata: Any
) -> IGT:
    """The entry of a phrase in a text with that title and identifier, and with more metadata."""
    lines = read_lines(phrase, choice)
    number = phrase.items.get("segnum", ())
    return IGT(
        lines.transcription,
        lines.segmentation,
        lines.glosses,
        lines.translation,
        pos=lines.pos,
        language=language_of(choice.vernacular),
        metalanguage=language_of(choice.translation),
        id=phrase.attributes.get("guid") or next((text for _, text in number), None),
        source=title or guid,
        metadata={
            **({"title": title} if title else {}),
            **_details(phrase),
            **metadata,
        },
    )


def title_of(header: ET.Element, vernacular: str | None) -> str | None:
    """The title of a text: in the vernacular, or else the first."""
    return pick(header, "title", vernacular, any_other=True)


def _details(phrase: PhraseItems) -> dict[str, Any]:
    """The metadata that other formats have as well."""
    found: dict[str, Any] = {}
    for name, attribute in (("begin", "begin-time-offset"), ("end", "end-time-offset")):
        seconds = seconds_of(phrase.attributes.get(attribute))
        if seconds is not None:
            found[name] = seconds
    if phrase.attributes.get("speaker"):
        found["speaker"] = phrase.attributes["speaker"]
    if notes := notes_of(phrase.items):
        found["notes"] = notes
    prediction = prediction_of(phrase)
    if prediction is not None:
        found["prediction"] = prediction
    return found


def notes_of(items: Items) -> list[str]:
    """The notes on a phrase; a tier of ELAN named in the plural is exported as ``notes``."""
    return [note for kind in NOTES for _, note in items.get(kind, ())]


def seconds_of(offset: str | None) -> float | None:
    """Return a time in seconds; None where it is missing or no number of milliseconds."""
    return float(offset) / 1000 if offset and _MILLISECONDS.fullmatch(offset) else None


def prediction_of(phrase: PhraseItems) -> dict[str, Any] | None:
    """The mark of a machine's suggestion: as it was written, or else by FLEx's analysis status."""
    for _, text in phrase.items.get(PREDICTION, ()):
        with contextlib.suppress(InputError):
            return read_object(text)
    if phrase.is_guess:
        return {"system": None, "score": None, "confirmed": False}
    return None
