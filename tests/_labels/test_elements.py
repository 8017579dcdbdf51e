"""What a gloss is made of, and whether it is grammatical."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.conventions import (
    GlossElement,
    is_grammatical,
    join_gloss,
    parse_gloss,
)
from igtkit.errors import InputError


class TestGlossElements:
    @pytest.mark.parametrize(
        ("gloss", "expected"),
        [
            ("dog", [("dog", "", "")]),
            ("1PL", [("1PL", "", "")]),
            ("come_out", [("come", "", ""), ("out", "_", "")]),
            ("that:DAT;SG", [("that", "", ""), ("DAT", ":", ""), ("SG", ";", "")]),
            ("father\\PL", [("father", "", ""), ("PL", "\\", "")]),
            ("2DU>3SG", [("2DU", "", ""), ("3SG", ">", "")]),
            ("boy[NOM.SG]", [("boy", "", ""), ("NOM", "[]", "[]"), ("SG", ".", "[]")]),
            ("tree(G4).PL", [("tree", "", ""), ("G4", "()", "()"), ("PL", ".", "")]),
            ("(G4)", [("G4", "", "()")]),
            (
                "<ACTFOC>IPFV~buy",
                [("ACTFOC", "", "<>"), ("IPFV", "<>", ""), ("buy", "~", "")],
            ),
            ("x[A](B)y", [("x", "", ""), ("A", "[]", "[]"), ("B", "()", "()"), ("y", "()", "")]),
        ],
    )
    def test_are_what_the_marks_separate(self, gloss, expected):
        elements = parse_gloss(gloss)
        assert [(e.text, e.joiner, e.enclosure) for e in elements] == expected
        assert join_gloss(elements) == gloss

    @pytest.mark.parametrize(
        "gloss",
        [
            *("", ".", "a.", ".a", "a..b", "a[", "a]", "a[]", "a[b", "a(b]", "a(b[c])", "a.[b]"),
            *("[]a", "a<b", "a>", ">a", "???", "a.?", "a-b", "a=b", "a b", "a~", "<>"),
        ],
    )
    def test_missing_parts_are_an_error_that_names_the_gloss(self, gloss):
        with pytest.raises(InputError, match="gloss '"):
            parse_gloss(gloss)

    def test_the_message_says_where(self):
        with pytest.raises(InputError, match=r"gloss 'DAT\.\.SG', character 5: .*missing"):
            parse_gloss("DAT..SG")

    def test_kind_of_an_element(self):
        lexical, category = parse_gloss("that.DAT")
        assert not lexical.is_grammatical
        assert category.is_grammatical
        assert category == GlossElement("DAT", ".")

    @given(st.text("aB1.;:\\>~_[]()<", max_size=8))
    def test_round_trip(self, gloss):
        try:
            elements = parse_gloss(gloss)
        except InputError:
            return
        assert join_gloss(elements) == gloss
        assert elements[0].joiner == ""
        assert all(element.joiner for element in elements[1:])


@pytest.mark.parametrize("gloss", ["PL", "1SG", "3", "NOM.SG", "Г", "I", "ʔ"])
def test_grammatical(gloss):
    assert is_grammatical(gloss)


@pytest.mark.parametrize("gloss", ["dog", "go.PST", "1pl.erg", "Tuwari", "", "???", "-", "."])
def test_not_grammatical(gloss):
    assert not is_grammatical(gloss)
