"""The items of a phrase, its words and their morphs: texts by kind and writing system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

import attrs

from igtkit.io._morphs import type_name

__all__ = [
    "APPROVED",
    "FORMS",
    "Items",
    "PhraseItems",
    "WordItems",
    "is_guess",
    "items_of",
    "morphs_of",
    "pick",
    "pick_of",
    "texts_of",
    "words_of",
]

FORMS = ("txt", "cf", "punct")
"""The kinds of items that are in the vernacular."""

APPROVED = "humanApproved"
"""The analysis status of what a person has confirmed."""

Items = Mapping[str | None, Sequence[tuple[str, str]]]
"""The code and text of every item of an element that has text, by its kind."""


@attrs.frozen
class WordItems:
    """The items of a word.

    Attributes:
        items: Its own items.
        morphs: The type and the items of each of its morphs.
    """

    items: Items
    morphs: Sequence[tuple[str | None, Items]]

    @classmethod
    def of(cls, word: ET.Element) -> WordItems:
        """The items of a word."""
        morphs = [
            (type_name(morph.get("type"), morph.get("guid")), items_of(morph))
            for morph in morphs_of(word)
        ]
        return cls(items_of(word), morphs)


@attrs.frozen
class PhraseItems:
    """The items of a phrase, each element looked at once.

    Attributes:
        attributes: The attributes of the phrase.
        items: Its own items.
        words: Those of its words.
        is_guess: Whether an analysis status says that something in it is a machine's guess.
    """

    attributes: Mapping[str, str]
    items: Items
    words: Sequence[WordItems]
    is_guess: bool

    @classmethod
    def of(cls, phrase: ET.Element) -> PhraseItems:
        """The items of a phrase."""
        words = [WordItems.of(word) for word in words_of(phrase)]
        return cls(phrase.attrib, items_of(phrase), words, is_guess(phrase))


def is_guess(element: ET.Element) -> bool:
    """Whether an analysis status in an element says that something is a machine's guess."""
    return any(found.get("analysisStatus", "").startswith("guess") for found in element.iter())


def items_of(element: ET.Element) -> Items:
    """The items of an element.

    Example:
        >>> items_of(ET.fromstring('<word><item type="txt" lang="x">ev</item></word>'))
        {'txt': [('x', 'ev')]}
    """
    found: dict[str | None, list[tuple[str, str]]] = {}
    for item in element:
        if item.tag == "item":
            text = "".join(item.itertext()) if len(item) else item.text
            if text and not text.isspace():
                about = item.attrib
                kind, row = about.get("type"), (about.get("lang", ""), text)
                if kind in found:
                    found[kind].append(row)
                else:
                    found[kind] = [row]
    return found


def words_of(phrase: ET.Element) -> list[ET.Element]:
    """The words of a phrase, as `PhraseItems.words` has them."""
    return phrase.findall("words/word")


def morphs_of(word: ET.Element) -> list[ET.Element]:
    """The morphs of a word; of several analyses those that a person approved, or else the first."""
    analyses = [child for child in word if child.tag == "morphemes"]
    if len(analyses) > 1:
        approved = [one for one in analyses if one.get("analysisStatus") == APPROVED]
        analyses = (approved or analyses)[:1]
    return [morph for one in analyses for morph in one if morph.tag == "morph"]


def texts_of(element: ET.Element, kind: str) -> Sequence[tuple[str, str]]:
    """The code and text of every item of a kind that has text."""
    return items_of(element).get(kind, ())


def pick(
    element: ET.Element, kind: str, code: str | None, *, any_other: bool = False
) -> str | None:
    """The text of an item of a kind in one writing system, or, if that will do, the first."""
    return pick_of(items_of(element), kind, code, any_other=any_other)


def pick_of(items: Items, kind: str, code: str | None, *, any_other: bool = False) -> str | None:
    """As `pick`, of items.

    Example:
        >>> pick_of({"gls": [("en", "house"), ("tr", "ev")]}, "gls", "tr")
        'ev'
    """
    rows = items.get(kind)
    if rows is None:
        return None
    for found, text in rows:
        if found == code:
            return text
    return rows[0][1] if any_other else None
