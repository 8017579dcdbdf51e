"""The training loop: steps, going on, patience, seeds."""

from __future__ import annotations

import importlib.util
import json
import math

import attrs
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    QUICK,
    SMALL,
    small_model,
    weights,
)

from igtkit import IGT  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models import training  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model, new_model  # noqa: E402
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
    optimizer = torch.optim.AdamW(oracle.parameters(), lr=1e-2)  # with its own weight decay
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


@pytest.mark.parametrize("micro", [pytest.param(4, marks=pytest.mark.slow), 2])
def test_training_goes_on_within_an_epoch(examples, tmp_path, micro):
    """From a checkpoint after the second step of three in the second epoch: same order, same end."""
    import transformers

    class Stopped(Exception):  # noqa: N818
        pass

    class StopAtFive(transformers.TrainerCallback):
        def on_save(self, args, state, control, **kwargs):
            if state.global_step == 5:
                raise Stopped

    settings = attrs.evolve(QUICK, save_steps=1, micro_batch_size=micro, epochs=3)
    through, stopped, resumed = (new_model(**SMALL, dropout=0.2, seed=5) for _ in range(3))
    whole = training.train_model(through, examples, examples, tmp_path / "through", settings)
    with pytest.raises(Stopped):
        training.train_model(
            stopped, examples, examples, tmp_path / "stopped", settings, callbacks=[StopAtFive()]
        )
    rest = training.train_model(
        resumed, examples, examples, tmp_path / "stopped", settings, resume=True
    )
    assert torch.equal(weights(through), weights(resumed))
    assert rest["train_loss"] == pytest.approx(whole["train_loss"], abs=1e-5)
    assert [point["step"] for point in rest["curve"]] == list(range(1, 10))
    for point, other in zip(rest["curve"], whole["curve"], strict=True):
        assert point == pytest.approx(other, abs=1e-5)


def test_the_learning_rate_ends_where_it_is_told(examples, tmp_path):
    import transformers

    rates = []

    class Watch(transformers.TrainerCallback):
        def on_step_end(self, args, state, control, lr_scheduler, **kwargs):
            rates.append(lr_scheduler.get_last_lr()[0])

    settings = attrs.evolve(QUICK, warmup=0.2, epochs=4, min_learning_rate=1e-3)
    training.train_model(small_model(), examples, None, tmp_path, settings, callbacks=[Watch()])
    assert max(rates) == pytest.approx(1e-2)
    assert rates[-1] == pytest.approx(1e-3)
    assert rates[0] < rates[1] < rates[2]


def test_activations_may_be_computed_twice(examples, tmp_path):
    kept, _ = run(tmp_path / "kept", examples)
    again, _ = run(tmp_path / "again", examples, gradient_checkpointing=True)
    assert torch.allclose(weights(kept), weights(again), atol=1e-3)


def test_a_tracker_has_to_be_there(examples, tmp_path):
    with pytest.raises(InputError, match="there is no tracker 'paper'; there are: tensorboard"):
        training.train_model(small_model(), examples, None, tmp_path, QUICK, report_to=["paper"])
    if importlib.util.find_spec("wandb"):
        pytest.skip("wandb is installed")
    with pytest.raises(InputError, match="the package wandb is not installed; run: pip install"):
        training.train_model(small_model(), examples, None, tmp_path, QUICK, report_to=["wandb"])


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


def test_the_best_model_is_kept_without_patience_too(examples, tmp_path):
    unlike = encode_examples(make_examples([IGT("zz", None, "QQQQ")], ["glosslm"]))
    model, result = run(tmp_path, examples, dev=unlike, epochs=8, learning_rate=3e-2)
    losses = [point["dev_loss"] for point in result["curve"]]
    assert len(losses) == 8
    assert result["dev_loss"] == min(losses) < losses[-1]
    assert math.log(training.perplexity(model, unlike).perplexity) == pytest.approx(
        min(losses), abs=1e-4
    )


def test_patience_waits_for_the_least_number_of_epochs(examples, tmp_path):
    unlike = encode_examples(make_examples([IGT("zz", None, "QQQQ")], ["glosslm"]))
    options = {"dev": unlike, "epochs": 20, "patience": 1, "learning_rate": 3e-2}
    _, soon = run(tmp_path / "soon", examples, **options)
    _, late = run(tmp_path / "late", examples, min_epochs=9, **options)
    assert soon["epochs"] < 9 <= late["epochs"] < 20


def test_the_same_seed_gives_the_same_model(examples, tmp_path):
    first, second, other = (
        run(tmp_path / str(at), examples, seed=seed)[0] for at, seed in enumerate((1, 1, 2))
    )
    assert torch.equal(weights(first), weights(second))
    assert not torch.equal(weights(first), weights(other))
