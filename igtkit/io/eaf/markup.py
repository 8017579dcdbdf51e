"""New tiers for an ELAN file, and their XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from igtkit.io._tiers.model import OWN
from igtkit.io._xml.writing import attribute, escape

__all__ = [
    "ASSOCIATION",
    "SENTENCE",
    "SUBDIVISION",
    "NewTier",
    "Row",
    "constraint",
    "constraint_element",
    "element",
    "tier",
    "type_",
]

SENTENCE = OWN + "sentence"
SUBDIVISION = OWN + "subdivision"
ASSOCIATION = OWN + "association"
_CONSTRAINTS = {SUBDIVISION: "Symbolic_Subdivision", ASSOCIATION: "Symbolic_Association"}
_MEANINGS = {
    "Symbolic_Subdivision": "Symbolic subdivision of a parent annotation. Annotations refering to "
    "the same parent are ordered",
    "Symbolic_Association": "1-1 association with a parent annotation",
}


@attrs.frozen
class Row:
    """A new annotation.

    Attributes:
        id: Its identifier.
        text: Its text.
        parent: Identifier of the annotation that it hangs on; None if it has times.
        previous: Identifier of the one before it under the same parent.
        slots: The time slots where it begins and ends.
    """

    id: str
    text: str
    parent: str | None = None
    previous: str | None = None
    slots: tuple[str, str] | None = None


@attrs.define
class NewTier:
    """A new tier.

    Attributes:
        name: Its name.
        type: Its linguistic type: `SENTENCE`, `SUBDIVISION` or `ASSOCIATION`.
        parent: Name of the tier that it hangs on.
        participant: Who speaks.
        annotator: Who made it.
        language: Identifier of its language in the file.
        rows: Its annotations.
    """

    name: str
    type: str
    parent: str | None = None
    participant: str | None = None
    annotator: str | None = None
    language: str | None = None
    rows: list[Row] = attrs.field(factory=list)


def element(name: str, attributes: dict[str, str | None], inside: str | None = None) -> str:
    """Return an element with the attributes that are not None."""
    told = "".join(attribute(key, value) for key, value in attributes.items() if value is not None)
    return f"<{name}{told}/>" if inside is None else f"<{name}{told}>{inside}</{name}>"


def tier(new: NewTier, types: dict[str, str]) -> list[str]:
    """The lines of a tier's XML.

    Args:
        new: The tier.
        types: What the linguistic types are called in the file, by what they are called here.
    """
    start = element(
        "TIER",
        {
            "TIER_ID": new.name,
            "PARTICIPANT": new.participant,
            "ANNOTATOR": new.annotator,
            "LINGUISTIC_TYPE_REF": types.get(new.type, new.type),
            "PARENT_REF": new.parent,
            "LANG_REF": new.language,
        },
        "",
    ).removesuffix("</TIER>")
    return [start, *_rows(new.rows), "</TIER>"]


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        value = f"<ANNOTATION_VALUE>{escape(row.text)}</ANNOTATION_VALUE>"
        if row.slots is not None:
            begin, end = row.slots
            times: dict[str, str | None] = {
                "ANNOTATION_ID": row.id,
                "TIME_SLOT_REF1": begin,
                "TIME_SLOT_REF2": end,
            }
            inside = element("ALIGNABLE_ANNOTATION", times, value)
        else:
            references: dict[str, str | None] = {
                "ANNOTATION_ID": row.id,
                "ANNOTATION_REF": row.parent,
                "PREVIOUS_ANNOTATION": row.previous,
            }
            inside = element("REF_ANNOTATION", references, value)
        yield f"    <ANNOTATION>{inside}</ANNOTATION>"


def type_(kind: str, name: str) -> str:
    """The XML of a linguistic type, called by a name."""
    return element(
        "LINGUISTIC_TYPE",
        {
            "LINGUISTIC_TYPE_ID": name,
            "TIME_ALIGNABLE": str(kind == SENTENCE).lower(),
            "GRAPHIC_REFERENCES": "false",
            "CONSTRAINTS": constraint(kind),
        },
    )


def constraint(kind: str) -> str | None:
    """Return ELAN's name of the constraint of a linguistic type."""
    return _CONSTRAINTS.get(kind)


def constraint_element(name: str) -> str:
    """The XML that declares a constraint."""
    return element("CONSTRAINT", {"STEREOTYPE": name, "DESCRIPTION": _MEANINGS[name]})
