"""What makes two texts the same text: case, spacing and punctuation do not count."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.igt import text_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Evde kedi var.", "evde kedi var"),
        ("gel  şimdi !", "« Gel, şimdi »"),
        ("İki", "iki"),
        ("STRASSE", "straße"),
        ("cafe\u0301", "CAFÉ"),  # composed or not
        ("ev-de", "evde"),
        ("ev=de ~ $5", "evde5"),
        ("a\u00adb\u200dc", "abc"),  # soft hyphen, joiner
        ("a\tb\u00a0c", "abc"),
        ("cha' man", "cha’ man"),  # apostrophes of two kinds
    ],
)
def test_the_same_text(one, other):
    assert text_key(IGT(one)) == text_key(IGT(other)) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gel", "git"),
        ("a 1", "a 2"),  # digits stay
        ("à", "a"),  # marks stay
        ("ɛ\u0303", "ɛ"),  # even where there is no composed letter
        ("tʰa", "ta"),  # modifier letters stay
        ("caʼ", "ca"),  # U+02BC is a letter
    ],
)
def test_another_text(one, other):
    assert text_key(IGT(one)) != text_key(IGT(other))


@pytest.mark.parametrize("line", [None, "", "  ", "?!", "« - »", "\u200b"])
def test_without_a_letter_there_is_no_key(line):
    assert text_key(IGT(line)) == ""


def test_a_text_without_transcription_is_known_by_its_segmentation():
    assert text_key(IGT(None, "ev-de =ki")) == text_key(IGT(" ", "ev-de =ki")) == "evdeki"
    assert text_key(IGT("went", "go-PST")) == "went"


@given(st.text(), st.text(alphabet=" .,;:!?-=~<>«»()\u200b\u00ad\n"))
def test_what_does_not_count_may_stand_anywhere(line, noise):
    key = text_key(IGT(line))
    assert text_key(IGT(noise + line + noise)) == key
    assert text_key(IGT(key)) == key
    assert unicodedata.is_normalized("NFC", key)
    for form in ("NFC", "NFD"):
        assert text_key(IGT(unicodedata.normalize(form, line))) == key


@given(st.text(st.characters(exclude_categories=("Cn", "Co", "Cs"))))
def test_letters_marks_and_digits_stay_and_nothing_else(line):
    folded = unicodedata.normalize("NFC", line).replace("İ", "i").casefold()
    kept = [character for character in folded if unicodedata.category(character)[0] in "LMN"]
    assert text_key(IGT(line)) == unicodedata.normalize("NFC", "".join(kept))
