r"""The format of the SIGMORPHON 2023 shared task: one line a marker, a blank line between entries.

::

    \t palasi
    \m pala-si
    \p N-SUFF
    \g house-PL
    \l The houses.

``\t`` is the transcription, ``\m`` the segmentation, ``\p`` the parts of speech, ``\g`` the glosses
and ``\l`` the translation. What files of this kind do, and how it is read:

- Any line may be missing, and a marker may stand alone: that line of the entry is None.
- The text of a line is what follows one space after the marker, kept exactly as given.
- A repeated marker continues the line, as Toolbox wraps long ones; so does a line without marker.
  Where the translation is already there, a repeat of ``\t \m \p \g``, or of the marker that the
  entry began with, starts a new entry: the blank line between the two is missing.
- An unknown marker is kept in `IGT.metadata` under its name with the backslash, and written back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._losses import empty, metadata_key, spacing_of
from igtkit.io._sink import Sink
from igtkit.io._source import Source

__all__ = ["FORMAT"]

_MARKERS = {
    "t": "transcription",
    "m": "segmentation",
    "p": "pos",
    "g": "glosses",
    "l": "translation",
}
_LINE = re.compile(r"\s*\\(\S*)\s?(.*)", re.DOTALL)
_LINE_ENDS = re.compile(r"[\r\n]+")
_UNKNOWN_MARKER = re.compile(r"\\(?![tmpgl]$)\S+")

Fields = dict[str, list[str]]


def _read(source: Source) -> Iterator[IGT]:
    for first, block in source.blocks():
        for line, fields in _entries(source, first, block):
            source.line = line
            yield _entry(fields)


def _entries(source: Source, first: int, block: list[str]) -> list[tuple[int, Fields]]:
    """The entries of a block, each with its line: one, unless a blank line is missing."""
    entries: list[tuple[int, Fields]] = []
    fields: Fields = {}
    marker = ""
    for number, line in enumerate(block, first):
        match = _LINE.match(line)
        if match is not None and match[1]:
            marker, text = match.groups()
            if not entries or _begins_another(marker, fields):
                fields = {}
                entries.append((number, fields))
            fields.setdefault(marker, []).append(text)
        elif match is None and marker:
            fields[marker].append(line.strip())
        else:
            source.reject(
                "a backslash without marker" if match else "text before the first marker",
                line=number,
                expected=r"a line that begins with \t, \m, \p, \g or \l",
                text="\n".join(block),
            )
            return []
    for number, fields in entries:
        if not fields.keys() & _MARKERS.keys():
            source.reject(
                "an entry with no other marker than " + ", ".join(f"\\{name}" for name in fields),
                line=number,
                expected=r"one of \t, \m, \p, \g and \l; or name another format=",
                text="\n".join(block),
            )
            return []
    return entries


def _begins_another(marker: str, fields: Fields) -> bool:
    if marker not in fields or "l" not in fields or marker == "l":
        return False
    return marker in _MARKERS or marker == next(iter(fields))


def _entry(fields: Fields) -> IGT:
    lines: dict[str, str | None] = {"transcription": None}
    metadata = {}
    for marker, texts in fields.items():
        if marker in _MARKERS:
            text = texts[0] if len(texts) == 1 else " ".join(filter(str.strip, texts))
            lines[_MARKERS[marker]] = text if text.strip() else None
        else:
            metadata[f"\\{marker}"] = "\n".join(texts)
    return IGT(**lines, metadata=metadata)


def _write(items: Iterable[IGT], sink: Sink) -> None:
    stream = sink.text()
    for igt in items:
        stream.write("".join(f"{line}\n" for line in _lines(igt, sink)) + "\n")


def _lines(igt: IGT, sink: Sink) -> list[str]:
    """The lines of an entry; those with unknown markers first, so that none seems to follow."""
    lines = []
    fields = {name: text for name, text in igt.metadata.items() if _is_field(name, text)}
    for key in igt.metadata.keys() - fields.keys():
        sink.lose(metadata_key(key))
    for marker, text in fields.items():
        lines += [f"{marker} {part}" for part in text.split("\n")]
    known = len(lines)
    for marker, name in _MARKERS.items():
        text = getattr(igt, name)
        if text is None:
            continue
        if not text.strip():
            sink.lose(empty(name))
            continue
        if "\n" in text or "\r" in text:
            sink.lose(spacing_of(name))
            text = _LINE_ENDS.sub(" ", text)
        lines.append(f"\\{marker} {text}")
    return lines if len(lines) > known else [*lines, "\\t"]


def _is_field(name: object, text: object) -> bool:
    """Whether an item of the metadata is the text of an unknown marker."""
    return (
        isinstance(name, str)
        and isinstance(text, str)
        and _UNKNOWN_MARKER.fullmatch(name) is not None
        and "\r" not in text
    )


FORMAT = built_in(
    "sigmorphon",
    read=_read,
    write=_write,
    holds=[*_MARKERS.values(), "metadata"],
    judgments_in_text=True,
)
