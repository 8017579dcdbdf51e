"""Reading Xigt: one example at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._languages import language_of_code
from igtkit.io._parts import Part, tell
from igtkit.io._source import Source
from igtkit.io._xml.reading import events, text_in
from igtkit.io.xigt.lines import make_lines
from igtkit.io.xigt.metadata import About, metas, read_about, to_plain
from igtkit.io.xigt.tiers import Tiers

__all__ = ["read_xigt"]

_A_SELECTION = "items that select each text about once in each tier"
_log = logging.getLogger("igtkit.io")


def read_xigt(source: Source) -> Iterator[IGT]:
    """The examples of a file.

    Raises:
        FileFormatError: If the file is no XML, or no Xigt.
    """
    about = About()
    told: Counter[tuple[str, bool]] = Counter()
    repaired = 0
    for line, element in _parts(source):
        if element.tag == "xigt-corpus":
            about = attrs.evolve(about, language=language_of_code(element.get("lg")))
            continue
        if element.tag == "metadata":
            about = read_about(metas([element]), about)
            if text := " ".join(_beside(element)):
                what, expected = "text in <metadata> that is in no <meta>", "<meta>"
                source.reject(what, line=line, expected=expected, text=text)
            continue
        try:
            igt = _entry(element, about, told)
        except InputError as error:
            source.reject(str(error), line=line, expected=_A_SELECTION, text=_text(element))
            continue

        if igt is None:
            source.reject(
                f"the example {element.get('id', '')!r:.80} has no line of text",
                line=line,
                expected="a tier of phrases, words, morphemes, glosses or translations",
                text=_text(element),
            )
            continue
        repaired += "repairs" in igt.metadata.get("xigt", {})
        source.line = line
        yield igt
    source.parts.extend(_told(told))
    if repaired:
        _log.warning(
            "%s: not all is as it should be in %s; see metadata['xigt']['repairs']",
            source.name,
            "1 example" if repaired == 1 else f"{repaired} examples",
        )


_LINES = {
    "phrases": "transcription",
    "words": "words",
    "morphemes": "segmentation",
    "glosses": "glosses",
    "translations": "translation",
    "pos": "pos",
}


def _told(counts: Counter[tuple[str, bool]]) -> Iterator[Part]:
    """What the tiers of each type were taken for; of one type some may be taken and others not."""
    for (kind, used), count in counts.items():
        line = _LINES.get(kind, "tagged lines") if used else None
        rule = "xigt-type" if used else "xigt-kept"
        yield tell("tier", kind or "(no type)", line, rule, count=count)


def _text(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode").strip()


def _parts(source: Source) -> Iterator[tuple[int, ET.Element]]:
    """The root, the metadata and examples of the file, each with its line, then let go."""
    begun = 0
    root: ET.Element | None = None
    for kind, line, element, parent, _ in events(source, (), within=("xigt-corpus",)):
        if kind == "start":
            if parent is None:
                root = element
                if root.tag != "xigt-corpus":
                    raise FileFormatError(
                        f"the root element is <{root.tag}>",
                        path=source.name,
                        line=line,
                        expected="<xigt-corpus>",
                    )
                yield line, root
            elif parent is root:
                begun = line
        elif root is not None and parent is root and element.tag in ("igt", "metadata"):
            yield begun, element
        elif text := text_in(element):
            what = f"text in <{element.tag}> that is in no example"
            source.reject(what, line=begun, expected="<igt> and <metadata>", text=text)


def _entry(element: ET.Element, of_file: About, told: Counter[tuple[str, bool]]) -> IGT | None:
    tiers = Tiers(element)
    lines = make_lines(tiers)
    told.update((tier.type, tier in lines.used) for tier in tiers.all)
    texts = (lines.transcription, lines.segmentation, lines.glosses, lines.translation)
    about = read_about(metas(element.findall("metadata")), _with_codes(element, tiers, of_file))
    if not any(texts) and not about.values:
        return None
    attributes = {name: value for name, value in element.attrib.items() if name != "id"}
    known: dict[str, Any] = {
        "attributes": attributes,
        "metadata": about.rest,
        "file": of_file.rest,
        "alternatives": lines.alternatives,
        "tiers": [to_plain(tier.element) for tier in tiers.all if tier not in lines.used],
        "repairs": tiers.problems,
        "rest": [*_beside(element), *lines.unsaid()],
    }
    known = {name: value for name, value in known.items() if value}
    metadata: dict[str, Any] = dict(about.values.get("metadata", {}))
    if about.judgment:
        metadata.setdefault("judgment", about.judgment)
    if about.notes:
        metadata.setdefault("notes", about.notes)
    if known:
        metadata["xigt"] = known
    values = about.values
    return IGT(
        *texts,
        language=about.language,
        metalanguage=about.metalanguage,
        pos=lines.pos,
        id=values["id"] if "id" in values else element.get("id"),
        source=values.get("source", about.source or element.get("doc-id")),
        split=values.get("split"),
        metadata=metadata,
    )


_PARTS = {"igt": ("metadata", "tier"), "tier": ("item",), "metadata": ()}


def _beside(element: ET.Element) -> Iterator[str]:
    """What an example, its tiers and its metadata say beside what they consist of."""
    parts = _PARTS.get(element.tag, ())
    texts = [element.text]
    for child in element:
        is_part = child.tag in parts or element.tag == "metadata"  # all in which is kept
        texts += [None if is_part else text_in(child), child.tail]
    if text := " ".join(" ".join(filter(None, texts)).split()):
        yield text
    for child in element:
        if child.tag in _PARTS and child.tag in parts:
            yield from _beside(child)


def _with_codes(element: ET.Element, tiers: Tiers, of_file: About) -> About:
    """What is said of the file, with the languages that an example or its tiers say in ``lg``."""
    own = {tier.type: language_of_code(tier.attributes.get("lg")) for tier in tiers.all}
    text = [own.get(kind) for kind in ("phrases", "words", "morphemes")]
    meaning = [own.get(kind) for kind in ("translations", "glosses")]
    language = language_of_code(element.get("lg")) or next(filter(None, text), None)
    return attrs.evolve(
        of_file,
        language=language or of_file.language,
        metalanguage=next(filter(None, meaning), None) or of_file.metalanguage,
    )
