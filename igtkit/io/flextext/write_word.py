"""Writing one word: its text, its morphs with their types, its glosses and parts of speech."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import attrs

from igtkit._labels import type_apart
from igtkit.boundaries import INFIX, LEIPZIG, PAPER, UNKNOWN, is_word, split_morphemes, split_pair
from igtkit.conventions import find_stem, morph_types
from igtkit.io._morphs import GUIDS, MARKS, bare_form, form_token
from igtkit.io._sink import Tally
from igtkit.io._xml.writing import legal
from igtkit.io.flextext.items import morphs_of, pick
from igtkit.io.flextext.languages import UNDETERMINED
from igtkit.io.flextext.lines import ADDED_GLOSSES, Choice
from igtkit.io.flextext.pairing import Row
from igtkit.io.flextext.spelling import Spelling

__all__ = ["Wording", "set_item"]

Parts = Sequence[tuple[str, str]]


def set_item(element: ET.Element, kind: str, code: str | None, text: str | None) -> None:
    """Give an element an item of a kind in one writing system, another text for it, or none."""
    code = UNDETERMINED if code is None else code
    for item in element.findall("item"):
        if item.get("type") == kind and item.get("lang", "") == code:
            if text is None:
                element.remove(item)
                return
            for run in list(item):
                item.remove(run)
            item.text = text
            return
    if text is not None:
        ET.SubElement(element, "item", type=kind, lang=code).text = text


@attrs.frozen
class Wording:
    """Writes words in the writing systems chosen."""

    choice: Choice
    tally: Tally
    spelling: Spelling = attrs.field(factory=Spelling)

    def write(self, word: ET.Element, row: Row, *, recategorize: bool) -> bool:
        """Write a word.

        Args:
            word: Its element, empty for a new one.
            row: The word.
            recategorize: Whether the parts of speech of the entry have changed.

        Returns:
            Whether its analysis was written: not if it is the one that was there.
        """
        new = row.cell is None
        if new and row.surface is not None:
            kind = "txt" if is_word(row.surface) or self._is_analyzed(row) else "punct"
            self._set(word, kind, self.choice.vernacular, row.surface)
        same = row.cell is not None and (row.form, row.gloss) == (row.cell.form, row.cell.gloss)
        same = same or _is_open(row)
        anew = not same and not self._regloss(word, row)
        if anew:
            self._analyze(word, row)
        if recategorize or (anew and not self._items(word, "pos")):
            self._categorize(word, row)
        return not same and (row.form is not None or row.gloss is not None)

    def _is_analyzed(self, row: Row) -> bool:
        return is_word(row.form or "") or is_word(row.gloss or "")

    def _regloss(self, word: ET.Element, row: Row) -> bool:
        """Change the glosses that differ, where the morphs stay as they are."""
        cell, morphs = row.cell, morphs_of(word)
        if cell is None or row.form != cell.form or INFIX[0] in (row.form or ""):
            return False
        if row.form is not None and not is_word(row.form):  # its gloss is not a morph's
            return False
        if row.form is not None and not morphs and cell.gloss == UNKNOWN:  # it had no analysis
            return False
        old, new = (split_morphemes(gloss or "") for gloss in (cell.gloss, row.gloss))
        if morphs and (len(old) != len(morphs) or len(new) != len(morphs)):
            return False
        code = self.choice.analysis
        if len(morphs) < 2 and (not morphs or pick(word, "gls", code) is not None):
            self._set(word, "gls", code, _known(row.gloss))
        none = all(pick(morph, "gls", code) is None for morph in morphs)
        for morph, (_, was), (_, gloss) in zip(morphs, old, new, strict=False):
            if gloss != was or none:
                form = pick(morph, "txt", self.choice.vernacular, any_other=True)
                text = self._spelt(bare_form(form, morph.get("type")), gloss)
                self._set(morph, "gls", code, text)
                for kind in ADDED_GLOSSES:
                    self._set(morph, kind, code, None)
        return True

    def _analyze(self, word: ET.Element, row: Row) -> None:
        """Write the analysis anew: nothing of the old one holds, if there was one."""
        old = [*word.findall("morphemes"), *self._items(word, "gls")]
        if word.find("morphemes") is None:  # what was said of the word as a whole still holds
            code = UNDETERMINED if self.choice.analysis is None else self.choice.analysis
            same = row.cell is not None and row.gloss == row.cell.gloss
            old = [] if same else [item for item in old if item.get("lang", "") == code]
        for element in old:
            word.remove(element)
        if row.form is None:
            self._set(word, "gls", self.choice.analysis, _known(row.gloss))
            return
        forms: Parts = (("", row.form),)
        glosses: Parts = ()
        types: list[str | None] = [None]
        if is_word(row.form):
            forms, glosses = _parts(row.form, row.gloss)
            types = [*_types(row.form, forms, glosses)]
        morphemes = ET.Element("morphemes")
        word.insert(_after_texts(word), morphemes)
        for at, ((_, form), kind) in enumerate(zip(forms, types, strict=True)):
            morph = ET.SubElement(morphemes, "morph")
            if kind is not None:
                morph.attrib.update(type=kind, guid=GUIDS[kind])
            if _known(form) is not None:
                marked = _marked(forms, at, kind)
                for item in ("txt", "cf") if kind is not None else ("txt",):
                    self._set(morph, item, self.choice.vernacular, marked)
            if glosses:
                text = self._spelt(form, glosses[at][1])
                self._set(morph, "gls", self.choice.analysis, text)
        if not glosses:  # of punctuation, or in parts that do not pair up
            self._set(word, "gls", self.choice.analysis, _known(row.gloss))

    def _categorize(self, word: ET.Element, row: Row) -> None:
        morphs = morphs_of(word)
        for item in self._items(word, "pos"):
            word.remove(item)
        for morph in morphs:
            for item in self._items(morph, "msa"):
                morph.remove(item)
        if row.pos is None:
            return
        parts = split_morphemes(row.pos)
        if not row.by_morph or len(parts) != len(morphs):
            self._set(word, "pos", self.choice.analysis, _known(row.pos))
            return
        for morph, (_, part) in zip(morphs, parts, strict=True):
            self._set(morph, "msa", self.choice.analysis, _known(part))

    def _spelt(self, form: str | None, gloss: str) -> str | None:
        """The gloss of a morpheme as the file writes it; None of one that is open."""
        known = _known(gloss)
        return known and self.spelling.of(form, known)

    def _items(self, element: ET.Element, kind: str) -> list[ET.Element]:
        return [item for item in element.findall("item") if item.get("type") == kind]

    def _set(self, element: ET.Element, kind: str, code: str | None, text: str | None) -> None:
        set_item(element, kind, code, legal(text, self.tally) if text is not None else None)


def _is_open(row: Row) -> bool:
    """Whether a word without an analysis still has none: it stands for itself in the lines."""
    if row.cell is None or row.cell.form is not None or row.cell.gloss is not None:
        return False
    own = (None, UNKNOWN, form_token(row.cell.surface))
    return row.form in own and _known(row.gloss) is None


def _types(form: str, forms: Parts, glosses: Parts) -> tuple[str, ...]:
    """The type of each morph; where nobody can tell the stem, it is the first.

    A word that is written apart from its host has none.
    """
    apart = type_apart(form)
    if apart in ("enclitic", "suffix"):
        return tuple("enclitic" if boundary == "=" else "suffix" for boundary, _ in forms)
    if apart is not None:
        after = [*[boundary for boundary, _ in forms[1:]], form[-1]]
        return tuple("proclitic" if boundary == "=" else "prefix" for boundary in after)
    boundaries = [boundary for boundary, _ in forms]
    stem = find_stem(boundaries, [gloss for _, gloss in glosses]) if glosses else None
    return morph_types(boundaries, stem or 0)


def _parts(form: str, gloss: str | None) -> tuple[Parts, Parts]:
    """The morphemes of a word and their glosses; no glosses where they do not pair up."""
    for boundaries in (LEIPZIG, PAPER):
        forms, glosses = split_pair(form, gloss, boundaries)
        if gloss is None:
            return forms, ()
        if [boundary for boundary, _ in forms] == [boundary for boundary, _ in glosses]:
            return forms, glosses
    return forms, glosses if len(forms) == len(glosses) else ()


def _marked(forms: Parts, at: int, kind: str | None) -> str:
    """The form of a morph with the marks of its type; reduplication keeps its own mark."""
    before, after = MARKS.get(kind or "", ("", ""))
    following = forms[at + 1][0] if at + 1 < len(forms) else ""
    if before and forms[at][0] == "~":
        before = "~"
    if after and following == "~":
        after = "~"
    return before + forms[at][1] + after


def _known(text: str | None) -> str | None:
    return None if text == UNKNOWN else text or None


def _after_texts(word: ET.Element) -> int:
    """Return the place of the morphs in a word: after its text."""
    return sum(item.get("type") in ("txt", "punct") for item in word.findall("item"))
