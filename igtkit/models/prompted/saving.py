"""Saving models of transformers: the same weights for every reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from igtkit._files import replace_file
from igtkit._optional import require
from igtkit.models._transformers import quiet
from igtkit.models.adapters import bare_model, loaded_adapters, save_adapter

__all__ = ["forget_code", "mend_config", "save_model"]


def save_model(model: Any, directory: Path) -> None:
    """Save a model so that every reader computes what it computed.

    Adapters that are loaded go to folders of their own, ``adapters/<name>``.

    Args:
        model: A ``transformers.PreTrainedModel``.
        directory: Where to; made where it does not exist.
    """
    names = loaded_adapters(model)
    bare = bare_model(model) if names else model
    bare.config.use_cache = True
    with quiet():
        bare.save_pretrained(directory)
    mend_config(directory)
    for name in names:
        save_adapter(model, directory / "adapters" / name, name)


def mend_config(directory: Path) -> None:
    """Make ``config.json`` say what is there, and nothing else.

    - transformers 5 writes ``tie_word_embeddings: true`` for every T5, also where the head has
      weights of its own (as in ByT5). Other readers then scale the logits wrongly.
    - It names no code; see `forget_code`.

    Args:
        directory: A saved model.
    """
    weights = directory / "model.safetensors"
    if weights.exists():
        with require("safetensors", "models").safe_open(weights, framework="numpy") as file:
            names = set(file.keys())
    else:  # large models are saved in several files
        index = json.loads((directory / f"{weights.name}.index.json").read_text(encoding="utf-8"))
        names = set(index["weight_map"])
    path = directory / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["tie_word_embeddings"] = "lm_head.weight" not in names
    replace_file(path, json.dumps(config, indent=2, ensure_ascii=False).encode())
    forget_code(path)


def forget_code(path: Path) -> None:
    """Take ``auto_map`` out of a file of settings: it names code, and code is never copied.

    Args:
        path: ``config.json`` or ``tokenizer_config.json``.
    """
    settings = json.loads(path.read_text(encoding="utf-8"))
    if settings.pop("auto_map", None) is not None:
        replace_file(path, json.dumps(settings, indent=2, ensure_ascii=False).encode())
