"""What ELAN writes of recordings into a Toolbox file: times, and media at the end of the file.

The times are in seconds or in hours, minutes and seconds, by choice; ELAN's own import takes both,
and minutes and seconds, too (``ShoeboxArray``). A time that is not known is negative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from igtkit.io._media import read_milliseconds
from igtkit.io._source import Source

__all__ = ["MEDIA", "Media", "media_in", "media_of", "seconds_of"]

MEDIA = {
    "ELANMediaURL": "url",
    "ELANMediaMIME": "mime_type",
    "ELANMediaOrigin": "time_origin",
    "ELANMediaExtracted": "extracted_from",
}
"""What each of ELAN's markers says of a recording."""

Media = Sequence[dict[str, Any]]
"""Recordings, as in ``metadata["media"]``."""

_TIME = re.compile(
    r"(?:(?:(\d{1,9}):)?([0-5]?\d):(?=[0-5]?\d(?:\D|$)))?(\d{1,12}(?:[.,]\d*)?)", re.ASCII
)
_FIELD = re.compile(rf"^\\({'|'.join(MEDIA)})[ \t]+(\S.*)$", re.MULTILINE)
_SIGN = b"\\ELANMedia"
_PIECE = 1 << 20


def seconds_of(text: str) -> float | None:
    """Return a time in seconds; None if it is none.

    Example:
        >>> seconds_of("00:50:11.150"), seconds_of("1:02"), seconds_of("0.5"), seconds_of("-1")
        (3011.15, 62.0, 0.5, None)
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes = (int(part or 0) for part in match.group(1, 2))
    return round(3600 * hours + 60 * minutes + float(match[3].replace(",", ".")), 6)


def media_in(source: Source) -> list[dict[str, Any]]:
    """The recordings that a file names anywhere; of an open file, none."""
    if source.path is None or not source.path.is_file():
        return []
    before = b""
    with source.path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            if _SIGN in before + piece:
                break
            before = piece[-len(_SIGN) :]
        else:
            return []
    text = source.path.read_text(encoding=source.encoding, errors="replace")
    return media_of(_FIELD.findall(text))


def media_of(fields: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The recordings that some fields name; each begins with its address.

    Example:
        >>> media_of([("ELANMediaURL", "a.wav"), ("ELANMediaOrigin", "1500")])
        [{'url': 'a.wav', 'time_origin': 1.5}]
    """
    media: list[dict[str, Any]] = []
    for marker, text in fields:
        name, value = MEDIA[marker], text.strip()
        if name == "url":
            media.append({name: value})
        elif media and name == "time_origin":
            if (origin := read_milliseconds(value)) is not None:
                media[-1][name] = origin
        elif media:
            media[-1][name] = value
    return media
