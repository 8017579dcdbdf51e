"""What was done to the published corpus, line for line."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, normalize


class TestPublishedRules:
    def test_golden_lines(self, shared):
        path = shared / "golden" / "polygloss_standardize.jsonl"
        rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
        assert len(rows) == 900
        for row in rows:
            igt = normalize(
                IGT(*(row[line] for line in ("transcription", "segmentation", "glosses"))),
                "polygloss",
            )
            for line in ("transcription", "segmentation", "glosses"):
                assert getattr(igt, line) == row["expected"][line]
                assert normalize(row[line], "polygloss", line=line) == row["expected"][line]

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("я.", "я ."),
            ("a? b. c! d,", "a ? b . c ! d ,"),
            ("klɛ́,", "klɛ́ ,"),  # a combining mark
            ("का.", "का ."),  # a vowel sign
            ("क्‍.", "क्‍ ."),  # a joiner
            ("1. _, ʰ. Ⅷ.", "1 . _ , ʰ . Ⅷ ."),
            ("Ⓐ. 🅰.", "Ⓐ . 🅰 ."),
            ("m². ½,", "m². ½,"),
            ("a.b a,b ?a", "a.b a,b ?a"),
            ("a... a?! a.”", "a... a?! a.”"),
            ("a'. (a). ».", "a'. (a). »."),
            ("a.\nb.\u00a0c.\u2028", "a .\nb .\u00a0c .\u2028"),
            ("a.\u001cb", "a.\u001cb"),
            ("  a  .  b.  ", "  a  .  b .  "),
            ("a;", "a;"),
            ("", ""),
        ],
    )
    def test_a_space_goes_before_a_mark_after_a_word_character(self, line, expected):
        for name in ("transcription", "segmentation", "glosses"):
            assert normalize(line, "polygloss", line=name) == expected

    @pytest.mark.parametrize(
        ("first", "last"),
        [(0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189)],
    )
    def test_letters_in_circles_and_squares_are_of_a_word(self, first, last):
        for inside in (first, last):
            assert normalize(f"{chr(inside)}.", "polygloss") == f"{chr(inside)} ."
        for outside in (first - 1, last + 1):
            assert normalize(f"{chr(outside)}.", "polygloss") == f"{chr(outside)}."

    def test_tabs_become_spaces_in_glosses_only(self):
        igt = normalize(IGT("a\tb.", "a\tb.", "A\tB."), "polygloss")
        assert igt == IGT("a\tb .", "a\tb .", "A B .")

    @given(st.text("aé\u0301\u200d9_ʰ²\t\n ?.!,'-", max_size=12))
    def test_one_mark_after_the_other_is_the_same(self, line):
        # The rule as it is stated, on characters of which `re` has the same idea.
        word = r"((?:[^\W²]|[\u0301\u200d]))"
        expected = line.replace("\t", " ")
        for mark in "?.!,":
            expected = re.sub(rf"{word}{re.escape(mark)}(?=\s|\Z)", rf"\1 {mark}", expected)
        assert normalize(line, "polygloss", line="glosses") == expected
