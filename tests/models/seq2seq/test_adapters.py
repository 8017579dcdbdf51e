"""LoRA adapters of an encoder-decoder model, by name and by folder."""

from __future__ import annotations

import warnings

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    logits,
)

from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def adapted(folder, tmp_path_factory):
    peft = pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")
    path = tmp_path_factory.mktemp("adapted")
    for file in folder.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    for name, seed in (("tsez", 1), ("lezgi", 2)):
        torch.manual_seed(seed)
        settings = peft.LoraConfig(r=2, target_modules=["q", "v"], init_lora_weights=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an old name
            with_adapter = peft.get_peft_model(load_model(folder), settings)
        with_adapter.save_pretrained(path / "adapters" / name)
    return path


def test_adapters_by_name_and_by_folder(adapted, folder):
    plain = Seq2SeqGlosser.from_pretrained(folder)
    named = Seq2SeqGlosser.from_pretrained(adapted, adapter="tsez")
    by_folder = Seq2SeqGlosser.from_pretrained(folder, adapter=adapted / "adapters" / "tsez")
    there = logits(named.backend.model)
    assert not torch.allclose(there, logits(plain.backend.model))
    assert torch.equal(there, logits(by_folder.backend.model))
    named.load_adapter(adapted / "adapters" / "lezgi", "lezgi")
    assert not torch.allclose(logits(named.backend.model), there)
    named.use_adapter("tsez")
    assert torch.equal(logits(named.backend.model), there)
    named.use_adapter(None)
    assert torch.equal(logits(named.backend.model), logits(plain.backend.model))
    named.use_adapter("tsez")
    assert torch.equal(logits(named.backend.model), there)


def test_adapters_that_are_not_there(adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(adapted, adapter="tsez")
    with pytest.raises(InputError, match=r"no adapter 'git' is loaded; there are: .'tsez'"):
        glosser.use_adapter("git")
    with pytest.raises(InputError, match="'tsez' is loaded already"):
        glosser.load_adapter(adapted / "adapters" / "tsez", "tsez")
    for wrong in ("git", "../adapters/git", tmp_path):
        with pytest.raises(ModelFileError, match="holds no adapter"):
            Seq2SeqGlosser.from_pretrained(adapted, adapter=wrong)
