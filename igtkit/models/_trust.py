"""What a checkpoint of any origin says of itself, checked before transformers builds anything.

A few bytes of ``config.json`` can ask for a model of any size, for code from elsewhere, or for
another folder. So the model is first made without memory, and must not be larger than the weights
that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import ModelFileError
from igtkit.models._manifest import damaged, open_file, parse_json
from igtkit.models._schema import file_name, table_of
from igtkit.models._weights import Tensor, read_header, require_finite

__all__ = ["check_checkpoint", "check_config", "read_settings"]

_LARGEST = 2**24  # bytes of a JSON file with settings
_LAYERS = 256  # the largest models have about half as many
_LAYER_COUNT = re.compile(r"num_(\w+_)?(layers|blocks)|n_layers?|(encoder_|decoder_)?layers")
_COUNT = 2**16
_OTHER_COUNT = re.compile(r"^num_|heads|labels|experts")
_SPARE = 2**22  # numbers a model may compute for itself, such as masks
_ATTENTION = (None, "eager", "sdpa")  # others can be code that is fetched from the hub


def check_checkpoint(directory: Path, auto: str) -> None:
    """Look whether a folder can be handed to transformers.

    Args:
        directory: The folder.
        auto: The name of the class of transformers that loads it.

    Raises:
        ModelFileError: If its settings ask for what is not in the folder, the weights do not fit
            them, or are no finite numbers.
    """
    paths = _weight_files(directory)
    weights: dict[str, Tensor] = {}
    for path in paths:
        weights |= read_header(path)
    check_config(directory, auto, len(weights), sum(each.count for each in weights.values()))
    require_finite(paths)


def check_config(directory: Path, auto: str, tensors: int, values: int, **options: Any) -> None:
    """Look whether the settings of a model ask for no more than there is.

    Args:
        directory: The folder of the model.
        auto: The name of the class of transformers that loads it.
        tensors: How many weights the files hold.
        values: How many numbers that is.
        **options: For ``AutoConfig.from_pretrained``.

    Raises:
        ModelFileError: If they ask for more, for code or for another folder.
    """
    if (directory / "adapter_config.json").exists():
        raise ModelFileError(
            f"{directory} holds an adapter beside a model, and transformers would read whatever "
            "model it names; keep adapters in folders of their own"
        )
    if not options:
        path = directory / "config.json"
        with damaged(path):
            _require_modest(read_settings(path), tensors)
    for path in directory.glob("tokenizer_config.json"):
        with damaged(path):
            _require_own_files(read_settings(path))
    torch, transformers = require("torch", "models"), require("transformers", "models")
    try:
        config = transformers.AutoConfig.from_pretrained(
            directory, local_files_only=True, trust_remote_code=False, **options
        )
        _require_modest(config.to_dict(), tensors)
        with torch.device("meta"):
            model = getattr(transformers, auto).from_config(config, trust_remote_code=False)
            model.tie_weights()  # which transformers 5.0 leaves to loading
    except ModelFileError:
        raise
    except Exception as error:
        raise ModelFileError(f"{directory} holds no model that can be loaded: {error}") from error
    asked = sum(weight.numel() for weight in model.parameters())
    kept = model.state_dict().keys()
    computed = sum(each.numel() for name, each in model.named_buffers() if name not in kept)
    packed = 8 if getattr(config, "quantization_config", None) else 1  # several in a byte
    if asked > packed * values or computed > values + _SPARE:
        raise ModelFileError(
            f"{directory} is damaged: config.json asks for {max(asked, computed):,} numbers, and "
            f"the weights have {values:,}"
        )


def read_settings(path: Path) -> dict[str, Any]:
    """A JSON file of settings, as transformers reads it."""
    with damaged(path):
        with open_file(path) as stream:
            raw = stream.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise ValueError(f"it is larger than {_LARGEST:,} bytes")
        content = parse_json(raw, path, constants=True)
        if not isinstance(content, dict):
            raise ValueError("it is no table")  # noqa: TRY004 -- damage, as all the rest
        return content


def _weight_files(directory: Path) -> list[Path]:
    """The files of weights that transformers would read."""
    single, index = directory / "model.safetensors", directory / "model.safetensors.index.json"
    if single.exists():
        return [single]
    if not index.exists():
        raise ModelFileError(
            f"{directory} holds no weights in safetensors (model.safetensors); other files of "
            "weights can run code when they are opened and are not read; "
            "igtkit.models.seq2seq.to_safetensors copies those of torch without running any"
        )
    with damaged(index):
        names = table_of(file_name)(read_settings(index)["weight_map"]).values()
    return [directory / name for name in sorted(set(names))]


def _require_modest(config: dict[str, Any], tensors: int) -> None:
    for path, value in _settings(config):
        key = path[-1]
        if any(name.endswith("_implementation") for name in path):
            if value not in _ATTENTION:
                raise ValueError(f"{key} is {value!r:.80}, which may be code from elsewhere")
        elif isinstance(value, int) and not isinstance(value, bool):
            least, most = -(2**40), 2**40
            if _LAYER_COUNT.fullmatch(key):
                least, most = 0, min(_LAYERS, tensors)
            elif _OTHER_COUNT.search(key):
                least, most = -1, _COUNT
            if not least <= value <= most:
                raise ValueError(f"{key} is {value}, which no model in this folder can have")


def _require_own_files(config: dict[str, Any]) -> None:
    for key, value in config.items():
        if key.endswith("_file") and isinstance(value, str):
            file_name(value)


def _settings(content: Any, path: tuple[str, ...] = ("",)) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every setting with the keys that lead to it."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _settings(value, (*path, str(name)))
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _settings(value, path)
    else:
        yield path, content
