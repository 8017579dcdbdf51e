"""A phrase of an entry that was not read from FLExText: words as text, each made once."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from xml.etree import ElementTree as ET

import attrs

from igtkit.igt import IGT
from igtkit.io._losses import CONTROL_CHARACTERS
from igtkit.io._sink import Tally
from igtkit.io._source import Source
from igtkit.io._xml.reading import parse
from igtkit.io._xml.writing import to_text
from igtkit.io.flextext.entries import PREDICTION, compact, lay_out, prediction_of
from igtkit.io.flextext.items import FORMS, PhraseItems, WordItems, is_guess
from igtkit.io.flextext.lines import Choice, Lines, read_lines
from igtkit.io.flextext.pairing import Row, pair_rows
from igtkit.io.flextext.spelling import Spelling
from igtkit.io.flextext.write_phrase import PhraseWriter, build_phrase, mark, order, status_of
from igtkit.io.flextext.write_word import Wording

__all__ = ["WORD_DEPTH", "NewWord", "WrittenPhrase", "write_phrase"]

WORD_DEPTH = 7
"""How far a word is indented in a file."""

_NOTHING = Lines(None, None, None, None, None, ())


@attrs.frozen
class NewWord:
    """A word as it is written.

    Attributes:
        xml: Its element, laid out.
        items: Its items, as they are read again.
        codes: The writing systems of its items, and whether they are vernacular.
        is_guess: Whether it is marked as a machine's guess.
        is_lossy: Whether it had characters that XML cannot hold.
    """

    xml: str
    items: WordItems
    codes: tuple[tuple[str, bool], ...]
    is_guess: bool
    is_lossy: bool


@attrs.frozen
class WrittenPhrase:
    """A phrase as it is written.

    Attributes:
        element: Its element.
        words: Its words, where they are not in the element.
    """

    element: ET.Element
    words: Sequence[NewWord] | None = None

    @property
    def items(self) -> PhraseItems:
        """Its items, as they are read again."""
        found = PhraseItems.of(_as_read(self.element))
        if self.words is None:
            return found
        words = [word.items for word in self.words]
        guess = any(word.is_guess for word in self.words)
        return PhraseItems(found.attributes, found.items, words, guess)


def write_phrase(
    igt: IGT,
    stored: ET.Element | None,
    choice: Choice,
    tally: Tally,
    spelling: Spelling | None = None,
) -> WrittenPhrase:
    """The phrase of an entry.

    Args:
        igt: The entry.
        stored: The phrase that it was read from, which is changed; None for a new one.
        choice: The writing systems of its lines.
        tally: Where characters that XML cannot hold are counted.
        spelling: How the file writes glosses; None where it has none.
    """
    if stored is not None:
        return WrittenPhrase(compact(build_phrase(igt, stored, choice, tally, spelling)))
    new = _build_new(igt, choice, tally)
    if any("\r" in word.xml for word in new.words or ()):
        return WrittenPhrase(build_phrase(igt, ET.Element("phrase"), choice, tally))
    return new


def _as_read(phrase: ET.Element) -> ET.Element:
    """The phrase as reading gives it: XML has no carriage return but as the end of a line."""
    if any("\r" in text for text in phrase.itertext()):
        return parse(Source(io.StringIO(to_text(phrase))))
    return phrase


def _build_new(igt: IGT, choice: Choice, tally: Tally) -> WrittenPhrase:
    """The phrase of an entry, as `build_phrase` makes it of an empty one."""
    phrase = ET.Element("phrase")
    inside = ET.SubElement(phrase, "words")
    now = igt.metadata.get("prediction")
    status = status_of(now) if isinstance(now, Mapping) else None
    how = (choice, status, igt.pos is not None)
    rows = pair_rows(igt, _NOTHING)
    words = [_word(row.form, row.gloss, row.surface, (row.pos, row.by_morph), how) for row in rows]
    if any(word.is_lossy for word in words):
        tally.lose(CONTROL_CHARACTERS)
    new = WrittenPhrase(phrase, words)
    writer = PhraseWriter(igt, phrase, choice, tally)
    writer.write_texts(read_lines(new.items, choice).transcription, None)
    writer.write_details()
    if isinstance(now, Mapping) and prediction_of(new.items) != now:
        writer.set(PREDICTION, choice.analysis, json.dumps(dict(now), default=str))
    order(phrase, inside)
    return new


@lru_cache(maxsize=1 << 12)  # a corpus has most of its words more than once
def _word(
    form: str | None,
    gloss: str | None,
    surface: str | None,
    category: tuple[str | None, bool],
    how: tuple[Choice, str | None, bool],
) -> NewWord:
    choice, status, recategorize = how
    losses = _Losses()
    word = ET.Element("word")
    row = Row(form, gloss, surface, *category)
    changed = Wording(choice, losses).write(word, row, recategorize=recategorize)
    if changed and status is not None:
        mark(word, status)
    items = WordItems.of(word)
    codes = {item.get("lang", ""): False for item in word.iter("item")}
    codes |= {item.get("lang", ""): True for item in word.iter("item") if item.get("type") in FORMS}
    guess = is_guess(word)
    lay_out(word, WORD_DEPTH)
    return NewWord(to_text(word), items, tuple(codes.items()), guess, losses.any)


@attrs.define
class _Losses:
    any: bool = False

    def lose(self, _: str) -> None:
        self.any = True
