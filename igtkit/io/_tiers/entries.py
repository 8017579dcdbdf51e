"""From the tiers of a speaker to interlinear texts, one for each sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any
from unicodedata import category

from igtkit._characters import fold_case, put_in_form
from igtkit.boundaries import UNKNOWN, join_words, list_words
from igtkit.igt import IGT
from igtkit.io._source import Source
from igtkit.io._tiers.belonging import Rows, Sentences
from igtkit.io._tiers.groups import Group
from igtkit.io._tiers.guess import depth, is_tabbed
from igtkit.io._tiers.model import OWN, PAUSE, Annotation, Tier
from igtkit.io._tiers.naming import naming_tier
from igtkit.io._tiers.suggestions import SUGGESTED, fill_open, read_mark, suggested_lines
from igtkit.io._tiers.words import (
    Cell,
    Hosts,
    Told,
    Word,
    group_by_marks,
    has_inner_mark,
    hosts,
    join_marked,
    per_form,
    plain_dashes,
    read_word,
    tab_line,
)

__all__ = ["read_group"]

_ANALYSIS = ("segmentation", "glosses", "pos")


def read_group(
    group: Group, source: Source, name: str, shared: Mapping[str, Any] | None = None
) -> Iterator[IGT]:
    """The sentences of a speaker.

    Where a sentence has neither segmentation nor glosses, those that a machine suggests are taken,
    and marked as such; where it is begun, its open words are taken from those that are confirmed.

    Args:
        group: The tiers.
        source: Where annotations that belong to no sentence are reported.
        name: Name of the format, under which `IGT.metadata` has what belongs to it alone.
        shared: Metadata that all sentences have.
    """
    sentences = Sentences(group, source)
    under = {tier.name: sentences.rows(tier) for tier in group.tiers if tier is not group.unit}
    systems = suggested_lines(group.tiers)
    asked = [lines for lines in systems if any(t in lines.values() for t in group.roles.values())]
    first = _Sentences(group, sentences.tops, under, asked[0] if asked else None)
    others = [first.with_lines(lines) for lines in systems if lines not in asked]
    that_say = _that_say(others, under)
    for index, unit in enumerate(group.unit.annotations):
        if unit.text.strip() == PAUSE:
            continue
        igt = first.read(index, unit, name, shared or {})
        for other in that_say.get(index, ()):
            if "prediction" in igt.metadata:
                break
            if igt.segmentation is None and igt.glosses is None:
                igt = other.read(index, unit, name, shared or {})
            elif UNKNOWN in (igt.segmentation or UNKNOWN) + (igt.glosses or UNKNOWN):
                igt = fill_open(igt, other.read(index, unit, name, shared or {}))
        yield igt


def _lines(suggested: Mapping[str, Tier]) -> dict[str, Tier]:
    lines = ("words", *SUGGESTED)
    return {line: tier for line, tier in suggested.items() if line in lines}


def _that_say(
    systems: Sequence[_Sentences], under: Mapping[str, Rows]
) -> Mapping[int, Sequence[_Sentences]]:
    """The systems that suggest something for a sentence, in their order, by its number."""
    found: dict[int, list[_Sentences]] = defaultdict(list)
    for system in systems:
        tiers = _lines(system.suggested or {}).values()
        for index in dict.fromkeys(at for tier in tiers for at in under.get(tier.name, ())):
            found[index].append(system)
    return found


class _Sentences:
    """The sentences of a speaker, read from one set of tiers.

    Args:
        group: The tiers of the speaker.
        tops: What each sentence is about.
        under: The annotations of each tier that belong to each sentence.
        suggested: The tiers of the system that the lines are from; None if they are no suggestion.

    Attributes:
        suggested: As above.
    """

    def __init__(
        self,
        group: Group,
        tops: Sequence[Annotation],
        under: Mapping[str, Rows],
        suggested: dict[str, Tier] | None,
    ) -> None:
        self._group, self._under, self.suggested = group, under, suggested
        self._tops = tops
        self._speaker = group.speaker
        self._has_pauses = any(
            PAUSE in one.text for tier in group.tiers for one in tier.annotations
        )
        self._parted: dict[str, bool] = {}
        self._roles: dict[str, Tier] = {}
        self._tabbed: dict[str, bool] = {}
        self._names = naming_tier(group, under)
        words = (
            {} if suggested is None or "words" not in suggested else {"words": suggested["words"]}
        )
        self.take({**group.roles, **words})
        self._others = self._texts_of_others()

    def with_lines(self, suggested: dict[str, Tier]) -> _Sentences:
        """The same sentences with the lines of another system, where that has any."""
        found = copy(self)
        found.suggested = suggested
        found.take({**self._group.roles, **_lines(suggested)})
        return found

    def take(self, roles: dict[str, Tier]) -> None:
        """Take the lines from these tiers."""
        before, tabbed = self._roles, self._tabbed
        self._roles = roles
        self._tabbed = {
            line: tabbed[line] if before.get(line) is tier else is_tabbed(tier)
            for line, tier in roles.items()
        }
        words, segmentation = roles.get("words"), roles.get("segmentation")
        self._divided = words is not None and self._is_divided(words)
        self._whole = segmentation is not None and self._is_whole(segmentation)
        spoken = (self._group.unit, words)
        told = [roles.get(line) for line in ("translation", "glosses")]
        self._language = next((tier.language for tier in spoken if tier and tier.language), None)
        self._metalanguage = next((tier.language for tier in told if tier and tier.language), None)

    def _other_texts(self, index: int) -> dict[str, list[str]]:
        """The texts that a sentence has on tiers that are no lines, in the order of the tiers."""
        found = self._others.get(index, {})
        words = self._roles.get("words")
        if words is not None and not self._has_other_words(index):
            return {name: texts for name, texts in found.items() if name != words.name}
        return found

    def _texts_of_others(self) -> dict[int, dict[str, list[str]]]:
        lines = [tier for line, tier in self._roles.items() if line != "words"]
        told = {tier.name for tier in (*lines, self._names) if tier is not None}
        found: dict[int, dict[str, list[str]]] = defaultdict(dict)
        for tier in self._group.tiers:
            if tier.name in told or tier is self._group.unit or tier.name.startswith(OWN):
                continue
            for index, row in self._under[tier.name].items():
                texts = [one.text for one in row]
                if any(map(str.strip, texts)):
                    found[index][tier.name] = texts
        return dict(found)

    def _is_whole(self, tier: Tier) -> bool:
        """Whether the annotations of a tier are whole words, not morphemes."""
        words = self._roles.get("words")
        if not self._is_divided(tier):
            return False
        if words is None or not self._divided:
            return self._has_inner_marks(tier)
        units = self._under[words.name]
        for index, pieces in self._under[tier.name].items():
            places = hosts(pieces, units.get(index, ()))
            known = [place for place in places if place is not None]
            if len(set(known)) < len(known):
                return False
        return True

    def _has_inner_marks(self, tier: Tier) -> bool:
        """Whether boundaries stand inside of annotations, none of which is part of a word."""
        texts = {
            index: [plain_dashes(one.text.strip()) for one in row if one.text.strip()]
            for index, row in self._under[tier.name].items()
        }
        if not any(has_inner_mark(text) for row in texts.values() for text in row):
            return False
        return all(
            group_by_marks(row, list_words(self._text("transcription", index)))
            == list(range(len(row)))
            for index, row in texts.items()
        )

    def _is_divided(self, tier: Tier) -> bool:
        """Whether a tier has an annotation for each part of a sentence; its own never has."""
        if tier is self._group.unit:
            return False
        known = self._parted.get(tier.name)
        if known is None:
            several = any(len(row) > 1 for row in self._under[tier.name].values())
            known = self._parted[tier.name] = depth(tier) > 0 or several
        return known

    def _of(self, line: str, index: int) -> list[Annotation]:
        tier = self._roles.get(line)
        if tier is None:
            return []
        if tier is self._group.unit:
            return [tier.annotations[index]]
        row = self._row(tier, index)
        return [one for one in row if one.text.strip() != PAUSE] if self._has_pauses else [*row]

    def _row(self, tier: Tier, index: int) -> Sequence[Annotation]:
        return self._under[tier.name].get(index, ())

    def _has_other_words(self, index: int) -> bool:
        """Whether the tier of words has other ones than the transcription has."""
        text = self._text("transcription", index)
        words = [one.text for one in self._of("words", index)]
        return text is not None and _bare(" ".join(words)) not in ([], _bare(text))

    def _text(self, line: str, index: int) -> str | None:
        """Return a line that is one annotation."""
        tier = self._roles.get(line)
        texts = [one.text for one in self._of(line, index) if one.text.strip()]
        if tier is None or not texts:
            return None
        text = " ".join(texts) if len(texts) > 1 else texts[0]
        if line not in _ANALYSIS:
            return text
        text = plain_dashes(text)
        if self._tabbed[line]:
            return tab_line(text, gloss=line != "segmentation")
        if line == "pos" or tier.name.startswith(OWN) or tier.type.startswith(OWN):
            return text  # written here, in words
        return join_marked(text, len(list_words(self._text("transcription", index))) or None)

    def read(self, index: int, unit: Annotation, name: str, shared: Mapping[str, Any]) -> IGT:
        lines: dict[str, str | None] = {
            line: self._text(line, index) for line in ("transcription", "translation")
        }
        if lines["transcription"] is None:
            line = join_words([one.text.strip() for one in self._of("words", index)])
            lines["transcription"] = " ".join(line.split()) or None
        for line in _ANALYSIS:
            tier = self._roles.get(line)
            if tier is not None and not self._is_divided(tier):
                lines[line] = self._text(line, index)
        issues: list[str] = []
        cells = self._cells(index, lines["transcription"], issues)
        for line, column in zip(_ANALYSIS, ("form", "gloss", "pos"), strict=True):
            if lines.get(line) is None:
                tokens = [getattr(cell, column) for cell in cells]
                lines[line] = join_words([token for token in tokens if token]) or None
        metadata = self._metadata(index, unit, name, issues)
        own = self._row(self._names, index) if self._names is not None else ()
        return IGT(
            **lines,
            id=own[0].text if own else None if unit.id.isdecimal() else unit.id,
            language=self._language,
            metalanguage=self._metalanguage,
            metadata={**metadata, **shared},
        )

    def _cells(self, index: int, text: str | None, issues: list[str]) -> list[Cell]:
        """The words of a sentence from tiers that have an annotation for each."""
        found = {
            line: self._of(line, index)
            for line in _ANALYSIS
            if line in self._roles and self._is_divided(self._roles[line])
        }
        has = {line: any(one.text.strip() for one in found.get(line, ())) for line in _ANALYSIS}
        if not any(has.values()):
            return []
        forms = found.get("segmentation", [])
        words = self._of("words", index) if self._divided else []
        if words:
            surfaces: list[str | None] = [one.text.strip() or None for one in words]
            places = self._places(found, words, issues)
        else:
            anchor = forms or max(found.values(), key=len)
            marks = [plain_dashes(one.text.strip()) for one in anchor]
            own = group_by_marks(marks, list_words(text))
            surfaces = [None] * (max(own, default=-1) + 1)
            beside = {line: row for line, row in found.items() if row is not anchor}
            places = {line: list(own) for line in found}
            for line, on in self._places(beside, anchor, issues).items():
                places[line] = [None if at is None else own[at] for at in on]
        own_forms, own_glosses, own_pos = (
            _by_place(found[line], places[line]) if line in found else {} for line in _ANALYSIS
        )
        told = Told(self._whole, *has.values())
        cells = []
        for at, surface in enumerate(surfaces):
            pieces = own_forms.get(at, ())
            word = Word(
                surface,
                tuple([form.text for form in pieces]),
                per_form(pieces, own_glosses.get(at, ()), whole=self._whole),
                per_form(pieces, own_pos.get(at, ()), whole=self._whole),
            )
            cells.append(read_word(word, told))
        return cells

    def _places(
        self,
        rows: Mapping[str, Sequence[Annotation]],
        words: Sequence[Annotation],
        issues: list[str],
    ) -> dict[str, list[int | None]]:
        """The word of each annotation of some lines; by number where nothing else tells."""
        above = Hosts(words)
        found: dict[str, list[int | None]] = {}
        for line, row in rows.items():
            places = above.places(row)
            if None in places and len(row) == len(words):
                places = list(range(len(row)))
            elif stray := places.count(None):
                issues.append(f"{line}: {stray} annotations under no word")
            found[line] = places
        return found

    def _metadata(
        self, index: int, unit: Annotation, name: str, issues: list[str]
    ) -> dict[str, Any]:
        metadata: dict[str, Any] = {}
        above = self._tops[index]
        if above.timed:
            metadata["begin"], metadata["end"] = above.begin, above.end
        if self._speaker is not None:
            metadata["speaker"] = self._speaker
        notes = [one.text for one in self._of("notes", index) if one.text.strip()]
        if notes:
            metadata["notes"] = notes
        if self.suggested is not None:
            own = [self._of(line, index) for line in SUGGESTED if line in self.suggested]
            if any(one.text.strip() for row in own for one in row):
                metadata["prediction"] = read_mark(
                    self.suggested, lambda tier: self._row(tier, index)
                )
        about: dict[str, Any] = {"annotation": unit.id, "tier": self._group.unit.name}
        if self._roles.get("transcription") is not self._group.unit and unit.text.strip():
            about["text"] = unit.text
        others = self._other_texts(index)
        if others:
            about["tiers"] = others
        if issues:
            about["issues"] = issues
        metadata[name] = about
        return metadata


def _bare(text: str) -> list[str]:
    """The words of a text without punctuation and capitals."""
    return fold_case(put_in_form(text, "NFC").translate(_SPACED)).split()


class _Spaced(dict[int, str]):
    """For each character itself, or a space for punctuation and symbols."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = self[code] = " " if category(character)[0] in "PS" else character
        return found


_SPACED = _Spaced()


def _by_place(
    row: Sequence[Annotation], places: Sequence[int | None]
) -> dict[int, list[Annotation]]:
    found: dict[int, list[Annotation]] = {}
    for one, place in zip(row, places, strict=True):
        if place is not None:
            found.setdefault(place, []).append(one)
    return found
