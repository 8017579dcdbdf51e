"""Examples: what a model learns from, and what is left out."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    TEXTS,
)

from igtkit import IGT  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.formats import Example  # noqa: E402
from igtkit.models.byt5 import decode  # noqa: E402
from igtkit.models.training import encode_examples, make_examples  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_prompts_that_formats_share_are_learned_once():
    alone = [
        (each.prompt, each.target)
        for name in ("multitask", "concatenated", "interleaved")
        for each in make_examples(TEXTS, [name])
    ]
    together = [
        (each.prompt, each.target)
        for each in make_examples(TEXTS, ["multitask", "concatenated", "interleaved"])
    ]
    assert len(alone) == 9 * len(TEXTS)
    assert len(together) == 5 * len(TEXTS)
    assert set(together) == set(alone)


def test_tasks_can_be_chosen():
    assert {each.task for each in make_examples(TEXTS, ["multitask"], tasks=["t2s"])} == {"t2s"}


@pytest.mark.parametrize(
    ("texts", "names", "message"),
    [
        (TEXTS, [], "no format is named; there are: multitask"),
        (TEXTS, ["prose"], "no prompt format 'prose'"),
        ([], ["multitask"], "0 texts give no example"),
        ([IGT("evde", None, "house")], ["multitask", "interleaved"], None),
        ([IGT("evde", "ev-de", "house")], ["interleaved"], None),
        ([IGT("evde")], ["interleaved"], "1 texts give no example in the format interleaved"),
    ],
)
def test_texts_without_examples(texts, names, message):
    if message is None:
        assert all(each.task != "t2sg" for each in make_examples(texts, names))
    else:
        with pytest.raises(InputError, match=message):
            make_examples(texts, names)


def test_long_examples_are_left_out_and_counted():
    made = make_examples([IGT("ev", None, "house"), IGT("ev " * 200, None, "x")], ["glosslm"])
    found = encode_examples(made, max_length=300)
    assert (len(found), found.left_out) == (1, 1)
    assert decode(found[0]["input_ids"]) == made[0].prompt
    with pytest.raises(InputError, match="none of 2 examples is at most 10 bytes long"):
        encode_examples(made, max_length=10)
    with pytest.raises(InputError, match="without target"):
        encode_examples([Example("t2g", "prompt")])
