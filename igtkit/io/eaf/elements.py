"""The elements of an ELAN file, as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from igtkit.errors import FileFormatError
from igtkit.igt import Language
from igtkit.io._media import media_of, read_milliseconds
from igtkit.io._source import Source
from igtkit.io._xml.reading import events, text_beside, text_in
from igtkit.io.eaf.plain import SHAPES, Raw, read_annotations, read_slots

__all__ = ["GLOTTOLOG", "SOURCE", "Content"]

GLOTTOLOG = "https://glottolog.org/resource/languoid/id/"
"""What the definition of a language begins with where it is a glottocode."""

SOURCE = "igtkit:source"
"""The property of the header that names the text."""

_SECONDS = {"milliseconds": 1 / 1000, "PAL-frames": 1 / 25, "NTSC-frames": 1001 / 30000}
_KINDS = ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")
_LONGEST_ENTRY = 10_000
_TOLD = (
    *("HEADER", "TIER", *_KINDS, "TIME_SLOT", "LINGUISTIC_TYPE", "LANGUAGE", "PROPERTY"),
    *("CV_ENTRY_ML", "MEDIA_DESCRIPTOR"),
)

_WITH_TEXT = ("HEADER", "LICENSE", "PROPERTY", "CONTROLLED_VOCABULARY", "REF_LINK_SET")


class Content:
    """What is in a file, read element by element.

    Args:
        source: The file.

    Attributes:
        slots: The time of each slot, in seconds; None where it has none.
        tiers: The line, the attributes and the annotations of each tier.
        types: The constraint of each linguistic type.
        vocabularies: The linguistic types that have a controlled vocabulary.
        media: The recordings, as in ``metadata["media"]``.
        languages: The languages, by what they are called in the file.
        entries: The entries of controlled vocabularies, by their identifiers.
        properties: The properties of the header, by name.

    Raises:
        FileFormatError: If it is no ELAN file.
    """

    def __init__(self, source: Source) -> None:
        self.slots: dict[str, float | None] = {}
        self.tiers: list[tuple[int, dict[str, str], list[Raw]]] = []
        self.types: dict[str, str] = {}
        self.vocabularies: set[str] = set()
        self.media: list[dict[str, Any]] = []
        self.languages: dict[str, Language] = {}
        self.entries: dict[str, str] = {}
        self.properties: dict[str, str] = {}
        self._source = source
        self._unit = _SECONDS["milliseconds"]
        self._open: list[list[Raw]] = []  # the annotations of the tiers that have not ended
        self._lines: dict[int, int] = {}  # where the annotations that are open begin
        for event, line, element, parent, xml in events(source, _TOLD, shapes=SHAPES):
            if event == "text":
                self._add_text(element.tag, line, xml)
            elif event == "start":
                if parent is None:
                    _check_root(element, source, line)
                self._begin(element, line)
            elif parent is None:
                self._refuse_text(element, line)
            else:
                self._end(element, line)

    def _add_text(self, tag: str, line: int, xml: bytes) -> None:
        if tag == "TIER":
            self._open[-1].extend(read_annotations(xml, line))
            return
        for begins, name, value in read_slots(xml, line):
            self._add_slot(name, value, begins)

    def _begin(self, element: ET.Element, line: int) -> None:
        tag, found = element.tag, element.attrib
        if tag == "HEADER":
            self._unit = _unit(element, self._source, line)
            self.media += _old_media(found)
        elif tag == "TIER":
            self._open.append([])
            self.tiers.append((line, dict(found), self._open[-1]))
        elif tag in _KINDS:
            self._lines[id(element)] = line

    def _end(self, element: ET.Element, line: int) -> None:
        tag, found = element.tag, element.attrib
        if tag == "TIME_SLOT":
            self._add_slot(found.get("TIME_SLOT_ID", ""), found.get("TIME_VALUE"), line)
        elif tag in _KINDS:
            self._add_annotation(Raw.of(element, self._lines.pop(id(element))))
            element.clear()
        elif tag == "TIER":
            self._open.pop()
            if text := text_in(element):
                what = f"text in the tier {found.get('TIER_ID', '')!r:.80} that is no annotation's"
                self._source.reject(what, line=line, expected=" or ".join(_KINDS), text=text)
            element.clear()
        elif tag == "LINGUISTIC_TYPE":
            name = found.get("LINGUISTIC_TYPE_ID", "")
            self.types[name] = found.get("CONSTRAINTS", "").replace(" ", "_")
            if found.get("CONTROLLED_VOCABULARY_REF"):
                self.vocabularies.add(name)
        elif tag == "MEDIA_DESCRIPTOR":
            if told := media_of(found):
                self.media.append(told)
        elif tag == "LANGUAGE":
            self.languages[found.get("LANG_ID", "")] = _language(found)
        elif tag == "PROPERTY":
            self.properties[found.get("NAME", "")] = element.text or ""
        elif tag == "CV_ENTRY_ML":
            self._add_entry(found.get("CVE_ID", ""), element.findtext("CVE_VALUE") or "", line)

    def _add_annotation(self, raw: Raw) -> None:
        if self._open:
            self._open[-1].append(raw)
            return
        what = f"annotation {raw.id!r:.80} is in no tier"
        self._source.reject(what, line=raw.line, expected="a TIER around it", text=raw.text)

    def _refuse_text(self, root: ET.Element, line: int) -> None:
        """Report text of a document where only elements should stand."""
        parts = (root, *root.iterfind("HEADER"))
        if text := " ".join(filter(None, (text_beside(each, _WITH_TEXT) for each in parts))):
            what = "text in the document that is in no tier"
            self._source.reject(what, line=line, expected="elements of ELAN", text=text)

    def _add_entry(self, name: str, text: str, line: int) -> None:
        if len(text) <= _LONGEST_ENTRY:
            self.entries[name] = text
            return
        what = f"an entry of a controlled vocabulary of more than {_LONGEST_ENTRY:,} characters"
        self._source.reject(what, line=line, expected="a label: many annotations may be it")

    def _add_slot(self, name: str, value: str | None, line: int) -> None:
        if not name:
            return
        time = _time(value, self._unit, self._source, line)
        if self.slots.setdefault(name, time) != time:
            what = f"a second time slot {name!r}"
            self._source.reject(what, line=line, expected="a name of its own")


def _check_root(root: ET.Element, source: Source, line: int) -> None:
    if root.tag != "ANNOTATION_DOCUMENT":
        raise FileFormatError(
            f"the root element is <{root.tag}>",
            path=source.name,
            line=line,
            expected="<ANNOTATION_DOCUMENT>, of an ELAN file; or name another format=",
        )


def _unit(header: ET.Element, source: Source, line: int) -> float:
    name = header.get("TIME_UNITS", "milliseconds")
    if name not in _SECONDS:
        raise FileFormatError(
            f"times in {name!r}", path=source.name, line=line, expected=" or ".join(_SECONDS)
        )
    return _SECONDS[name]


def _old_media(header: Mapping[str, str]) -> list[dict[str, Any]]:
    """The recording that a header names itself, as ELAN wrote it before version 2."""
    told = media_of({"MEDIA_URL": header.get("MEDIA_FILE", "")})
    return [] if told is None else [told]


def _time(value: str | None, unit: float, source: Source, line: int) -> float | None:
    if value is None:
        return None
    seconds = read_milliseconds(value)
    if seconds is None:
        source.reject(f"a time {value!r:.40}", line=line, expected="a whole number")
    elif unit != _SECONDS["milliseconds"]:
        return int(value) * unit
    return seconds


def _language(found: dict[str, str]) -> Language:
    code, label = found.get("LANG_ID", ""), found.get("LANG_LABEL") or None
    definition = found.get("LANG_DEF", "")
    glottocode = definition.removeprefix(GLOTTOLOG) if GLOTTOLOG in definition else None
    iso = code if re.fullmatch("[a-z]{3}", code) else None
    name = re.sub(rf"\s*\({re.escape(code)}\)$", "", label) if label else None
    return Language(glottocode, None if name == code else name, iso)
