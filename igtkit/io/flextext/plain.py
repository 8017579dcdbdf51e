"""Phrases as FLEx writes them, read as text: that takes a third of the time that a tree takes."""

from __future__ import annotations

import re
from functools import lru_cache

from igtkit.io._morphs import type_name
from igtkit.io._xml.patterns import Shape, held
from igtkit.io.flextext.items import Items, PhraseItems, WordItems

__all__ = ["PHRASE", "compact_text", "read_phrase"]

_ABOUT = rb'(?: (?!xmlns)[A-Za-z-]++="[^"<>&\n\r\t]*+")'
_SPACE = rb"(?>[ \t\r]*+\n[ \t\r\n]*+|)"  # between elements: it ends a line, or is none
_COMMENT = rb"<!--" + held(rb"[^-<>]++|-(?![->])", rb"*") + rb"-->"
_TEXT = rb"[^<>&\n\r]*+" + held(rb"&(?:amp|lt|gt);[^<>&\n\r]*+", rb"*")
_ITEM = (
    rb"(?:" + _SPACE + rb"(?:" + _COMMENT + _SPACE + rb")?<item" + held(_ABOUT, rb"+")
    + rb"(?: />|>" + _TEXT + rb"</item>)(?:[ \t]*+" + _COMMENT + rb"(?=[ \t\r]*+\n))?)"
)  # fmt: skip
_ALL_ITEMS = held(_ITEM, rb"*")


def _element(tag: bytes, inside: bytes) -> bytes:
    """The pattern of an element that is not empty."""
    begin = _SPACE + rb"<" + tag + held(_ABOUT, rb"*") + rb">(?!\s*+</)"
    return rb"(?:" + begin + inside + _SPACE + rb"</" + tag + rb">)"


_MORPH = _element(rb"morph", held(_ITEM, rb"+"))
_MORPHEMES = _element(rb"morphemes", held(_MORPH, rb"+"))
_WORD = _element(rb"word", _ALL_ITEMS + held(_MORPHEMES + _ALL_ITEMS, rb"?"))
_WORDS = _SPACE + rb"<words(?: />|>" + held(_WORD, rb"+") + _SPACE + rb"</words>)"
_INSIDE = _ALL_ITEMS + _WORDS + _ALL_ITEMS

PHRASE = Shape(
    "phrases",
    re.compile(rb"<(?:phrase|word)[ >]"),  # older files have no <phrase>
    re.compile(_element(rb"phrase", _INSIDE) + rb"|" + _element(rb"word", _INSIDE)),
)
"""A phrase that nothing but FLEx's own elements is in, one after the other, each word analyzed once
at most."""


def compact_text(xml: bytes) -> str:
    r"""Return a `PHRASE` as `to_text` writes it once it is `compact`.

    Example:
        >>> compact_text(b'<word>\n  <words>\n    <word><item lang="x"></item></word>\n  </words>'
        ...              b'\n</word>')
        '<phrase><words><word><item lang="x" /></word></words></phrase>'
    """
    text = xml.decode()
    if "<!--" in text:
        text = _COMMENTS.sub("", text)
    text = "".join([row.strip(" \t\r") for row in text.split("\n")])
    text = text.replace('"></item>', '" />')
    if text.startswith("<word"):
        text = f"<phrase{text.removeprefix('<word').removesuffix('</word>')}</phrase>"
    return text


def read_phrase(text: str) -> PhraseItems:
    """The items of a phrase, as `PhraseItems.of` has them of a tree.

    Args:
        text: The phrase, as `compact_text` gives it.

    Example:
        >>> word = '<word><item type="txt" lang="x">ev</item></word>'
        >>> phrase = read_phrase(f'<phrase guid="a"><words>{word}</words></phrase>')
        >>> phrase.attributes, phrase.words[0].items
        ({'guid': 'a'}, {'txt': [('x', 'ev')]})
    """
    head, _, rest = text.partition("<words>")
    words, _, after = rest.rpartition("</words>")
    return PhraseItems(
        dict(_ATTRIBUTE.findall(head[: head.index(">")])),
        _items(head + after),
        [_word(each) for each in words.split("<word")[1:]],
        'analysisStatus="guess' in text,
    )


_COMMENTS = re.compile("<!--[^>]*-->")
_ATTRIBUTE = re.compile('([A-Za-z-]+)="([^"]*)"')
_ITEMS = re.compile("<item([^>]*)>([^<]*)")


def _word(text: str) -> WordItems:
    before, is_analyzed, rest = text.partition("<morphemes")
    if not is_analyzed:
        return WordItems(_known_items(before[before.index(">") :]), [])
    morphs, _, after = rest.partition("</morphemes>")
    return WordItems(
        _known_items(before[before.index(">") :] + after),
        [_morph(each) for each in morphs.split("<morph")[1:]],
    )


@lru_cache(maxsize=1 << 11)  # a text has most of its morphs more than once
def _morph(text: str) -> tuple[str | None, Items]:
    about = dict(_ATTRIBUTE.findall(text[: text.index(">")]))
    return type_name(about.get("type"), about.get("guid")), _items(text)


def _items(text: str) -> Items:
    found: dict[str | None, list[tuple[str, str]]] = {}
    for about, content in _ITEMS.findall(text):
        if content and not content.isspace():
            kind, code = _kind_and_code(about)
            found.setdefault(kind, []).append((code, _unescaped(content)))
    return found


_known_items = lru_cache(maxsize=1 << 11)(_items)  # and most of its words


@lru_cache(maxsize=1 << 10)
def _kind_and_code(about: str) -> tuple[str | None, str]:
    attributes = dict(_ATTRIBUTE.findall(about))
    return attributes.get("type"), attributes.get("lang", "")


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
