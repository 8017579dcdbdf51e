"""Models that read subwords instead of bytes."""

from __future__ import annotations

import json
import shutil

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    TEXTS,
)

from igtkit import load_sample  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402
from igtkit.models.prompted.tokenizer import SubwordTokenizer  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def subword_folder(tmp_path_factory):
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed")
    path = tmp_path_factory.mktemp("subwords")
    pieces = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="<unk>"))
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<pad>", "</s>", "<unk>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
    )
    pieces.train_from_iterator([text.glosses for text in load_sample()], trainer)
    pieces.post_processor = tokenizers.processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=pieces, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    tokenizer.save_pretrained(path)
    config = transformers.T5Config(
        vocab_size=len(tokenizer), d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2,
        decoder_start_token_id=0,
    )  # fmt: skip
    save_model(transformers.T5ForConditionalGeneration(config), path)
    return path


def test_a_model_with_a_tokenizer(subword_folder):
    glosser = Seq2SeqGlosser.from_pretrained(subword_folder, format="multitask")
    assert isinstance(glosser.tokenizer, SubwordTokenizer)
    text = "house-LOC </s> çok"
    ids = glosser.tokenizer.encode(text)
    assert ids.count(glosser.tokenizer.end) == 1
    assert glosser.tokenizer.decode(ids) == text
    assert glosser.tokenizer.ends(ids)[-1] == len(text)
    predictions = glosser.predict(TEXTS, max_new_tokens=12)
    assert len(predictions) == len(TEXTS)
    interleaved = Seq2SeqGlosser.from_pretrained(subword_folder, format="interleaved")
    with pytest.raises(InputError, match="only byte models can be constrained"):
        interleaved.predict(TEXTS)
    assert interleaved.predict(TEXTS[:1], constrained=False, max_new_tokens=5)[0].problems


def test_a_model_that_lacks_its_tokenizer(subword_folder, tmp_path):
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_bytes((subword_folder / name).read_bytes())
    with pytest.raises(ModelFileError, match="400 ids and no tokenizer"):
        Seq2SeqGlosser.from_pretrained(tmp_path, format="multitask")


def test_a_tokenizer_that_panics_or_names_no_end_is_refused(subword_folder, tmp_path):
    def changed(name, change):
        folder = shutil.copytree(subword_folder, tmp_path / name)
        for file in ("tokenizer.json", "tokenizer_config.json"):
            content = json.loads((folder / file).read_text(encoding="utf-8"))
            change(content)
            (folder / file).write_text(json.dumps(content), encoding="utf-8")
        return folder

    def without_prefix(content):
        if "model" in content:
            content["model"]["continuing_subword_prefix"] = "##########"

    def without_end(content):
        content.pop("eos_token", None)

    with pytest.raises(ModelFileError, match=r"the tokenizer in .* cannot be loaded"):
        Seq2SeqGlosser.from_pretrained(changed("prefix", without_prefix), format="multitask")
    with pytest.raises(ModelFileError, match="names no token for the end"):
        Seq2SeqGlosser.from_pretrained(changed("end", without_end), format="multitask")
