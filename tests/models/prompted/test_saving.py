"""Saved models compute the same for every reader: the head is as the weights have it."""

from __future__ import annotations

import json
import shutil

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    logits,
)

from igtkit.errors import InputError  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402
from igtkit.models.prompted.tokenizer import ByteTokenizer  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_head_of_its_own_is_still_one_after_saving_twice(model, folder, tmp_path):
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["tie_word_embeddings"] is False
    again = load_model(folder)
    assert not torch.equal(again.lm_head.weight, again.shared.weight)
    save_model(again, tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["tie_word_embeddings"] is False
    assert torch.equal(logits(load_model(tmp_path)), logits(model))


def test_code_that_is_not_copied_is_not_named(folder, tmp_path):
    """A released checkpoint names a class of its own in auto_map, for those who trust its code."""
    source = shutil.copytree(
        folder, tmp_path / "source", ignore=shutil.ignore_patterns("igtkit.json")
    )
    config = json.loads((source / "config.json").read_text("utf-8"))
    config["auto_map"] = {"AutoModelForSeq2SeqLM": "somewhere.SomeClass"}
    (source / "config.json").write_text(json.dumps(config), encoding="utf-8")
    glosser = Seq2SeqGlosser.from_pretrained(source, format="interleaved")
    glosser.save_pretrained(tmp_path / "again")
    assert "auto_map" not in (tmp_path / "again" / "config.json").read_text("utf-8")
    transformers.AutoModelForSeq2SeqLM.from_pretrained(
        tmp_path / "again", trust_remote_code=True
    )  # which would look for the code


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
