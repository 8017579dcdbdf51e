"""From an `IGT` to a phrase: the one it was read from, with what has changed put in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from igtkit.igt import IGT
from igtkit.io._media import time_of
from igtkit.io._sink import Tally
from igtkit.io._xml.writing import legal
from igtkit.io.flextext.entries import NOTES, PREDICTION, notes_of, prediction_of, seconds_of
from igtkit.io.flextext.items import APPROVED, PhraseItems, items_of, texts_of, words_of
from igtkit.io.flextext.languages import UNDETERMINED
from igtkit.io.flextext.lines import Choice, Lines, read_lines
from igtkit.io.flextext.pairing import pair_rows
from igtkit.io.flextext.spelling import Spelling
from igtkit.io.flextext.write_word import Wording, set_item

__all__ = ["PhraseWriter", "build_phrase", "mark", "order", "status_of"]

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SUGGESTED = "guessByStatisticalAnalysis"


def build_phrase(
    igt: IGT, phrase: ET.Element, choice: Choice, tally: Tally, spelling: Spelling | None = None
) -> ET.Element:
    """The phrase of an entry.

    Args:
        igt: The entry.
        phrase: The phrase that it was read from, which is changed, or an empty one.
        choice: The writing systems of its lines.
        tally: Where characters that XML cannot hold are counted.
        spelling: How the file writes glosses; None where it has none.
    """
    found = phrase.find("words")
    words = found if found is not None else ET.SubElement(phrase, "words")
    before = read_lines(PhraseItems.of(phrase), choice)
    writer = PhraseWriter(igt, phrase, choice, tally, spelling or Spelling())
    changed = writer.write_words(words, before)
    spoken = read_lines(PhraseItems.of(phrase), choice).transcription
    writer.write_texts(spoken, before.translation)
    writer.write_details()
    writer.write_prediction(changed)
    order(phrase, words)
    return phrase


@attrs.frozen
class PhraseWriter:
    """Writes what is not in words.

    Attributes:
        igt: The entry.
        phrase: Its phrase.
        choice: The writing systems of its lines.
        tally: Where characters that XML cannot hold are counted.
        spelling: How the file writes glosses.
    """

    igt: IGT
    phrase: ET.Element
    choice: Choice
    tally: Tally
    spelling: Spelling = attrs.field(factory=Spelling)

    def write_words(self, words: ET.Element, before: Lines) -> list[ET.Element]:
        """Put the words in; give those that are new or were analyzed anew."""
        igt = self.igt
        lines = (igt.transcription, igt.segmentation, igt.glosses, igt.pos)
        if lines == (before.transcription, before.segmentation, before.glosses, before.pos):
            return []
        wording = Wording(self.choice, self.tally, self.spelling)
        changed, kept, old = [], [], words_of(self.phrase)
        for row in pair_rows(igt, before):
            word = old[row.cell.place] if row.cell is not None else ET.Element("word")
            kept.append(word)
            if wording.write(word, row, recategorize=igt.pos != before.pos):
                changed.append(word)
        others = [child for child in words if child.tag != "word"]
        words[:] = others + kept
        return changed

    def write_texts(self, transcription: str | None, translation: str | None) -> None:
        """Put in the transcription and the translation, where they are not these by now."""
        igt, choice = self.igt, self.choice
        if transcription != igt.transcription:
            for item in self._items("txt"):
                if igt.transcription is None or item.get("lang") == choice.vernacular:
                    self.phrase.remove(item)
            self.set("txt", choice.vernacular, igt.transcription)
        if translation != igt.translation:
            self.set("gls", choice.translation, igt.translation)

    def write_details(self) -> None:
        """Put in the identifier and the metadata that other formats have as well."""
        phrase, known = self.phrase, self.igt.metadata
        number = next((text for _, text in texts_of(phrase, "segnum")), None)
        if self.igt.id != (phrase.get("guid") or number):
            is_guid = self.igt.id is not None and _GUID.fullmatch(self.igt.id) is not None
            self._attribute("guid", self.igt.id if is_guid else None)
            if not is_guid:
                for item in self._items("segnum"):
                    phrase.remove(item)
                self.set("segnum", self.choice.analysis, self.igt.id)
        for name, attribute in (("begin", "begin-time-offset"), ("end", "end-time-offset")):
            self._offset(known.get(name), attribute)
        speaker = known.get("speaker") or None
        if speaker != (phrase.get("speaker") or None):
            self._attribute("speaker", speaker if isinstance(speaker, str) else None)
        notes, code = known.get("notes") or [], self.choice.analysis or UNDETERMINED
        if notes != notes_of(items_of(phrase)):
            for item in [item for kind in NOTES for item in self._items(kind)]:
                phrase.remove(item)
            for note in notes if isinstance(notes, (list, tuple)) else [notes]:
                if isinstance(note, str):
                    item = ET.SubElement(phrase, "item", type="note", lang=code)
                    item.text = legal(note, self.tally)

    def _offset(self, seconds: object, attribute: str) -> None:
        stored = seconds_of(self.phrase.get(attribute))
        if (time := time_of(seconds)) is not None:
            if time != stored:
                self._attribute(attribute, f"{round(time * 1000)}")
        elif stored is not None:
            self._attribute(attribute, None)

    def write_prediction(self, changed: list[ET.Element]) -> None:
        """Mark the words that a machine analyzed, or take the marks away."""
        before, now = self._prediction(), self.igt.metadata.get("prediction")
        if not isinstance(now, Mapping):
            for element in self.phrase.iter():
                if element.get("analysisStatus", "").startswith("guess"):
                    del element.attrib["analysisStatus"]
            if before is not None:
                for item in self._items(PREDICTION):
                    self.phrase.remove(item)
            return
        if now.get("confirmed"):
            for element in self.phrase.iter():
                if element.get("analysisStatus", "").startswith("guess"):
                    element.set("analysisStatus", APPROVED)
        status = status_of(now)
        for word in changed:  # and no other: FLEx does not take in what it takes for a guess
            mark(word, status)
        if self._prediction() != now:
            self.set(PREDICTION, self.choice.analysis, json.dumps(dict(now), default=str))

    def _prediction(self) -> dict[str, Any] | None:
        return prediction_of(PhraseItems.of(self.phrase))

    def _items(self, kind: str) -> list[ET.Element]:
        return [item for item in self.phrase.findall("item") if item.get("type") == kind]

    def set(self, kind: str, code: str | None, text: str | None) -> None:
        """Give the phrase an item, another text for it, or none."""
        set_item(self.phrase, kind, code, legal(text, self.tally) if text is not None else None)

    def _attribute(self, name: str, value: str | None) -> None:
        if value is None:
            self.phrase.attrib.pop(name, None)
        else:
            self.phrase.set(name, legal(value, self.tally))


def status_of(prediction: Mapping[str, Any]) -> str:
    """The analysis status of what a machine has analyzed."""
    return APPROVED if prediction.get("confirmed") else _SUGGESTED


def mark(word: ET.Element, status: str) -> None:
    """Give the analysis of a word a status."""
    for element in (*word.iterfind("morphemes"), *word.iterfind("item")):
        if element.tag == "morphemes" or element.get("type") in ("gls", "pos"):
            element.set("analysisStatus", status)


def order(phrase: ET.Element, words: ET.Element) -> None:
    """The text and its number stand before the words, as FLEx has them."""
    for kind in ("segnum", "txt"):
        children = list(phrase)
        at = children.index(words)
        moved = [each for each in children[at:] if each.tag == "item" and each.get("type") == kind]
        for item in moved:
            phrase.remove(item)
        phrase[:0] = moved[::-1]
