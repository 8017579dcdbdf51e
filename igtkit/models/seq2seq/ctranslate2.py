"""The backend of byte models under CTranslate2: the same answers, faster on a CPU.

It needs the package ``ctranslate2`` (the extra ``fast``). Constrained decoding and adapters need
torch.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Self

from igtkit._optional import require
from igtkit.errors import InputError, ModelFileError
from igtkit.models._checkpoints import saved_settings, staged, whole_checkpoint
from igtkit.models._hub import resolve
from igtkit.models._manifest import damaged, open_file, parse_json
from igtkit.models._schema import list_of, string
from igtkit.models._transformers import quiet
from igtkit.models._trust import read_settings
from igtkit.models.byt5 import END, VOCABULARY_SIZE
from igtkit.models.prompted.backend import Rows
from igtkit.models.prompted.settings import copy_format
from igtkit.models.prompted.tokenizer import ByteTokenizer, find_tokenizer
from igtkit.models.seq2seq._converted import check_converted
from igtkit.models.seq2seq.checkpoint import load_model

_LARGEST = 2**20  # bytes of a list of tokens

__all__ = ["QUANTIZATIONS", "CTranslate2Backend", "convert"]

QUANTIZATIONS = ("float32", "int8", "int8_float32", "bfloat16", "float16")
"""The number types that weights can be converted to; only ``"float32"`` changes no answer."""


def convert(
    source: str | os.PathLike[str],
    directory: str | os.PathLike[str],
    *,
    quantization: str = "float32",
) -> None:
    """Convert a byte-level checkpoint for CTranslate2.

    `Seq2SeqGlosser.from_pretrained` then loads the new folder.

    Args:
        source: The folder of the checkpoint.
        directory: The new folder; there must be nothing in it.
        quantization: One of `QUANTIZATIONS`.

    Raises:
        InputError: If there is no such quantization, or something is in the new folder.
        MissingExtraError: If ctranslate2, torch or transformers are not installed.
        ModelFileError: If the source holds no byte-level T5.
    """
    require("ctranslate2", "fast")
    from ctranslate2.converters import transformers as loaders  # noqa: PLC0415
    from ctranslate2.converters.converter import Converter  # noqa: PLC0415

    target = Path(directory)
    if quantization not in QUANTIZATIONS:
        choices = ", ".join(map(repr, QUANTIZATIONS))
        raise InputError(f"quantization must be one of {choices}, not {quantization!r}")
    if target.exists() and any(target.iterdir()):
        raise InputError(f"{target} is not empty")
    path = resolve(source)
    model = load_model(path, device="cpu", dtype="float32")
    if not isinstance(find_tokenizer(path, model.config.vocab_size), ByteTokenizer):
        raise ModelFileError(f"{path} holds no byte model; only those are converted")
    tokenizer = require("transformers", "models").ByT5Tokenizer()
    # Its reader takes this setting for whether logits are scaled. transformers 5 always has it
    # true, and says in another whether they are.
    model.config.tie_word_embeddings = model.config.scale_decoder_outputs

    class Loaded(Converter):  # type: ignore[misc]  # ctranslate2 has no types
        def _load(self) -> Any:
            with quiet():
                return loaders.T5Loader()(model, tokenizer)

    kind = "Seq2SeqGlosser"
    with staged(target, kind, saved_settings(path, kind)) as folder:
        Loaded().convert(os.fspath(folder), quantization=quantization, force=True)
        copy_format(path, folder)


class CTranslate2Backend:
    """The backend of a model that was converted for CTranslate2.

    Args:
        translator: A ``ctranslate2.Translator``.
    """

    name = "CTranslate2"
    model: Any = None
    can_constrain = False
    can_search = False
    takes_adapters = False
    vocabulary_size = VOCABULARY_SIZE

    def __init__(self, translator: Any) -> None:
        self._translator = translator
        tokenizer = require("transformers", "models").ByT5Tokenizer()
        self._tokens: list[str] = tokenizer.convert_ids_to_tokens(list(range(VOCABULARY_SIZE)))
        self._ids = {token: index for index, token in enumerate(self._tokens)}

    @classmethod
    def from_pretrained(cls, directory: Path, *, device: str | None = None) -> Self:
        """Load a converted model.

        Raises:
            InputError: If it cannot be put on the device.
            MissingExtraError: If ctranslate2 is not installed.
            ModelFileError: If the folder holds none, or a damaged one.
        """
        package = require("ctranslate2", "fast")
        place, _, number = (device or "auto").partition(":")
        try:
            with whole_checkpoint(directory):
                _check(directory)
                translator = package.Translator(
                    os.fspath(directory), device=place, device_index=int(number or 0)
                )
        except ModelFileError:
            raise
        except ValueError as error:
            raise InputError(f"the model cannot be put on {device!r}: {error}") from error
        except RuntimeError as error:
            raise ModelFileError(f"{directory} holds no converted model: {error}") from error
        return cls(translator)

    def generate(
        self,
        prompts: Rows,
        *,
        limit: int,
        num_beams: int,
        constraint: Any,
        early_stopping: bool | None = None,
    ) -> list[list[int]]:
        """Return an answer to each prompt; see `igtkit.models.prompted.backend.Backend`.

        Raises:
            InputError: If there is a constraint, or the search is not to stop early.
        """
        if early_stopping is False:
            raise InputError("a model under CTranslate2 always stops early")
        if constraint is not None:
            raise InputError("a model under CTranslate2 cannot be constrained")
        results = self._translator.translate_batch(
            self._words(prompts),
            beam_size=num_beams,
            max_decoding_length=limit,
            max_input_length=0,
            return_end_token=True,
        )
        return [[self._ids[token] for token in result.hypotheses[0]] for result in results]

    def score(self, prompts: Rows, answers: Rows) -> list[list[float]]:
        """The log-probability of each token; see `igtkit.models.prompted.backend.Backend`."""
        ended = [[index for index in row if index != END] for row in answers]
        results = self._translator.score_batch(
            self._words(prompts), self._words(ended), max_input_length=0
        )
        return [
            list(result.log_probs[: len(row)]) for result, row in zip(results, answers, strict=True)
        ]

    def _words(self, rows: Rows) -> list[list[str]]:
        return [[self._tokens[index] for index in row] for row in rows]


def _check(directory: Path) -> None:
    """Look whether the files are what CTranslate2 can be given."""
    read_settings(directory / "config.json")
    tokens = directory / "shared_vocabulary.json"
    with damaged(tokens):
        with open_file(tokens) as stream:
            found = list_of(string)(parse_json(stream.read(_LARGEST), tokens))
        if len(found) != VOCABULARY_SIZE:
            raise ValueError(f"it has {len(found)} tokens, a byte model {VOCABULARY_SIZE}")
    check_converted(directory / "model.bin")
