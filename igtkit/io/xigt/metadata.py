"""What a Xigt file says about its examples: languages, sources, and anything else it likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from igtkit._json import read_object
from igtkit.errors import InputError
from igtkit.igt import Language
from igtkit.igt.language import is_no_language

__all__ = ["About", "from_plain", "metas", "read_about", "to_plain"]

_JUDGMENTS = {"g": "", "u": "*"}  # grammatical and ungrammatical, in grammar engineers' test suites
_OF_TEXT = frozenset({"phrases", "words", "morphemes"})


@attrs.define
class About:
    """What is known about an example, or about all of a file.

    Attributes:
        language: Language of the text.
        metalanguage: Language of glosses and translation.
        source: The text it is from.
        sources: Texts by identifier, for examples to refer to.
        values: What igtkit itself has written: id, split, prediction, metadata.
        notes: Comments.
        judgment: The mark of a judgment, or nothing.
        rest: Everything else, plain.
    """

    language: Language | None = None
    metalanguage: Language | None = None
    source: str | None = None
    sources: dict[str, str] = attrs.field(factory=dict)
    values: dict[str, Any] = attrs.field(factory=dict)
    notes: list[str] = attrs.field(factory=list)
    judgment: str = ""
    rest: list[dict[str, Any]] = attrs.field(factory=list)


def metas(metadata: Iterable[ET.Element]) -> list[ET.Element]:
    """The ``<meta>`` elements of some ``<metadata>``."""
    return [child for element in metadata for child in element]


def read_about(found: Iterable[ET.Element], of_file: About | None = None) -> About:
    """Return the languages, sources and values that some ``<meta>`` elements say.

    Args:
        found: The elements.
        of_file: What is said of the whole file, which holds where an example says nothing.
    """
    known = of_file or About()
    about = About(known.language, known.metalanguage)
    has_language = False
    for meta in found:
        kind, text = meta.get("type"), (meta.text or "").strip()
        if kind == "language":
            tiers = set(meta.get("tiers", "").split())
            if tiers & _OF_TEXT or (not tiers and not has_language):
                about.language = _language(meta, text)
                has_language = True
            else:
                about.metalanguage = _language(meta, text)
            if len(meta) or (text and meta.get("name")):
                about.rest.append(to_plain(meta))
        elif kind == "source":
            source = text or known.sources.get(meta.get("ref", ""))
            about.source = source or about.source
            if text and meta.get("id"):
                about.sources[meta.get("id", "")] = text
            plain = to_plain(meta)
            if source:  # then the source itself is known, and only what is said of it is kept
                said = {k: v for k, v in meta.items() if k not in ("ref", "id")}
                inside = {k: v for k, v in plain.items() if k == "children"}
                plain = {"tag": meta.tag, "attributes": said, **inside}
            if plain.get("attributes", {}).keys() - {"type"} or "children" in plain:
                about.rest.append(plain)
        elif kind == "odin-source":
            about.source = meta.get("doc-id") or about.source
            about.rest.append(to_plain(meta))
        elif kind == "comment" and text:
            about.notes.append("".join(meta.itertext()))
        elif kind == "judgment":
            value = meta.get("value") or text
            about.judgment = _JUDGMENTS.get(value, value)
            about.rest.append(to_plain(meta))
        elif kind == "igtkit" and (values := _own_values(text)) is not None:
            about.values |= values
        elif not _olac(about, meta):
            about.rest.append(to_plain(meta))
    return about


def _language(meta: ET.Element, text: str) -> Language | None:
    code = meta.get("iso-639-3")
    language = Language(
        meta.get("glottocode"), meta.get("name") or text or None, code or meta.get("lg") or None
    )
    return None if is_no_language(language) and language != Language() else language


def _olac(about: About, meta: ET.Element) -> bool:
    """Languages as OLAC metadata say them: ``dc:subject`` and ``dc:language``."""
    found = False
    others = []
    for child in meta:
        name = child.tag.rpartition("}")[2]
        if name not in ("subject", "language"):
            others.append(to_plain(child))
            continue
        code = next((v for k, v in child.attrib.items() if k.rpartition("}")[2] == "code"), "")
        language = Language(None, child.text or None, code if len(code) == 3 else None)
        known = None if is_no_language(language) else language
        if name == "subject":
            about.language = known
        else:
            about.metalanguage = known
        found = True
    if found and others:
        about.rest.append({**to_plain(meta), "children": others})
    return found


def _own_values(text: str) -> dict[str, Any] | None:
    """What igtkit has written; None where it is something else."""
    try:
        values = read_object(text)
    except InputError:
        return None
    known = {name: values.get(name) for name in ("id", "source", "split")}
    are_texts = all(value is None or isinstance(value, str) for value in known.values())
    return values if are_texts and isinstance(values.get("metadata", {}), dict) else None


def to_plain(element: ET.Element) -> dict[str, Any]:
    """Return an element as plain values, which JSON can hold: the inverse of `from_plain`.

    Example:
        >>> to_plain(ET.fromstring('<meta type="vetted" value="s"/>'))
        {'tag': 'meta', 'attributes': {'type': 'vetted', 'value': 's'}}
    """
    plain: dict[str, Any] = {"tag": element.tag}
    if element.attrib:
        plain["attributes"] = dict(element.attrib)
    if element.text is not None and (element.text.strip() or not len(element)):
        plain["text"] = element.text
    if len(element):
        plain["children"] = [to_plain(child) for child in element]
        for child, made in zip(element, plain["children"], strict=True):
            if child.tail is not None and child.tail.strip():
                made["tail"] = child.tail
    return plain


def from_plain(plain: Mapping[str, Any]) -> ET.Element:
    """The element that plain values stand for.

    Raises:
        KeyError: If they stand for none.
        TypeError: As well.
        ValueError: As well.
    """
    attributes = plain.get("attributes", {})
    text, tail = plain.get("text"), plain.get("tail")
    if not all(isinstance(each, str) for each in (*attributes, *attributes.values(), plain["tag"])):
        raise TypeError("names and values of attributes are texts")
    if not all(each is None or isinstance(each, str) for each in (text, tail)):
        raise TypeError("the text of an element is text")
    element = ET.Element(plain["tag"], attributes)
    element.text, element.tail = text, tail
    element.extend([from_plain(child) for child in plain.get("children", ())])
    return element
