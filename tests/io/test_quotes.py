"""Quotes around a translation."""

from __future__ import annotations

import pytest

from igtkit.io._quotes import QUOTES, unquote


@pytest.mark.parametrize(
    ("text", "inner", "rest"),
    [
        ("‘a’", "a", ""),
        ("‘It’s a house.’", "It’s a house.", ""),
        ("‘the dogs’ house’", "the dogs’ house", ""),
        ("‘a’ (b)", "a", "(b)"),
        ("‘a ‘b’ c’", "a ‘b’ c", ""),
        ("‘‘b’ c’", "‘b’ c", ""),
        ("‘a’ Lit. ‘b’", "a", "Lit. ‘b’"),
        ("‘a.'", "a.", ""),
        ("‘a´", "a", ""),
        ("‘a‘", "a", ""),
        ("``a''", "a", ""),
        (",,a''", "a", ""),
        ("<<a>>", "a", ""),
        ("»a«", "a", ""),
        ("»a»", "a", ""),
        ("›a‹", "a", ""),
        ("「a」", "a", ""),
        ('"a"', "a", ""),
        ('“a" (b) c', "a", "(b) c"),
        ("‘’", "", ""),
    ],
)
def test_a_text_in_quotes(text, inner, rest):
    assert unquote(text) == (inner, rest)


@pytest.mark.parametrize("text", ["a", "", "‘a", "‘a’ or ‘b’", "'t's", "‘"])
def test_a_text_in_none(text):
    assert unquote(text) is None


def test_every_quote_is_closed_by_its_own():
    for opening, closers in QUOTES.items():
        for closing in closers:
            assert unquote(f"{opening}a b{closing}") == ("a b", "")
            assert unquote(f"{opening}a b{closing} (c)") == ("a b", "(c)")
