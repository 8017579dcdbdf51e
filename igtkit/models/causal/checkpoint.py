"""Checkpoints of decoder-only chat models, and new ones to train from scratch."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._checkpoints import whole_checkpoint
from igtkit.models._gguf import read_gguf_header
from igtkit.models._transformers import load_tokenizer, number_type, put_on, quiet
from igtkit.models._trust import check_checkpoint, check_config, read_settings
from igtkit.models.causal.backend import CausalBackend
from igtkit.models.prompted.backend import running, try_out
from igtkit.models.prompted.saving import save_model
from igtkit.models.prompted.tokenizer import Tokenizer

__all__ = ["load_chat_model", "new_chat_model", "save_chat_model"]

_AUTO = "AutoModelForCausalLM"
_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def load_chat_model(
    directory: Path,
    *,
    gguf_file: str | None = None,
    chat_template: str | None = None,
    device: str | None = None,
    dtype: str | None = None,
) -> tuple[Any, Any]:
    """Return the decoder-only model of a folder, and its tokenizer.

    Weights are read from safetensors, or from one GGUF file; no code is taken from the folder.

    Args:
        directory: The folder of the model.
        gguf_file: The GGUF file in it to load instead (needs the package gguf).
        chat_template: A template (Jinja) to use instead of the tokenizer's, or where it has none.
        device: Where to put it, ``"cuda"`` say; the GPU if there is one, else the CPU, if None.
        dtype: ``"float32"``, ``"bfloat16"`` or ``"float16"``; as it is saved, if None.

    Returns:
        A ``transformers.PreTrainedModel``, ready to generate, and its tokenizer.

    Raises:
        InputError: If there is no such device or dtype.
        MissingExtraError: If torch or transformers are not installed.
        ModelFileError: If the folder holds no such model, or a damaged one, or the tokenizer has no
            chat template.
    """
    require("torch", "models")
    transformers = require("transformers", "models")
    chosen = number_type(dtype)
    if not directory.is_dir():
        raise ModelFileError(f"there is no folder {directory}")
    source = {"gguf_file": gguf_file} if gguf_file else {}
    with whole_checkpoint(directory):
        if gguf_file:
            tensors, values = read_gguf_header(directory / gguf_file)
            check_config(directory, _AUTO, tensors, values, **source)
        else:
            _require_decoder(directory)
            check_checkpoint(directory, _AUTO)
        tokenizer = load_tokenizer(directory, **source)
        try:
            with quiet():
                model, report = getattr(transformers, _AUTO).from_pretrained(
                    directory,
                    dtype=chosen or "auto",
                    output_loading_info=True,
                    local_files_only=True,
                    trust_remote_code=False,
                    **source,
                    **({} if gguf_file else {"use_safetensors": True}),
                )
        except Exception as error:
            raise ModelFileError(f"{directory} holds no chat model: {error}") from error
    missing = sorted(report["missing_keys"])
    if missing:
        raise ModelFileError(
            f"{directory} is damaged: {len(missing)} weights are missing, {missing[0]} for one"
        )
    if chat_template is not None:
        tokenizer.chat_template = chat_template
    if not tokenizer.chat_template:
        raise ModelFileError(f"the tokenizer in {directory} has no chat template")
    model.config.use_cache = True
    put_on(model, device)
    with running(directory):
        try_out(CausalBackend(model, end=0))
    return model, tokenizer


def save_chat_model(model: Any, tokenizer: Tokenizer, directory: str | os.PathLike[str]) -> None:
    """Save a model and its tokenizer to a folder, as `load_chat_model` reads them."""
    path = Path(directory)
    path.mkdir(parents=True, exist_ok=True)
    save_model(model, path)
    tokenizer.save(path)


def new_chat_model(
    lines: Iterable[str],
    *,
    vocabulary_size: int = 512,
    width: int = 64,
    inner_width: int = 128,
    layers: int = 2,
    heads: int = 2,
    positions: int = 4096,
    dropout: float = 0.0,
    seed: int = 0,
) -> tuple[Any, Any]:
    """Return a small chat model with random weights, and a tokenizer with a chat template.

    The tokenizer merges bytes by how often they stand together, and can write any text.

    Args:
        lines: Texts to make the tokenizer from.
        vocabulary_size: The most tokens; at least the bytes and four that mark turns.
        width: Size of a hidden state.
        inner_width: Size of the hidden layer in a feed-forward block.
        layers: Layers.
        heads: Attention heads; a head is ``width // heads`` wide.
        positions: The longest conversation, in tokens.
        dropout: Share of attention dropped in training.
        seed: The same seed gives the same weights.

    Returns:
        A ``transformers.LlamaForCausalLM`` and its tokenizer.

    Raises:
        InputError: If the heads do not divide the width, or the vocabulary is too small.
        MissingExtraError: If torch or transformers are not installed.
    """
    torch, transformers = require("torch", "models"), require("transformers", "models")
    if heads < 1 or width % heads or width // heads % 2:
        raise InputError(f"{heads} heads of even width do not divide a width of {width}")
    turns = ["<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
    if vocabulary_size < 256 + len(turns):
        raise InputError(f"vocabulary_size must be {256 + len(turns)} or more")
    tokenizers = require("tokenizers", "models")
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        special_tokens=turns,
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(lines, trainer)
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=made, eos_token=turns[0])
    tokenizer.chat_template = _TEMPLATE
    config = transformers.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=inner_width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        max_position_embeddings=positions,
        attention_dropout=dropout,
        tie_word_embeddings=True,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None,
        pad_token_id=None,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = transformers.LlamaForCausalLM(config)
    return model, tokenizer


def _require_decoder(directory: Path) -> None:
    if not (directory / "config.json").exists():
        raise ModelFileError(f"{directory} holds no chat model: config.json is not there")
    config = read_settings(directory / "config.json")
    if config.get("is_encoder_decoder"):
        kind = config.get("model_type")
        raise ModelFileError(
            f"{directory} holds no chat model: a model of the kind {kind!r:.80} encodes and decodes"
        )
