"""Characters that look like boundaries, or like nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit._lookalikes import (
    describe,
    find_invisible,
    find_lookalikes,
    mend_lookalikes,
    remove_invisible,
    without_lookalikes,
)

TEXT = st.one_of(st.text("ab1 ‑–−꞊∼⟨⟩‹›<>-=\u00ad\u200b\u0301", max_size=16), st.text(max_size=12))


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("a\u2010b a\u2011b a\u2012b a\u2013b a\u2212b a\uff0db a\u00adb", " ".join(["a-b"] * 7)),
        ("‑ler ev‑", "-ler ev-"),  # a hyphen at an edge
        ("–ler ev–", "–ler ev–"),  # a dash at an edge
        ("ev – ev ‑ ev", "ev – ev ‑ ev"),
        ("1914–1918 3–PL", "1914–1918 3-PL"),
        ("je꞊te ꞊te", "je=te =te"),
        ("su∼sulat", "su~sulat"),
        ("s⟨um⟩ulat ⟨AV⟩write", "s<um>ulat <AV>write"),
        ("s‹um›ulat e\u0301‹um›", "s<um>ulat e\u0301<um>"),
        ("‹ja› ⟨a⟩ ‹ja dun›", "‹ja› ⟨a⟩ ‹ja dun›"),  # quotation marks
    ],
)
def test_what_stands_for_a_boundary(line, mended):
    assert mend_lookalikes(line) == mended
    assert bool(find_lookalikes(line)) == (line != mended)


@given(TEXT)
def test_mending_is_done_once_and_letter_by_letter(line):
    mended = mend_lookalikes(line)
    assert len(mended) == len(line)
    assert mend_lookalikes(mended) == mended
    assert find_lookalikes(mended) == ()
    assert find_invisible(remove_invisible(line)) == ()
    assert without_lookalikes(line).isascii() or not line.isascii()


def test_characters_without_width_have_a_number_and_a_name():
    unseen = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
    assert find_invisible(f"a{unseen}") == tuple(unseen)
    assert [describe(character) for character in unseen[:2]] == [
        "U+00AD SOFT HYPHEN",
        "U+200B ZERO WIDTH SPACE",
    ]
    assert find_invisible("نمی\u200cخواهم क्\u200dष") == ()
