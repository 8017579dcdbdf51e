"""From an ELAN file to its entries: its tiers, the times and parents of their annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import attrs

from igtkit.igt import IGT
from igtkit.io._media import MEDIA
from igtkit.io._source import Source
from igtkit.io._tiers.entries import read_group
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import Annotation, Forest, Tier, base_name, overlapping
from igtkit.io._tiers.telling import group_and_tell
from igtkit.io.eaf.elements import SOURCE, Content
from igtkit.io.eaf.plain import ALIGNABLE, Raw

__all__ = ["Asked", "Document", "entries_of", "read_document", "read_eaf"]

Asked = TierMap | Mapping[str, Any] | None
"""How a user says which tier is which line."""


@attrs.define
class Document:
    """What is in an ELAN file.

    Attributes:
        tiers: Its tiers.
        properties: The properties of its header, by name.
        media: The recordings that it is of.
    """

    tiers: list[Tier]
    properties: dict[str, str]
    media: list[dict[str, Any]]


def read_eaf(source: Source, *, tiers: Asked = None) -> Iterator[IGT]:
    """Yield the entries of an ELAN file, in the order of their times.

    Args:
        source: The file.
        tiers: Which tier is which line.
    """
    asked = TierMap.of(tiers)
    yield from entries_of(read_document(source), asked, source)


def entries_of(found: Document, asked: TierMap, source: Source) -> list[IGT]:
    """Return the entries of what was read of an ELAN file.

    Args:
        found: What was read.
        asked: Which tier is which line.
        source: The file, where what does not fit is rejected.
    """
    groups = group_and_tell(found.tiers, asked, source)
    title = _title(found)
    shared: dict[str, Any] = {"title": title} if title is not None else {}
    if found.media:
        shared[MEDIA] = found.media
    entries = [igt for group in groups for igt in read_group(group, source, "eaf", shared)]
    text = found.properties.get(SOURCE) or title
    if text:
        entries = [igt.replace(source=text) for igt in entries]
    return sorted(entries, key=lambda igt: igt.metadata.get("begin", 0.0))


def _title(found: Document) -> str | None:
    """The title of the text, where the file comes from FLEx."""
    tiers = [t for t in found.tiers if base_name(t.name).startswith("interlinear-text-title")]
    texts = [text for tier in tiers for text in tier.texts()]
    return texts[0] if len(texts) == 1 else None


def read_document(source: Source) -> Document:
    """Read an ELAN file.

    A tier or an annotation that does not hang together with the rest is rejected.

    Raises:
        FileFormatError: If the file is no ELAN file, or for what is rejected.
    """
    content = Content(source)
    tiers = _tiers(content, source)
    _estimate(content, tiers)
    annotations = {raw.id: made for _, rows in tiers for raw, made in rows}
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
    return Document([tier for tier, _ in tiers], content.properties, content.media)


_DEEPEST = 50
"""Tiers that hang on each other: chosen far above what anybody makes."""

_SHOWN = 10  # names in a message

Rows = list[tuple[Tier, list[tuple[Raw, Annotation]]]]


def _tiers(content: Content, source: Source) -> Rows:
    """The tiers with their parents, and their annotations without."""
    made: Rows = []
    by_name: dict[str, Tier] = {}
    seen: set[str] = set()
    for line, found, rows in content.tiers:
        name = found.get("TIER_ID", "")
        if not name or name in by_name:
            what = f"a second tier {name!r}" if name else "a tier without TIER_ID"
            texts = "\n".join(raw.text for raw in rows)
            source.reject(what, line=line, expected="a name of its own", text=texts)
            continue
        kind = found.get("LINGUISTIC_TYPE_REF", "")
        tier = Tier(
            name,
            type=kind,
            constraint=content.types.get(kind, ""),
            participant=found.get("PARTICIPANT") or None,
            annotator=found.get("ANNOTATOR") or None,
            language=content.languages.get(found.get("LANG_REF", "")),
            vocabulary=kind in content.vocabularies,
        )
        by_name[name] = tier
        made.append((tier, [*_annotations(rows, tier, content, seen, source)]))
    forest = Forest()
    names = [*islice(by_name, _SHOWN), *(["…"] if len(by_name) > _SHOWN else [])]
    for line, found, _ in content.tiers:
        own, above = by_name.get(found.get("TIER_ID", "")), found.get("PARENT_REF")
        if own is None or not above:
            continue
        if above not in by_name:
            source.reject(
                f"tier {own.name!r} hangs on {above!r}, which is not there",
                line=line,
                expected=f"one of {', '.join(names)}",
            )
        elif not forest.hang(own, by_name[above]):
            source.reject(
                f"tier {own.name!r} hangs on itself, by way of {above!r}",
                line=line,
                expected="a parent that does not hang on it",
            )
        else:
            own.parent = by_name[above]
    _refuse_far_down(content, by_name, source)
    return made


def _refuse_far_down(content: Content, by_name: Mapping[str, Tier], source: Source) -> None:
    """Take tiers that hang on others that hang on others, and so on, off what they hang on."""
    steps: dict[str, int] = {}
    for line, found, _ in content.tiers:
        tier = by_name.get(found.get("TIER_ID", ""))
        way = []
        while tier is not None and tier.name not in steps:
            way.append(tier)
            tier = tier.parent
        number = 0 if tier is None else steps[tier.name]
        for each in reversed(way):
            number += 1
            if number > _DEEPEST:
                what = (
                    f"tier {each.name!r} hangs on a tier that hangs on others, {number - 1} in all"
                )
                source.reject(what, line=line, expected=f"at most {_DEEPEST - 1}")
                each.parent, number = None, 1
            steps[each.name] = number


def _annotations(
    rows: Sequence[Raw], tier: Tier, content: Content, seen: set[str], source: Source
) -> Iterator[tuple[Raw, Annotation]]:
    slots = content.slots
    for raw in rows:
        name = raw.id
        if not name or name in seen:
            what = f"a second annotation {name!r}" if name else "an annotation without id"
            source.reject(
                what, line=raw.line, expected="an ANNOTATION_ID of its own", text=raw.text
            )
            continue
        timed = False
        if raw.kind == ALIGNABLE:
            if raw.begin not in slots or raw.end not in slots:
                missing = raw.end if raw.begin in slots else raw.begin
                source.reject(
                    f"annotation {name!r} refers to the time slot {missing!r}, which is not there",
                    line=raw.line,
                    expected="a TIME_SLOT_ID",
                    text=raw.text,
                )
                continue
            timed = slots[raw.begin] is not None and slots[raw.end] is not None
        seen.add(name)
        text = raw.text or content.entries.get(raw.entry, "")
        yield raw, Annotation(name, text, timed=timed, tier=tier)


def _estimate(content: Content, tiers: Rows) -> None:
    """Give annotations their times; slots without one lie evenly between those with one."""
    times = {slot: time for slot, time in content.slots.items() if time is not None}
    chains = []
    for _, rows in tiers if len(times) < len(content.slots) else ():
        follow = {raw.begin: raw.end for raw, _ in rows if raw.kind == ALIGNABLE}
        passed: set[str] = set()  # slots that an earlier chain has estimated, if any can
        for first, second in follow.items():
            if first not in times:
                continue
            chain = [first, second]
            while chain[-1] not in times and chain[-1] in follow and chain[-1] not in passed:
                passed.add(chain[-1])
                chain.append(follow[chain[-1]])
            if len(chain) > 2 and chain[-1] in times:
                chains.append(chain)
    for chain in [*chains, *_runs(content.slots)]:
        begin, end = times[chain[0]], times[chain[-1]]
        for at, slot in enumerate(chain):
            times.setdefault(slot, begin + (end - begin) * at / (len(chain) - 1))
    for _, rows in tiers:
        for raw, one in rows:
            if raw.kind == ALIGNABLE:
                one.begin, one.end = times.get(raw.begin), times.get(raw.end)


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


def _set_parents(annotations: Mapping[str, Annotation], tiers: Rows, source: Source) -> None:
    found = [
        (raw, one, annotations.get(raw.above))
        for _, rows in tiers
        for raw, one in rows
        if raw.kind != ALIGNABLE
    ]
    if all(above and one.tier and above.tier is one.tier.parent for _, one, above in found):
        for _, one, above in found:  # up the tree of the tiers: nothing hangs on itself
            one.parent = above
        return
    forest = Forest()
    for raw, one, above in found:
        if above is None:
            expected = "the ANNOTATION_ID of another"
            message = f"annotation {one.id!r} refers to {raw.above!r}, which is not there"
        elif not forest.hang(one, above):
            expected = "an annotation that does not refer to it"
            message = f"annotation {one.id!r} refers to itself, by way of {raw.above!r}"
        else:
            one.parent = above
            continue
        source.reject(message, line=raw.line, expected=expected, text=one.text)
        one.tier = None


def _in_order(rows: Sequence[tuple[Raw, Annotation]]) -> list[Annotation]:
    """The annotations in the order that ``PREVIOUS_ANNOTATION`` gives, else that of the file."""
    following = {raw.previous: one for raw, one in rows if raw.previous}
    if not following:
        return [one for _, one in rows]
    ids = {one.id for _, one in rows}
    ordered: list[Annotation] = []
    placed: set[str] = set()
    for raw, one in rows:
        if raw.previous in ids:
            continue
        following_one: Annotation | None = one
        while following_one is not None and following_one.id not in placed:
            ordered.append(following_one)
            placed.add(following_one.id)
            following_one = following.get(following_one.id)
    return ordered + [one for _, one in rows if one.id not in placed]
