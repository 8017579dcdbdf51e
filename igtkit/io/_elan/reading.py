"""The tiers of an ELAN file, with the times and parents of their annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import attrs

from igtkit.errors import FileFormatError
from igtkit.igt import Language
from igtkit.io._source import Source
from igtkit.io._tiers.model import Annotation, Tier, overlapping
from igtkit.io._xml import events

__all__ = ["GLOTTOLOG", "Document", "read_document"]

GLOTTOLOG = "https://glottolog.org/resource/languoid/id/"
"""What the definition of a language begins with where it is a glottocode."""

_SECONDS = {"milliseconds": 1 / 1000, "PAL-frames": 1 / 25, "NTSC-frames": 1001 / 30000}
_KINDS = ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")


@attrs.define
class Document:
    """What is in an ELAN file.

    Attributes:
        tiers: Its tiers.
        properties: The properties of its header, by name.
    """

    tiers: list[Tier]
    properties: dict[str, str]


@attrs.define(eq=False)
class _Raw:
    """An annotation as it stands."""

    line: int
    attributes: dict[str, str]
    text: str
    aligned: bool


class _Content:
    """The elements of a file, as they stand."""

    def __init__(self, source: Source) -> None:
        self.slots: dict[str, float | None] = {}
        self.tiers: list[tuple[int, dict[str, str], list[_Raw]]] = []
        self.types: dict[str, str] = {}
        self.languages: dict[str, Language] = {}
        self.entries: dict[str, str] = {}
        self.properties: dict[str, str] = {}
        unit = _SECONDS["milliseconds"]
        root: ET.Element | None = None
        lines: dict[int, int] = {}
        for event, line, element in events(source):
            tag, found = element.tag, element.attrib
            if event == "start":
                if root is None:
                    root = element
                    _check_root(root, source, line)
                if tag == "HEADER":
                    unit = _unit(element, source, line)
                elif tag == "TIER":
                    self.tiers.append((line, dict(found), []))
                elif tag in _KINDS:
                    lines[id(element)] = line
                continue
            if tag == "TIME_SLOT":
                value = found.get("TIME_VALUE")
                self.slots[found.get("TIME_SLOT_ID", "")] = _time(value, unit, source, line)
            elif tag in _KINDS and self.tiers:
                text = element.findtext("ANNOTATION_VALUE") or ""
                begins = lines.pop(id(element))
                self.tiers[-1][2].append(_Raw(begins, dict(found), text, tag == _KINDS[0]))
                element.clear()
            elif tag == "TIER":
                element.clear()
            elif tag == "LINGUISTIC_TYPE":
                name = found.get("LINGUISTIC_TYPE_ID", "")
                self.types[name] = found.get("CONSTRAINTS", "").replace(" ", "_")
            elif tag == "LANGUAGE":
                self.languages[found.get("LANG_ID", "")] = _language(found)
            elif tag == "PROPERTY":
                self.properties[found.get("NAME", "")] = element.text or ""
            elif tag == "CV_ENTRY_ML":
                value = element.findtext("CVE_VALUE")
                self.entries[found.get("CVE_ID", "")] = value or ""


def read_document(source: Source) -> Document:
    """Read an ELAN file.

    A tier or an annotation that does not hang together with the rest is rejected.

    Raises:
        FileFormatError: If the file is no ELAN file, or for what is rejected.
    """
    content = _Content(source)
    tiers = _tiers(content, source)
    _estimate(content, tiers)
    annotations = {
        raw.attributes.get("ANNOTATION_ID", ""): (raw, made)
        for _, rows in tiers
        for raw, made in rows
    }
    _set_parents(annotations, tiers, source)
    for tier, rows in tiers:
        tier.annotations = _in_order([(raw, made) for raw, made in rows if made.tier is tier])
    for tier, _ in tiers:
        if tier.constraint in ("Time_Subdivision", "Included_In") and tier.parent is not None:
            wholes = tier.parent.annotations
            for one, place in zip(
                tier.annotations, overlapping(tier.annotations, wholes), strict=True
            ):
                one.parent = wholes[place] if place is not None and one.parent is None else None
            tier.annotations.sort(key=lambda one: one.begin or 0.0)
    return Document([tier for tier, _ in tiers], content.properties)


def _check_root(root: ET.Element, source: Source, line: int) -> None:
    if root.tag != "ANNOTATION_DOCUMENT":
        raise FileFormatError(
            f"the root element is <{root.tag}>",
            path=source.name,
            line=line,
            expected="<ANNOTATION_DOCUMENT>, of an ELAN file; or name another format=",
        )


def _unit(header: ET.Element, source: Source, line: int) -> float:
    name = header.get("TIME_UNITS", "milliseconds")
    if name not in _SECONDS:
        raise FileFormatError(
            f"times in {name!r}", path=source.name, line=line, expected=" or ".join(_SECONDS)
        )
    return _SECONDS[name]


def _time(value: str | None, unit: float, source: Source, line: int) -> float | None:
    if value is None:
        return None
    if not re.fullmatch(r"\s*-?\d+\s*", value):
        source.reject(f"a time {value!r}", line=line, expected="a whole number")
        return None
    return int(value) / 1000 if unit == _SECONDS["milliseconds"] else int(value) * unit


def _language(found: dict[str, str]) -> Language:
    code, label = found.get("LANG_ID", ""), found.get("LANG_LABEL") or None
    definition = found.get("LANG_DEF", "")
    glottocode = definition.removeprefix(GLOTTOLOG) if GLOTTOLOG in definition else None
    iso = code if re.fullmatch("[a-z]{3}", code) else None
    name = re.sub(rf"\s*\({re.escape(code)}\)$", "", label) if label else None
    return Language(glottocode, None if name == code else name, iso)


Rows = list[tuple[Tier, list[tuple[_Raw, Annotation]]]]


def _tiers(content: _Content, source: Source) -> Rows:
    """The tiers with their parents, and their annotations without."""
    made: Rows = []
    by_name: dict[str, Tier] = {}
    seen: set[str] = set()
    for line, found, rows in content.tiers:
        name = found.get("TIER_ID", "")
        if not name or name in by_name:
            what = f"a second tier {name!r}" if name else "a tier without TIER_ID"
            source.reject(what, line=line, expected="a name of its own")
            continue
        kind = found.get("LINGUISTIC_TYPE_REF", "")
        tier = Tier(
            name,
            type=kind,
            constraint=content.types.get(kind, ""),
            participant=found.get("PARTICIPANT") or None,
            annotator=found.get("ANNOTATOR") or None,
            language=content.languages.get(found.get("LANG_REF", "")),
        )
        by_name[name] = tier
        made.append((tier, list(_annotations(rows, tier, content, seen, source))))
    for line, found, _ in content.tiers:
        own, above = by_name.get(found.get("TIER_ID", "")), found.get("PARENT_REF")
        if own is None or not above:
            continue
        if above not in by_name:
            source.reject(
                f"tier {own.name!r} hangs on {above!r}, which is not there",
                line=line,
                expected=f"one of {', '.join(by_name)}",
            )
        elif any(tier is own for tier in by_name[above].chain()):
            source.reject(
                f"tier {own.name!r} hangs on itself, by way of {above!r}",
                line=line,
                expected="a parent that does not hang on it",
            )
        else:
            own.parent = by_name[above]
    return made


def _annotations(
    rows: Sequence[_Raw], tier: Tier, content: _Content, seen: set[str], source: Source
) -> Iterator[tuple[_Raw, Annotation]]:
    for raw in rows:
        name = raw.attributes.get("ANNOTATION_ID", "")
        if not name or name in seen:
            what = f"a second annotation {name!r}" if name else "an annotation without id"
            source.reject(
                what, line=raw.line, expected="an ANNOTATION_ID of its own", text=raw.text
            )
            continue
        slots = [raw.attributes.get(f"TIME_SLOT_REF{end}", "") for end in (1, 2)]
        missing = [slot for slot in slots if slot not in content.slots] if raw.aligned else []
        if missing:
            source.reject(
                f"annotation {name!r} refers to the time slot {missing[0]!r}, which is not there",
                line=raw.line,
                expected="a TIME_SLOT_ID",
                text=raw.text,
            )
            continue
        seen.add(name)
        text = raw.text or content.entries.get(raw.attributes.get("CVE_REF", ""), "")
        one = Annotation(name, text, tier=tier)
        if raw.aligned:
            one.timed = all(content.slots[slot] is not None for slot in slots)
        yield raw, one


def _estimate(content: _Content, tiers: Rows) -> None:
    """Give annotations their times; slots without one lie evenly between those with one."""
    times = {slot: time for slot, time in content.slots.items() if time is not None}
    chains = []
    for _, rows in tiers:
        follow = {
            raw.attributes["TIME_SLOT_REF1"]: raw.attributes["TIME_SLOT_REF2"]
            for raw, _ in rows
            if raw.aligned
        }
        for first, second in follow.items():
            if first not in times:
                continue
            chain = [first, second]
            while chain[-1] not in times and chain[-1] in follow and len(chain) <= len(follow) + 1:
                chain.append(follow[chain[-1]])
            if len(chain) > 2 and chain[-1] in times:
                chains.append(chain)
    for chain in [*chains, *_runs(content.slots)]:
        begin, end = times[chain[0]], times[chain[-1]]
        for at, slot in enumerate(chain):
            times.setdefault(slot, begin + (end - begin) * at / (len(chain) - 1))
    for _, rows in tiers:
        for raw, one in rows:
            if raw.aligned:
                one.begin = times.get(raw.attributes["TIME_SLOT_REF1"])
                one.end = times.get(raw.attributes["TIME_SLOT_REF2"])


def _runs(slots: dict[str, float | None]) -> Iterator[list[str]]:
    """The slots without time, each run with the ones before and after it."""
    run: list[str] = []
    for slot, time in slots.items():
        if time is None:
            run += [slot] if run else []
            continue
        if len(run) > 1:
            yield [*run, slot]
        run = [slot]


def _set_parents(
    annotations: dict[str, tuple[_Raw, Annotation]], tiers: Rows, source: Source
) -> None:
    for _, rows in tiers:
        for raw, one in rows:
            if raw.aligned:
                continue
            above = raw.attributes.get("ANNOTATION_REF", "")
            found = annotations.get(above)
            if found is None:
                source.reject(
                    f"annotation {one.id!r} refers to {above!r}, which is not there",
                    line=raw.line,
                    expected="the ANNOTATION_ID of another",
                    text=one.text,
                )
                one.tier = None
            elif _leads_to(found[1], one):
                source.reject(
                    f"annotation {one.id!r} refers to itself, by way of {above!r}",
                    line=raw.line,
                    expected="an annotation that does not refer to it",
                    text=one.text,
                )
                one.tier = None
            else:
                one.parent = found[1]


def _leads_to(start: Annotation, end: Annotation) -> bool:
    above: Annotation | None = start
    while above is not None:
        if above is end:
            return True
        above = above.parent
    return False


def _in_order(rows: Sequence[tuple[_Raw, Annotation]]) -> list[Annotation]:
    """The annotations in the order that ``PREVIOUS_ANNOTATION`` gives, else that of the file."""
    following = {
        raw.attributes["PREVIOUS_ANNOTATION"]: one
        for raw, one in rows
        if "PREVIOUS_ANNOTATION" in raw.attributes
    }
    ids = {one.id for _, one in rows}
    ordered: list[Annotation] = []
    placed: set[str] = set()
    for raw, one in rows:
        if raw.attributes.get("PREVIOUS_ANNOTATION") in ids:
            continue
        following_one: Annotation | None = one
        while following_one is not None and following_one.id not in placed:
            ordered.append(following_one)
            placed.add(following_one.id)
            following_one = following.get(following_one.id)
    return ordered + [one for _, one in rows if one.id not in placed]
