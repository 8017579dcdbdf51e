"""Which marker is which: what projects usually call them, and what a file turns out to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from igtkit.errors import InputError
from igtkit.io._parts import Part, tell

__all__ = ["ROLES", "guess_markers", "tell_markers", "written_markers"]

ROLES: Mapping[str, tuple[str, ...]] = {
    "record": ("ref", "rf", "block"),
    "text": ("id",),
    "title": ("title", "ti", "tit", "name"),
    "transcription": ("tx", "t", "txt", "utt"),
    "segmentation": ("mb", "m", "mr", "mo", "mor", "mph", "mp"),
    "glosses": ("ge", "g", "gl", "gn", "gr", "gls", "gle", "glo"),
    "pos": ("ps", "p", "pos"),
    "translation": ("ft", "f", "fte", "fe", "tr", "l", "tf", "fr", "trans"),
    "notes": ("nt", "com", "cmt", "not"),
    "speaker": ("sp", "spk", "ELANParticipant", "EUDICOp"),
    "begin": ("ELANBegin", "EUDICOt0", "begin"),
    "end": ("ELANEnd", "EUDICOt1", "end"),
    "prediction": ("prediction",),
}
"""For each part of a text the markers that projects use for it, the usual one first."""


def _checked(given: Mapping[str, str]) -> dict[str, str]:
    unknown = [role for role in given if role not in ROLES]
    if unknown:
        raise InputError(f"there is no part {unknown[0]!r}; markers are for: {', '.join(ROLES)}")
    markers = {role: marker.lstrip("\\") for role, marker in given.items()}
    for role, marker in markers.items():
        if not marker or marker.split() != [marker]:
            raise InputError(f"{given[role]!r} is no marker (for {role})")
    if len(set(markers.values())) < len(markers):
        raise InputError("each of the markers can stand for one part only")
    return markers


def guess_markers(head: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The marker of each part, as far as the first markers of a file tell.

    Args:
        head: The markers of the beginning of the file, in order.
        given: Markers by part, as the user named them.

    Raises:
        InputError: If the user named a part that there is not, or no marker.
    """
    markers = _checked(given)
    seen = set(head)
    taken = {*markers.values()}
    for role, candidates in ROLES.items():
        free = [marker for marker in candidates if marker not in taken]
        if role not in markers and free:
            markers[role] = next((marker for marker in free if marker in seen), free[0])
            taken.add(markers[role])
    texts = head.count(markers["text"])
    if markers["record"] not in seen and "record" not in given and texts > 1:
        sentences = head.count(markers["transcription"])
        above = head[0] != markers["text"] and head.count(head[0]) >= texts  # another one does
        if 2 * texts >= sentences and "text" not in given and not above:  # \id numbers them
            markers["record"] = markers.pop("text")
    return markers


def written_markers(given: Mapping[str, str]) -> dict[str, str]:
    """The marker of each part in a file that is written: the usual one, if none was given."""
    markers = _checked(given)
    for role, candidates in ROLES.items():
        free = [marker for marker in candidates if marker not in markers.values()]
        markers.setdefault(role, free[0] if free else role)
    return markers


def tell_markers(
    counts: Mapping[str, int],
    markers: Mapping[str, str],
    given: Mapping[str, str],
    rules: Mapping[str, str],
) -> Iterator[Part]:
    """Yield what each marker of a file was taken for, and why.

    Args:
        counts: How many fields of the records have each marker.
        markers: The marker of each part, as they were guessed.
        given: Markers by part, as the user named them.
        rules: The rules by which some of them were taken for what they are.
    """
    roles = {marker: role for role, marker in markers.items()}
    for marker, count in counts.items():
        role = roles.get(marker)
        if marker in rules:
            rule = rules[marker]
        elif role is None:
            rule = "marker-kept"
        elif role in given:
            rule = "as-asked"
        else:
            rule = "marker-usual" if marker == ROLES[role][0] else "marker-known"
        yield tell("marker", f"\\{marker}", role, rule, count=count)
