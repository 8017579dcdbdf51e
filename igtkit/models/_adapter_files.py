"""The files of a LoRA adapter in the layout of peft, read without trust."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import ModelFileError
from igtkit.models._manifest import damaged
from igtkit.models._schema import flag, number, whole
from igtkit.models._trust import read_settings
from igtkit.models._weights import read_header, require_finite

__all__ = ["CONFIG", "WEIGHTS", "read_config", "read_weights"]

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
"""The names of the two files."""

_READ: dict[str, Callable[[Any], Any]] = {
    "r": whole(1, 2**14),
    "lora_alpha": number(0),
    "lora_dropout": number(0, 1),
    "fan_in_fan_out": flag,
    "use_rslora": flag,
}
_WITHOUT_EFFECT = (
    "auto_mapping",
    "base_model_name_or_path",
    "inference_mode",
    "init_lora_weights",
    "peft_type",
    "peft_version",
    "revision",
    "runtime_config",
    "target_modules",
    "task_type",
)


def read_config(directory: Path) -> Any:
    """Return the ``peft.LoraConfig`` of an adapter, of which only what makes a plain one is read.

    Raises:
        MissingExtraError: If peft is not installed.
        ModelFileError: If the folder holds no adapter, one of another kind, or damaged settings.
    """
    peft, path = require("peft", "train"), directory / CONFIG
    if not path.exists():
        raise ModelFileError(f"{directory} holds no adapter: {CONFIG} is not there")
    content = read_settings(path)
    if content.get("peft_type") != "LORA":
        raise ModelFileError(f"{path} is not that of a LoRA adapter")
    usual = peft.LoraConfig().to_dict()
    for key, value in content.items():
        if key not in _READ and key not in _WITHOUT_EFFECT and value and value != usual.get(key):
            raise ModelFileError(f"{path} asks for {key}; only plain LoRA adapters are read")
    modules = content.get("target_modules")
    if not isinstance(modules, list) or not all(isinstance(name, str) for name in modules):
        raise ModelFileError(f"{path} does not list the weights to adapt in target_modules")
    with damaged(path):
        settings = {key: read(content[key]) for key, read in _READ.items() if key in content}
        return peft.LoraConfig(**settings, target_modules=modules, inference_mode=True)


def read_weights(directory: Path, rank: int) -> Any:
    """Return the weights of an adapter, by name.

    Raises:
        ModelFileError: If they are not there, not numbers, or not of the rank.
    """
    path = directory / WEIGHTS
    if not path.exists():
        raise ModelFileError(f"{directory} holds no {WEIGHTS}")
    for name, each in read_header(path).items():
        side = 1 if ".lora_B." in name else 0
        if len(each.shape) < 2 or each.shape[side] != rank:
            raise ModelFileError(f"{path} is damaged: {name!r:.80} is not of the rank {rank}")
    require_finite([path])
    return require("safetensors.torch", "models").load_file(path)
