"""Morphemes that stand apart: one definition of which make up a word, the same in every format."""

from __future__ import annotations

import io
import tracemalloc
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.boundaries import INFIX, LEIPZIG, PAPER, is_word, split_morphemes
from igtkit.io import read
from igtkit.io._joining import (
    GrowingWord,
    attach,
    attach_all,
    closing,
    group_morphemes,
    is_mark,
    opening,
)
from igtkit.io._tiers.words import Told, Word, group_by_marks, read_word
from igtkit.io.cldf.cells import lines_of

CASES = [
    ("a -b", "a-b", "X-Y"),
    ("a- b", "a-b", "X-Y"),
    ("a =b", "a=b", "X=Y"),
    ("a= b", "a=b", "X=Y"),
    ("a- -b", "a-b", "X-Y"),
    ("a- =b", "a=b", "X=Y"),
    ("a b", "a b", "X Y"),
    ("a , -b", "a , -b", "X , Y"),
]
"""Tokens that stand apart, the words they make, and the words of the glosses under them."""

OF_MORPHEMES = [*CASES, ("a~ b", "a~b", "X~Y"), ("bi <um>", "bi<um>", "X<Y>")]
"""The same where every token is a morpheme."""

OF_WORDS = [*CASES, ("a~ b", "a~ b", "X Y"), ("bi <um>", "bi <um>", "X Y")]
"""The same where a token is a word, unless it has a mark."""


def glosses_of(tokens):
    labels = iter("XY")
    return " ".join(next(labels) if is_word(token) else token for token in tokens.split())


@pytest.mark.parametrize(("tokens", "words", "labels"), OF_WORDS)
def test_cldf(tokens, words, labels):
    glosses = glosses_of(tokens).split()
    assert lines_of(tokens.split(), glosses, None)[:2] == (words, labels)


@pytest.mark.parametrize(("tokens", "words", "labels"), OF_MORPHEMES)
def test_toolbox(tokens, words, labels):
    text = f"\\ref 1\n\\mb {tokens}\n\\ge {glosses_of(tokens)}\n"
    [igt] = read(io.StringIO(text), "toolbox")
    assert (igt.segmentation, igt.glosses) == (words, labels)


@pytest.mark.parametrize(("tokens", "words", "labels"), OF_WORDS)
def test_latex(tokens, words, labels):
    escaped = tokens.replace("~", r"\textasciitilde ").replace("<", "{\\textless}")
    escaped = escaped.replace(">", "{\\textgreater}").replace(
        "a\\textasciitilde ", "{a\\textasciitilde}"
    )
    text = f"\\ex\\begingl\n\\gla {escaped}//\n\\glb {glosses_of(tokens)}//\n\\endgl\\xe\n"
    [igt] = read(io.StringIO(text), "latex")
    assert (igt.segmentation, igt.glosses) == (words, labels)


@pytest.mark.parametrize(("tokens", "words", "labels"), OF_MORPHEMES)
def test_tiers(tokens, words, labels):
    forms, glosses = tokens.split(), glosses_of(tokens).split()
    made: dict[int, list[int]] = {}
    for place, word in enumerate(group_by_marks(forms, [])):
        made.setdefault(word, []).append(place)
    cells = [
        read_word(
            Word(None, tuple(forms[at] for at in places), tuple(glosses[at] for at in places)),
            Told(whole=False, segmented=True, glossed=True, tagged=False),
        )
        for places in made.values()
    ]
    assert len(cells) == len(words.split())
    if "," not in tokens:
        assert " ".join(cell.form for cell in cells) == words
        assert " ".join(cell.gloss for cell in cells) == labels


@pytest.mark.parametrize(
    ("tokens", "words", "labels"), [case for case in OF_MORPHEMES if " " not in case[1]]
)
def test_xigt(tokens, words, labels):
    root = ET.fromstring(
        '<xigt-corpus><igt id="i1"><tier type="words" id="w"><item id="w1">w</item></tier>'
        '<tier type="morphemes" id="m" alignment="w"/><tier type="glosses" id="g" alignment="m"/>'
        "</igt></xigt-corpus>"
    )
    _, morphemes, glosses = root.iter("tier")
    for number, (form, label) in enumerate(zip(tokens.split(), "XY", strict=True), 1):
        ET.SubElement(morphemes, "item", id=f"m{number}", alignment="w1").text = form
        ET.SubElement(glosses, "item", id=f"g{number}", alignment=f"m{number}").text = label
    [igt] = read(io.StringIO(ET.tostring(root, encoding="unicode")), "xigt")
    assert (igt.segmentation, igt.glosses) == (words, labels)


def test_a_mark_by_itself_is_a_dash_save_in_toolbox():
    assert lines_of(["a", "-", "b"], [], None)[0] == "a - b"
    assert group_by_marks(["a", "-", "b"], []) == [0, 1, 2]
    assert group_by_marks(["a", "~", "b"], []) == [0, 1, 2]
    [igt] = read(io.StringIO("\\ref 1\n\\mb a - b\n\\ge X - Y\n"), "toolbox")
    assert (igt.segmentation, igt.glosses) == ("a-b", "X-Y")


def test_a_mark_that_is_spelling_stays_on_its_word():
    assert lines_of(["hée~", "-u"], ["yes", "-MSG"], None)[0] == "hée~-u"


def test_what_follows_an_infix_is_another_word():
    assert group_morphemes(["bi", "<um>", "li"]) == [[0, 1], [2]]
    assert group_morphemes(["bi", "<um>", "-li"]) == [[0, 1, 2]]


def test_words_that_only_look_like_an_infix():
    assert [opening(token) for token in ("<", "<>", "<a>b", "<a", ">")] == ["", "", "", "", ""]


TOKENS = st.lists(st.text("ab-=~<>,", min_size=1, max_size=4), max_size=6)


@given(TOKENS, st.booleans())
def test_every_token_is_in_one_group_in_order(tokens, free_marks):
    groups = group_morphemes(tokens, free_marks=free_marks)
    assert [place for group in groups for place in group] == list(range(len(tokens)))


@given(TOKENS)
def test_a_group_ends_where_no_boundary_leads_on(tokens):
    lasts = {group[-1] for group in group_morphemes(tokens)}
    for place, (left, right) in enumerate(pairwise(tokens)):
        marked = (left[-1] in "-=~" and left.strip("-=~")) or (
            right.strip("-=~") and (right[0] in "-=~" or opening(right) == INFIX)
        )
        joined = (
            marked and not is_mark(left) and not is_mark(right) and is_word(left) and is_word(right)
        )
        assert (place not in lasts) == bool(joined)


@given(st.text("ab", min_size=1), st.text("ab", min_size=1), st.sampled_from("-=~"))
def test_two_morphemes_are_joined_by_one_boundary(left, right, mark):
    expected = (("", left), (mark, right))
    for joined in (
        attach(left + mark, right),
        attach(left, mark + right),
        attach(left + mark, mark + right),
        attach(left, right, mark),
    ):
        assert split_morphemes(joined, LEIPZIG) == expected
    assert closing(left + mark) == opening(mark + right) == mark


def attached(left, right, boundary, boundaries):
    """Two tokens as one word, by the rule alone."""
    if boundary == INFIX:
        return left + (right if opening(right) == INFIX else f"<{right}>")
    opens, closes = opening(right, boundaries) not in ("", INFIX), closing(left, boundaries)
    if opens and closes:
        return left[:-1] + right
    return left + right if opens or closes else left + boundary + right


@given(
    st.lists(
        st.tuples(st.text("a-=~<>", max_size=3), st.sampled_from(["-", "=", "~", "_", INFIX])),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([LEIPZIG, PAPER]),
)
def test_a_word_that_grows_is_what_tokens_make_that_are_attached_one_by_one(tokens, boundaries):
    expected = tokens[0][0]
    word = GrowingWord(expected, boundaries)
    for token, boundary in tokens[1:]:
        assert word.closing() == closing(expected, boundaries)
        expected = attached(expected, token, boundary, boundaries)
        word.attach(token, boundary)
        assert str(word) == expected
        assert bool(word) == bool(expected)
    assert attach(tokens[0][0], tokens[-1][0]) == attach_all([tokens[0][0], tokens[-1][0]])


def test_no_token_stays_in_memory_once_it_is_attached():
    tracemalloc.start()
    try:
        word = attach_all(f"m{at}-" for at in range(20_000))
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(word) > 100_000
    assert most < 1 << 23
    assert held < 1 << 20
