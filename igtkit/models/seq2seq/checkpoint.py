"""Checkpoints of encoder-decoder models: folders in the layout of Hugging Face.

Weights are read from safetensors only, and no code is taken from a folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._checkpoints import whole_checkpoint
from igtkit.models._transformers import number_type, put_on, quiet
from igtkit.models._trust import check_checkpoint, read_settings
from igtkit.models.byt5 import END, PAD, VOCABULARY_SIZE
from igtkit.models.prompted.backend import running, try_out
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.initialization import begin_copying

__all__ = ["KINDS", "load_model", "new_model"]

_IDS = ("pad_token_id", "eos_token_id", "decoder_start_token_id")
KINDS = ("t5", "mt5", "umt5")
"""The kinds of model (``model_type`` in ``config.json``) that can be loaded; ByT5 is a ``t5``."""


def load_model(directory: Path, *, device: str | None = None, dtype: str | None = None) -> Any:
    """Return the encoder-decoder model of a folder.

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
    chosen = number_type(dtype)
    with whole_checkpoint(directory):
        _require_kind(directory)
        check_checkpoint(directory, "AutoModelForSeq2SeqLM")
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
            raise ModelFileError(
                f"{directory} holds no model that can be loaded: {error}"
            ) from error
    missing = sorted(report["missing_keys"])
    if missing:
        raise ModelFileError(
            f"{directory} is damaged: {len(missing)} weights are missing, {missing[0]} for one"
        )
    model.config.use_cache = True
    put_on(model, device)
    with running(directory):
        # What a checkpoint says of penalties and the like is for other tasks.
        own = {name: getattr(model.generation_config, name) for name in _IDS}
        model.generation_config = transformers.GenerationConfig(**own, use_cache=True)
        model.generation_config.max_length = None
        try_out(Seq2SeqBackend(model))
    return model


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
    """Return a byte-level T5 with random weights, to be trained from scratch.

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
        vocab_size=VOCABULARY_SIZE,
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
    if not (directory / "config.json").exists():
        raise ModelFileError(f"{directory} holds no checkpoint: config.json is not there")
    kind = read_settings(directory / "config.json").get("model_type")
    if kind not in KINDS:
        raise ModelFileError(
            f"{directory} holds a model of the kind {kind!r:.80}; a seq2seq glosser takes one of: "
            f"{', '.join(KINDS)}"
        )
