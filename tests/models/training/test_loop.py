"""The training loop: steps, going on, patience, seeds."""

from __future__ import annotations

import json
import math

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    QUICK,
    small_model,
    weights,
)

from igtkit import IGT  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models import training  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model  # noqa: E402
from igtkit.models.training import TrainingSettings, collate, encode_examples, make_examples  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def run(folder, examples, **options):
    model = small_model()
    settings = TrainingSettings(
        **{"learning_rate": 1e-2, "batch_size": 4, "epochs": 2, "bf16": False, "warmup": 0}
        | {name: value for name, value in options.items() if name not in ("dev", "resume")}
    )
    result = training.train_model(
        model, examples, options.get("dev"), folder, settings, resume=options.get("resume", False)
    )
    return model, result


def test_accumulated_gradients_make_the_same_step(examples, tmp_path):
    """12 examples, 4 a step: 3 steps an epoch, however many are taken at a time."""
    whole, result = run(tmp_path / "whole", examples)
    split, accumulated = run(tmp_path / "split", examples, micro_batch_size=1)
    assert result["steps"] == accumulated["steps"] == 6
    assert (result["accumulated"], accumulated["accumulated"]) == (1, 4)
    assert result["train_loss"] == pytest.approx(accumulated["train_loss"], rel=1e-4)
    assert torch.allclose(weights(whole), weights(split), atol=1e-4)
    assert not torch.allclose(weights(whole), weights(small_model()), atol=1e-2)


def test_the_first_step_is_that_of_plain_torch(examples, tmp_path):
    """The oracle: AdamW by hand on one batch of everything."""
    model, _ = run(tmp_path, examples, batch_size=12, steps=1, micro_batch_size=3)
    oracle = small_model()
    optimizer = torch.optim.AdamW(oracle.parameters(), lr=1e-2, weight_decay=0)
    oracle(**collate(examples.rows)).loss.backward()
    torch.nn.utils.clip_grad_norm_(oracle.parameters(), 1)
    optimizer.step()
    assert torch.allclose(weights(model), weights(oracle), atol=2e-4)


def test_training_goes_on_where_it_was_interrupted(examples, tmp_path):
    through, _ = run(tmp_path / "through", examples, dev=examples)

    class Stopped(Exception):  # noqa: N818
        pass

    import transformers

    class StopAfterFirstSave(transformers.TrainerCallback):
        def on_save(self, args, state, control, **kwargs):
            raise Stopped

    with pytest.raises(Stopped):
        training.train_model(
            small_model(), examples, examples, tmp_path / "stopped", QUICK,
            callbacks=[StopAfterFirstSave()],
        )  # fmt: skip
    assert not (tmp_path / "stopped" / "model.safetensors").exists()
    resumed, result = run(tmp_path / "stopped", examples, dev=examples, resume=True)
    assert result["steps"] == 6
    assert torch.allclose(weights(through), weights(resumed), atol=1e-5)


def test_checkpoints_and_the_model_say_that_the_head_is_its_own(examples, tmp_path):
    model, _ = run(tmp_path, examples)
    for folder in (tmp_path, tmp_path / "checkpoint-6"):
        assert (
            json.loads((folder / "config.json").read_text("utf-8"))["tie_word_embeddings"] is False
        )
    assert torch.equal(weights(load_model(tmp_path)), weights(model))


def test_patience_keeps_the_best_model(examples, tmp_path):
    unlike = encode_examples(make_examples([IGT("zz", None, "QQQQ")], ["glosslm"]))
    model, result = run(tmp_path, examples, dev=unlike, epochs=20, patience=1, learning_rate=3e-2)
    assert result["epochs"] < 20
    best = math.log(training.perplexity(model, unlike).perplexity)
    assert best == pytest.approx(result["dev_loss"], abs=1e-4)
    with pytest.raises(InputError, match="patience needs a dev set"):
        run(tmp_path, examples, patience=1)


def test_the_same_seed_gives_the_same_model(examples, tmp_path):
    first, second, other = (
        run(tmp_path / str(at), examples, seed=seed)[0] for at, seed in enumerate((1, 1, 2))
    )
    assert torch.equal(weights(first), weights(second))
    assert not torch.equal(weights(first), weights(other))
