"""Tiers and annotations for tests, without a file around them."""

from __future__ import annotations

from igtkit.io import Source
from igtkit.io._tiers.groups import Group
from igtkit.io._tiers.model import Annotation, Tier

ASSOCIATION = "Symbolic_Association"
SUBDIVISION = "Symbolic_Subdivision"


def tier(name, *texts, parent=None, constraint="", kind="", speaker=None):
    made = Tier(name, type=kind, constraint=constraint, parent=parent, participant=speaker)
    made.annotations = [Annotation(str(n), text, tier=made) for n, text in enumerate(texts)]
    return made


def timed(name, *spans, **about):
    """A tier whose annotations have times: ``(text, begin, end)``."""
    made = tier(name, *(text for text, _, _ in spans), **about)
    for one, (_, begin, end) in zip(made.annotations, spans, strict=True):
        one.begin, one.end, one.timed = begin, end, True
    return made


def under(name, parent, *rows, constraint=SUBDIVISION, **about):
    """A tier that has some texts under each annotation of its parent."""
    made = Tier(name, constraint=constraint, parent=parent, **about)
    made.annotations = [
        Annotation(f"{above.id}.{n}", text, parent=above, tier=made)
        for above, texts in zip(parent.annotations, rows, strict=True)
        for n, text in enumerate(texts)
    ]
    return made


def group(roles, *others, unit="transcription"):
    """The tiers of one speaker, with the line of each."""
    return Group(roles, dict.fromkeys(roles, "tier-name"), roles[unit], [*roles.values(), *others])


def source(tmp_path, **options):
    return Source(tmp_path / "a.eaf", **options)
