"""The folder of a chat model, and every way to spoil it."""

from __future__ import annotations

import json
import shutil

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.causal.tiny_chat import (  # noqa: E402
    FREE,
    TEXTS,
    glosser_of,
)

from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models import CausalGlosser  # noqa: E402
from igtkit.models.causal import load_chat_model, new_chat_model  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_saved_glosser_predicts_the_same(chat, folder, tmp_path):
    loaded = CausalGlosser.from_pretrained(folder)
    assert loaded.format.name == "interleaved"
    expected = glosser_of(chat, "interleaved").predict(TEXTS, **FREE)
    assert loaded.predict(TEXTS, **FREE) == expected
    assert type(load_glosser(folder)) is CausalGlosser
    loaded.save_pretrained(tmp_path)
    assert CausalGlosser.from_pretrained(tmp_path).predict(TEXTS, **FREE) == expected


def test_code_of_a_tokenizer_that_is_not_copied_is_not_named(folder, tmp_path):
    """As a model's is not: the saved folder loads without the files that it came with."""
    source = shutil.copytree(folder, tmp_path / "source")
    (source / "igtkit.json").unlink()
    for name in ("config.json", "tokenizer_config.json"):
        settings = json.loads((source / name).read_text("utf-8"))
        settings["auto_map"] = {"AutoTokenizer": ["somewhere.SomeTokenizer", None]}
        (source / name).write_text(json.dumps(settings), encoding="utf-8")
    CausalGlosser.from_pretrained(source, format="interleaved").save_pretrained(tmp_path / "again")
    for name in ("config.json", "tokenizer_config.json"):
        assert "auto_map" not in (tmp_path / "again" / name).read_text("utf-8")
    transformers.AutoTokenizer.from_pretrained(tmp_path / "again", trust_remote_code=True)


def test_a_checkpoint_of_another_origin_names_its_format(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "model")
    (tmp_path / "model" / "igtkit.json").unlink()
    with pytest.raises(InputError, match=r"does not say which prompt format.*'interleaved'"):
        CausalGlosser.from_pretrained(tmp_path / "model")
    assert type(load_glosser(tmp_path / "model", format="multitask")) is CausalGlosser


def test_settings_of_a_conversation_are_left_aside(chat, folder, tmp_path):
    """A checkpoint may ask for sampling and penalties; glossing does neither."""
    shutil.copytree(folder, tmp_path / "model")
    path = tmp_path / "model" / "generation_config.json"
    asked = {"do_sample": True, "temperature": 2.0, "repetition_penalty": 5.0, "top_k": 3}
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **asked}), encoding="utf-8")
    (tmp_path / "model" / "igtkit.json").unlink()
    loaded = CausalGlosser.from_pretrained(tmp_path / "model", format="interleaved")
    assert loaded.predict(TEXTS, **FREE) == glosser_of(chat, "interleaved").predict(TEXTS, **FREE)
    assert loaded.backend.model.generation_config.repetition_penalty == 5.0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "config.json").unlink(), "config.json is not there"),
        (lambda path: (path / "config.json").write_text("{"), "config.json is damaged"),
        (
            lambda path: (path / "model.safetensors").unlink(),
            r"model\.safetensors is not there|no weights",
        ),
        (lambda path: (path / "model.safetensors").write_bytes(b"x" * 100), "is damaged"),
        (
            lambda path: (path / "tokenizer.json").write_text("{"),
            r"tokenizer\.json is damaged|the tokenizer in .* cannot be loaded",
        ),
        (lambda path: (path / "igtkit.json").write_text("{"), r"igtkit\.json is damaged"),
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_a_spoiled_folder_is_one_clear_error(folder, tmp_path, spoil, message, own):
    shutil.copytree(folder, tmp_path / "model")
    if not own:
        (tmp_path / "model" / "igtkit.json").unlink()
    spoil(tmp_path / "model")
    with pytest.raises(ModelFileError, match=message):
        CausalGlosser.from_pretrained(tmp_path / "model", format="interleaved")


def test_models_that_encode_are_refused(tmp_path):
    save_model(new_model(width=16, inner_width=16, heads=2), tmp_path)
    with pytest.raises(ModelFileError, match="'t5' encodes and decodes"):
        CausalGlosser.from_pretrained(tmp_path, format="interleaved")
    with pytest.raises(ModelFileError, match="No such file"):
        load_chat_model(tmp_path, gguf_file="missing.gguf")


def test_new_models_that_cannot_be():
    with pytest.raises(InputError, match="do not divide"):
        new_chat_model(["a"], width=10, heads=3)
    with pytest.raises(InputError, match="260 or more"):
        new_chat_model(["a"], vocabulary_size=10)
