"""Adding tiers to an ELAN file that is there: its bytes stay, new ones come between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

import attrs

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._losses import NOT_IN_TEMPLATE, EntryLosses, changes_of, metadata_key
from igtkit.io._sink import Sink
from igtkit.io._tiers.model import OWN, Annotation, speaker_in
from igtkit.io._tiers.suggestions import SUGGESTED
from igtkit.io.eaf.annotations import Layout, Place, Tiers
from igtkit.io.eaf.markup import NewTier, constraint, constraint_element, tier, type_
from igtkit.io.eaf.reading import Document

__all__ = ["add_tiers"]

_ORDER = (
    "LICENSE",
    "HEADER",
    "TIME_ORDER",
    "TIER",
    "LINGUISTIC_TYPE",
    "LOCALE",
    "LANGUAGE",
    "CONSTRAINT",
    "CONTROLLED_VOCABULARY",
    "LEXICON_REF",
    "REF_LINK_SET",
    "EXTERNAL_REF",
)
"""The order of the elements in the EAF schema, version 3.0."""

_DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([-\w.]+)["']""")
_BEFORE = re.compile(r"(\r?\n[ \t]*)<(?:TIER|LINGUISTIC_TYPE|TIME_ORDER|HEADER)[ >/]")


class _Parts:
    """Where the elements under the root end, and which names are taken.

    The readers of `_xml` do not tell byte positions; they have read the file before this.
    """

    def __init__(self, data: bytes) -> None:
        self.ends: dict[str, int] = {}
        self.types: dict[str, str] = {}
        self.constraints: set[str] = set()
        self.ids: set[str] = set()
        self._depth = 0
        self._start = 0
        self._data = data
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.Parse(data, True)

    def _begin(self, tag: str, found: dict[str, str]) -> None:
        if self._depth == 0:
            self._start = self._data.index(b">", self._parser.CurrentByteIndex) + 1
        self._depth += 1
        if tag == "LINGUISTIC_TYPE":
            self.types[found.get("LINGUISTIC_TYPE_ID", "")] = found.get("CONSTRAINTS", "")
        elif tag == "CONSTRAINT":
            self.constraints.add(found.get("STEREOTYPE", ""))
        elif "ANNOTATION_ID" in found:
            self.ids.add(found["ANNOTATION_ID"])

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == 1:
            at = self._parser.CurrentByteIndex
            # At `</TIER>`, and for `<TIER/>` at its beginning or behind it.
            self.ends[tag] = self._data.index(b">", at) + 1 if self._data[at] == 0x3C else at

    def after(self, tag: str) -> int:
        """Return the place where an element may be added, by the order of the schema."""
        if tag in self.ends:
            return self.ends[tag]
        before = _ORDER[: _ORDER.index(tag)]
        return max([self._start, *(self.ends[name] for name in before if name in self.ends)])


@attrs.frozen
class _Item:
    """An entry that goes into the file, and the annotation of its sentence."""

    igt: IGT
    sentence: Annotation
    mark: Mapping[str, Any]


def add_tiers(
    items: Iterable[IGT],
    sink: Sink,
    *,
    path: Path,
    document: Document,
    there: Iterable[IGT],
    layout: Layout,
) -> None:
    """Write the file again, with the analyses of the entries in tiers of their own.

    Args:
        items: The entries; each has the identifier of an annotation of the file.
        sink: Where to.
        path: The file.
        document: What is in it.
        there: The entries that it holds.
        layout: Whether a new annotation is a line or a morpheme.

    Raises:
        InputError: If none of the entries has an annotation in the file, or its encoding cannot
            be written again as it was.
    """
    raw = path.read_bytes()
    text, encoding = _decoded(raw, path)
    data = text.encode("utf-8")
    parts = _Parts(data)
    numbers = iter(range(1, 1 << 60))

    def new_id() -> str:
        return next(name for n in numbers if (name := f"igtkit{n}") not in parts.ids)

    tiers = Tiers(new_id)
    taken = {one.name for one in document.tiers}
    endings: dict[tuple[str, str], str] = {}
    found = list(_found(items, sink, path, document, list(there)))
    systems = _systems(item.mark for item in found)
    for item in found:
        sentence = item.sentence.tier
        if sentence is None:
            continue
        glosser = _glosser(item.mark)
        key = sentence.name, glosser
        if key not in endings:
            endings[key] = _ending(
                speaker_in(sentence.name) or sentence.speaker, taken, endings.values()
            )
        place = Place(
            sentence.name, item.sentence.id, endings[key], EntryLosses(sink), sentence.participant
        )
        one_way = len(systems[glosser]) == 1
        if not tiers.suggest(place, item.igt, item.mark, layout, one_way=one_way):
            for line in SUGGESTED:
                if getattr(item.igt, line) is not None:
                    sink.lose(line)
        if not item.mark.keys().isdisjoint(("alternatives", "evidence")):  # no tier has these
            sink.lose(metadata_key("prediction"))
    pieces = _pieces(list(tiers.made.values()), parts, text)
    at = 0
    out = []
    for place_, piece in sorted(pieces, key=lambda pair: pair[0]):
        out += [data[at:place_], piece.encode("utf-8")]
        at = place_
    whole = b"".join([*out, data[at:]]).decode("utf-8")
    sink.binary().write(whole.encode(encoding))


def _glosser(mark: Mapping[str, Any]) -> str:
    """The glosser of a suggestion, without what is said in brackets of how it came to it."""
    return str(mark.get("system") or "").partition(" (")[0]


def _systems(marks: Iterable[Mapping[str, Any]]) -> Mapping[str, set[str]]:
    """What the suggestions of each glosser say of it: the same, or of some how they came about."""
    systems: defaultdict[str, set[str]] = defaultdict(set)
    for mark in marks:
        systems[_glosser(mark)].add(str(mark.get("system")))
    return systems


def _decoded(raw: bytes, path: Path) -> tuple[str, str]:
    """The text of the file, and the encoding that gives its bytes again."""
    declared = _DECLARATION.match(raw.removeprefix(b"\xef\xbb\xbf"))
    candidates = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else []
    candidates += [declared[1].decode("ascii")] if declared else []
    for encoding in (*candidates, "utf-8"):
        try:
            text = raw.decode(encoding)
            if text.encode(encoding) == raw:
                return text, encoding
        except (LookupError, UnicodeError):
            continue
    raise InputError(f"{path}: the encoding is not known; save the file as UTF-8")


def _found(
    items: Iterable[IGT], sink: Sink, path: Path, document: Document, there: list[IGT]
) -> Iterator[_Item]:
    """The entries that say something new of a sentence of the file."""
    sentences = {one.id: one for tier_ in document.tiers for one in tier_.annotations}
    before = {_annotation(igt): igt for igt in there}
    named = {igt.id: _annotation(igt) for igt in there}
    count = known = 0
    for igt in items:
        count += 1
        name = _annotation(igt)
        name = name if name in before else named.get(igt.id)
        sentence = sentences.get(name or "")
        old = before.get(name)
        if sentence is None or old is None:
            sink.lose(NOT_IN_TEMPLATE)
            continue
        known += 1
        for line in ("transcription", "translation", "pos", "language", "metalanguage"):
            if getattr(igt, line) not in (None, getattr(old, line)):
                sink.lose(changes_of(line))
        mark = igt.metadata.get("prediction")
        same = (igt.segmentation, igt.glosses) == (old.segmentation, old.glosses)
        if isinstance(mark, Mapping) and not (same and mark == old.metadata.get("prediction")):
            yield _Item(igt, sentence, mark)
        elif mark is None and not same:
            yield _Item(igt, sentence, {"confirmed": True})
    if count and not known:
        raise InputError(
            f"none of the entries is a sentence of {path}: their id must be that of its "
            "annotation, as reading the file gives it"
        )


def _annotation(igt: IGT) -> str | None:
    """The identifier of an entry's annotation, as reading the file tells it."""
    about = igt.metadata.get("eaf")
    told = about.get("annotation") if isinstance(about, Mapping) else None
    return told if isinstance(told, str) else igt.id


def _ending(speaker: str | None, taken: set[str], used: Iterable[str]) -> str:
    """Return an ending for the names of new tiers, so that no tier has these names."""
    behind = f"@{speaker}" if speaker else ""
    number = 1
    while True:
        ending = (f"-{number}" if number > 1 else "") + behind
        mine = re.compile(rf"{OWN}[a-z]+{re.escape(ending)}")
        if ending not in used and not any(mine.fullmatch(name) for name in taken):
            return ending
        number += 1


def _pieces(made: list[NewTier], parts: _Parts, text: str) -> list[tuple[int, str]]:
    """The text to add, and where."""
    found = _BEFORE.search(text)
    start = found[1] if found else "\n"
    types: dict[str, str] = {}
    declared: list[str] = []
    constraints: list[str] = []
    for kind in dict.fromkeys(one.type for one in made):
        name = kind
        number = 2
        while name in parts.types and parts.types[name] != constraint(kind):
            name, number = f"{kind}-{number}", number + 1
        types[kind] = name
        if name not in parts.types:
            declared.append(type_(kind, name))
        asked = constraint(kind)
        if asked is not None and asked not in parts.constraints:
            constraints.append(constraint_element(asked))
    lines = {
        "TIER": [line for one in made for line in tier(one, types)],
        "LINGUISTIC_TYPE": declared,
        "CONSTRAINT": constraints,
    }
    return [
        (parts.after(tag), "".join(start + line for line in rows))
        for tag, rows in lines.items()
        if rows
    ]
