"""Patterns of morphemes as people type them, and the wider ones that may have been meant."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from igtkit.corpus import MorphemePattern, format_pattern, parse_pattern
from igtkit.corpus.patterns import wider_patterns
from igtkit.errors import InputError


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a/", MorphemePattern("a")),
        ("*/b/c", MorphemePattern("*", "b/c")),
        ("<>in/X", MorphemePattern("in", "X", "<>")),
        ("<um>/<AF>", MorphemePattern("um", "AF", "<>")),
        ("-lu", MorphemePattern("lu", None, "-")),
        ("lu-", MorphemePattern("lu", None, None, "-")),
        ("=lu=/PST", MorphemePattern("lu", "PST", "=", "=")),
        ("/-PL", MorphemePattern(None, "PL", "-")),
        ("/3SG-", MorphemePattern(None, "3SG", None, "-")),
        ("-", MorphemePattern(None, None, "-")),
    ],
)
def test_a_morpheme(text, part):
    assert parse_pattern(text) == (part,)


def test_a_mark_between_two_morphemes_may_stand_on_either_side():
    assert parse_pattern("lu- ev")[1].boundary == "-"
    assert parse_pattern("lu- -ev")[1].boundary == "-"
    assert parse_pattern("lu ev")[1].boundary == ""
    with pytest.raises(InputError, match="two marks"):
        parse_pattern("lu- =ev")


TEXTS = st.text("abc*.", min_size=1, max_size=3)
ITEMS = st.builds(
    MorphemePattern,
    st.none() | TEXTS,
    TEXTS,
    st.sampled_from(["", "-", "=", "~", "<>"]),
)


@given(st.lists(ITEMS, min_size=1, max_size=3))
def test_what_is_formatted_is_parsed_to_the_same(items):
    first = MorphemePattern(items[0].form, items[0].gloss, items[0].boundary or None)
    pattern = (first, *items[1:])
    again = parse_pattern(format_pattern(pattern))
    anything = [
        MorphemePattern(part.form or "*", part.gloss, part.boundary) if part.boundary else part
        for part in pattern
    ]
    assert list(again) == anything


TYPED = st.lists(
    st.sampled_from(["-", "a-", "-b", "ev-ler", "a/x", "-/PL", "<um>", "*", "/1sg.x", "=b/c-d"]),
    min_size=1,
    max_size=3,
)


@given(TYPED)
def test_a_wider_pattern_is_the_one_that_is_shown(items):
    try:
        pattern = parse_pattern(" ".join(items))
    except InputError:
        assume(False)
    for wider in wider_patterns(pattern):
        again = parse_pattern(format_pattern(wider))
        assert list(map(anything, again)) == list(map(anything, wider))


def anything(part):
    """A morpheme, any form of which is called ``*``."""
    return attrs.evolve(part, form=part.form or "*")


def test_regular_expressions_are_shown_and_not_widened():
    pattern = [MorphemePattern(gloss=re.compile("PL|LOC"))]
    assert format_pattern(pattern) == "/PL|LOC"
    assert list(wider_patterns(pattern)) == []
    assert list(wider_patterns([MorphemePattern()])) == []


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("nfut", ["/nfut", "/*.nfut", "/nfut.*", "/*.nfut.*", "/*nfut*", "nfut*"]),
        ("*.nfut", ["/*.nfut", "/nfut"]),
        ("*/*.nfut", ["/nfut", "/nfut.*"]),
        ("-de", ["de", "-*/de"]),
        ("ev-ler", ["ev -ler"]),
        ("ev-ler/house-PL", ["ev/house -ler/PL"]),
        ("/go-PST", ["/go -*/PST"]),
        ("ev/PL", ["ev/*.PL", "ev*/PL", "/PL", "ev"]),
        ("ev*/PL", ["ev/PL", "*ev/PL"]),
        ("ev -de", ["ev", "-de"]),
    ],
)
def test_wider_patterns(text, wider):
    found = [format_pattern(pattern) for pattern in wider_patterns(parse_pattern(text))]
    assert len(set(found)) == len(found)
    assert [pattern for pattern in found if pattern in wider] == wider
