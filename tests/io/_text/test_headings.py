"""Lines above an example."""

from __future__ import annotations

import pytest

from igtkit.igt import Language
from igtkit.io._text.headings import Heading, heading_of, language_of


@pytest.mark.parametrize(
    ("line", "language", "source"),
    [
        ("Turkish", "Turkish", ""),
        ("Turkish:", "Turkish", ""),
        ("Turkish (Smith 2000: 12)", "Turkish", "(Smith 2000: 12)"),
        ("Turkish [KL:80]", "Turkish", ""),
        ("Nowherish (Smith 2000: 12)", "Nowherish", "(Smith 2000: 12)"),
        ("Nowherish (p.c.)", "Nowherish", "(p.c.)"),
        ("Turkish (field notes)", "Turkish", "(field notes)"),
        ("Smith (2000: 12)", None, "Smith (2000: 12)"),
        ("(Smith 2000: 12)", None, "(Smith 2000: 12)"),
        ("(Turkish; Smith 2000: 12)", "Turkish", "(Turkish; Smith 2000: 12)"),
        ("(Turkish)", "Turkish", ""),
    ],
)
def test_a_heading_names_a_language_or_a_source(line, language, source):
    heading = heading_of(line)
    assert heading is not None
    assert heading.language == (Language(name=language) if language else None)
    assert heading.source == source


@pytest.mark.parametrize(
    "line", ["ev-ler gel-di", "Evler geldi", "Nowherish", "(something)", "evler (2000)", "", "[x"]
)
def test_text_is_no_heading(line):
    assert heading_of(line) is None


def test_what_a_heading_says_beside_stays():
    assert heading_of("Turkish, Turkic (Smith 2000)") == Heading(
        Language(name="Turkish"), "(Smith 2000)", "Turkish, Turkic (Smith 2000)"
    )


def test_a_language_is_named_by_nothing_else():
    assert language_of(["A house", "Turkish"]) == Language(name="Turkish")
    assert language_of(["turkish", "Turkish verbs"]) is None
