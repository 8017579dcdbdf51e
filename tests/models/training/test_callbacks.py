"""Checkpoints that load as the final model does, and say what they are."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

import attrs  # noqa: E402
from models.tiny_training import QUICK, TEXTS, weights  # noqa: E402

from igtkit.models import load_glosser, training  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("model_type", ["seq2seq", "causal"])
def test_a_checkpoint_loads_with_its_tokenizer_and_has_a_card(model_type, tmp_path):
    settings = attrs.evolve(QUICK, epochs=1, save_steps=2)
    trained = training.train_glosser(
        TEXTS, TEXTS[:2], ["interleaved"], tmp_path, settings, model_type=model_type, tiny=True,
        data=["train.txt"],
    )  # fmt: skip
    folders = sorted(tmp_path.glob("checkpoint-*"))
    assert len(folders) == 2  # the last, and the best or the one before
    for folder in folders:
        glosser = load_glosser(folder)
        assert type(glosser.tokenizer) is type(trained.tokenizer)
        assert glosser.format.name == "interleaved"
        assert len(glosser.predict(TEXTS[:1], max_new_tokens=5, constrained=False)) == 1
        text = (folder / "README.md").read_text("utf-8")
        assert "Files: `train.txt`" in text
        assert f"| {int(folder.name.rpartition('-')[2])} |" in text
    last = load_glosser(folders[-1])
    assert torch.equal(weights(last.backend.model), weights(trained.model))


def test_the_curve_is_in_the_result_and_in_the_card(tmp_path):
    trained = training.train_glosser(TEXTS, TEXTS[:2], ["glosslm"], tmp_path, QUICK, tiny=True)
    assert [point["epoch"] for point in trained.result["curve"]] == [1.0, 2.0]
    last = trained.result["curve"][-1]
    assert f"| {last['step']} | 2.000 | {last['train_loss']:.3f} |" in (
        tmp_path / "README.md"
    ).read_text("utf-8")


def test_callbacks_of_a_users_own_are_called(tmp_path):
    import transformers

    steps = []

    class Watch(transformers.TrainerCallback):
        def on_step_end(self, args, state, control, **kwargs):
            steps.append(state.global_step)

    settings = attrs.evolve(QUICK, steps=3)
    training.train_glosser(
        TEXTS, None, ["glosslm"], tmp_path, settings, tiny=True, callbacks=[Watch()]
    )
    assert steps == [1, 2, 3]
