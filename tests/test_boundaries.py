from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.boundaries import (
    LEIPZIG,
    PAPER,
    Boundaries,
    is_dash,
    is_punctuation,
    is_word,
    join_morphemes,
    join_words,
    list_morphemes,
    list_words,
    replace_morphemes,
    separate_line,
    separate_words,
    split_edges,
    split_morphemes,
    split_pair,
    split_word,
    split_words,
    unsegment,
)
from igtkit.errors import InputError


@pytest.mark.parametrize(
    ("token", "punctuation", "dash"),
    [
        (",", True, False),
        ("?!", True, False),
        ("«", True, False),
        ("。", True, False),
        ("?", True, False),
        ("???", False, False),
        ("??", False, False),
        ("'", False, False),
        ("’", True, False),
        ("-", False, True),
        ("=", False, True),
        ("--", False, True),
        ("a", False, False),
        ("a.", False, False),
        ("1", False, False),
        ("$", False, False),
        ("", False, False),
        ("X", False, False),
    ],
)
def test_what_a_token_is(token, punctuation, dash):
    assert is_punctuation(token) is punctuation
    assert is_dash(token) is dash
    assert is_word(token) is (bool(token) and not punctuation and not dash)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("insul-arum", [("", "insul"), ("-", "arum")]),
        ("palasi=lu", [("", "palasi"), ("=", "lu")]),
        ("yerak~rak-im", [("", "yerak"), ("~", "rak"), ("-", "im")]),
        ("b<um>ili", [("", "bili"), ("<>", "um")]),
        ("<ACTFOC>IPFV~buy", [("", "IPFV"), ("<>", "ACTFOC"), ("~", "buy")]),
        ("leave<PRS>-INF", [("", "leave"), ("<>", "PRS"), ("-", "INF")]),
        ("2DU>3SG-FUT-poke", [("", "2DU>3SG"), ("-", "FUT"), ("-", "poke")]),
        ("<laughs>", [("", "<laughs>")]),
        ("a<b", [("", "a<b")]),
        ("-a", [("", ""), ("-", "a")]),
    ],
)
def test_leipzig_boundaries(word, expected):
    assert list(split_morphemes(word, LEIPZIG)) == expected


def test_the_paper_knows_two_boundaries():
    assert split_morphemes("b<um>i~bili-a=n") == (("", "b<um>i~bili"), ("-", "a"), ("=", "n"))


@given(st.text("ab-=~<>", max_size=12))
def test_joining_undoes_splitting(word):
    assert join_morphemes(split_morphemes(word)) == word


@pytest.mark.parametrize(
    ("word", "edges", "pairs"),
    [
        ("=koba", ("=", "koba", ""), [("=", "koba")]),
        ("a=", ("", "a", "="), [("", "a=")]),
        ("-ler-de", ("-", "ler-de", ""), [("-", "ler"), ("-", "de")]),
        ("=a-b=", ("=", "a-b", "="), [("=", "a"), ("-", "b=")]),
        ("ev-de", ("", "ev-de", ""), [("", "ev"), ("-", "de")]),
        ("-", ("", "-", ""), [("", ""), ("-", "")]),  # a dash
        ("--a", ("-", "-a", ""), [("-", ""), ("-", "a")]),
        ("", ("", "", ""), [("", "")]),
    ],
)
def test_a_mark_at_an_edge_joins_the_word_to_its_neighbor(word, edges, pairs):
    assert split_edges(word) == edges
    assert list(split_word(word)) == pairs


@pytest.mark.parametrize(
    ("form", "gloss", "expected"),
    [
        ("=koba", "=PST", ([("=", "koba")], [("=", "PST")])),
        ("re=", "REL=", ([("", "re")], [("", "REL")])),
        ("=koba", None, ([("=", "koba")], [])),
        ("=koba", "PST", ([("", ""), ("=", "koba")], [("", "PST")])),
        ("a-", "-X", ([("", "a"), ("-", "")], [("", ""), ("-", "X")])),
    ],
)
def test_a_word_is_a_clitic_where_both_lines_say_so(form, gloss, expected):
    assert tuple(map(list, split_pair(form, gloss))) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("~bili", [("~", "bili")]),
        ("=b<um>i~bili=", [("=", "bi"), ("<>", "um"), ("~", "bili=")]),
        ("-ko-ba-ra", [("-", "ko"), ("-", "ba"), ("-", "ra")]),
    ],
)
def test_a_word_is_split_on_the_marks_asked_for(word, expected):
    assert list(split_word(word, LEIPZIG)) == expected
    shared = tuple((boundary, text.rstrip("=")) for boundary, text in expected)
    assert split_pair(word, word, LEIPZIG) == (shared, shared)


@given(st.text("ab-=", max_size=8), st.text("ab-=", max_size=8))
def test_words_pair_up_as_the_paper_has_it(form, gloss):
    mine, other = map(len, split_pair(form, gloss))
    published, its_gloss = map(len, map(split_morphemes, (form, gloss)))
    assert (mine == other) == (published == its_gloss)


@given(st.text("ab-=~<>", max_size=12))
def test_splitting_a_word_loses_nothing(word):
    assert join_morphemes(split_word(word)) == word
    assert "".join(split_edges(word)) == "".join(split_edges(word, LEIPZIG)) == word
    assert replace_morphemes(word, str) == word


def test_morphemes_are_replaced_between_their_marks():
    assert replace_morphemes("=ko-ba=", str.upper) == "=KO-BA="


@given(st.text("a .\t", max_size=12))
def test_words_come_back_with_single_spaces(line):
    assert join_words(split_words(line)) == " ".join(line.split())


def test_a_missing_line_has_no_words():
    assert split_words(None) == []
    assert list_words(None) == []
    assert separate_line(None) == ((), ((),))


@pytest.mark.parametrize(
    ("line", "words", "gaps"),
    [
        ("gel şimdi", ["gel", "şimdi"], [[], [], []]),
        ("« gel » , - ’şimdi", ["gel", "’şimdi"], [["«"], ["»", ",", "-"], []]),
        (". $5 ?", ["$5"], [["."], ["?"]]),
        ("... -", [], [["...", "-"]]),
    ],
)
def test_words_stand_between_the_tokens_that_are_none(line, words, gaps):
    assert separate_words(line.split()) == (words, gaps)
    assert separate_line(line) == (tuple(words), tuple(map(tuple, gaps)))
    assert list_words(line) == words


def test_without_boundaries_a_line_spells_its_words():
    assert unsegment("palasi=lu niuirtur-puq ye~rak") == "palasilu niuirturpuq ye~rak"


@pytest.mark.parametrize("joiners", ["", "-+", ". "])
def test_unknown_joiners_are_refused(joiners):
    with pytest.raises(InputError, match="joiners"):
        Boundaries(joiners)


def test_an_infix_cannot_be_joined_without_its_place():
    with pytest.raises(InputError, match="infix"):
        join_morphemes((("", "bili"), ("<>", "um")))


@given(st.lists(st.text("ab-=~<>", min_size=1)), st.sampled_from([PAPER, LEIPZIG]))
def test_morphemes_of_a_line_are_those_of_its_words(words, boundaries):
    apart = [text for word in words for _, text in split_morphemes(word, boundaries)]
    assert list_morphemes(words, boundaries) == apart
