"""ELAN's annotation format: tiers of annotations over a recording.

Which tier is which line is told by names, linguistic types and parents, or by a `TierMap`. A file
that is there gets its suggestions as new tiers, between its own bytes.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._losses import report_losses
from igtkit.io._registry import Format
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tiers.entries import read_group
from igtkit.io._tiers.groups import group_tiers
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import base_name
from igtkit.io.eaf.annotations import Layout
from igtkit.io.eaf.reading import Document, read_document
from igtkit.io.eaf.template import add_tiers
from igtkit.io.eaf.writing import SOURCE, document

__all__ = ["FORMAT"]

_LINES = ("transcription", "segmentation", "glosses", "translation", "pos")

Asked = TierMap | Mapping[str, Any] | None


def _read(source: Source, *, tiers: Asked = None) -> Iterator[IGT]:
    asked = TierMap.of(tiers)
    yield from _entries(read_document(source), asked, source)


def _entries(found: Document, asked: TierMap, source: Source) -> list[IGT]:
    groups = group_tiers(found.tiers, asked, source.name)
    entries = [igt for group in groups for igt in read_group(group, source, "eaf")]
    title = _title(found)
    if title is not None:
        told = [{**igt.metadata, "title": title} for igt in entries]
        entries = [
            igt.replace(source=title, metadata=more)
            for igt, more in zip(entries, told, strict=True)
        ]
    text = found.properties.get(SOURCE)
    if text:
        entries = [igt.replace(source=text) for igt in entries]
    return sorted(entries, key=lambda igt: igt.metadata.get("begin", 0.0))


def _title(found: Document) -> str | None:
    """The title of the text, where the file comes from FLEx."""
    tiers = [t for t in found.tiers if base_name(t.name).startswith("interlinear-text-title")]
    texts = [text for tier in tiers for text in tier.texts()]
    return texts[0] if len(texts) == 1 else None


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    template: str | os.PathLike[str] | None = None,
    tiers: Asked = None,
    layout: Layout | None = None,
) -> None:
    if layout not in ("lines", "morphemes", None):
        raise InputError(f"layout must be 'lines' or 'morphemes', not {layout!r}")
    asked = TierMap.of(tiers)
    if template is not None:
        with Path(template).open("rb") as stream:
            wide = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        source = Source(template, encoding="utf-16" if wide else None)
        found = read_document(source)
        there = _entries(found, asked, source)
        source.close()
        kind = layout or "lines"
        add_tiers(items, sink, path=Path(template), document=found, there=there, layout=kind)
        return
    if asked != TierMap():
        raise InputError("tiers= says which tiers a template has; give template=, too")
    entries = list(items)
    text = document(entries, sink, layout)
    report_losses(entries, _read(Source(StringIO(text))), sink, "eaf")
    _save(text, sink)


def _save(text: str, sink: Sink) -> None:
    declared = f'<?xml version="1.0" encoding="{sink.encoding}"?>\n'
    if sink.path is None:
        sink.text().write(text)
    else:
        data = (declared + text).encode(sink.encoding, errors="xmlcharrefreplace")
        sink.binary().write(data)


def _sniff(head: str) -> bool:
    return "<ANNOTATION_DOCUMENT" in head


FORMAT = Format(
    "eaf",
    extensions=(".eaf",),
    read=_read,
    write=_write,
    sniff=_sniff,
    holds=frozenset([*_LINES, "id", "source", "language", "metalanguage", "metadata"]),
)
