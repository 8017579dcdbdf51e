"""The folder of a saved model, and every way to spoil it."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    glosser_of,
)

from igtkit.errors import ModelFileError  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "config.json").unlink(), "config.json is not there"),
        (lambda path: (path / "config.json").write_text("{"), "config.json is damaged"),
        (
            lambda path: (path / "config.json").write_text('{"model_type": "gpt2"}'),
            "kind 'gpt2'|is damaged",
        ),
        (
            lambda path: (path / "model.safetensors").unlink(),
            r"model\.safetensors is not there|no weights in safetensors",
        ),
        (lambda path: (path / "model.safetensors").write_bytes(b"x" * 100), "is damaged"),
        (lambda path: (path / "igtkit.json").write_text("[]"), "not of a Seq2SeqGlosser"),
        (lambda path: (path / "tokenizer_config.json").write_text("{"), "is damaged"),
    ],
    ids=[
        "no config",
        "bad config",
        "other kind",
        "no weights",
        "bad weights",
        "bad settings",
        "bad tokenizer",
    ],
)
@pytest.mark.parametrize("own", [True, False])
def test_a_spoiled_folder_is_one_clear_error(folder, tmp_path, spoil, message, own):
    for file in folder.iterdir():
        if own or file.name != "igtkit.json":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    spoil(tmp_path)
    with pytest.raises(ModelFileError, match=message):
        Seq2SeqGlosser.from_pretrained(tmp_path, format="interleaved")


def test_weights_that_are_pickled_are_not_read(model, tmp_path):
    glosser_of(model, "interleaved").save_pretrained(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    torch.save(model.state_dict(), tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelFileError, match="safetensors"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_missing_weights_are_an_error_not_random_numbers(model, tmp_path):
    from safetensors.torch import load_file, save_file

    glosser_of(model, "interleaved").save_pretrained(tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    del weights["decoder.block.0.layer.0.SelfAttention.q.weight"]
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelFileError, match=r"model\.safetensors is damaged"):
        Seq2SeqGlosser.from_pretrained(tmp_path)
    (tmp_path / "igtkit.json").unlink()  # as of another origin
    with pytest.raises(ModelFileError, match="1 weights are missing"):
        Seq2SeqGlosser.from_pretrained(tmp_path, format="interleaved")


def test_a_folder_that_is_not_there(tmp_path, monkeypatch):
    with pytest.raises(ModelFileError, match="there is no folder"):
        Seq2SeqGlosser.from_pretrained(tmp_path / "nothing")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelFileError, match="no such repository could be fetched"):
        Seq2SeqGlosser.from_pretrained("nobody/has-this-model", format="interleaved")
    with pytest.raises(ModelFileError, match="no glosser"):
        load_glosser(tmp_path)
