"""Eight bytes that stand for a text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.corpus._hashing import hash_text

PRINT = "from igtkit.corpus._hashing import hash_text; print(hash_text('gel şimdi'))"


def test_it_is_the_same_in_every_process_and_on_every_machine():
    assert hash_text("") == 0xE4A6A0577479B2B4  # BLAKE2b of nothing, with 8 bytes
    done = subprocess.run([sys.executable, "-c", PRINT], capture_output=True, text=True, check=True)
    assert int(done.stdout) == hash_text("gel şimdi")


@given(st.lists(st.text() | st.just("\ud800"), unique=True))
def test_texts_stay_apart_half_a_character_too(texts):
    found = {hash_text(text) for text in texts}
    assert len(found) == len(texts)
    assert all(0 <= each < 2**64 for each in found)


@pytest.mark.parametrize("one", ["é", "ev", "\ud800"])
def test_nothing_is_normalized(one):
    assert len({hash_text(one), hash_text(one + " "), hash_text(one.upper()), hash_text("")}) >= 3
