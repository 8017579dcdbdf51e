"""Training by rewards: the parts against computation by hand, and that a reward is followed."""

from __future__ import annotations

import copy
import json
import math
import os
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit.errors import InputError  # noqa: E402
from igtkit.models.byt5 import END, PAD  # noqa: E402
from igtkit.models.rewards import alignment_reward  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402
from igtkit.models.training.grpo import (  # noqa: E402
    GrpoSettings,
    _sample,
    _score,
    completion_mask,
    group_advantages,
    grpo_loss,
    kl_estimate,
    train_grpo,
)


@pytest.fixture
def model():
    return new_model(
        width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2, dropout=0.5, seed=1
    ).eval()


def test_the_reward_is_told_what_belongs_to_each_prompt(model):
    seen = []

    def reward(*, prompts, completions, number, **_):
        seen.extend(zip(prompts, number, strict=True))
        return [0.0] * len(completions)

    settings = GrpoSettings(prompts=2, group=2, epochs=1, max_new_tokens=3)
    train_grpo(model, ["a", "b", "c"], reward, settings, columns={"number": [1, 2, 3]})
    assert sorted(seen) == [(each, at) for at, each in enumerate("abc", 1) for _ in range(2)]
    with pytest.raises(InputError, match="3 prompts, but 1 in the column 'number'"):
        train_grpo(model, ["a", "b", "c"], reward, settings, columns={"number": [1]})


def test_gradients_are_clipped_or_not(model):
    """Clipped to next to nothing, a step moves next to nothing."""

    def lengths(*, completions, **_):
        return [float(len(text)) for text in completions]

    found = []
    for clip in (0.0, 1e-9):
        trained = copy.deepcopy(model)
        settings = GrpoSettings(prompts=2, group=4, epochs=1, max_new_tokens=5, clip=clip)
        train_grpo(trained, ["a", "b"], lengths, settings)
        pairs = zip(trained.state_dict().values(), model.state_dict().values(), strict=True)
        found.append(max(float((one - other).abs().max()) for one, other in pairs))
    assert found[0] > 1e-5 > found[1]
    with pytest.raises(InputError, match="clip cannot be negative"):
        GrpoSettings(clip=-1.0)


def test_advantages_are_within_the_group():
    found = group_advantages(torch.tensor([[1.0, 3.0], [10.0, 10.0]]))
    deviation = math.sqrt(2)  # of 1 and 3, as of a sample
    assert found[0].tolist() == pytest.approx([-1 / deviation, 1 / deviation], abs=1e-3)
    assert found[1].tolist() == [0, 0]


def test_what_comes_after_the_end_does_not_count():
    outputs = torch.tensor([[5, END, PAD, PAD], [5, 6, 7, END], [5, END, 6, END]])
    assert completion_mask(outputs).sum(1).tolist() == [2, 4, 2]


def test_the_divergence_is_never_negative_and_right_on_average():
    p, q = torch.tensor([0.7, 0.2, 0.1]), torch.tensor([0.3, 0.3, 0.4])
    each = kl_estimate(p.log(), q.log())
    assert (each >= 0).all()
    expected = (p * (p / q).log()).sum()
    assert float((p * each).sum()) == pytest.approx(float(expected), abs=1e-6)


def test_the_loss_by_hand():
    mine = torch.tensor([[-1.0, -2.0], [-0.5, -9.0]], requires_grad=True)
    theirs = torch.tensor([[-1.5, -2.0], [-0.5, -1.0]])
    mask = torch.tensor([[1.0, 1.0], [1.0, 0.0]])
    loss = grpo_loss(mine, theirs, torch.tensor([2.0, -1.0]), mask, beta=0.1)
    k3 = math.exp(-0.5) + 0.5 - 1
    assert loss.item() == pytest.approx(((0.1 * k3 - 2 - 2) / 2 + (0 + 1) / 1) / 2)
    loss.backward()
    slope = 0.1 * (1 - math.exp(-0.5))  # of the divergence, by the log-probability
    assert mine.grad.flatten().tolist() == pytest.approx([(slope - 2) / 4, -2 / 4, 1 / 2, 0])


def test_scores_are_those_of_each_output_alone(model):
    settings = GrpoSettings(prompts=2, group=3, max_new_tokens=9)
    torch.manual_seed(0)
    batch, outputs = _sample(model, ["a", "bcd"], settings)
    assert len(outputs) == 6
    together = _score(model, batch, outputs, 0.6)
    for row in range(6):
        length = int(batch["attention_mask"][row].sum())
        ids = batch["input_ids"][row : row + 1, :length]
        logits = model(input_ids=ids, labels=outputs[row : row + 1]).logits[0] / 0.6
        alone = logits.log_softmax(1)[range(outputs.shape[1]), outputs[row]]
        assert torch.allclose(together[row], alone, atol=1e-4)


def test_what_is_rewarded_becomes_likelier(model):
    def many_a(*, completions, **_):
        return [text.count("a") / max(len(text), 1) for text in completions]

    settings = GrpoSettings(
        learning_rate=0.05,
        prompts=2,
        group=16,
        epochs=15,
        max_new_tokens=8,
        temperature=1.0,
        top_p=1.0,
    )
    history = train_grpo(model, ["x", "y"], many_a, settings)
    first, last = (sum(step["reward"] for step in part) / 3 for part in (history[:3], history[-3:]))
    assert last > first + 0.2
    assert history[0]["divergence"] == pytest.approx(0, abs=1e-5)
    assert history[-1]["divergence"] > 0


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")  # of peft's
def test_adapters_alone_are_trained(model):
    peft = pytest.importorskip("peft", reason="needs peft")
    config = peft.LoraConfig(r=2, target_modules=["q", "v"])
    adapted = peft.get_peft_model(model, config)
    before = {name: value.clone() for name, value in adapted.named_parameters()}
    settings = GrpoSettings(learning_rate=0.05, prompts=1, group=4, epochs=2, max_new_tokens=5)
    history = train_grpo(
        adapted, ["x"], lambda *, completions, **_: [len(c) for c in completions], settings
    )
    changed = {
        name for name, value in adapted.named_parameters() if not torch.equal(value, before[name])
    }
    assert changed
    assert all("lora_" in name for name in changed)
    assert history[1]["divergence"] >= 0


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"group": 1}, "2 outputs"), ({"beta": -1.0}, "negative"), ({"top_p": 0.0}, "top_p must be")],
)
def test_settings_that_make_no_sense(settings, message):
    with pytest.raises(InputError, match=message):
        GrpoSettings(**settings)


def test_wrong_use(model):
    with pytest.raises(InputError, match="no prompt"):
        train_grpo(model, [], alignment_reward(), GrpoSettings())
    settings = GrpoSettings(prompts=1, group=2, epochs=1, max_new_tokens=3)
    for reward in (lambda **_: [1.0], lambda **_: [math.nan] * 2):
        with pytest.raises(InputError, match="one finite number"):
            train_grpo(model, ["x"], reward, settings)


@pytest.mark.parametrize(
    "options", [(), pytest.param(("--known-glosses",), marks=pytest.mark.slow)]
)
def test_the_script_runs(call_script, tmp_path, options):
    call_script("train_grpo", "--tiny", "--epochs", "1", *options, "--output", tmp_path)
    results = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert len(results["training"]["steps"]) == 1
    assert {"alignment", "glossing", "segmentation"} <= results["before"].keys()
    assert results["after"]["predictions"] == 8


def test_the_script_writes_over_no_results(call_script, tmp_path):
    (tmp_path / "metrics.json").touch()
    with pytest.raises(SystemExit, match=r"metrics\.json is there, of an earlier run"):
        call_script("train_grpo", "--tiny", "--output", tmp_path)


def same_reward(*, completions, **_):
    return [float(len(text) % 3) for text in completions]


def test_prompts_taken_a_few_at_a_time_make_the_same_step(monkeypatch):
    """The outputs being the same; sampling draws otherwise."""
    import igtkit.models.training.grpo as module

    def sample(model, prompts, settings):
        ids = torch.tensor([[ord(each) + 3, END] for each in prompts])
        ids = ids.repeat_interleave(settings.group, 0)
        written = [[5 + n, 6, END] if n % 2 else [7 + n, END, PAD] for n in range(settings.group)]
        outputs = torch.tensor(written * len(prompts))
        return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}, outputs

    monkeypatch.setattr(module, "_sample", sample)
    found = []
    for micro in (0, 1, 2):
        trained = new_model(
            width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2, seed=1
        ).eval()
        settings = GrpoSettings(
            learning_rate=0.01, prompts=3, group=4, epochs=2, micro_prompts=micro
        )
        history = train_grpo(trained, list("abcde"), same_reward, settings)
        found.append((history, torch.cat([each.flatten() for each in trained.parameters()])))
    for history, weights in found[1:]:
        assert torch.allclose(weights, found[0][1], atol=1e-4)
        for step, expected in zip(history, found[0][0], strict=True):
            assert step == pytest.approx(expected, abs=1e-4)


def test_bfloat16_keeps_weights_in_float32(model):
    settings = GrpoSettings(prompts=2, group=2, epochs=1, max_new_tokens=3, bf16=True)
    history = train_grpo(model, ["a", "b"], same_reward, settings)
    assert all(math.isfinite(value) for value in history[0].values())
    assert {each.dtype for each in model.parameters()} == {torch.float32}


TWO = """
import json, sys
import torch
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import start_processes
from igtkit.models.training.grpo import GrpoSettings, train_grpo

rank, count = start_processes()
seen = []

def reward(*, prompts, completions, **_):
    seen.extend(sorted(set(prompts)))
    return [float(len(text)) for text in completions]

model = new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2, seed=1)
settings = GrpoSettings(prompts=2, group=2, epochs=1, max_new_tokens=4)
history = train_grpo(model.eval(), list("abcde"), reward, settings)
weights = sum(float(each.sum()) for each in model.parameters())
with open(f"{sys.argv[1]}/{rank}.json", "w") as file:
    json.dump([seen, history, weights], file)
"""


@pytest.mark.slow
def test_two_processes_share_the_prompts(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(TWO, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2",
         script, tmp_path],
        check=True, timeout=280,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
    )  # fmt: skip
    one, two = (json.loads((tmp_path / f"{rank}.json").read_text()) for rank in (0, 1))
    # The last step has one prompt: the second process takes part with nothing that counts.
    assert sorted(one[0] + two[0][:2]) == list("abcde")
    assert one[1] == two[1]
    assert one[2] == pytest.approx(two[2])


def test_prompts_that_cannot_be_shared_out(model, monkeypatch):
    import accelerate

    monkeypatch.setattr(accelerate.Accelerator, "num_processes", property(lambda _: 3))
    with pytest.raises(InputError, match="8 prompts cannot be shared out to 3 processes"):
        train_grpo(model, ["a"], same_reward, GrpoSettings())
