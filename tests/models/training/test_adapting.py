"""Training of LoRA adapters."""

from __future__ import annotations

import math

import attrs
import pytest

from igtkit import IGT
from igtkit.errors import InputError

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `models`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")
pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")

from models.tiny_adapters import (  # noqa: E402
    QUICK,
    TEXTS,
    glosser_of,
    logits,
    small_model,
)

from igtkit.models.adapters import Lora  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.training import (  # noqa: E402
    encode_examples,
    make_examples,
    perplexity,
    train_adapter,
)

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The folder of a model to adapt."""
    folder = tmp_path_factory.mktemp("base")
    glosser_of(small_model()).save_pretrained(folder)
    return folder


def test_training_leaves_the_model_and_loads_the_adapter(base, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base)
    before = logits(glosser)
    result = train_adapter(glosser, TEXTS, "finnish", tmp_path, QUICK)
    assert glosser.adapters == ("finnish",)
    assert not torch.equal(logits(glosser), before)
    glosser.use_adapter(None)
    assert torch.equal(logits(glosser), before)
    # three attentions, queries and values, two matrices of 8 x 48 each
    assert result["parameters"] == 3 * 2 * 2 * 8 * 48
    card = (tmp_path / "README.md").read_text("utf-8")
    assert "A LoRA adapter for" in card
    assert "| Finnish | 3 |" in card
    assert "adapter=" in card
    assert result["examples"] == 8  # of an unsegmented text two are the same


def test_the_same_seed_gives_the_same_adapter(base, tmp_path):
    for name in ("one", "other"):
        glosser = Seq2SeqGlosser.from_pretrained(base)
        torch.manual_seed(len(name))
        train_adapter(glosser, TEXTS, "same", tmp_path / name, QUICK)
    one, other = ((tmp_path / name / "adapter_model.safetensors") for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_the_adapter_with_the_best_dev_loss_is_kept(base, tmp_path):
    """It learns Finnish, and is watched on what that spoils."""
    glosser = Seq2SeqGlosser.from_pretrained(base)
    unlike = [IGT("zz", "zz", "QQQQ", language="Finnish")]
    settings = attrs.evolve(QUICK, epochs=8, learning_rate=0.3)
    result = train_adapter(glosser, TEXTS, "x", tmp_path, settings, dev=unlike)
    losses = [point["dev_loss"] for point in result["curve"]]
    assert result["dev_loss"] == min(losses) < losses[-1]
    watched = encode_examples(make_examples(unlike, ["interleaved"]))
    kept = perplexity(glosser.backend.model, watched).perplexity
    assert math.log(kept) == pytest.approx(min(losses), abs=1e-4)


def test_activations_may_be_computed_twice(base, tmp_path):
    results = []
    for twice in (False, True):
        glosser = Seq2SeqGlosser.from_pretrained(base)
        settings = attrs.evolve(QUICK, gradient_checkpointing=twice)
        train_adapter(glosser, TEXTS, "x", tmp_path / str(twice), settings, lora=Lora(dropout=0))
        results.append(logits(glosser))
    assert torch.allclose(*results, atol=1e-3)


def test_weights_that_are_not_there(base, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base)
    with pytest.raises(InputError, match="no adapter can be made"):
        train_adapter(glosser, TEXTS, "x", tmp_path, QUICK, lora=Lora(modules=("query",)))
    with pytest.raises(InputError):
        train_adapter(glosser, [], "x", tmp_path, QUICK)
    assert glosser.adapters == ()


def test_an_interrupted_training_goes_on(base, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base)
    once = train_adapter(glosser, TEXTS, "x", tmp_path / "once", QUICK)
    train_adapter(glosser, TEXTS, "y", tmp_path / "parts", QUICK)
    (tmp_path / "parts" / "adapter_model.safetensors").unlink()
    (tmp_path / "parts" / "run.json").unlink()  # interrupted before the end was noted
    again = Seq2SeqGlosser.from_pretrained(base)
    result = train_adapter(again, TEXTS, "y", tmp_path / "parts", QUICK, resume=True)
    assert result["steps"] == once["steps"]
    assert torch.equal(logits(again), logits(glosser))


def test_nothing_is_learned_from_what_speakers_reject_unless_told(base, tmp_path):
    texts = [*TEXTS, TEXTS[0].replace(transcription="zzz", metadata={"judgment": "*"})]

    def learned(name, **options):
        glosser = Seq2SeqGlosser.from_pretrained(base)
        return train_adapter(glosser, texts, name, tmp_path / name, QUICK, **options)["examples"]

    assert learned("left") < learned("all", ungrammatical=True)
