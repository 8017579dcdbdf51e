"""From an interleaved target back to two lines: punctuation, dashes and boundaries put back."""

from __future__ import annotations

import pytest
from formats.round_trip import INTERLEAVED
from hypothesis import given
from strategies import aligned_lines

from igtkit import IGT
from igtkit.boundaries import is_word
from igtkit.errors import AlignmentError
from igtkit.formats import problems
from igtkit.formats.codec import Token
from igtkit.formats.lines import lay_out, put_back, restore, without_label


@pytest.mark.parametrize(
    ("punctuation", "segmentation", "glosses"),
    [
        ("both", "« ev-de » , kim ?", "« house-LOC » , who ?"),
        ("segmentation", "« ev-de » , kim ?", "house-LOC who"),
        ("none", "ev-de kim", "house-LOC who"),
    ],
)
def test_punctuation_goes_where_the_text_has_it(punctuation, segmentation, glosses):
    target = "house(ev)-LOC(de) who(kim)"
    text = "« Evde » ,  kim ?"
    for source in (text, IGT(text), INTERLEAVED.encode(IGT(text))):
        found = INTERLEAVED.decode(target, source=source, punctuation=punctuation)
        assert (found.segmentation, found.glosses, found.problems) == (segmentation, glosses, ())


def test_marks_that_the_output_has_too_are_not_doubled():
    found = INTERLEAVED.decode("house(ev) ()-() who(kim) !(!) ()=()", source="Ev , - kim !")
    assert found.segmentation == "ev , - kim ! ="
    found = INTERLEAVED.decode("house(ev) ()=() who(kim)", source="Ev - kim")
    assert (found.segmentation, found.glosses) == ("ev - kim", "house = who")
    found = INTERLEAVED.decode("house(ev) ()-() who(kim)", source="Ev kim", punctuation="none")
    assert found.segmentation == "ev - kim"


def test_a_text_without_transcription_lacks_no_punctuation():
    assert INTERLEAVED.decode("house(ev)", source=IGT(None)).segmentation == "ev"


def test_only_the_gold_layout_knows_the_boundaries_of_the_segmentation():
    igt = IGT("evde ,", "ev=de ,", "house-LOC")
    example = INTERLEAVED.encode(igt)
    exact = INTERLEAVED.decode(example.target, source=example)
    assert (exact.segmentation, exact.glosses) == ("ev=de ,", "house-LOC")
    read = INTERLEAVED.decode(example.target, source=igt)
    assert (read.segmentation, read.glosses) == ("ev-de ,", "house-LOC ,")


def test_a_layout_takes_two_lines_with_words():
    with pytest.raises(AlignmentError, match="the other is blank"):
        lay_out(IGT("ev", "ev", None))


@given(aligned_lines())
def test_what_is_laid_out_is_restored(lines):
    segmentation, glosses = (" ".join(line.split()) for line in lines[1:])
    tokens, layout = lay_out(IGT(*lines))
    assert restore(tokens, layout) == (segmentation, glosses)
    assert restore(tokens[1:], layout) is None
    assert restore([*tokens, tokens[0]], layout) is None
    longer = Token.from_lines("a-b-c-d-e-f", "A-B-C-D-E-F")
    assert restore([longer, *tokens[1:]], layout) is None


def test_a_layout_holds_what_the_target_leaves_out():
    tokens, layout = lay_out(IGT("x", "« ev=de , - kim", "house-LOC - who ."))
    assert [token.gloss for token in tokens] == ["house-LOC", "-", "who"]
    assert layout.segmentation == ("«", None, ",", None, None)
    assert layout.glosses == (None, None, None, ".")
    assert layout.boundaries == ("=", "-", "")


@pytest.mark.parametrize(
    ("segmentation", "glosses"), [("ev de", "house"), ("ev-de", "house"), ("ev", None)]
)
def test_what_does_not_pair_up_has_no_layout(segmentation, glosses):
    with pytest.raises(AlignmentError):
        lay_out(IGT("x", segmentation, glosses))


TOKENS = [Token.from_lines("ev-de", "house-LOC"), Token.from_lines("kim", "who")]


@pytest.mark.parametrize(
    ("text", "lines", "expected", "guessed"),
    [
        ("« Evde , kim ?", "both", ("« ev-de , kim ?", "« house-LOC , who ?"), False),
        ("« Evde , kim ?", "segmentation", ("« ev-de , kim ?", "house-LOC who"), False),
        ("« Evde , kim ?", "none", ("ev-de kim", "house-LOC who"), False),
        ("Evde , o , kim ?", "both", ("ev-de , kim , ?", "house-LOC , who , ?"), True),
        ("Evde o , kim", "both", ("ev-de kim ,", "house-LOC who ,"), True),
        ("Evdekim ?", "both", ("ev-de kim ?", "house-LOC who ?"), False),
        ("Evde , o kim", "none", ("ev-de kim", "house-LOC who"), False),
        ("", "both", ("ev-de kim", "house-LOC who"), False),
    ],
)
def test_marks_go_by_the_words_before_them(text, lines, expected, guessed):
    assert put_back(TOKENS, text, lines) == (expected, guessed)


@given(aligned_lines())
def test_the_marks_of_a_text_are_put_where_it_has_them(lines):
    """A text whose words are those of the segmentation: each line is the text's tokens in order."""
    tokens, _ = lay_out(IGT(*lines))
    words = [token for token in tokens if not token.is_mark]
    (segmentation, glosses), guessed = put_back(words, lines[0], "both")
    text = lines[0].split()
    assert not guessed
    for line in (segmentation, glosses):
        found = line.split()
        assert len(found) == len(text)
        for token, mark in zip(found, text, strict=True):
            assert is_word(mark) or token == mark


@pytest.mark.parametrize(
    ("output", "text", "found"),
    [
        ("Segmentation: ev", " ev", [problems.LABEL]),
        ("\n Glosses:", "", [problems.LABEL]),
        ("Glosses:ev", "Glosses:ev", []),
        ("ev Glosses: X", "ev Glosses: X", []),
    ],
)
def test_a_label_that_repeats_the_end_of_the_prompt_goes(output, text, found):
    assert without_label(output) == (text, found)
