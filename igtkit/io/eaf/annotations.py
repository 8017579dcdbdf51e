"""The lines of an entry as annotations of tiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from igtkit.boundaries import split_edges
from igtkit.errors import AlignmentError
from igtkit.igt import IGT, Morpheme, Word
from igtkit.io._sink import Tally
from igtkit.io._tiers.model import OWN
from igtkit.io._tiers.suggestions import ANNOTATOR, STATUSES, show_numbers
from igtkit.io._xml.writing import legal
from igtkit.io.eaf.markup import ASSOCIATION, SUBDIVISION, NewTier, Row

__all__ = ["Layout", "Place", "Tiers", "pairs_up"]

Layout = Literal["lines", "morphemes"]


@attrs.frozen
class Place:
    """Where the annotations of an entry go.

    Attributes:
        tier: Name of the tier of the sentence.
        annotation: Identifier of the sentence.
        ending: What the names of the tiers end in: a number and a speaker.
        losses: Where what cannot be held of the entry is counted.
        participant: Who speaks.
    """

    tier: str
    annotation: str
    ending: str
    losses: Tally
    participant: str | None = None


class Tiers:
    """New tiers that fill entry by entry.

    Args:
        new_id: Gives an identifier that is not yet used.

    Attributes:
        made: The tiers so far, by name, in the order of their making.
    """

    def __init__(self, new_id: Callable[[], str]) -> None:
        self.made: dict[str, NewTier] = {}
        self._new_id = new_id

    def add(
        self, place: Place, line: str, text: str, kind: str = ASSOCIATION, **about: str | None
    ) -> str:
        """Add an annotation to a sentence, or to what `about` says, and give its identifier."""
        name = line + place.ending
        parent_tier = about.get("parent_tier", place.tier)
        parent = about.get("parent", place.annotation)
        tier = self.made.get(name)
        if tier is None:
            tier = self.made[name] = NewTier(
                name,
                kind,
                parent_tier,
                place.participant,
                about.get("annotator"),
                about.get("language"),
            )
        before = tier.rows[-1] if tier.rows else None
        follows = kind == SUBDIVISION and before is not None and before.parent == parent
        row = Row(
            self._new_id(),
            legal(text, place.losses),
            parent,
            before.id if follows and before is not None else None,
        )
        tier.rows.append(row)
        return row.id

    def suggest(
        self,
        place: Place,
        igt: IGT,
        mark: Mapping[str, Any],
        layout: Layout,
        *,
        one_way: bool = True,
    ) -> bool:
        """Add the segmentation and glosses of an entry as a suggestion, with what is said of it.

        Args:
            place: The sentence.
            igt: The entry.
            mark: What is said of it.
            layout: As for `analyze`.
            one_way: Whether all that these tiers hold has come about in one way, so that they have
                one annotator. Otherwise a tier says it of each sentence.

        Returns:
            As `analyze`.
        """
        system = mark.get("system")
        annotator = f"{ANNOTATOR}{system}" if system and one_way else OWN.rstrip("-")
        held = self.analyze(place, igt, layout, OWN, annotator)
        if system and not one_way:
            self.add(place, OWN + "system", str(system), annotator=annotator)
        self.add(place, OWN + "status", STATUSES[bool(mark.get("confirmed"))], annotator=annotator)
        if mark.get("score") is not None:
            self.add(place, OWN + "score", repr(mark["score"]), annotator=annotator)
        if mark.get("probabilities"):
            known = show_numbers(mark["probabilities"])
            self.add(place, OWN + "probability", known, annotator=annotator)
        return held

    def analyze(
        self, place: Place, igt: IGT, layout: Layout, prefix: str = "", annotator: str | None = None
    ) -> bool:
        """Add the segmentation, the glosses and the parts of speech of an entry.

        Returns:
            Whether they are held: lines that do not pair up cannot stand morpheme by morpheme.
        """
        if layout == "lines":
            for line in ("segmentation", "glosses", "pos"):
                text = getattr(igt, line)
                if text is not None and (line != "pos" or not prefix):
                    self.add(place, prefix + line, text, annotator=annotator)
            return True
        if not pairs_up(igt):
            return False
        words, forms = (prefix + line + place.ending for line in ("words", "segmentation"))
        for word in igt.words:
            surface = word.surface or "".join(one.form or "" for one in word.morphemes)
            above = self.add(place, prefix + "words", surface, SUBDIVISION, annotator=annotator)
            for morpheme in _marked(word):
                form = self.add(  # an empty one where a mark stands in the glosses only
                    place,
                    prefix + "segmentation",
                    morpheme.boundary + (morpheme.form or ""),
                    SUBDIVISION,
                    parent=above,
                    parent_tier=words,
                    annotator=annotator,
                )
                if word.gloss is not None:
                    self.add(
                        place,
                        prefix + "glosses",
                        morpheme.gloss or "",
                        parent=form,
                        parent_tier=forms,
                        annotator=annotator,
                    )
        if igt.pos is not None and not prefix:
            self.add(place, "pos", igt.pos)
        return True


def pairs_up(igt: IGT) -> bool:
    """Whether an entry's analysis can stand morpheme by morpheme."""
    if igt.segmentation is None:
        return igt.glosses is None
    try:
        words = igt.words
    except AlignmentError:
        return False
    return not any(
        word.form is not None and not all(one.form for one in _marked(word)) for word in words
    )


def _marked(word: Word) -> tuple[Morpheme, ...]:
    """The morphemes of a word; the mark after one that is written apart is part of its last."""
    if not word.morphemes:
        return ()
    *others, last = word.morphemes
    if sum(bool(one.form) for one in word.morphemes) == 1 and len(others) < 2:
        return (Morpheme(word.form, word.gloss),)
    after = split_edges(word.form or "")[2] if last.form else ""
    form, gloss = (None if text is None else text + after for text in (last.form, last.gloss))
    return (*others, attrs.evolve(last, form=form, gloss=gloss))
