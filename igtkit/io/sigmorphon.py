r"""The format of the SIGMORPHON 2023 shared task: one line a marker, a blank line between entries.

::

    \t palasi
    \m pala-si
    \p N-SUFF
    \g house-PL
    \l The houses.

Markers are ``\t`` transcription, ``\m`` segmentation, ``\p`` parts of speech, ``\g`` glosses,
``\l`` translation; any may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from igtkit.igt import IGT
from igtkit.io._registry import Format
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
_BREAKS = re.compile(r"[\r\n]+")


def _read(source: Source) -> Iterator[IGT]:
    for first, block in source.blocks():
        for line, fields in _entries(source, first, block):
            source.line = line
            yield _make(fields)


def _entries(
    source: Source, first: int, block: list[str]
) -> list[tuple[int, dict[str, list[str]]]]:
    """The entries of a block, each with its line: one, unless a blank line is missing."""
    entries: list[tuple[int, dict[str, list[str]]]] = []
    fields: dict[str, list[str]] = {}
    marker = ""
    problem = ""
    for number, line in enumerate(block, first):
        match = _LINE.match(line)
        if match is None:
            if marker:
                fields[marker].append(line.strip())
                continue
            problem = "text before the first marker of the entry"
        else:
            marker, text = match.groups()
            if not marker:
                problem = "a backslash without the name of a marker"
            elif marker not in fields or (marker != "l" and "l" in fields):
                if marker in fields or not fields:
                    fields = {}
                    entries.append((number, fields))
                fields[marker] = [text]
            else:
                fields[marker].append(text)
        if problem:
            source.reject(
                problem,
                line=number,
                expected=r"a line that begins with \t, \m, \p, \g or \l",
                text="\n".join(block),
            )
            return []
    for number, fields in entries:
        if not fields.keys() & _MARKERS.keys():
            source.reject(
                f"an entry with only {', '.join(chr(92) + name for name in fields)}",
                line=number,
                expected=r"one of \t, \m, \p, \g and \l; or name another format=",
                text="\n".join(block),
            )
            return []
    return entries


def _make(fields: dict[str, list[str]]) -> IGT:
    lines: dict[str, str | None] = {}
    metadata = {}
    for marker, texts in fields.items():
        if marker in _MARKERS:
            text = texts[0] if len(texts) == 1 else " ".join(filter(str.strip, texts))
            lines[_MARKERS[marker]] = text if text.strip() else None
        else:
            metadata[f"\\{marker}"] = "\n".join(texts)
    lines.setdefault("transcription", None)
    return IGT(**lines, metadata=metadata)  # type: ignore[arg-type]


def _write(items: Iterable[IGT], sink: Sink) -> None:
    stream = sink.text()
    for igt in items:
        stream.write(_render(igt, sink) + "\n")


def _render(igt: IGT, sink: Sink) -> str:
    text = ""
    for marker, name in _MARKERS.items():
        value = getattr(igt, name)
        if value is None:
            continue
        if not value.strip():
            sink.lose(f"empty {name}")
            continue
        if "\n" in value or "\r" in value:
            sink.lose(f"line break in {name}")
            value = _BREAKS.sub(" ", value)
        text += f"\\{marker} {value}\n"
    text = text or "\\t\n"
    unheld = False
    for name, value in igt.metadata.items():
        if _is_field(name, value):
            text += "".join(f"{name} {line}\n" for line in value.split("\n"))
        else:
            unheld = True
    if unheld:
        sink.lose("metadata")
    return text


def _is_field(name: object, value: object) -> bool:
    """Whether an item of the metadata is a line with an unknown marker."""
    return (
        isinstance(name, str)
        and name.startswith("\\")
        and name[1:] not in _MARKERS
        and re.fullmatch(r"\\\S+", name) is not None
        and isinstance(value, str)
        and "\r" not in value
    )


def _sniff(head: str) -> bool:
    markers = set(re.findall(r"^[ \t]*\\(\S+)", head, re.MULTILINE))
    return bool(markers & {"t", "m", "g"}) and "_sh" not in markers


FORMAT = Format(
    "sigmorphon",
    extensions=(".txt", ".prediction"),
    read=_read,
    write=_write,
    sniff=_sniff,
    holds=frozenset({*_MARKERS.values(), "metadata"}),
)
