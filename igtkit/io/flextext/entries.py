"""From a phrase and its text to an `IGT`."""

from __future__ import annotations

import contextlib
import re
from typing import Any
from xml.etree import ElementTree as ET

from igtkit._json import read_object
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._xml import to_text
from igtkit.io.flextext.items import PhraseItems, pick, texts_of
from igtkit.io.flextext.languages import language_of
from igtkit.io.flextext.lines import Choice, read_lines

__all__ = [
    "NOTES",
    "PREDICTION",
    "compact",
    "kept_of",
    "make_entry",
    "notes_of",
    "prediction_of",
    "seconds_of",
    "statuses_of",
    "title_of",
]

NOTES = ("note", "notes")
PREDICTION = "igtkit-prediction"
"""Type of the item that keeps what FLEx's analysis status cannot say of a suggestion."""

_MILLISECONDS = re.compile(r"\s*-?\d+(\.\d*)?\s*")


def compact(element: ET.Element) -> ET.Element:
    """The element without white space between elements; what is in an item stays."""
    if element.tag != "item":
        element.text = None
        for child in element:
            child.tail = None
            compact(child)
    return element


def kept_of(
    phrase: ET.Element, choice: Choice, *, text: dict[str, Any], paragraph: dict[str, Any]
) -> dict[str, Any]:
    """Return the metadata from which a phrase is written again.

    Args:
        phrase: The phrase, compact.
        choice: The writing systems of its lines.
        text: What is kept of the text that it belongs to; shared by the entries of the text.
        paragraph: What is kept of its paragraph.
    """
    phrase.tail = None  # what stood after it in the file
    return {
        "vernacular": choice.vernacular,
        "analysis": choice.analysis,
        "translation": choice.translation,
        "phrase": to_text(phrase),
        "paragraph": paragraph,
        "text": text,
    }


def make_entry(
    phrase: ET.Element,
    choice: Choice,
    items: PhraseItems | None = None,
    /,
    *,
    title: str | None,
    guid: str | None,
) -> IGT:
    """The entry of a phrase in a text with that title and identifier; `items` are the phrase's."""
    items = PhraseItems.of(phrase) if items is None else items
    lines = read_lines(items, choice)
    number = items.items.get("segnum", ())
    return IGT(
        lines.transcription,
        lines.segmentation,
        lines.glosses,
        lines.translation,
        pos=lines.pos,
        language=language_of(choice.vernacular),
        metalanguage=language_of(choice.translation),
        id=phrase.get("guid") or next((text for _, text in number), None),
        source=title or guid,
        metadata={**({"title": title} if title else {}), **_details(phrase)},
    )


def title_of(header: ET.Element, vernacular: str | None) -> str | None:
    """The title of a text: in the vernacular, or else the first."""
    return pick(header, "title", vernacular, any_other=True)


def _details(phrase: ET.Element) -> dict[str, Any]:
    """The metadata that other formats have as well."""
    found: dict[str, Any] = {}
    for name, attribute in (("begin", "begin-time-offset"), ("end", "end-time-offset")):
        seconds = seconds_of(phrase.get(attribute))
        if seconds is not None:
            found[name] = seconds
    if phrase.get("speaker"):
        found["speaker"] = phrase.get("speaker")
    if notes := notes_of(phrase):
        found["notes"] = notes
    prediction = prediction_of(phrase)
    if prediction is not None:
        found["prediction"] = prediction
    return found


def notes_of(phrase: ET.Element) -> list[str]:
    """The notes on a phrase; a tier of ELAN named in the plural is exported as ``notes``."""
    return [note for kind in NOTES for _, note in texts_of(phrase, kind)]


def seconds_of(offset: str | None) -> float | None:
    """Return a time in seconds; None where it is missing or no number of milliseconds."""
    return float(offset) / 1000 if offset and _MILLISECONDS.fullmatch(offset) else None


def prediction_of(phrase: ET.Element) -> dict[str, Any] | None:
    """The mark of a machine's suggestion: as it was written, or else by FLEx's analysis status."""
    for _, text in texts_of(phrase, PREDICTION):
        with contextlib.suppress(InputError):
            return read_object(text)
    if any(status.startswith("guess") for status in statuses_of(phrase)):
        return {"system": None, "score": None, "confirmed": False}
    return None


def statuses_of(element: ET.Element) -> set[str]:
    """Return every analysis status inside an element."""
    return {found.get("analysisStatus", "") for found in element.iter()} - {""}
