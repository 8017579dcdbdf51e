"""The standard abbreviations, spelt out."""

from __future__ import annotations

import pytest

from igtkit.conventions import (
    ABBREVIATIONS,
    expand_abbreviation,
)


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("PL", "plural"),
        ("1PL", "first person plural"),
        ("NSG", "non-singular"),
        ("3NSG", "third person non-singular"),
        ("N", "neuter"),
        ("4SG", None),
        ("1GHOST", None),
        ("pl", None),
        ("", None),
    ],
)
def test_expanded_abbreviations(label, meaning):
    assert expand_abbreviation(label) == meaning


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        ABBREVIATIONS["X"] = "x"
