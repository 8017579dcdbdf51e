"""Reading FLExText phrase by phrase, in constant memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._media import MEDIA, files_of
from igtkit.io._parts import Part, tell
from igtkit.io._source import Source
from igtkit.io._xml.reading import events, require_root, text_in
from igtkit.io._xml.writing import to_text
from igtkit.io.flextext.entries import compact, kept_of, make_entry, title_of
from igtkit.io.flextext.items import PhraseItems
from igtkit.io.flextext.lines import Choice, Usage
from igtkit.io.flextext.plain import PHRASE, compact_text, read_phrase

__all__ = ["read_phrases"]

_log = logging.getLogger("igtkit.io")
_HELD = 1000
"""Phrases of a text that are looked at before its writing systems are chosen."""


@attrs.define
class _Phrase:
    line: int
    xml: str
    paragraph: dict[str, Any]
    items: PhraseItems


@attrs.define
class _Text:
    """A text while it is read.

    The entries of a text share `kept`, which is whole once the text has ended: what FLEx writes
    after the phrases (languages, media files) is not known before. So the entries have the media
    files as `media` only in a text that is held to its end.
    """

    element: ET.Element
    kept: dict[str, Any]
    paragraphs: int = 0
    phrases: int = 0
    usage: Usage = attrs.field(factory=Usage)
    held: list[_Phrase] = attrs.field(factory=list)
    choice: Choice | None = None
    media: list[dict[str, Any]] = attrs.field(factory=list)

    def keep(self) -> None:
        """Keep what is known of the text by now."""
        header = ET.Element(self.element.tag, self.element.attrib)
        header.extend(child for child in self.element if child.tag not in _OF_TEXTS)
        self.media = files_of(header)
        self.kept["guid"] = header.get("guid")
        self.kept["header"] = to_text(compact(header))
        self.kept["title"] = title_of(header, self.choice.vernacular if self.choice else None)

    def begin(self, asked: Choice) -> list[_Phrase]:
        """Choose the writing systems, and give the phrases that waited for it."""
        self.choice = self.usage.choose(asked)
        self.keep()
        waiting, self.held = self.held, []
        return waiting

    def count(self, phrase: PhraseItems, asked: Choice) -> None:
        """Count what a phrase is in, and choose for a line that nothing was in before."""
        before = self.usage.has
        self.usage.count(phrase)
        if self.choice is None or self.usage.has == before:
            return
        settled = [
            (name, getattr(self.choice if had else asked, name)) for name, had in before.items()
        ]
        self.choice = self.usage.choose(Choice(**dict(settled)))

    def entry(self, phrase: _Phrase) -> IGT:
        choice, text = self.choice or Choice(), self.kept
        return make_entry(
            phrase.items,
            choice,
            title=text["title"],
            guid=text["guid"],
            **({MEDIA: self.media} if self.media else {}),
            flextext=kept_of(phrase.xml, choice, text=text, paragraph=phrase.paragraph),
        )


def read_phrases(
    source: Source,
    *,
    vernacular: str | None = None,
    analysis: str | None = None,
    translation: str | None = None,
) -> Iterator[IGT]:
    """The phrases of a file.

    Args:
        source: The file.
        vernacular: Code of the writing system of the forms; by default the one used most in a
            text. A word that has no form in it keeps the one that it has.
        analysis: Code of the writing system of the glosses; by default the one used most.
        translation: Code of the writing system of the free translation; by default that of the
            glosses, where the text has translations in it, and otherwise the one used most.

    Raises:
        FileFormatError: If the file is no FLExText.
        InputError: If nothing in the file is in a writing system that was asked for.
    """
    asked = Choice(vernacular, analysis, translation)
    used: dict[str, set[str]] = {"vernacular": set(), "analysis": set(), "translation": set()}
    chosen: set[Choice] = set()
    for text, phrase in _phrases(source):
        if phrase is not None:
            if text.choice is None or asked != Choice() or not all(text.usage.has.values()):
                text.count(phrase.items, asked)
            if text.choice is None:
                text.held.append(phrase)
                if len(text.held) < _HELD:
                    continue
        if text.choice is None:
            for waiting in text.begin(asked):
                source.line = waiting.line
                yield text.entry(waiting)
        elif phrase is not None:
            source.line = phrase.line
            yield text.entry(phrase)
        else:
            text.keep()  # now that what follows the phrases is known
        if phrase is None:
            chosen.add(text.choice or Choice())
            usage = text.usage
            used["vernacular"] |= {*usage.forms, *usage.texts}
            used["analysis"] |= set(usage.glosses)
            used["translation"] |= set(usage.translations)
    source.parts.extend(_parts(asked, used, chosen))
    _require_used(asked, used, source)


def _parts(asked: Choice, used: Mapping[str, set[str]], chosen: set[Choice]) -> Iterator[Part]:
    """What each writing system was taken for."""
    for role, line in _ROLES.items():
        picked = {getattr(choice, role) for choice in chosen}
        for code in sorted(used[role]):
            name, chosen_line = f"{code} of {line}", line if code in picked else None
            if chosen_line is None:
                rule = "system-less"
            else:
                rule = "as-asked" if getattr(asked, role) == code else "system-most"
            yield tell("writing system", name, chosen_line, rule)


_ROLES = {"vernacular": "forms", "analysis": "glosses", "translation": "translation"}


def _require_used(asked: Choice, used: dict[str, set[str]], source: Source) -> None:
    for name, codes in used.items():
        code = getattr(asked, name)
        if code is not None and code not in codes:
            there_are = ", ".join(sorted(codes)) or "none"
            raise InputError(
                f"{source.name}: nothing is in {name}={code!r}; there are: {there_are}"
            )


def _phrases(source: Source) -> Iterator[tuple[_Text, _Phrase | None]]:
    """Yield every phrase with its text, and None at the end of a text."""
    document: dict[str, Any] = {}
    text: _Text | None = None
    paragraph: dict[str, Any] = {}
    lines: list[int] = []
    numbers, done = count(1), _Done()
    for kind, line, element, parent, xml in events(
        source, _TOLD, within=("phrases",), shapes=_SHAPES
    ):
        if kind == "text":
            phrase = compact_text(xml)
            if text is None:
                source.reject(_IN_NO_TEXT, line=line, expected=_A_TEXT, text=phrase)
                continue
            text.phrases += 1
            yield text, _Phrase(line, phrase, paragraph, read_phrase(phrase))
            continue
        if kind == "start":
            lines.append(line)
            if parent is None:
                expected = "<document>, as FLEx exports interlinear texts"
                require_root(element, ("document",), source, line, expected)
                document = dict(element.attrib)
            elif element.tag == "interlinear-text" and text is None:
                text = _Text(element, {"number": next(numbers), "document": document})
            elif element.tag == "interlinear-text" and parent.tag in _OF_TEXTS:  # or it is kept
                source.reject("a text in a text", line=line, expected="one after the other")
            elif element.tag == "paragraph" and text is not None:
                text.paragraphs += 1
                paragraph = {"number": text.paragraphs, "attributes": dict(element.attrib)}
            continue
        begun = lines.pop()
        if parent is None:
            _refuse_text(element, begun, source)
        elif parent.tag == "phrases":
            if text is None:
                source.reject(_IN_NO_TEXT, line=begun, expected=_A_TEXT, text=to_text(element))
            elif element.tag not in _PHRASES:
                what = f"<{element.tag}> in <phrases>"
                source.reject(what, line=begun, expected=_A_PHRASE, text=to_text(element))
            else:
                text.phrases += 1
                yield text, _Phrase(begun, _kept(element), paragraph, PhraseItems.of(element))
        elif element.tag == "paragraph" and parent.tag in ("paragraphs", "interlinear-text"):
            _refuse_text(element, begun, source)  # elsewhere it is kept
            done.add(element, parent)
        elif text is not None and element is text.element:
            _refuse_text(_beside_phrases(element), begun, source)
            if not text.phrases:
                _log.warning("%s:%d: a text without phrases", source.name, begun)
            yield text, None
            done.add(element, parent)
            text = None


@attrs.define
class _Done:
    """Takes what is done with out of the tree: many at a time, as each is to be searched for."""

    count: int = 0

    def add(self, element: ET.Element, parent: ET.Element) -> None:
        element.clear()
        element.tag = _DONE
        self.count += 1
        if 2 * self.count > len(parent):
            parent[:] = [child for child in parent if child.tag != _DONE]
            self.count = 0


def _beside_phrases(text: ET.Element) -> ET.Element:
    """What a text says where only phrases should, and what is around it."""
    beside = ET.Element(text.tag)
    beside.text = text.text
    beside.extend(child for child in text if child.tag in _OF_TEXTS)
    return beside


def _refuse_text(element: ET.Element, line: int, source: Source) -> None:
    """Report text that is in no phrase, where only phrases should have any."""
    if text_in(element):
        source.reject(
            f"text in <{element.tag}> that is in no phrase",
            line=line,
            expected="<phrase> in <phrases>",
            text=to_text(element),
        )


def _kept(phrase: ET.Element) -> str:
    """A phrase as it is written again."""
    phrase.tag, phrase.tail = "phrase", None
    if phrase.find("words") is None:  # the schema asks for it
        ET.SubElement(phrase, "words")
    return to_text(compact(phrase))


_SHAPES = (PHRASE,)
_PHRASES = ("phrase", "word")  # the latter in older files
_DONE = "done with"  # no tag of a file has a space
_OF_TEXTS = ("interlinear-text", "paragraphs", "paragraph", "phrases", "words", *_PHRASES, _DONE)
_A_PHRASE = "<phrase>, or <word> in older files"
_IN_NO_TEXT, _A_TEXT = "a phrase that is in no text", "<interlinear-text> around it"
_TOLD = ("interlinear-text", "paragraph", "phrases")
