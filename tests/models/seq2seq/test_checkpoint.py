"""The folder of a saved model, and every way to spoil it."""

from __future__ import annotations

import json
import sys

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    FAST,
    TEXTS,
    glosser_of,
    lines,
    logits,
)

from igtkit.errors import InputError, MissingExtraError, ModelFileError  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402
from igtkit.models.prompted.tokenizer import ByteTokenizer  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_saved_glosser_predicts_the_same(model, folder):
    again = Seq2SeqGlosser.from_pretrained(folder)
    assert again.format.name == "interleaved"
    assert torch.equal(logits(again.backend.model), logits(model))
    expected = glosser_of(model, "interleaved").predict(TEXTS, **FAST)
    assert lines(again.predict(TEXTS, **FAST)) == lines(expected)
    assert lines(load_glosser(folder).predict(TEXTS, **FAST)) == lines(expected)
    assert Seq2SeqGlosser.from_pretrained(folder, format="glosslm").lines == ("glosses",)


def test_a_head_of_its_own_is_still_one_after_saving_twice(model, folder, tmp_path):
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["tie_word_embeddings"] is False
    again = load_model(folder)
    assert not torch.equal(again.lm_head.weight, again.shared.weight)
    save_model(again, tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["tie_word_embeddings"] is False
    assert torch.equal(logits(load_model(tmp_path)), logits(model))


def test_a_tied_head_stays_tied(tmp_path):
    config = transformers.T5Config(
        vocab_size=384,
        d_model=16,
        d_kv=8,
        d_ff=16,
        num_layers=1,
        num_heads=2,
        decoder_start_token_id=0,
    )
    tied = transformers.T5ForConditionalGeneration(config).eval()
    save_model(tied, tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["tie_word_embeddings"] is True
    assert torch.equal(logits(load_model(tmp_path)), logits(tied))


def test_a_new_byt5_checkpoint_loads_as_transformers_computes_it(tmp_path):
    """As google/byt5-base is laid out: an untied head, the setting false, no file of igtkit's."""
    config = transformers.T5Config(
        vocab_size=384, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2,
        feed_forward_proj="gated-gelu", tie_word_embeddings=False, decoder_start_token_id=0,
    )  # fmt: skip
    source = transformers.T5ForConditionalGeneration(config).eval()
    source.lm_head.weight = torch.nn.Parameter(torch.randn(384, 16))
    save_model(source, tmp_path)
    transformers.ByT5Tokenizer().save_pretrained(tmp_path)
    glosser = Seq2SeqGlosser.from_pretrained(tmp_path, format="multitask", dtype="float32")
    assert isinstance(glosser.tokenizer, ByteTokenizer)
    assert torch.equal(logits(glosser.backend.model), logits(source))
    with pytest.raises(InputError, match=r"does not say which prompt format.*'interleaved'"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_device_and_dtype(folder):
    glosser = Seq2SeqGlosser.from_pretrained(folder, device="cpu", dtype="bfloat16")
    assert glosser.backend.model.dtype is torch.bfloat16
    assert len(glosser.predict(TEXTS[:2], max_new_tokens=20)) == 2
    with pytest.raises(InputError, match="dtype must be one of 'float32'"):
        Seq2SeqGlosser.from_pretrained(folder, dtype="int8")
    with pytest.raises(InputError, match="no device 'toaster'"):
        Seq2SeqGlosser.from_pretrained(folder, device="toaster")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_device_that_is_not_there(folder):
    with pytest.raises(InputError, match="cannot be put on the device 'cuda'"):
        Seq2SeqGlosser.from_pretrained(folder, device="cuda")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "config.json").unlink(), "config.json is not there"),
        (lambda path: (path / "config.json").write_text("{"), "config.json is damaged"),
        (lambda path: (path / "config.json").write_text('{"model_type": "gpt2"}'), "kind 'gpt2'"),
        (lambda path: (path / "model.safetensors").unlink(), "no weights in safetensors"),
        (lambda path: (path / "model.safetensors").write_bytes(b"x" * 100), "no model that can be"),
        (lambda path: (path / "seq2seq.json").write_text("[]"), "not of a Seq2SeqGlosser"),
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
def test_a_spoiled_folder_is_one_clear_error(folder, tmp_path, spoil, message):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    spoil(tmp_path)
    with pytest.raises(ModelFileError, match=message):
        Seq2SeqGlosser.from_pretrained(tmp_path)


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
    with pytest.raises(ModelFileError, match="1 weights are missing"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_a_folder_that_is_not_there(tmp_path, monkeypatch):
    with pytest.raises(ModelFileError, match="there is no folder"):
        Seq2SeqGlosser.from_pretrained(tmp_path / "nothing")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelFileError, match="no such repository could be fetched"):
        Seq2SeqGlosser.from_pretrained("nobody/has-this-model", format="interleaved")
    with pytest.raises(ModelFileError, match="no glosser"):
        load_glosser(tmp_path)


def test_a_missing_package_names_the_extra(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match=r"igtkit\[models\]"):
        Seq2SeqGlosser.from_pretrained(folder)
