"""LoRA adapters: small files beside a model, say one for each language it did not know.

An adapter is two thin matrices for each of some weights of a model; their product is added to the
weight (Hu et al. 2021, "LoRA: low-rank adaptation of large language models"). The model itself
stays as it is, so that many adapters can share one. PolyGloss (section 8) adapts to a new language
this way. Files are in the layout of peft (`_adapter_files`); beside them, ``igtkit.json`` says
which model an adapter was trained for.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import warnings
from pathlib import Path
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._adapter_files import CONFIG, WEIGHTS, read_config, read_weights
from igtkit.models._checkpoints import saved_settings, staged, whole_checkpoint
from igtkit.models._fields import check_positive
from igtkit.models._manifest import damaged
from igtkit.models._schema import string, table_of
from igtkit.models._transformers import quiet

__all__ = [
    "Lora",
    "active_adapter",
    "adapters_beside",
    "bare_model",
    "fingerprints",
    "load_adapter",
    "load_adapter_by_name",
    "loaded_adapters",
    "save_adapter",
    "use_adapter",
]

_KIND = "Adapter"
_SAMPLE = 4096

_PREFIX = "base_model.model."
"""What peft puts before the names of weights in its files."""


@attrs.frozen(kw_only=True)
class Lora:
    """The shape of an adapter. The defaults are the paper's (PolyGloss, section 8).

    Attributes:
        rank: Columns of the thin matrices.
        alpha: Their product is multiplied by ``alpha / rank``.
        dropout: Share of what goes into them that is dropped in training.
        modules: Names of the weights that are adapted; of a T5, these are the queries and values
            of every attention.

    Raises:
        InputError: If a number is not in its range, or there are no modules.
    """

    rank: int = attrs.field(default=8, validator=check_positive)
    alpha: float = attrs.field(default=8, validator=check_positive)
    dropout: float = 0.2
    modules: tuple[str, ...] = attrs.field(default=("q", "v"), converter=tuple)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.dropout < 1:
            raise InputError(f"dropout must be from 0 to below 1, not {self.dropout!r}")
        if not self.modules:
            raise InputError("name the weights to adapt in modules, such as ('q', 'v')")

    def to_peft(self) -> Any:
        """Return the shape as a ``peft.LoraConfig``."""
        return require("peft", "train").LoraConfig(
            r=self.rank,
            lora_alpha=self.alpha,
            lora_dropout=self.dropout,
            target_modules=list(self.modules),
        )


def loaded_adapters(model: Any) -> tuple[str, ...]:
    """The names of the adapters that are loaded into a model."""
    return tuple(getattr(model, "peft_config", ()))


def adapters_beside(directory: Path) -> tuple[str, ...]:
    """The names of the adapters that are saved beside a model, under ``adapters``."""
    return tuple(sorted(path.parent.name for path in directory.glob(f"adapters/*/{CONFIG}")))


def load_adapter_by_name(model: Any, directory: Path, adapter: str | os.PathLike[str]) -> None:
    """Load a LoRA adapter into a model, by the name it has beside the model, or from anywhere.

    Args:
        model: The model.
        directory: The folder of the model.
        adapter: The name of an adapter beside the model, or any folder.

    Raises:
        MissingExtraError: If peft is not installed.
        ModelFileError: If there is no such adapter, or it is not for this model.
    """
    name, beside = os.fspath(adapter), adapters_beside(directory)
    folder = directory / "adapters" / name if name in beside else Path(adapter)
    if not (folder / CONFIG).exists():
        raise ModelFileError(
            f"{name} holds no adapter (there is no {CONFIG}), and none of this name is "
            f"beside the model; there are: {', '.join(map(repr, beside)) or 'none'}"
        )
    load_adapter(model, folder, folder.resolve().name)


def load_adapter(model: Any, directory: Path, name: str) -> None:
    """Load a LoRA adapter into a model, and switch to it.

    Weights are read from safetensors only; of the settings only those of a plain LoRA are read.
    A model that an adapter is refused by stays as it was.

    Args:
        model: The model it was trained for.
        directory: The folder of the adapter, as `save_adapter` or peft saves it.
        name: What to call it.

    Raises:
        InputError: If an adapter of that name is loaded already, or it is no name for one.
        MissingExtraError: If peft is not installed.
        ModelFileError: If the folder holds no adapter, a damaged one, or one for another model.
            Of an adapter that igtkit did not save only the shapes tell.
    """
    peft = require("peft", "train")
    _require_name(name)
    if name in loaded_adapters(model):
        raise InputError(f"an adapter {name!r} is loaded already")
    with whole_checkpoint(directory):
        config = read_config(directory)
        weights = read_weights(directory, config.r)
    _require_base(model, directory)
    active = active_adapter(model)
    try:
        with quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there are several adapters is what is wanted
            peft.inject_adapter_in_model(config, model, name)
            bare = {key.removeprefix(_PREFIX): value for key, value in weights.items()}
            found = peft.set_peft_model_state_dict(model, bare, adapter_name=name)
        missing = {key for key in found.missing_keys if f".{name}." in key}  # not of others
        _require_pairs({*missing, *found.unexpected_keys})
    except Exception as error:
        if name in loaded_adapters(model):
            _remove(model, name)
        use_adapter(model, active)
        raise ModelFileError(f"the adapter in {directory} does not fit: {error}") from error
    use_adapter(model, name)
    for layer in _adapted_layers(model):
        layer.requires_grad_(False)
    model.eval()


def use_adapter(model: Any, name: str | None) -> None:
    """Make a model compute with one of its adapters, or with none.

    Args:
        model: A model of torch.
        name: An adapter that was loaded; None for the model alone.

    Raises:
        InputError: If none of that name was loaded.
    """
    if name is not None:
        _require_loaded(model, name)
    for layer in _adapted_layers(model):
        layer.enable_adapters(name is not None)
        if name is not None:
            layer.set_adapter(name)


def active_adapter(model: Any) -> str | None:
    """The name of the adapter that a model computes with; None if with none."""
    for layer in _adapted_layers(model):
        return None if layer.disable_adapters else layer.active_adapters[0]
    return None


def save_adapter(model: Any, directory: str | os.PathLike[str], name: str) -> None:
    """Save one adapter of a model, alone: megabytes where the model has gigabytes.

    Args:
        model: A model of transformers with adapters, or a ``peft.PeftModel``.
        directory: Where to; made where it does not exist.
        name: Which adapter.

    Raises:
        InputError: If none of that name is loaded.
    """
    peft, torch = require("peft", "train"), require("safetensors.torch", "models")
    _require_loaded(model, name)
    state = peft.get_peft_model_state_dict(model, adapter_name=name, save_embedding_layers=False)
    weights = {
        _PREFIX + key.removeprefix(_PREFIX): value.detach().cpu().contiguous()
        for key, value in state.items()
    }
    settings = model.peft_config[name].to_dict()
    settings |= {"base_model_name_or_path": None, "inference_mode": True}
    settings["target_modules"] = sorted(settings["target_modules"])
    with staged(directory, _KIND, {"base": fingerprints(model)}) as path:
        torch.save_file(weights, path / WEIGHTS, metadata={"format": "pt"})
        (path / CONFIG).write_text(json.dumps(settings, indent=2, default=str), encoding="utf-8")


def bare_model(model: Any, merged: str | None = None) -> Any:
    """A copy of a model without adapters.

    Args:
        model: The model; it stays as it is.
        merged: The adapter to put into the weights first, so that the copy computes what the model
            and the adapter do together, up to rounding.

    Raises:
        InputError: If that adapter is not loaded.
    """
    if merged is not None:
        _require_loaded(model, merged)
    bare = copy.deepcopy(model)
    if loaded_adapters(model):
        layers = {id(layer) for layer in _adapted_layers(bare)}
        for path, module in list(bare.named_modules()):
            if id(module) in layers:
                if merged is not None:
                    module.merge(safe_merge=True, adapter_names=[merged])
                parent, _, child = path.rpartition(".")
                setattr(bare.get_submodule(parent), child, module.get_base_layer())
        del bare.peft_config
        bare._hf_peft_config_loaded = False  # noqa: SLF001 -- how transformers tells
    return bare.requires_grad_(True)


def fingerprints(model: Any) -> dict[str, str]:
    """Return digests that tell a model from others, however its weights are rounded.

    Args:
        model: A model of torch.

    Returns:
        A digest of some thousands of values of each weight, rounded to bfloat16 and to float16. A
        model of one of these dtypes has only that one.
    """
    torch = require("torch", "models")
    held = dict(sorted(_base_weights(model).items()))
    found = {}
    for dtype in ("bfloat16", "float16"):
        if any(str(value.dtype) not in ("torch.float32", f"torch.{dtype}")
               for value in held.values() if value.is_floating_point()):  # fmt: skip
            continue
        digest = hashlib.blake2b(digest_size=16)
        for name, value in held.items():
            flat = value.detach().flatten()
            some = flat[:: max(1, len(flat) // _SAMPLE)].to(getattr(torch, dtype)).cpu()
            digest.update(f"{name} {tuple(value.shape)}".encode())
            digest.update(some.view(torch.int16).numpy().tobytes())
        found[dtype] = digest.hexdigest()
    return found


def _base_weights(model: Any) -> dict[str, Any]:
    adapted = {f".{name}." for name in loaded_adapters(model)}
    return {
        name.removeprefix(_PREFIX).replace(".base_layer", ""): value
        for name, value in model.named_parameters()
        if not (".lora_" in name and any(part in name for part in adapted))
    }


def _adapted_layers(model: Any) -> list[Any]:
    """The layers of a model that hold adapters.

    Adapters are put in, switched and taken out through peft alone: transformers' own integration
    of it asks for newer versions of peft than igtkit needs.
    """
    if not loaded_adapters(model):
        return []
    layer = require("peft.tuners.tuners_utils", "train").BaseTunerLayer
    return [module for module in model.modules() if isinstance(module, layer)]


def _remove(model: Any, name: str) -> None:
    """Take an adapter out, and the layers that held it alone."""
    layers = {id(layer) for layer in _adapted_layers(model)}
    del model.peft_config[name]
    for path, module in list(model.named_modules()):
        if id(module) not in layers:
            continue
        if model.peft_config:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # which one is used then, the caller says
                module.delete_adapter(name)
        else:
            parent, _, child = path.rpartition(".")
            setattr(model.get_submodule(parent), child, module.get_base_layer())
    if not model.peft_config:
        del model.peft_config


def _require_name(name: str) -> None:
    if not name or "." in name or Path(name).name != name:
        raise InputError(f"{name!r} is no name for an adapter: use letters, digits, - and _")


def _require_loaded(model: Any, name: str) -> None:
    loaded = loaded_adapters(model)
    if name not in loaded:
        raise InputError(f"no adapter {name!r} is loaded; there are: {list(loaded) or 'none'}")


def _require_pairs(left_over: set[str]) -> None:
    if left_over:
        raise ValueError(f"{len(left_over)} weights do not pair up, {min(left_over)} for one")


def _require_base(model: Any, directory: Path) -> None:
    saved = saved_settings(directory, _KIND)
    if not saved:
        return
    with damaged(directory):
        saved = table_of(string)(saved["base"])
    both = [(saved[dtype], mine) for dtype, mine in fingerprints(model).items() if dtype in saved]
    if both and all(one != other for one, other in both):
        raise ModelFileError(
            f"the adapter in {directory} was trained for another model: its weights differ; load "
            "the model it was trained for"
        )
