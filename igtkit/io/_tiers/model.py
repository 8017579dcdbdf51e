"""Tiers and their annotations, as ELAN files and TextGrids have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import attrs

from igtkit.igt import Language

__all__ = [
    "IDENTIFIERS",
    "OWN",
    "PAUSE",
    "Annotation",
    "Forest",
    "Tier",
    "Timeline",
    "base_name",
    "overlapping",
    "speaker_in",
]

OWN = "igtkit-"
"""What the names of tiers begin with that hold a machine's suggestions."""

IDENTIFIERS = "id"
"""Name of the tier with identifiers that cannot be those of annotations."""

_FLEX = re.compile(r"(.+?)_((?:interlinear-text|paragraph|phrase|word|morph)(?:-.*)?)")


@attrs.define(eq=False)
class Annotation:
    """An annotation of a tier.

    Attributes:
        id: Its identifier in the file.
        text: Its text.
        begin: Where it begins, in seconds; estimated unless `timed`.
        end: Where it ends.
        timed: Whether the file says both times.
        parent: The annotation that it depends on.
        tier: The tier that it is in.
    """

    id: str
    text: str
    begin: float | None = None
    end: float | None = None
    timed: bool = False
    parent: Annotation | None = None
    tier: Tier | None = attrs.field(default=None, repr=False)


PAUSE = "<p:>"
"""What WebMAUS, and so DoReCo's files, write on every tier where nobody speaks."""


@attrs.define(eq=False)
class Tier:
    """A tier.

    Attributes:
        name: Its name.
        annotations: Its annotations, in order.
        type: Name of its linguistic type.
        constraint: How it depends on its parent: ELAN's ``Symbolic_Association``,
            ``Symbolic_Subdivision``, ``Time_Subdivision``, ``Included_In``; empty for none.
        parent: The tier that it depends on.
        participant: Who speaks.
        annotator: Who made it.
        language: The language of its texts.
        vocabulary: Whether its type has a controlled vocabulary, from which the texts are chosen.
    """

    name: str
    annotations: list[Annotation] = attrs.field(factory=list, repr=False)
    type: str = ""
    constraint: str = ""
    parent: Tier | None = None
    participant: str | None = None
    annotator: str | None = None
    language: Language | None = None
    vocabulary: bool = False

    @property
    def speaker(self) -> str | None:
        """The speaker: the participant, or the one in the name (``tx@A``, FLEx's ``A_phrase``)."""
        return self.participant or speaker_in(self.name)

    def chain(self) -> Iterator[Tier]:
        """The tier, its parent, that one's parent, and so on."""
        tier: Tier | None = self
        while tier is not None:
            yield tier
            tier = tier.parent

    @property
    def root(self) -> Tier:
        """The tier at the end of the chain."""
        *_, last = self.chain()
        return last

    def texts(self) -> list[str]:
        """The texts that are not empty."""
        return [text for one in self.annotations if (text := one.text).strip()]


def base_name(name: str) -> str:
    """The name of a tier without the speaker.

    Example:
        >>> base_name("tx@A"), base_name("A_phrase-gls-en")
        ('tx', 'phrase-gls-en')
    """
    flex = _FLEX.fullmatch(name)
    return flex[2] if flex else name.partition("@")[0] or name


def speaker_in(name: str) -> str | None:
    """The speaker that the name of a tier names.

    Example:
        >>> speaker_in("tx@A"), speaker_in("A_phrase-gls-en"), speaker_in("English")
        ('A', 'A', None)
    """
    flex = _FLEX.fullmatch(name)
    return flex[1] if flex else name.partition("@")[2] or None


class Timeline:
    """Annotations in the order of their times, in which others look for the one they overlap.

    Args:
        wholes: The annotations.
    """

    def __init__(self, wholes: Sequence[Annotation]) -> None:
        self._order = sorted(
            (whole.begin, whole.end, index)
            for index, whole in enumerate(wholes)
            if whole.begin is not None and whole.end is not None
        )
        self._begins = [begin for begin, _, _ in self._order]

    def place(self, piece: Annotation) -> int | None:
        """The index of the one that an annotation overlaps most; None for none."""
        if piece.begin is None or piece.end is None:
            return None
        middle = (piece.begin + piece.end) / 2
        at = bisect_right(self._begins, middle)
        near = self._order[max(0, at - 2) : at + 2]
        shares = [
            (min(piece.end, end) - max(piece.begin, begin), -abs(index), index)
            for begin, end, index in near
        ]
        inside = [share for share in shares if share[0] > 0]
        if not inside and piece.begin == piece.end:
            inside = [(0.0, -index, index) for begin, end, index in near if begin <= middle <= end]
        return max(inside)[2] if inside else None


def overlapping(pieces: Sequence[Annotation], wholes: Sequence[Annotation]) -> list[int | None]:
    """Return for each annotation the index of the one that it overlaps most; None for none."""
    return [*map(Timeline(wholes).place, pieces)]


class Forest:
    """Nodes that are hung on each other one by one, and never on themselves."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def hang(self, node: object, on: object) -> bool:
        """Hang a node that hangs on none yet; False where it would hang on itself."""
        own, root = id(node), id(on)
        if root in self._above:
            root = self._root(root)
        if own == root:
            return False
        self._above[own] = root
        return True

    def _root(self, node: int) -> int:
        """The node at the end; the way there is made short, so that it is not gone again."""
        passed = []
        while node in self._above:
            passed.append(node)
            node = self._above[node]
        for each in passed:
            self._above[each] = node
        return node
