"""The characters that a morpheme may hold, as an automaton over bytes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from igtkit.boundaries import is_punctuation

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    is_text,
    is_unseen,
)

from igtkit.models.constraints.characters import (  # noqa: E402
    FORBIDDEN,
    JOINER,
    LETTER,
    MARK,
    character_classes,
    character_machine,
)


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_classes_of_all_characters(step):
    classes = character_classes()
    for code in range(0, 0x110000, step):
        character = chr(code)
        if not is_text(character):
            expected = FORBIDDEN
        elif is_unseen(character):
            expected = JOINER
        else:
            expected = MARK if is_punctuation(character) else LETTER
        assert classes[code] == expected, hex(code)


def test_no_character_that_splits_a_line_is_text():
    classes = character_classes()
    splits = [code for code in range(0x110000) if len(f"a{chr(code)}b".split()) == 2]
    assert len(splits) > 20
    assert not classes[splits].any()


OUTCOMES = {MARK: 2, LETTER: 1, JOINER: 1, FORBIDDEN: 3}


@pytest.fixture(scope="module")
def machine():
    return character_machine(OUTCOMES)


def read_characters(machine, data):
    state = 0
    outcomes = []
    for byte in data:
        entry = int(machine[state, byte])
        if entry == 0:
            return None
        state = max(entry, 0)
        if entry < 0:
            outcomes.append(-entry)
    return None if state else outcomes


@given(data=st.binary(max_size=6) | st.text(max_size=4).map(lambda text: text.encode()))
@example(data=b"\xc0\x80")
@example(data=b"\xed\xa0\x80")
@example(data=b"\xf4\x90\x80\x80")
@example(data=b"\xf0\x8f\xbf\xbf")
def test_the_machine_reads_what_python_reads(machine, data):
    outcomes = read_characters(machine, data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        assert outcomes is None
    else:
        assert outcomes == [OUTCOMES[character_classes()[ord(c)]] for c in text]
