"""The morph types of FLEx: what joins morphs, and how a word is put together of them."""

from __future__ import annotations

import time
from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit._characters import fold_case
from igtkit.boundaries import UNKNOWN, split_morphemes
from igtkit.io import _morphs
from igtkit.io._morphs import (
    GUIDS,
    MARKS,
    Piece,
    bare_form,
    boundary_between,
    form_token,
    gloss_token,
    join_pieces,
    type_name,
)


@pytest.mark.parametrize("name", GUIDS)
def test_a_type_is_known_by_its_name_or_in_any_language_by_its_identifier(name):
    assert type_name(name, None) == name
    assert type_name("sufijo", GUIDS[name]) == name
    assert type_name(name, GUIDS["stem"]) == name


def test_a_type_that_nobody_knows_keeps_its_name():
    assert type_name("own", "0") == "own"
    assert type_name(None, None) is None


@pytest.mark.parametrize("kind", MARKS)
def test_the_marks_of_a_type_are_no_part_of_the_form(kind):
    before, after = MARKS[kind]
    bare = "mi" if "~" not in before else "~mi~"  # a suprafix is written with the mark it has
    assert bare_form(f"{before}mi{after}", kind) in ("mi", bare)


@pytest.mark.parametrize(
    ("text", "form", "gloss"),
    [
        (None, None, None),
        ("", None, None),
        (" *** ", None, None),
        ("ev", "ev", "ev"),
        (" ad  hoc ", "ad_hoc", "ad.hoc"),
        ("a-b=c", "a\u2010b\ua78ac", "a.b.c"),
        ("-PL", "\u2010PL", "PL"),
        ("go = out", "go_\ua78a_out", "go.out"),
    ],
)
def test_a_form_and_a_gloss_are_one_morpheme(text, form, gloss):
    assert (form_token(text), gloss_token(text)) == (form, gloss)


@given(st.text("ab-= *~\t", max_size=8), st.none() | st.sampled_from([*GUIDS]))
def test_what_stands_in_a_form_or_gloss_is_no_boundary(text, kind):
    for token in (form_token(text), gloss_token(text), bare_form(text, kind)):
        assert token is None or (token and not set(token) & set("-= \t"))


@pytest.mark.parametrize(
    ("left", "right", "boundary"),
    [
        (Piece("stem", "ev"), Piece("suffix", "-ler"), "-"),
        (Piece("stem", "ev"), Piece("suffix", "ler"), "-"),
        (Piece("stem", "da"), Piece("enclitic", "pa"), "="),
        (Piece("proclitic", "ne"), Piece("stem", "x"), "="),
        (Piece("prefix", "un-"), Piece("enclitic", "=x"), "-"),  # the prefix says it first
        (Piece(None, "ev"), Piece(None, "=de"), "="),
        (Piece(None, "ev"), Piece(None, "de"), "-"),
        (Piece("clitic", "ev"), Piece("stem", "de"), "="),
        (Piece("stem", "bi~"), Piece("stem", "bili"), "~"),
        (Piece("stem", "ev"), Piece("suprafix", "~H~"), "-"),
        (Piece("stem", None), Piece("stem", None), "-"),
    ],
)
def test_what_joins_two_morphs(left, right, boundary):
    assert boundary_between(left, right) == boundary


STEM, SUFFIX = Piece("stem", "ev", "house", "n"), Piece("suffix", "-ler", "PL", "n:Num")


@pytest.mark.parametrize(
    ("pieces", "surface", "word"),
    [
        ([STEM], None, ("ev", "house", "n")),
        ([STEM, SUFFIX], "evler", ("ev-ler", "house-PL", "n-n:Num")),
        ([STEM, Piece("suffix", None)], None, ("ev-???", "house-???", "n-???")),
        ([SUFFIX], "ler", ("-ler", "-PL", "-n:Num")),  # written apart from its host
        ([Piece(None, "i", "it"), Piece(None, "=a=", "=of=")], "ia", ("i=a=", "it=of=", "???=???=")),
        ([Piece(None, "u", "a"), Piece(None, "~a~", "~b~")], "ua", ("u~a~", "a~b~", "???~???~")),
        ([Piece(None, "u", "a"), Piece(None, "hée~", "yes")], "uhée~", ("u-hée", "a-yes", "???-???")),
        ([Piece("proclitic", "ne", "NEG")], "ne", ("ne=", "NEG=", "???=")),
        ([Piece("particle", "mi", "Q")], "mi", ("mi", "Q", "???")),
        ([Piece(None, "=de", "also")], "de", ("=de", "=also", "=???")),
        (
            [Piece("infix", "-um-", "ACT"), Piece("stem", "bili", "buy")], "bumili",
            ("b<um>ili", "buy<ACT>", "???<???>"),
        ),
        (
            [Piece("stem", "sulat", "write"), Piece("infix", "-um-", "ACT"), Piece("infix", "in", "PFV")],
            "sumulinat", ("s<um>ul<in>at", "write<ACT><PFV>", "???<???><???>"),
        ),
        ([Piece("infix", "-um-", "ACT")], None, ("um", "ACT", UNKNOWN)),
        ([Piece(None, "***")], None, (UNKNOWN,) * 3),
        ([Piece(None, ".", ",")], None, (UNKNOWN,) * 3),  # punctuation is no word
    ],
)  # fmt: skip
def test_a_word_is_put_together(pieces, surface, word):
    assert join_pieces(pieces, surface) == word


PIECES = st.lists(
    st.builds(
        Piece,
        st.none() | st.sampled_from([kind for kind in GUIDS if "infix" not in kind]),
        st.none() | st.text("abc", min_size=1, max_size=3),
        st.none() | st.text("XYZ", min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@given(PIECES, st.none() | st.text("abc", max_size=6))
def test_form_gloss_and_part_of_speech_have_the_same_boundaries(pieces, surface):
    words = [split_morphemes(word) for word in join_pieces(pieces, surface)]
    boundaries = [[boundary for boundary, _ in word] for word in words]
    assert boundaries[0] == boundaries[1] == boundaries[2]
    texts = [text for _, text in words[0] if text]
    assert texts == [piece.form or UNKNOWN for piece in pieces]


@given(
    st.text("ab", min_size=1, max_size=4), st.integers(0, 4), st.text("ab", min_size=1, max_size=2)
)
def test_an_infix_stands_where_the_word_has_it(stem, at, infix):
    at = min(at, len(stem))
    surface = stem[:at] + infix + stem[at:]
    form, gloss, _ = join_pieces([Piece("stem", stem, "S"), Piece("infix", infix, "I")], surface)
    assert form.replace("<", "").replace(">", "") == surface
    assert gloss == "S<I>"


def heard_places_one_by_one(host, infixes, heard):
    """Of every way to set the infixes, the best."""

    def spelled(places):
        parts = [host[a:b] for a, b in pairwise([0, *places, len(host)])]
        return fold_case("".join(map(str.__add__, parts, [*infixes, ""])))

    every = combinations_with_replacement(range(len(host) + 1), len(infixes))
    possible = [places for places in every if spelled(places) == heard]
    return min(
        possible, key=lambda places: sum(at in (0, len(host)) for at in places), default=None
    )


@given(
    st.text("abß", min_size=1, max_size=5),
    st.lists(st.text("Ab", min_size=1, max_size=2), min_size=1, max_size=3),
    st.data(),
)
def test_infixes_stand_where_trying_every_place_finds_them(host, infixes, data):
    places = sorted(data.draw(st.integers(0, len(host))) for _ in infixes)
    parts = [host[a:b] for a, b in pairwise([0, *places, len(host)])]
    heard = fold_case("".join(map(str.__add__, parts, [*infixes, ""])))
    heard = data.draw(st.sampled_from([heard, heard[1:], heard + "a", heard[::-1]]))
    expected = heard_places_one_by_one(host, infixes, heard)
    assert _morphs._heard_places(host, infixes, heard) == expected


def test_any_number_of_infixes_takes_little_time():
    pieces = [Piece("stem", "ab" * 30), *[Piece("infix", "-um-")] * 30, Piece("stem", "b")]
    start = time.process_time()
    form, *_ = join_pieces(pieces * 20, "abumab" * 30)
    assert time.process_time() - start < 1
    assert form.count("<um>") == 600


def test_a_word_of_many_morphs_is_joined_in_time_by_its_length():
    pieces = [Piece("suffix", f"-m{at}-", "x") for at in range(30_000)]
    start = time.process_time()
    form, gloss, _ = join_pieces(pieces, None)
    assert time.process_time() - start < 2
    assert len(form.split("-")) == len(gloss.split("-")) == 30_001
