"""Training chat models by rewards, with the trainer of TRL."""

from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `trl`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `trl`)")
pytest.importorskip("datasets", reason="datasets is not installed (the extra `trl`)")
pytest.importorskip("trl", reason="trl is not installed (the extra `trl`)")

from igtkit.errors import InputError  # noqa: E402
from igtkit.models.causal import ChatTemplate, new_chat_model  # noqa: E402
from igtkit.models.training.grpo import GrpoSettings  # noqa: E402
from igtkit.models.training.grpo_causal import _split_step, train_grpo_causal  # noqa: E402


@pytest.fixture
def chat():
    model, tokenizer = new_chat_model(
        ["abc abd"], vocabulary_size=270, width=32, inner_width=48, layers=1, positions=256, seed=1
    )
    return model, ChatTemplate(tokenizer)


def share_of_letter(*, completions, letter, **_):
    texts = [turns[-1]["content"] for turns in completions]
    return [
        text.count(wanted) / max(1, len(text)) for text, wanted in zip(texts, letter, strict=True)
    ]


def test_a_step_is_made_up_of_micro_batches(chat):
    model, tokenizer = chat
    settings = GrpoSettings(prompts=2, micro_prompts=1, group=2, epochs=2, max_new_tokens=3)
    history = train_grpo_causal(
        model, tokenizer, ["x", "y"], share_of_letter, settings, columns={"letter": ["a", "a"]}
    )
    assert len(history) == 2


def test_the_prompts_of_a_step_are_shared_out(monkeypatch):
    assert _split_step(GrpoSettings(), 100) == (8, 1)
    assert _split_step(GrpoSettings(micro_prompts=2), 100) == (2, 4)
    assert _split_step(GrpoSettings(), 3) == (3, 1)
    monkeypatch.setenv("WORLD_SIZE", "4")
    assert _split_step(GrpoSettings(micro_prompts=1), 100) == (1, 2)
    with pytest.raises(InputError, match="make prompts a multiple of 12"):
        _split_step(GrpoSettings(micro_prompts=3), 100)


def test_what_is_rewarded_becomes_likelier(chat):
    model, tokenizer = chat
    settings = GrpoSettings(
        learning_rate=0.03, prompts=2, group=8, epochs=9, max_new_tokens=6, temperature=1.0, top_p=1.0
    )  # fmt: skip
    name = model.config._name_or_path
    history = train_grpo_causal(
        model, tokenizer, ["x", "y"], share_of_letter, settings, columns={"letter": ["a", "a"]}
    )
    assert len(history) == 9
    assert sum(step["reward"] for step in history[-3:]) > sum(
        step["reward"] for step in history[:3]
    )
    assert history[0]["divergence"] == pytest.approx(0, abs=1e-5)
    assert history[-1]["divergence"] > 0  # from the model as it was, not from itself
    assert 0 < history[0]["length"] <= 6
    assert model.config._name_or_path == name
    assert not model.training


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")  # of peft's
def test_adapters_alone_are_trained(chat):
    peft = pytest.importorskip("peft", reason="needs peft")
    model, tokenizer = chat
    adapted = peft.get_peft_model(model, peft.LoraConfig(r=2, target_modules=["q_proj"]))
    before = {name: value.clone() for name, value in adapted.named_parameters()}
    settings = GrpoSettings(learning_rate=0.05, prompts=1, group=4, epochs=2, max_new_tokens=4)
    train_grpo_causal(
        adapted, tokenizer, ["x"], share_of_letter, settings, columns={"letter": ["a"]}
    )
    changed = {
        name for name, value in adapted.named_parameters() if not torch.equal(value, before[name])
    }
    assert changed
    assert all("lora_" in name for name in changed)


def test_wrong_use(chat):
    with pytest.raises(InputError, match="no prompt"):
        train_grpo_causal(*chat, [], share_of_letter, GrpoSettings())
    with pytest.raises(InputError, match="1 prompts, but 2 in the column 'letter'"):
        train_grpo_causal(
            *chat, ["x"], share_of_letter, GrpoSettings(), columns={"letter": ["a", "b"]}
        )


def test_the_script_runs(call_script, tmp_path):
    asked = ("--tiny", "--epochs", "1", "--model-type", "causal", "--output", tmp_path)
    call_script("train_grpo", *asked)
    results = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert len(results["training"]["steps"]) == 1
    assert {"alignment", "glossing", "segmentation"} <= results["before"].keys()
    assert results["after"]["predictions"] == 8
    assert (tmp_path / "igtkit.json").exists()
