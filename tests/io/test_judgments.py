"""Judgments at first words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, read
from igtkit.io._judgments import put_judgment, take_judgment, take_marks


@pytest.mark.parametrize(
    ("lines", "marks", "left"),
    [
        ([["*ev", "at"], ["house", "horse"]], "*", [["ev", "at"], ["house", "horse"]]),
        ([["??ev"], ["house"]], "??", [["ev"], ["house"]]),
        ([["*", "ev"], ["house"]], "*", [["ev"], ["house"]]),
        ([["*ev", "*at"], ["house", "horse"]], "", [["*ev", "*at"], ["house", "horse"]]),
        ([["*ev", "at"], ["house", "???"]], "*", [["ev", "at"], ["house", "???"]]),
        ([["?aku", "ma?i"], ["I", "go"]], "", [["?aku", "ma?i"], ["I", "go"]]),
        ([["ev"], ["house"]], "", [["ev"], ["house"]]),
    ],
)
def test_a_mark_is_taken_off_where_no_other_word_has_one(lines, marks, left):
    assert take_marks(lines) == marks
    assert lines == left


@pytest.mark.parametrize(
    ("text", "mark", "marks"),
    [
        (IGT("*Evde gel", "ev-de gel", "house-LOC come"), "*", None),
        (IGT("*Evde gel"), "*", None),
        (IGT(None, "*ev-de gel", "house-LOC come"), "*", None),
        (IGT("?Evde gel?", "ev-de gel", "house-LOC come"), "?", None),
        (IGT("#Evde gel", "ev-de gel", "house-LOC come"), "#", None),
        (IGT("?İki gel", "iki gel", "two come"), "?", None),
        (IGT("??Evde gel", "??ev-de gel", "house-LOC come"), "??", ("??", "??")),
        (IGT("* Evde gel", "ev-de gel", "house-LOC come"), "*", ("* ",)),
        (IGT("% Evde", "% ev-de", "% house-LOC"), "%", ("% ", "% ", "% ")),
        (IGT(" (*)  Evde gel.", "ev-de gel", "house-LOC come"), "(*)", ("(*)  ",)),
        (IGT("???", "*ev-de gel", "house-LOC come"), "*", None),
        (IGT("*“Evde” gel", "ev-de gel", "house-LOC come"), "*", None),
    ],
)
def test_a_mark_before_the_text_is_a_judgment(text, mark, marks):
    taken = take_judgment(text, "toolbox")
    assert taken.metadata["judgment"] == mark
    stood = taken.metadata.get("toolbox", {}).get("judgment")
    assert (tuple(stood.values()) if stood else None) == marks
    line = taken.segmentation if taken.transcription in (None, "???") else taken.transcription
    assert not line.lstrip().startswith(mark)
    assert put_judgment(taken, "toolbox") == text


@pytest.mark.parametrize(
    "text",
    [
        IGT(None),
        IGT(" "),
        IGT("*"),
        IGT("* , ."),
        IGT("?aku ma?i", "?aku ma?i", "I go"),  # a glottal stop
        IGT("?aku mai", "?aku mai", "I go"),
        IGT("?aku mai", "ʔaku mai", "I go"),
        IGT("?aku mai"),
        IGT("?aku mai", " "),
        IGT("#ari dana", "#ari dana", "see go"),  # a click
        IGT("? aku mai", "aku mai", "I go"),  # a word that nobody caught
        IGT("(?) aku mai", "aku mai", "I go"),
        IGT("??? aku", "??? aku", "??? I"),
        IGT("# aku mai", "aku mai", "I go"),  # a pause
        IGT("* aku mai"),  # an item of a list
        IGT("%uh aku mai"),
        IGT("mingae ki", "*mi=ngae =ki", "how=MANN =DRN"),  # a bound root
        IGT("fine.", "*fine", "fine"),  # a loan
        IGT("*t", "*t-", "NEG-wash"),  # a form that is reconstructed
        IGT("*bek- > *bak-", None, "say say"),
        IGT("*laughs* yes"),  # what is heard
        IGT("*CHI: aku mai", "aku mai", "I go"),  # who speaks
        IGT("% elli", "% elli", "percent fifty"),  # a gloss is its own
        IGT("* ev", None, "star house"),
        IGT("*-ler ev", None, "PL house"),
        IGT("*** ev", None, "house"),
        IGT("* ok Gel", None, "come"),
        IGT("*ev", metadata={"judgment": "?"}),
    ],
)
def test_a_mark_that_may_be_something_else_stays(text):
    assert take_judgment(text, "toolbox") is text


MARKED = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", " "]),
        st.sampled_from(["", "*", "?", "??", "#", "%", "(*)", "?*", "???"]),
        st.sampled_from(["", " ", "  "]),
        st.text("ab-*?#( .", max_size=8),
    ),
)


@given(MARKED, st.none() | MARKED, st.none() | MARKED)
def test_what_is_taken_off_is_put_back_as_it_was(transcription, segmentation, glosses):
    text = IGT(transcription, segmentation, glosses, metadata={"eaf": {"annotation": "a1"}})
    taken = take_judgment(text, "eaf")
    back = put_judgment(taken, "eaf")
    assert back == text
    assert back.metadata == text.metadata
    if taken is not text:
        assert take_judgment(taken, "eaf") is taken


def test_a_judgment_that_has_changed_stands_where_the_old_one_stood():
    taken = take_judgment(IGT("* Evde", "* ev-de", "house-LOC"), "eaf")
    changed = taken.replace(metadata={**taken.metadata, "judgment": "??"})
    shown = put_judgment(changed, "eaf")
    assert (shown.transcription, shown.segmentation) == ("?? Evde", "?? ev-de")
    assert put_judgment(changed, "toolbox").transcription == "??Evde"


@pytest.mark.parametrize("stood", [3, {"transcription": 3}, {"page": "*"}, {"glosses": "x"}])
def test_nonsense_in_the_metadata_of_a_format_does_no_harm(stood):
    text = IGT("Evde", metadata={"judgment": "*", "eaf": {"judgment": stood}})
    shown = put_judgment(text, "eaf")
    assert shown.transcription == "*Evde"
    assert shown.metadata == {}


def test_how_often_the_rule_fires_in_real_files(shared):
    """Every hit was looked at; glottal stops, clicks and bound roots are none."""
    counts = {}
    for path in ("odin/heb.txt", "odin/naq.txt", "odin/jpn.txt", "odin/sad.txt"):
        corpus = read(shared / "data" / path, "sigmorphon")
        counts[path] = sum("judgment" in igt.metadata for igt in corpus)
    assert counts == {"odin/heb.txt": 5, "odin/naq.txt": 0, "odin/jpn.txt": 13, "odin/sad.txt": 0}
    kuke = read(shared / "data/interchange/eaf/lingview_aingae_kuke_chiste.eaf")
    assert not any("judgment" in igt.metadata for igt in kuke)
