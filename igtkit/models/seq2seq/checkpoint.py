"""Checkpoints of encoder-decoder models: folders in the layout of Hugging Face.

Weights are read from safetensors only, and no code is taken from a folder.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from igtkit._files import replace_file
from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._transformers import quiet
from igtkit.models.adapters import (
    bare_model,
    load_adapter_by_name,
    loaded_adapters,
    save_adapter,
)
from igtkit.models.byt5 import END, PAD, VOCABULARY
from igtkit.models.prompted.backend import Backend, TorchBackend
from igtkit.models.seq2seq.initialization import begin_copying

__all__ = [
    "KINDS",
    "load_backend",
    "load_model",
    "new_model",
    "number_type",
    "put_on",
    "resolve",
    "save_model",
    "write_head_setting",
]

KINDS = ("t5", "mt5", "umt5")
"""The kinds of model (``model_type`` in ``config.json``) that can be loaded; ByT5 is a ``t5``."""

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")


def resolve(directory: str | os.PathLike[str]) -> Path:
    """Find the folder of a checkpoint.

    Args:
        directory: A folder, or the name of a repository on the Hugging Face hub
            (``"lecslab/glosslm"``), which is then fetched: weights in safetensors, and what says
            how to use them.

    Raises:
        ModelFileError: If there is neither.
    """
    path = Path(directory)
    if path.is_dir():
        return path
    name = os.fspath(directory)
    if not _HUB_NAME.fullmatch(name):
        raise ModelFileError(f"there is no folder {name}")
    hub = require("huggingface_hub", "models")
    try:
        patterns = ["*.json", "*.safetensors", "*.model", "*.jinja", "merges.txt"]
        return Path(hub.snapshot_download(name, allow_patterns=patterns))
    except (OSError, ValueError) as error:  # the hub's own errors are OSErrors
        raise ModelFileError(
            f"there is no folder {name}, and no such repository could be fetched: {error}"
        ) from error


def load_model(directory: Path, *, device: str | None = None, dtype: str | None = None) -> Any:
    """Load an encoder-decoder model.

    Args:
        directory: The folder of the checkpoint.
        device: Where to put it, ``"cuda"`` say; the GPU if there is one, else the CPU, if None.
        dtype: ``"float32"``, ``"bfloat16"`` or ``"float16"``; as it is saved, if None.

    Returns:
        A ``transformers.PreTrainedModel``, ready to generate.

    Raises:
        InputError: If there is no such device or dtype.
        MissingExtraError: If torch or transformers are not installed.
        ModelFileError: If the folder holds no such model, or a damaged one.
    """
    require("torch", "models")
    transformers = require("transformers", "models")
    _require_kind(directory)
    chosen = number_type(dtype)
    try:
        with quiet():
            model, report = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                directory,
                dtype=chosen or "auto",
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=False,
                output_loading_info=True,
            )
    except Exception as error:
        raise ModelFileError(f"{directory} holds no model that can be loaded: {error}") from error
    missing = sorted(report["missing_keys"])
    if missing:
        raise ModelFileError(
            f"{directory} is damaged: {len(missing)} weights are missing, {missing[0]} for one"
        )
    model.config.use_cache = True
    model.generation_config.use_cache = True
    model.generation_config.max_length = None
    return put_on(model, device)


def load_backend(
    directory: Path,
    *,
    device: str | None = None,
    dtype: str | None = None,
    adapter: str | os.PathLike[str] | None = None,
) -> Backend:
    """Load what a folder holds: a model of transformers, or one converted for CTranslate2.

    Args:
        directory: The folder.
        device: See `load_model`.
        dtype: See `load_model`; a converted model has its own.
        adapter: A LoRA adapter: its folder, or its name under ``adapters`` in `directory`.

    Raises:
        InputError: See `load_model`; or a converted model is to be given a dtype or an adapter.
        MissingExtraError: If a package is missing.
        ModelFileError: If the folder holds no such model, or a damaged one, or no such adapter.
    """
    if (directory / "model.bin").exists():
        if dtype is not None or adapter is not None:
            raise InputError("a converted model takes no dtype and no adapter")
        from igtkit.models.seq2seq.ctranslate2 import CTranslate2Backend  # noqa: PLC0415

        return CTranslate2Backend.from_pretrained(directory, device=device)
    model = load_model(directory, device=device, dtype=dtype)
    if adapter is not None:
        load_adapter_by_name(model, directory, adapter)
    return TorchBackend(model)


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
    write_head_setting(directory)
    for name in names:
        save_adapter(model, directory / "adapters" / name, name)


def write_head_setting(directory: Path) -> None:
    """Write into ``config.json`` whether the head is the embedding: as the weights have it.

    transformers 5 writes ``tie_word_embeddings: true`` for every T5, also where the head has
    weights of its own (as in ByT5). Other readers then scale the logits wrongly.

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


def new_model(
    *,
    width: int = 192,
    inner_width: int = 512,
    encoder_layers: int = 2,
    decoder_layers: int = 3,
    heads: int = 6,
    dropout: float = 0.1,
    seed: int = 0,
) -> Any:
    """Make a byte-level T5 with random weights, to be trained from scratch.

    The head has weights of its own, as in ByT5. The default has 2.8 million parameters. With three
    heads or more it begins with the attention that copying takes; see
    `igtkit.models.seq2seq.initialization`.

    Args:
        width: Size of a hidden state.
        inner_width: Size of the hidden layer in a feed-forward block.
        encoder_layers: Layers that read the prompt.
        decoder_layers: Layers that write the answer.
        heads: Attention heads; a head is ``width // heads`` wide.
        dropout: Share of activations dropped in training.
        seed: The same seed gives the same weights.

    Returns:
        A ``transformers.T5ForConditionalGeneration``.

    Raises:
        InputError: If the heads do not divide the width.
        MissingExtraError: If torch or transformers are not installed.
    """
    torch, transformers = require("torch", "models"), require("transformers", "models")
    if heads < 1 or width % heads:
        raise InputError(f"{heads} heads do not divide a width of {width}")
    config = transformers.T5Config(
        vocab_size=VOCABULARY,
        d_model=width,
        d_kv=width // heads,
        d_ff=inner_width,
        num_layers=encoder_layers,
        num_decoder_layers=decoder_layers,
        num_heads=heads,
        dropout_rate=dropout,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        pad_token_id=PAD,
        eos_token_id=END,
        decoder_start_token_id=PAD,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = transformers.T5ForConditionalGeneration(config)
        # The embedding keeps T5's scale, so that a token stays readable through all layers; a head
        # of that scale would begin with logits far too large.
        head = torch.empty_like(model.shared.weight).normal_(std=0.02)
        model.lm_head.weight = torch.nn.Parameter(head)
        begin_copying(model)
    return model


def _require_kind(directory: Path) -> None:
    path = directory / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileError(f"{directory} holds no checkpoint: config.json is not there") from None
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{path} is damaged: {error}") from error
    kind = config.get("model_type") if isinstance(config, dict) else None
    if kind not in KINDS:
        raise ModelFileError(
            f"{directory} holds a model of the kind {kind!r}; a seq2seq glosser takes one of: "
            f"{', '.join(KINDS)}"
        )
    if not any(directory.glob("*.safetensors")):
        raise ModelFileError(
            f"{directory} holds no weights in safetensors (model.safetensors); other files of "
            "weights can run code when they are opened and are not read"
        )


def number_type(dtype: str | None) -> Any:
    """The type of numbers of a name; None for that of the weights.

    Raises:
        InputError: If there is no such type.
    """
    torch = require("torch", "models")
    names = ("float32", "bfloat16", "float16")
    if dtype is not None and dtype not in names:
        raise InputError(f"dtype must be one of {', '.join(map(repr, names))}, not {dtype!r}")
    return None if dtype is None else getattr(torch, dtype)


def put_on(model: Any, device: str | None) -> Any:
    """Put a model on a device, ready to generate; on a GPU if there is one, if None is named.

    Raises:
        InputError: If there is no such device.
    """
    torch = require("torch", "models")
    place = device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        where = torch.device(place)
    except RuntimeError as error:
        raise InputError(f"there is no device {place!r}: {error}") from error
    try:
        return model.to(where).eval()
    except (RuntimeError, AssertionError) as error:
        raise InputError(f"the model cannot be put on the device {place!r}: {error}") from error
