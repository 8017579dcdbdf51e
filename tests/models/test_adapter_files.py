"""The settings and weights of an adapter from anywhere: what is read of them, and what is refused."""

from __future__ import annotations

import json

import pytest

from igtkit.errors import ModelFileError

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("safetensors", reason="safetensors is not installed (the extra `models`)")
pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")

from safetensors.torch import save_file  # noqa: E402

from igtkit.models._adapter_files import CONFIG, WEIGHTS, read_config, read_weights  # noqa: E402

PLAIN = {"peft_type": "LORA", "r": 2, "lora_alpha": 4, "target_modules": ["q", "v"]}


def config(folder, **changes):
    (folder / CONFIG).write_text(json.dumps(PLAIN | changes), encoding="utf-8")
    return read_config(folder)


def weights(folder, **shapes):
    names = {f"layer.{side}.weight": torch.ones(shape) for side, shape in shapes.items()}
    save_file(names, folder / WEIGHTS)
    return read_weights(folder, 2)


def test_settings_of_a_plain_adapter_are_read(tmp_path):
    found = config(tmp_path, lora_dropout=0.1, base_model_name_or_path="elsewhere", task_type=None)
    assert (found.r, found.lora_alpha, found.lora_dropout) == (2, 4, 0.1)
    assert set(found.target_modules) == {"q", "v"}
    assert found.base_model_name_or_path is None
    assert found.inference_mode


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"peft_type": "IA3"}, "not that of a LoRA adapter"),
        ({"megatron_config": {"a": 1}}, "asks for megatron_config"),
        ({"modules_to_save": ["lm_head"]}, "asks for modules_to_save"),
        ({"target_modules": "(q|v)+"}, "does not list the weights"),
        ({"target_modules": [3]}, "does not list the weights"),
        *(({name: value}, "damaged") for name, value in [
            ("r", -1), ("r", 10**9), ("r", "8"), ("lora_alpha", "x"), ("lora_dropout", 2),
            ("use_rslora", 1),
        ]),
    ],
    ids=str,
)  # fmt: skip
def test_settings_that_are_refused(tmp_path, changes, message):
    with pytest.raises(ModelFileError, match=message):
        config(tmp_path, **changes)


def test_weights_of_the_rank_are_read(tmp_path):
    found = weights(tmp_path, lora_A=(2, 5), lora_B=(5, 2))
    assert {name: tuple(each.shape) for name, each in found.items()} == {
        "layer.lora_A.weight": (2, 5),
        "layer.lora_B.weight": (5, 2),
    }


@pytest.mark.parametrize("shapes", [{"lora_A": (5, 2)}, {"lora_B": (2, 5)}, {"lora_A": (2,)}])
def test_weights_of_another_rank_are_refused(tmp_path, shapes):
    with pytest.raises(ModelFileError, match="is not of the rank 2"):
        weights(tmp_path, **shapes)


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelFileError, match=f"{CONFIG} is not there"):
        read_config(tmp_path)
    with pytest.raises(ModelFileError, match=f"holds no {WEIGHTS}"):
        read_weights(tmp_path, 2)
