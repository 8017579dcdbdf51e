"""What a text gives to each task, and what it does not."""

from __future__ import annotations

import pytest
from formats.texts import BARE, FULL, GLOSSED, SEGMENTED, SPOKEN

from igtkit.errors import InputError
from igtkit.formats import Example
from igtkit.formats.sources import asked_line, collapse, missing_line, text_of


@pytest.mark.parametrize(
    ("line", "collapsed"), [(None, None), ("", None), (" \t", None), (" ev \u00a0 de\n", "ev de")]
)
def test_white_space_is_collapsed_and_nothing_else_is_none(line, collapsed):
    assert collapse(line) == collapsed


@pytest.mark.parametrize(
    ("igt", "task", "reason"),
    [
        (FULL, "t2sg", None),
        (GLOSSED, "t2sg", "no segmentation"),
        (SEGMENTED, "t2sg", "no glosses"),
        (SPOKEN, "t2g", "no transcription"),
        (SPOKEN, "s2g", None),
        (BARE, "t2s", "no segmentation"),
        (FULL.replace(glosses=" \t"), "t2g", "no glosses"),
    ],
)
def test_the_first_line_that_is_missing_or_blank_is_the_reason(igt, task, reason):
    assert missing_line(igt, task) == reason


def test_only_a_text_with_a_transcription_can_be_asked_about():
    assert asked_line(FULL.replace(transcription=" a \t b"), "t2g") == "a b"
    with pytest.raises(InputError, match=r"without transcription cannot be asked about .*'t2g'"):
        asked_line(SPOKEN, "t2g")


def test_an_output_is_for_a_text_a_line_or_an_example():
    assert text_of(FULL) == FULL.transcription
    assert text_of("ev de") == "ev de"
    assert text_of(Example("t2g", "", text="de")) == "de"
    assert [text_of(source) for source in (None, SPOKEN, Example("t2g", ""))] == ["", "", ""]
