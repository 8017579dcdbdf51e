"""Characters that act, written out."""

from __future__ import annotations

import json
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from igtkit._characters import is_in_form, put_in_form, shared_start, shown, shown_line

ODD = st.text(
    st.characters() | st.sampled_from("\x1b\x07\n\r\t\x7f\x9b\u2028\u202e\u2066\ud800:#[")
)


def acts(character):
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(
        character
    ) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")


@given(ODD)
def test_nothing_that_acts_is_left(text):
    assert not any(map(acts, shown(text)))


@given(ODD)
def test_what_does_not_act_stays(text):
    kept = "".join(character for character in text if not acts(character))
    assert shown(kept) == kept


@given(st.text())
def test_json_stays_the_same_json(text):
    line = json.dumps({"text": f"::error::##[group]{text}"}, ensure_ascii=False)
    assert json.loads(shown_line(line)) == json.loads(line)


@given(ODD)
def test_no_line_is_a_command(text):
    line = shown_line(text)
    assert not re.match(r"\s*::", line)
    assert "##[" not in line
    assert "##vso[" not in line


def test_letters_of_every_script_stay():
    persian, hindi = "\u0645\u06cc\u200c\u0631\u0648\u0645", "\u0915\u094d\u200d\u0937"
    hebrew = "\u200f\u05e9\u05dc\u05d5\u05dd\u200e"
    for text in ("γάτα", "猫", persian, hindi, hebrew, "kedi\u00adler", "a\u0301"):
        assert shown(text) == text


MARKED = st.text(st.sampled_from("aé\u0344\u0301\u0323\u0345\u0f73\u0f71\u0f80\u1100\u1161 ½-"))


@given(MARKED, MARKED, st.sampled_from(["NFC", "NFD"]))
def test_many_marks_on_a_letter_come_in_the_order_of_unicode(one, other, form):
    text = f"{one * 20}{other * 100}" + "\u0301\u0323" * 600
    assert put_in_form(text, form) == unicodedata.normalize(form, text)
    for each in (one, text, unicodedata.normalize(form, text)):
        assert is_in_form(each, form) == (unicodedata.normalize(form, each) == each)


@given(st.text("ab"), st.text("ab"), st.text("ab"))
def test_what_two_texts_begin_with_is_the_longest_that_they_share(start, one, other):
    count = shared_start(start + one, start + other)
    assert count >= len(start)
    assert (start + one)[:count] == (start + other)[:count]
    assert (start + one)[: count + 1] != (start + other)[
        : count + 1
    ] or start + one == start + other
