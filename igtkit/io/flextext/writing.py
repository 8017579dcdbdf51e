"""Writing FLExText entry by entry: texts, their paragraphs, their phrases."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO
from xml.etree import ElementTree as ET

import attrs

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._losses import WHOLE_TEXTS, EntryLosses, differences, metadata_key
from igtkit.io._media import MEDIA, MEDIA_FILES, files_of, media_files, one_for_all
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._xml.reading import parse
from igtkit.io._xml.writing import legal, to_text
from igtkit.io.flextext.entries import compact, lay_out, make_entry, title_of
from igtkit.io.flextext.items import FORMS, PhraseItems, texts_of
from igtkit.io.flextext.languages import UNDETERMINED, code_of
from igtkit.io.flextext.lines import Choice, first_of
from igtkit.io.flextext.spelling import Spelling
from igtkit.io.flextext.write_new import WORD_DEPTH, NewWord, WrittenPhrase, write_phrase
from igtkit.io.flextext.write_word import set_item

__all__ = ["write_phrases"]

_LINES = (
    "transcription",
    "segmentation",
    "glosses",
    "translation",
    "pos",
    "language",
    "metalanguage",
    "id",
    "source",
)
_SHARED = ("title", "begin", "end", "speaker", "notes", "prediction")
_AFTER_PHRASES = ("languages", MEDIA_FILES)


def write_phrases(
    items: Iterable[IGT],
    sink: Sink,
    *,
    vernacular: str | None = None,
    analysis: str | None = None,
    translation: str | None = None,
) -> None:
    """Write entries, those of one text that follow each other into one text.

    Args:
        items: The entries.
        sink: Where to.
        vernacular: Code of the writing system of the forms of an entry that was not read from
            FLExText; by default that of its language.
        analysis: Code of the writing system of its glosses; by default its metalanguage's.
        translation: Code of the writing system of its translation; by default that of its glosses.
    """
    document = _Document(sink, Choice(vernacular, analysis, translation))
    for igt in items:
        document.add(igt)
    document.close()


@attrs.define
class _Text:
    """The text that is being written, as its first entry has it."""

    first: IGT
    kept: Mapping[str, Any] | None
    header: ET.Element
    codes: dict[str, bool] = attrs.field(factory=dict)
    paragraph: Any = None
    again: bool = False
    media: ET.Element | None = None

    @property
    def files(self) -> list[dict[str, Any]]:
        """The recordings that the text names, as reading it tells."""
        if self.media is None:
            return files_of(self.header)
        return [{"url": media.get("location")} for media in self.media]

    def has(self, igt: IGT, kept: Mapping[str, Any] | None) -> bool:
        first = self.first
        return (
            (kept is self.kept or kept == self.kept)
            and igt.source == first.source
            and igt.metadata.get("title") == first.metadata.get("title")
        )

    def count(self, element: ET.Element, words: Sequence[NewWord] = ()) -> None:
        """Note the writing systems in an element, and which of them are vernacular.

        Args:
            element: The element.
            words: Words that stand in it, and are not in the tree.
        """
        codes = self.codes
        for found in element.iter():
            if found.tag == "words":
                for word in words:
                    for code, vernacular in word.codes:
                        codes[code] = codes.get(code, False) or vernacular
            elif found.tag == "item" and (lang := found.get("lang")) is not None:
                codes[lang] = codes.get(lang, False) or found.get("type") in FORMS


@attrs.define
class _Document:
    sink: Sink
    asked: Choice
    text: _Text | None = None
    closed: set[Any] = attrs.field(factory=set)
    attributes: Mapping[str, str] | None = None
    spelling: Spelling = attrs.field(factory=Spelling)

    @property
    def stream(self) -> TextIO:
        return self.sink.text()

    def add(self, igt: IGT) -> None:
        losses = EntryLosses(self.sink)
        stored, kept = _stored(igt, losses)
        of_text = kept.get("text")
        of_text = of_text if isinstance(of_text, Mapping) else None
        if self.text is None or not self.text.has(igt, of_text):
            self._end_text()
            self.text = self._begin_text(igt, kept, of_text, losses)
        text = self.text
        if text.again:
            losses.lose(WHOLE_TEXTS)
        written = self._phrase(igt, stored, kept, text, losses)
        phrase = written.element
        paragraph = kept.get("paragraph")
        paragraph = paragraph if isinstance(paragraph, Mapping) else None
        if text.paragraph is None or paragraph is None or paragraph != text.paragraph:
            self._end_paragraph()
            attributes = (paragraph or {}).get("attributes")
            self._open("paragraph", attributes if isinstance(attributes, Mapping) else {}, 3)
            self._open("phrases", {}, 4)
            text.paragraph = paragraph or {}
        for item in phrase.iter("item"):  # FLEx's schema has none without
            if item.get("lang") is None:
                form = item.get("type") in FORMS
                vernacular = self._choice(igt, kept, text).vernacular if form else None
                item.set("lang", vernacular or UNDETERMINED)
        if text.media is not None and "begin-time-offset" in phrase.attrib:
            phrase.attrib.setdefault("media-file", text.media[0].get("guid", ""))
        text.count(phrase, written.words or ())
        self._element(phrase, 5, written.words or ())

    def close(self) -> None:
        if self.attributes is None:
            self._begin({"version": "2"})
        self._end_text()
        self.stream.write("</document>\n")

    def _phrase(
        self,
        igt: IGT,
        stored: ET.Element | None,
        kept: Mapping[str, Any],
        text: _Text,
        losses: EntryLosses,
    ) -> WrittenPhrase:
        """The phrase of an entry, once it is known what reading it gives."""
        choice = self._choice(igt, kept, text)
        told = {"guid": text.header.get("guid"), "title": title_of(text.header, choice.vernacular)}
        before = None
        if stored is not None:
            there = PhraseItems.of(stored)
            before = make_entry(there, choice, **told)
            self.spelling.count(there, choice)
        if stored is not None and before is not None and not any(_differences(igt, before)):
            phrase = WrittenPhrase(stored)
        else:
            phrase = write_phrase(igt, stored, choice, losses, self.spelling)
            reread = make_entry(phrase.items, choice, **told)
            for what in _differences(igt, reread, ignore_new=True):
                losses.lose(what)
        for key in igt.metadata:
            if key not in (*_SHARED, MEDIA, "flextext"):
                losses.lose(metadata_key(key))
        if igt.metadata.get(MEDIA) and igt.metadata[MEDIA] != text.files:
            losses.lose(metadata_key(MEDIA))
        return phrase

    def _choice(self, igt: IGT, kept: Mapping[str, Any], text: _Text) -> Choice:
        declared = text.header.findall("languages/language")
        others = [one.get("lang") for one in declared if one.get("vernacular") != "true"]
        asked = self.asked
        analysis = first_of(kept.get("analysis"), asked.analysis, code_of(igt.metalanguage))
        if analysis == UNDETERMINED and others:
            analysis = others[0]
        return Choice(
            first_of(kept.get("vernacular"), asked.vernacular, code_of(igt.language)),
            analysis,
            first_of(kept.get("translation"), asked.translation, analysis),
        )

    def _begin_text(
        self,
        igt: IGT,
        kept: Mapping[str, Any],
        of_text: Mapping[str, Any] | None,
        losses: EntryLosses,
    ) -> _Text:
        attributes = (of_text or {}).get("document") or {"version": "2"}
        if self.attributes is None:
            self._begin(attributes)
        elif attributes != self.attributes:
            losses.lose(metadata_key("flextext"))
        header = _header(of_text)
        text = _Text(igt, of_text, header)
        media = one_for_all([igt])
        if media and not text.files:
            text.media = media_files(media)
        title = igt.metadata.get("title") or igt.source
        code = self._choice(igt, kept, text).vernacular
        if isinstance(title, str) and title not in (title_of(header, code), header.get("guid")):
            langs = [lang for lang, _ in texts_of(header, "title")]
            lang = code if code in langs or not langs else langs[0]
            set_item(header, "title", lang, legal(title, losses))
        identity = ((of_text or {}).get("number"), header.get("guid"), title)
        text.again = identity in self.closed
        self.closed.add(identity)
        if text.again:
            header.attrib.pop("guid", None)
        self._open("interlinear-text", header.attrib, 1)
        text.count(header)
        for child in header:
            if child.tag not in _AFTER_PHRASES:
                self._element(child, 2)
        self._open("paragraphs", {}, 2)
        return text

    def _end_text(self) -> None:
        """End the text; what FLEx writes after the phrases is known by now."""
        if self.text is None:
            return
        self._end_paragraph()
        self.stream.write("    </paragraphs>\n")
        after = [child for child in _header(self.text.kept) if child.tag in _AFTER_PHRASES]
        if self.text.media is not None and not any(one.tag == MEDIA_FILES for one in after):
            after.append(self.text.media)
        languages = next((child for child in after if child.tag == "languages"), None)
        if languages is None:
            languages = ET.Element("languages")
            after.insert(0, languages)
        declared = {one.get("lang") for one in languages}
        for code, vernacular in self.text.codes.items():
            if code not in declared:
                language = ET.SubElement(languages, "language", lang=code)
                if vernacular:
                    language.set("vernacular", "true")
        for child in sorted(after, key=lambda child: _AFTER_PHRASES.index(child.tag)):
            self._element(child, 2)
        self.stream.write("  </interlinear-text>\n")
        self.text = None

    def _end_paragraph(self) -> None:
        if self.text is not None and self.text.paragraph is not None:
            self.stream.write("        </phrases>\n      </paragraph>\n")

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        if self.sink.path is not None:
            encoding = self.sink.encoding.lower().replace("_", "-").removesuffix("-sig")
            self.stream.write(f'<?xml version="1.0" encoding="{encoding}"?>\n')
        self._open("document", attributes, 0)

    def _open(self, tag: str, attributes: Mapping[str, str], depth: int) -> None:
        empty = to_text(ET.Element(tag, dict(attributes)))
        self.stream.write("  " * depth + empty.removesuffix(" />") + ">\n")

    def _element(self, element: ET.Element, depth: int, words: Sequence[NewWord] = ()) -> None:
        lay_out(element, depth)
        xml = to_text(element)
        if words:
            margin = "\n" + "  " * WORD_DEPTH
            rows = "".join([margin + word.xml for word in words])
            xml = xml.replace("<words />", f"<words>{rows}{margin.removesuffix('  ')}</words>", 1)
        self.stream.write("  " * depth + xml + "\n")


def _stored(igt: IGT, losses: EntryLosses) -> tuple[ET.Element | None, Mapping[str, Any]]:
    """The phrase that an entry was read from, and what is kept beside it."""
    kept = igt.metadata.get("flextext")
    if kept is None:
        return None, {}
    if not isinstance(kept, Mapping) or not isinstance(kept.get("phrase"), str):
        losses.lose(metadata_key("flextext"))
        return None, {}
    return _parsed(kept["phrase"], "phrase"), kept


def _header(kept: Mapping[str, Any] | None) -> ET.Element:
    """The element of a text without its phrases."""
    header = (kept or {}).get("header")
    if not isinstance(header, str):
        return ET.Element("interlinear-text")
    return _parsed(header, "interlinear-text")


def _parsed(xml: str, tag: str) -> ET.Element:
    try:
        element = parse(Source(io.StringIO(xml)))
    except FileFormatError as error:
        raise InputError(f"metadata['flextext'] holds a <{tag}> that is {error}") from error
    if element.tag != tag:
        raise InputError(f"metadata['flextext'] holds <{element.tag}> where <{tag}> should be")
    return compact(element)


def _differences(igt: IGT, again: IGT, *, ignore_new: bool = False) -> Iterator[str]:
    """Yield what an entry has otherwise than a phrase read again."""
    told = [name for name in ("language", "metalanguage") if _says_more(again, igt, name)]
    names = [name for name in _LINES if name not in told]
    yield from differences(igt, again, names, ignore_new=ignore_new)
    for name in _SHARED:
        given = igt.metadata.get(name) or None
        if given != again.metadata.get(name) and not (given is None and ignore_new):
            yield metadata_key(name)


def _says_more(igt: IGT, other: IGT, name: str) -> bool:
    """Whether the language of one entry has every part that the language of another has."""
    one, parts = getattr(igt, name), getattr(other, name)
    if one is None or parts is None:
        return one is parts
    pairs = zip(attrs.astuple(one), attrs.astuple(parts), strict=True)
    return all(part is None or part == known for known, part in pairs)
