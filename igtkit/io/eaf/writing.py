"""Writing ELAN files: a new one, or new tiers into one that is there."""

from __future__ import annotations

import codecs
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.igt.text import ALL_LINES
from igtkit.io._losses import ROUNDED_TIMES, EntryLosses, report_differences
from igtkit.io._media import attributes_of, one_for_all
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import IDENTIFIERS
from igtkit.io._tiers.times import Span, spans
from igtkit.io._xml.writing import escape, legal
from igtkit.io.eaf.annotations import Layout, Place, Tiers, pairs_up
from igtkit.io.eaf.elements import GLOTTOLOG, SOURCE
from igtkit.io.eaf.markup import (
    ASSOCIATION,
    SENTENCE,
    SUBDIVISION,
    NewTier,
    Row,
    constraint_element,
    element,
    tier,
    type_,
)
from igtkit.io.eaf.reading import Asked, entries_of, read_document, read_eaf
from igtkit.io.eaf.template import add_tiers

__all__ = ["write_eaf"]

_HELD = (
    *ALL_LINES,
    *("id", "source", "language", "metalanguage"),
)
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_IDENTIFIER = re.compile(r"[A-Za-z_][-.\w]*", re.ASCII)
_NUMBER = re.compile(r"a(\d+)", re.ASCII)


def write_eaf(
    items: Iterable[IGT],
    sink: Sink,
    *,
    template: str | os.PathLike[str] | None = None,
    tiers: Asked = None,
    layout: Layout | None = None,
) -> None:
    """Write entries to a new ELAN file, or as tiers into a copy of one that is there.

    Args:
        items: The entries.
        sink: Where to.
        template: A file that the entries were read from, which gets their analyses as new tiers.
        tiers: Which tier of the template is which line.
        layout: Whether an annotation is a line or a morpheme; by default a morpheme where the
            lines of all entries pair up, and in a template a line.

    Raises:
        InputError: If `tiers` is given without `template`.
    """
    asked = TierMap.of(tiers)
    if template is not None:
        with Path(template).open("rb") as stream:
            wide = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        source = Source(template, encoding="utf-16" if wide else None)
        found = read_document(source)
        there = entries_of(found, asked, source)
        source.close()
        kind = layout or "lines"
        add_tiers(items, sink, path=Path(template), document=found, there=there, layout=kind)
        return
    if asked != TierMap():
        raise InputError("tiers= says which tiers a template has; give template=, too")
    entries = list(items)
    text = _document(entries, sink, layout)
    report_differences(entries, read_eaf(Source(StringIO(text))), sink, "eaf", _HELD)
    _save(text, sink)


def _save(text: str, sink: Sink) -> None:
    declared = f'<?xml version="1.0" encoding="{sink.encoding}"?>\n'
    if sink.path is None:
        sink.text().write(text)
    else:
        data = (declared + text).encode(sink.encoding, errors="xmlcharrefreplace")
        sink.binary().write(data)


def _document(items: Sequence[IGT], sink: Sink, layout: Layout | None) -> str:
    """The XML of a new file.

    Args:
        items: The entries.
        sink: Where what cannot be held is reported.
        layout: Whether an annotation is a line or a morpheme; None is by morpheme where the lines
            of all entries pair up.
    """
    if layout is None:
        layout = "morphemes" if all(map(pairs_up, items)) else "lines"
    times = [_milliseconds(span, sink) for span in spans(items, sink)]
    slots = {time: f"ts{at}" for at, time in enumerate(sorted({t for s in times for t in s}), 1)}
    names = _names(items)
    used = set(names)
    numbers = iter(range(1, 1 << 60))

    def new_id() -> str:
        return next(name for n in numbers if (name := f"a{n}") not in used)

    languages = _Languages()
    sentences: dict[str, NewTier] = {}
    tiers = Tiers(new_id)
    endings = _Endings()
    marks = [mark for igt in items if isinstance(mark := igt.metadata.get("prediction"), Mapping)]
    one_way = all(mark.get("system") == marks[0].get("system") for mark in marks)
    for igt, span, told in zip(items, times, names, strict=True):
        speaker = _speaker(igt)
        ending = endings.of(speaker, igt.language, igt.metalanguage)
        own = sentences.setdefault(
            ending,
            NewTier(
                "transcription" + ending,
                SENTENCE,
                participant=speaker,
                language=languages.code(igt.language),
            ),
        )
        name = told or new_id()
        losses = EntryLosses(sink)
        text = legal(igt.transcription or "", losses)
        own.rows.append(Row(name, text, slots=(slots[span[0]], slots[span[1]])))
        place = Place(own.name, name, ending, losses, speaker)
        if igt.id is not None and name != igt.id:
            tiers.add(place, IDENTIFIERS, igt.id)
        if igt.translation is not None:
            code = languages.code(igt.metalanguage)
            tiers.add(place, "translation", igt.translation, language=code)
        mark = igt.metadata.get("prediction")
        if isinstance(mark, Mapping):
            tiers.suggest(place, igt, mark, layout, one_way=one_way)
            if igt.pos is not None:
                tiers.add(place, "pos", igt.pos)
        else:
            tiers.analyze(place, igt, layout)
        for note in _notes(igt):
            tiers.add(place, "notes", note, SUBDIVISION)
    every = [*sentences.values(), *tiers.made.values()]
    return "\n".join(_lines(items, every, slots, languages, sink)) + "\n"


def _milliseconds(span: Span, sink: Sink) -> tuple[int, int]:
    begin, end = (round(one * 1000) for one in span)
    if any(abs(one * 1000 - whole) > 1e-6 for one, whole in zip(span, (begin, end), strict=True)):
        sink.lose(ROUNDED_TIMES)
    return begin, max(end, begin + 1)


def _names(items: Sequence[IGT]) -> list[str]:
    """The identifiers of the sentences: those of the entries, where XML has such names."""
    seen: set[str] = set()
    names = []
    for igt in items:
        name = igt.id if igt.id and _IDENTIFIER.fullmatch(igt.id) and igt.id not in seen else ""
        seen.add(name)
        names.append(name)
    return names


def _speaker(igt: IGT) -> str | None:
    speaker = igt.metadata.get("speaker")
    return speaker if isinstance(speaker, str) and speaker else None


def _notes(igt: IGT) -> list[str]:
    notes = igt.metadata.get("notes")
    return [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []


class _Endings:
    """What the names of tiers end in: the speaker, and a number where he speaks more languages."""

    def __init__(self) -> None:
        self._given: dict[tuple[Any, ...], str] = {}
        self._count: dict[str | None, int] = defaultdict(int)

    def of(self, speaker: str | None, *languages: Language | None) -> str:
        key = speaker, *languages
        if key not in self._given:
            self._count[speaker] += 1
            number = self._count[speaker]
            behind = f"@{speaker}" if speaker else ""
            self._given[key] = (f"-{number}" if number > 1 else "") + behind
        return self._given[key]


class _Languages:
    """The languages of the file, and what they are called in it."""

    def __init__(self) -> None:
        self._codes: dict[Language, str] = {}

    def code(self, language: Language | None) -> str | None:
        if language is None:
            return None
        if language not in self._codes:
            code = language.iso639_3 or language.glottocode or "und"
            taken = set(self._codes.values())
            number = 1
            while code in taken or (code == "und" and number == 1):
                number += 1
                code = f"{language.iso639_3 or language.glottocode or 'x'}-{number - 1}"
            self._codes[language] = code
        return self._codes[language]

    def elements(self) -> list[str]:
        return [
            element(
                "LANGUAGE",
                {
                    "LANG_ID": code,
                    "LANG_LABEL": language.name or code,
                    "LANG_DEF": GLOTTOLOG + language.glottocode if language.glottocode else None,
                },
            )
            for language, code in self._codes.items()
        ]


def _lines(
    items: Sequence[IGT],
    tiers: Sequence[NewTier],
    slots: Mapping[int, str],
    languages: _Languages,
    sink: Sink,
) -> list[str]:
    sources = {igt.source for igt in items}
    lines = ['<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">']
    for media in one_for_all(items):
        told = attributes_of(media)
        told = {name: value and legal(value, sink) for name, value in told.items()}
        lines.append("    " + element("MEDIA_DESCRIPTOR", told))
    if len(sources) == 1 and (source := next(iter(sources))):
        lines.append("    " + element("PROPERTY", {"NAME": SOURCE}, escape(legal(source, sink))))
    numbers = [_NUMBER.fullmatch(row.id) for one in tiers for row in one.rows]
    last = max((int(match[1]) for match in numbers if match), default=0)
    lines.append("    " + element("PROPERTY", {"NAME": "lastUsedAnnotationId"}, str(last)))
    lines += ["</HEADER>", "<TIME_ORDER>"]
    lines += [
        "    " + element("TIME_SLOT", {"TIME_SLOT_ID": name, "TIME_VALUE": str(time)})
        for time, name in slots.items()
    ]
    lines.append("</TIME_ORDER>")
    for one in tiers:
        lines += tier(one, {})
    lines += [type_(kind, kind) for kind in (SENTENCE, SUBDIVISION, ASSOCIATION)]
    lines += languages.elements()
    lines += [
        constraint_element("Symbolic_Subdivision"),
        constraint_element("Symbolic_Association"),
    ]
    head = (
        '<ANNOTATION_DOCUMENT AUTHOR="igtkit" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0" '
        'VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:noNamespaceSchemaLocation="{_SCHEMA}">'
    )
    return [head, *(f"    {line}" for line in lines), "</ANNOTATION_DOCUMENT>"]
