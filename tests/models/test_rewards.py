"""Rewards: by the alignment of an output, and by glosses that are known."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit.errors import InputError  # noqa: E402
from igtkit.models.rewards import alignment_reward, known_glosses_reward  # noqa: E402


@pytest.mark.parametrize(
    ("output", "score"),
    [
        ("ev-de\nGlosses: house-LOC", 1.0),
        ("ev-de su\nGlosses: house-LOC", 0.6),
        ("ev-de house-LOC", 0.0),
        ("ev-de\nGlosses: house-LOC\nGlosses: house-LOC", 0.0),
        ("", 0.0),
    ],
)
def test_the_reward_is_the_alignment_and_nothing_for_what_is_malformed(output, score):
    reward = alignment_reward("concatenated")
    assert reward(prompts=["?"], completions=[output]) == [pytest.approx(score)]
    turns = [{"role": "assistant", "content": output}]
    assert reward(completions=[turns]) == [pytest.approx(score)]  # as TRL gives conversations
    assert reward.__name__ == "alignment_reward"


def test_an_interleaved_output_aligns_or_is_malformed():
    reward = alignment_reward("interleaved")
    assert reward(completions=["house(ev)-LOC(de)", "house(ev-LOC(de)"]) == [1.0, 0.0]


@pytest.mark.parametrize(
    ("output", "score", "spelled"),
    [
        ("ev-de su", 1.0, 1.0),
        ("Ev-de Su", 1.0, 1.0),
        ("evde su", 0.6, 0.6),
        ("x-y z", 1.0, 0.0),  # any letters will do, where none are asked for
        ("", 0.0, 0.0),
    ],
)
def test_a_segmentation_is_rewarded_by_the_glosses_that_are_known(output, score, spelled):
    known = {"glosses": ["house-LOC water"], "transcription": ["Evde su"]}
    assert known_glosses_reward()(completions=[output], **known) == [pytest.approx(score)]
    reward = known_glosses_reward(spelled=True)
    assert reward(completions=[output], **known) == [pytest.approx(spelled)]
    turns = [{"role": "assistant", "content": output}]
    assert reward(prompts=["?"], completions=[turns], **known) == [pytest.approx(spelled)]
    with pytest.raises(InputError, match="needs the column transcription"):
        reward(completions=[output], glosses=known["glosses"])


def test_a_capital_with_a_dot_is_spelled_as_the_small_letter():
    reward = known_glosses_reward(spelled=True)
    assert reward(completions=["iki"], glosses=["two"], transcription=["İki"]) == [1.0]
