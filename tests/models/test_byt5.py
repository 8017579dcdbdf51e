"""The byte encoding: what ByT5's tokenizer gives, and safe where that is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import InputError
from igtkit.models.byt5 import END, OFFSET, PAD, VOCABULARY_SIZE, decode, encode, pad

SPECIAL = ("</s>", "<pad>", "<unk>", "<extra_id_", "<s>")


@pytest.fixture(scope="module")
def tokenizer():
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    return transformers.ByT5Tokenizer()


@given(text=st.text())
def test_text_comes_back(text):
    ids = encode(text)
    assert decode(ids) == text
    assert ids[-1] == END
    assert all(OFFSET <= index < OFFSET + 256 for index in ids[:-1])


def test_ids_are_those_of_the_tokenizer(tokenizer):
    @given(text=st.text().filter(lambda text: not any(mark in text for mark in SPECIAL)))
    def same(text):
        assert encode(text) == tokenizer(text)["input_ids"]

    same()
    assert tokenizer.pad_token_id == PAD
    assert tokenizer.eos_token_id == END
    assert len(tokenizer) == VOCABULARY_SIZE


def test_ids_are_those_of_the_tokenizer_on_real_prompts(tokenizer, shared):
    import json

    examples = json.loads((shared / "golden" / "polygloss_prompts.json").read_text("utf-8"))
    prompts = [prompt for example in examples for prompt in example["prompts"].values()]
    assert len(prompts) > 20
    for prompt in prompts:
        assert encode(prompt) == tokenizer(prompt)["input_ids"]


@pytest.mark.parametrize("text", ["a</s>b", "<pad>", "x <extra_id_0> y", "<unk>"])
def test_special_tokens_in_a_text_stay_text(text, tokenizer):
    assert decode(encode(text)) == text
    assert tokenizer(text)["input_ids"] != encode(text), "the tokenizer has changed: simplify"


@given(ids=st.lists(st.integers(0, VOCABULARY_SIZE - 1)))
def test_any_ids_can_be_read(ids):
    text = decode(ids)
    text.encode("utf-8")
    cut = ids[: ids.index(END)] if END in ids else ids
    data = bytes(index - OFFSET for index in cut if OFFSET <= index < OFFSET + 256)
    assert text == data.decode("utf-8", errors="replace")


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(InputError, match=r"character 1 of .* is half of a surrogate pair"):
        encode("a\ud800")


@given(rows=st.lists(st.lists(st.integers(1, 383), min_size=1), min_size=1, max_size=8))
def test_padding_adds_nothing_else(rows):
    array = pad(rows)
    assert array.shape == (len(rows), max(map(len, rows)))
    assert array.dtype == np.int64
    for row, line in zip(rows, array.tolist(), strict=True):
        assert line[: len(row)] == row
        assert set(line[len(row) :]) <= {PAD}
