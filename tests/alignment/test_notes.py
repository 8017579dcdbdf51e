"""What is worth a look although segmentation and glosses pair up."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import texts

from igtkit import IGT, check
from igtkit.alignment import NOTE_CODES, written_apart
from igtkit.alignment.notes import apart_message, find_notes
from igtkit.boundaries import is_word


def codes(igt):
    return [issue.code for issue in find_notes(igt)]


@pytest.mark.parametrize(
    ("igt", "expected"),
    [
        (IGT("cats", "cat-s", "cat-PL", "Cats."), []),
        (IGT("Cats,", "cat-s", "cat-PL", "Cats."), []),
        (IGT("İki", "iki", "two", "Two."), []),
        (IGT("cats", None, None, None), ["missing-line"] * 3),
        (IGT("a b", "a", "X", "t"), ["surface-word-count"]),
        (IGT("kitabı", "kitap-ı", "book-ACC", "t"), ["surface-form"]),
        (IGT("gel ,", "gel ,", "come", "t"), ["unpaired-punctuation"]),
        (IGT("gel ,", "gel", "come", "t"), []),
        (IGT("é e\u0301", "é e\u0301", "X Y", "t"), ["mixed-normalization"]),
        (IGT("é é", "é é", "X Y", "t"), []),
        (IGT("g̲o", "g̲o", "X", "t"), []),
        (IGT("'a ’a", "'a ’a", "X Y", "t"), ["mixed-apostrophes"]),
        (IGT("'a 'b", "'a 'b", "X Y", "t"), []),
        (IGT("a koba", "a =koba", "X =PST", "t"), ["written-apart"]),
        (IGT("a koba b koba", "a =koba b= =koba", "X =PST Y= =PST", "t"), ["written-apart"] * 2),
        (IGT("a - b", "a - b", "X = Y", "t"), []),
        (IGT("evde", "ev‑de", "house‑LOC", "t"), ["look-alike-boundary"] * 2),
        (IGT("ev‑de", "evde", "X", "t"), []),  # a hyphen of the spelling
        (IGT("a – b", "a – b", "X – Y", "t"), []),
        (IGT("1914–1918", "1914–1918", "1914–1918", "t"), []),
        (IGT("e\u200bv", "ev", "house", "t"), ["invisible-character"]),
        (IGT("ev", "ev", "\ufeffhouse", "t"), ["invisible-character"]),
        (IGT("نمی\u200cخواهم", "نمی\u200cخواهم", "want", "t"), []),  # spelled with it
    ],
)
def test_what_is_noted(igt, expected):
    assert codes(igt) == expected
    assert check(igt) == ()


def test_a_form_written_apart_is_noted_once_with_its_count():
    igt = IGT("a koba b koba", "a =koba b= =koba", "X =PST Y= =PST", "t")
    first, second = find_notes(igt)
    assert (first.line, first.word) == ("segmentation", 1)
    assert first.message == "'=koba' is written apart from its host (2 times)"
    assert second.message == "'b=' is written apart from its host"
    assert written_apart(IGT("x", None, "X =PST")) == {"=PST": (1, 1)}
    assert written_apart(IGT("x", "x =koba", None)) == {"=koba": (1, 1)}
    assert first.message == apart_message("=koba", 2)


def test_a_note_says_where_and_what():
    igt = IGT("Ev , kim ?", "ev , kip ?", "house who ?", "t")
    form, mark = find_notes(igt)
    assert (form.line, form.word) == ("transcription", 1)
    assert form.message == "the segments of 'kip' do not spell 'kim'"
    assert (mark.line, mark.word) == ("segmentation", 0)
    assert mark.message == "only the segmentation has the punctuation ','"
    [mark] = find_notes(igt.replace(segmentation="ev kim ?", glosses="house , who ?"))
    assert (mark.line, mark.word) == ("glosses", 0)


@pytest.mark.parametrize(
    ("igt", "code", "line", "word", "message"),
    [
        (
            IGT("a b c", "a", "X", "t"),
            *("surface-word-count", "transcription", None),
            "the transcription has 3 words, the segmentation has 1",
        ),
        (
            IGT("é", "e\u0301", "X", "t"),
            *("mixed-normalization", "transcription", None),
            "some characters are composed (NFC) and some decomposed (NFD)",
        ),
        (
            IGT("'a", "’a ʼb", "X Y", "t"),
            *("mixed-apostrophes", "transcription", None),
            "words are written with more than one apostrophe: ' ʼ ’",
        ),
        (
            IGT(None, "ev‑de a\u2010b", "X Y", "t"),
            *("look-alike-boundary", "segmentation", None),
            (
                "no boundary in the segmentation, but looks like one: "
                "‑ (U+2011 NON-BREAKING HYPHEN), \u2010 (U+2010 HYPHEN)"
            ),
        ),
        (
            IGT("e\u200bv\ufeff", "ev", "X", "t"),
            *("invisible-character", "transcription", None),
            (
                "not to be seen in the transcription: "
                "U+200B ZERO WIDTH SPACE, U+FEFF ZERO WIDTH NO-BREAK SPACE"
            ),
        ),
        (
            IGT(None, None, "X =Y", "t"),
            *("written-apart", "glosses", 1, "'=Y' is written apart from its host"),
        ),
        (
            IGT("a b c d", "a b c ; d", "A B C D", "t"),
            *("unpaired-punctuation", "segmentation", 2),
            "only the segmentation has the punctuation ';'",
        ),
        (
            IGT("a b", "a b", "A B ;", "t"),
            *("unpaired-punctuation", "glosses", 1, "only the glosses has the punctuation ';'"),
        ),
    ],
)
def test_every_note_says_its_place_and_what_is_there(igt, code, line, word, message):
    [note] = [note for note in find_notes(igt) if note.code == code]
    assert (note.line, note.word, note.message) == (line, word, message)


def test_one_kind_of_apostrophe_is_no_note():
    assert codes(IGT("’a", "’a", "X", "t")) == []
    assert codes(IGT("’a", None, None, "t")) == ["missing-line"] * 2


@pytest.mark.parametrize(
    ("segmentation", "glosses", "expected"),
    [
        ("a «", "A", ["unpaired-punctuation"]),
        ("a « ,", "A ,", ["unpaired-punctuation"]),
        ("a « ,", "A « ,", []),
        ("a -", "A", []),
        ("a , b", "A", ["unpaired-punctuation"]),
        ("«", "", []),  # there are no glosses to compare with
    ],
)
def test_marks_are_compared_where_both_lines_have_something(segmentation, glosses, expected):
    found = codes(IGT("a", segmentation, glosses, "t"))
    assert [code for code in found if code == "unpaired-punctuation"] == expected
    found = codes(IGT(None, segmentation, glosses, "t"))  # nor does it take a transcription
    assert [code for code in found if code == "unpaired-punctuation"] == expected


def test_the_transcription_has_a_say_in_the_order_of_marks():
    igt = IGT("a ; , b", "a , b", "A ; B", "t")
    found = [note for note in find_notes(igt) if note.code == "unpaired-punctuation"]
    assert [(note.line, note.message[-3:]) for note in found] == [
        ("glosses", "';'"), ("segmentation", "','")
    ]  # fmt: skip
    turned = [note.line for note in find_notes(igt.replace(transcription="a , ; b"))]
    assert turned == ["segmentation", "glosses"]


def test_a_line_that_is_not_there_is_named():
    notes = list(find_notes(IGT(" ", None, "", "")))
    assert [note.line for note in notes] == [
        "transcription", "segmentation", "glosses", "translation"
    ]  # fmt: skip
    assert notes[0].message == "there is no transcription line"


def test_a_character_of_two_kinds_is_noted_once():
    """A soft hyphen inside a word looks like a boundary, and cannot be seen."""
    assert codes(IGT("evler", "ev\u00adler", "house-PL", "t")) == ["look-alike-boundary"]
    assert codes(IGT("evler", "ev-ler \u00ad", "house-PL X", "t"))[-1] == "invisible-character"


@given(texts())
def test_every_note_has_a_code_of_the_list_and_changes_no_error(igt):
    notes = list(find_notes(igt))
    assert {note.code for note in notes} <= set(NOTE_CODES)
    assert {note.severity for note in notes} <= {"note"}
    assert check(igt, notes=True) == (*check(igt), *notes)


@given(texts())
def test_what_is_written_apart_is_counted_as_by_hand(igt):
    words = [
        [token for token in (line or "").split() if is_word(token)]
        for line in (igt.segmentation, igt.glosses)
    ]
    for word, (first, count) in written_apart(igt).items():
        assert word[0] in "-=" or word[-1] in "-="
        assert count == (words[0] or words[1]).count(word)
        assert first == (words[0] or words[1]).index(word)
