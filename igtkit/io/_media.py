"""The recordings that texts are of: ``metadata["media"]``, a list with a dict for each.

``url`` is where it is; `media_of` says what else may be told. The times of an entry are those of
ELAN's time line, on which a recording begins `time_origin` seconds before 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from igtkit.igt import IGT

__all__ = [
    "MEDIA",
    "MEDIA_FILES",
    "attributes_of",
    "files_of",
    "media_files",
    "media_of",
    "one_for_all",
    "read_milliseconds",
    "time_of",
]

MEDIA = "media"
"""The key of the metadata."""

MEDIA_FILES = "media-files"
"""The element of FLExText that names the recordings of a text."""

_UNKNOWN = "unknown"  # ELAN's own word for a kind of file that it does not know
_ATTRIBUTES = {
    "MEDIA_URL": "url",
    "MIME_TYPE": "mime_type",
    "RELATIVE_MEDIA_URL": "relative_url",
    "TIME_ORIGIN": "time_origin",
    "EXTRACTED_FROM": "extracted_from",
}
"""What the attributes of ELAN's MEDIA_DESCRIPTOR are called in the metadata; times in seconds."""


_MILLISECONDS = re.compile(r"\s*-?\d{1,15}\s*")  # more digits are no time of a recording


_MOST_SECONDS = 10**12


def read_milliseconds(text: str) -> float | None:
    """Return a whole number of milliseconds in seconds; None if the text is none.

    Example:
        >>> read_milliseconds("1500"), read_milliseconds("-7"), read_milliseconds("--7")
        (1.5, -0.007, None)
    """
    return int(text) / 1000 if _MILLISECONDS.fullmatch(text) else None


def time_of(value: object) -> float | None:
    """Return a time in seconds that is a number, and less than a million years; else None.

    Example:
        >>> time_of(1.5), time_of(10**400), time_of(float("nan")), time_of("1")
        (1.5, None, None, None)
    """
    is_time = isinstance(value, (int, float)) and abs(value) < _MOST_SECONDS
    return float(value) if is_time else None  # type: ignore[arg-type]


def media_of(attributes: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what a MEDIA_DESCRIPTOR of ELAN says, or None if it says not where the recording is.

    Example:
        >>> media_of({"MEDIA_URL": "file:///a.wav", "TIME_ORIGIN": "1000"})
        {'url': 'file:///a.wav', 'time_origin': 1.0}
    """
    told: dict[str, Any] = {}
    for attribute, name in _ATTRIBUTES.items():
        value = attributes.get(attribute, "").strip()
        if name == "time_origin":
            if origin := read_milliseconds(value):
                told[name] = origin
        elif value and value != _UNKNOWN:
            told[name] = value
    return told if "url" in told or "relative_url" in told else None


def attributes_of(media: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the attributes of a MEDIA_DESCRIPTOR for a recording.

    Example:
        >>> attributes_of({"url": "a.wav", "mime_type": "audio/x-wav"})
        {'MEDIA_URL': 'a.wav', 'MIME_TYPE': 'audio/x-wav'}
    """
    told: dict[str, str | None] = {}
    for attribute, name in _ATTRIBUTES.items():
        value = media.get(name)
        if name == "time_origin" and (origin := time_of(value)) is not None:
            told[attribute] = str(round(origin * 1000))
        elif isinstance(value, str) and name != "time_origin":
            told[attribute] = value
    told.setdefault("MIME_TYPE", _UNKNOWN)  # the schema asks for both
    told.setdefault("MEDIA_URL", told.get("RELATIVE_MEDIA_URL"))
    return told


def one_for_all(items: Iterable[IGT]) -> list[Mapping[str, Any]]:
    """The recordings that entries have, if all that have any have the same; else none."""
    told = [igt.metadata[MEDIA] for igt in items if igt.metadata.get(MEDIA)]
    first = told[0] if told else []
    if not isinstance(first, list) or any(other != first for other in told):
        return []
    located = [one for one in first if isinstance(one, Mapping) and _address(one)]
    return located if len(located) == len(first) else []


def _address(media: Mapping[str, Any]) -> str | None:
    told = (media.get("url"), media.get("relative_url"))
    return next((address for address in told if isinstance(address, str) and address), None)


def files_of(text: ET.Element) -> list[dict[str, Any]]:
    """The recordings that a text of FLExText names."""
    found = (media.get("location") for media in text.iterfind(f"{MEDIA_FILES}/media"))
    return [{"url": location} for location in found if location]


def media_files(recordings: Iterable[Mapping[str, Any]]) -> ET.Element:
    """The element of FLExText for some recordings; each has the identifier that its address gives.

    Example:
        >>> [media.get("location") for media in media_files([{"url": "a.wav"}])]
        ['a.wav']
    """
    element = ET.Element(MEDIA_FILES, {"offset-type": "milliseconds"})
    for address in filter(None, map(_address, recordings)):
        guid = str(uuid5(NAMESPACE_URL, address))
        ET.SubElement(element, "media", {"guid": guid, "location": address})
    return element
