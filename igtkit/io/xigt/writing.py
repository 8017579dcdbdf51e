"""Writing Xigt: phrase, words, morphemes, glosses and translation, each aligned with the last."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from igtkit.boundaries import is_word, split_morphemes, split_words
from igtkit.corpus.columns import json_part
from igtkit.igt import IGT, Language, Word
from igtkit.igt.text import ALL_LINES
from igtkit.io._ids import UniqueIds
from igtkit.io._losses import EntryLosses, differences, metadata_differences, metadata_key
from igtkit.io._sink import Sink
from igtkit.io._xml.writing import legal, without_controls
from igtkit.io.xigt.lines import make_lines
from igtkit.io.xigt.metadata import from_plain
from igtkit.io.xigt.tiers import REFERENCES, Tiers, selections

__all__ = ["write_xigt"]

_ID = re.compile(r"[A-Za-z][-.\w]*", re.ASCII)
_KEPT = metadata_key("xigt")
_ALL_REFERENCES = (*REFERENCES, "children", "head", "dep", "source", "target")


def write_xigt(items: Iterable[IGT], sink: Sink) -> None:
    """Write examples, one at a time; what an example cannot hold is reported."""
    stream = sink.text()
    encoding = f' encoding="{sink.encoding}"' if sink.path is not None else ""
    stream.write(f'<?xml version="1.0"{encoding}?>\n<xigt-corpus>\n')
    examples = _Examples(sink)
    for igt in items:
        for element in examples.elements(igt):
            ET.indent(element, "  ", level=1)
            stream.write(f"  {ET.tostring(element, encoding='unicode').rstrip()}\n")
    stream.write("</xigt-corpus>\n")


class _Examples:
    """Makes elements of entries."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._losses = EntryLosses(sink)
        self._ids = UniqueIds()
        self._of_file: object = None
        self._count = 0

    def elements(self, igt: IGT) -> Iterator[ET.Element]:
        """The metadata of the file, before the first example, and the example."""
        self._count += 1
        self._losses = EntryLosses(self._sink)
        xigt = igt.metadata.get("xigt", {})
        if not isinstance(xigt, Mapping):
            self._losses.lose(_KEPT)
            xigt = {}
        of_file = xigt.get("file", [])
        if self._count == 1:
            self._of_file = of_file
            found = self._kept(of_file)
            if found:
                metadata = ET.Element("metadata")
                metadata.extend(found)
                yield metadata
        elif of_file not in (self._of_file, []):
            self._losses.lose(_KEPT)
        yield self._example(igt, xigt)

    def _example(self, igt: IGT, xigt: Mapping[str, Any]) -> ET.Element:
        if xigt.get("rest"):
            self._losses.lose(_KEPT)
        plain = {"tag": "igt", "attributes": xigt.get("attributes", {})}
        example = next(iter(self._kept([plain])), ET.Element("igt"))
        identifier = self._id(igt.id)
        example.attrib = {"id": identifier, **{k: v for k, v in example.items() if k != "id"}}
        tiers = self._tiers(igt, xigt.get("alternatives", []))
        example.append(self._metadata(igt, xigt, identifier, has_lines=bool(tiers)))
        example.extend(tiers)
        held = make_lines(Tiers(example))
        for what in differences(igt, held, ALL_LINES):
            self._losses.lose(what)
        for tier in self._kept(xigt.get("tiers", [])):
            if _fits(tier, example):
                example.append(tier)
            else:
                self._losses.lose(_KEPT)
        return example

    def _id(self, own: str | None) -> str:
        return self._ids.take(own if own and _ID.fullmatch(own) else f"i{self._count}")

    def _kept(self, plain: Any) -> list[ET.Element]:
        """The elements that were read and kept, if they still make sense."""
        found = []
        for each in plain if isinstance(plain, list) else [plain]:
            try:
                element = from_plain(each)
                ET.fromstring(ET.tostring(element))  # noqa: S314  # our own, made a line above
            except (KeyError, TypeError, ValueError, AttributeError, ET.ParseError):
                self._losses.lose(_KEPT)
            else:
                found.append(element)
        return found

    def _metadata(
        self, igt: IGT, xigt: Mapping[str, Any], identifier: str, *, has_lines: bool
    ) -> ET.Element:
        metadata = ET.Element("metadata")
        for language, tiers in (
            (igt.language, "phrases words morphemes"),
            (igt.metalanguage, "glosses translations"),
        ):
            if language is not None:
                metadata.append(self._language(language, tiers))
        kept = self._kept(xigt.get("metadata", []))
        values: dict[str, Any] = {}
        if igt.source is not None:
            source = ET.SubElement(metadata, "meta", {"type": "source"})
            source.text = _cleaned(igt.source)
            for each in [each for each in kept if each.get("type") == "source"]:
                source.attrib |= {k: v for k, v in each.items() if k not in ("ref", "id")}
                source.extend(each)
            kept = [each for each in kept if each.get("type") != "source"]
            if source.text.strip() != igt.source or not igt.source:
                values["source"] = igt.source
        metadata.extend(kept)
        if igt.id != identifier or not has_lines:
            values["id"] = igt.id
        if igt.split is not None:
            values["split"] = igt.split
        rest = {name: value for name, value in igt.metadata.items() if name != "xigt"}
        notes = rest.get("notes")
        if notes and isinstance(notes, list) and all(map(_is_plain_note, notes)):
            for note in rest.pop("notes"):
                ET.SubElement(metadata, "meta", {"type": "comment"}).text = note
        held = json_part(rest)
        for what in metadata_differences(rest, held):
            self._losses.lose(what)
        if held:
            values["metadata"] = held
        if values:
            meta = ET.SubElement(metadata, "meta", {"type": "igtkit", **_said_of(held)})
            meta.text = json.dumps(values)
        return metadata

    def _language(self, language: Language, tiers: str) -> ET.Element:
        codes = {
            "name": language.name,
            "iso-639-3": language.iso639_3,
            "glottocode": language.glottocode,
        }
        said = {name: legal(value, self._losses) for name, value in codes.items() if value}
        return ET.Element("meta", {"type": "language", **said, "tiers": tiers})

    def _tiers(self, igt: IGT, alternatives: object) -> list[ET.Element]:
        """The tiers of the lines that there are."""
        tiers = []
        if igt.transcription:
            tiers.append(_tier("phrases", "p"))
            _item(tiers[-1], "p1", self._text(igt.transcription))
        words = igt.align(strict=False)
        if words:
            tiers += self._words(igt, words)
        if igt.translation:
            tiers.append(_tier("translations", "t"))
            _item(tiers[-1], "t1", self._text(igt.translation))
            if igt.transcription:
                tiers[-1].set("alignment", "p")
                tiers[-1][0].set("alignment", "p1")
        self._alternatives(tiers[-1] if igt.translation else None, alternatives)
        return tiers

    def _alternatives(self, tier: ET.Element | None, texts: object) -> None:
        """Add other translations, aligned with what the first is aligned with."""
        if not texts:
            return
        if tier is None or not isinstance(texts, list):
            self._losses.lose(_KEPT)
            return
        for number, text in enumerate(texts, 2):
            if isinstance(text, str) and text.strip() == text and text:
                _item(tier, f"t{number}", self._text(text), tier[0].get("alignment", ""))
            else:
                self._losses.lose(_KEPT)

    def _words(self, igt: IGT, words: Sequence[Word]) -> list[ET.Element]:
        """Return a tier of words, pieces of the phrase if there is one, and those aligned with it.

        The tier of morphemes is there even if it is empty: then the text is not segmented.
        """
        tiers = [_tier("words", "w"), _tier("morphemes", "m", alignment="w")]
        if igt.transcription:
            tiers[0].set("segmentation", "p")
        glosses = _tier("glosses", "g", alignment="m")
        phrase, at = self._text(igt.transcription or ""), 0
        for number, word in enumerate(words, 1):
            item = _item(tiers[0], f"w{number}")
            if word.surface is not None:
                surface = self._text(word.surface)
                start = phrase.index(surface, at)
                at = start + len(surface)
                item.set("segmentation", f"p1[{start}:{at}]")
            forms, labels = _pieces(word.form), _pieces(word.gloss)
            paired = len(forms) == len(labels)
            if not paired and labels:
                labels = [word.gloss or ""]
            for index, form in enumerate(forms, 1):
                _item(tiers[1], f"m{number}.{index}", self._text(form), f"w{number}")
            for index, label in enumerate(labels, 1):
                target = f"m{number}.{index}" if paired else f"w{number}"
                _item(glosses, f"g{number}.{index}", self._text(label), target)
        if igt.glosses:
            tiers.append(glosses)
        labels = split_words(igt.pos)
        if labels and len(labels) == len(words):
            tiers.append(_tier("pos", "pos", alignment="w"))
            for number, label in enumerate(labels, 1):
                _item(tiers[-1], f"pos{number}", self._text(label), f"w{number}")
        return tiers

    def _text(self, text: str) -> str:
        """The text as XML can hold it."""
        return legal(_with_line_feeds(text), self._losses)


def _with_line_feeds(text: str) -> str:
    """The text as XML reads it: with no carriage return."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cleaned(text: str) -> str:
    return without_controls(_with_line_feeds(text))


def _is_plain_note(note: object) -> bool:
    """Whether a note can stand in an element as it is; others stand in JSON."""
    return isinstance(note, str) and bool(note.strip()) and _cleaned(note) == note


def _tier(kind: str, identifier: str, **attributes: str) -> ET.Element:
    return ET.Element("tier", {"type": kind, "id": identifier, **attributes})


def _item(tier: ET.Element, identifier: str, text: str = "", alignment: str = "") -> ET.Element:
    item = ET.SubElement(tier, "item", {"id": identifier})
    if alignment:
        item.set("alignment", alignment)
    item.text = text or None
    return item


def _pieces(token: str | None) -> list[str]:
    """The morphemes of a word, each with the boundary before it."""
    if not token:
        return []
    pairs = split_morphemes(token) if is_word(token) else (("", token),)
    return [mark + text for mark, text in pairs] if all(text for _, text in pairs) else [token]


def _said_of(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return the attributes that show a machine's suggestion; igtkit itself reads the values."""
    mark = metadata.get("prediction")
    if not isinstance(mark, Mapping):
        return {}
    said = {name: mark.get(name) for name in ("system", "score", "confirmed")}
    return {
        f"prediction-{name}": value if isinstance(value, str) else json.dumps(value)
        for name, value in said.items()
        if value is not None
    }


def _fits(tier: ET.Element, example: ET.Element) -> bool:
    """Whether what a tier refers to is there, and no identifier of its is taken."""
    mine = {each.get("id", "") for each in tier.iter()}
    taken = {each.get("id", "") for each in example.iter("tier")}
    taken |= {each.get("id", "") for each in example.iter("item")}
    wanted = {
        piece.id
        for each in tier.iter()
        for name in _ALL_REFERENCES
        for piece in selections(each.get(name, ""))
    }
    return not mine & taken and wanted <= mine | taken
