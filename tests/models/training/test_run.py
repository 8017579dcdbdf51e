"""Training from a checkpoint."""

from __future__ import annotations

import attrs
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    QUICK,
    TEXTS,
    small_model,
)

from igtkit import formats  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models import SeparateGlosser, load_glosser, training  # noqa: E402
from igtkit.models.prompted.tokenizer import ByteTokenizer  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_training_needs_a_byte_model_to_start_from(tmp_path):
    with pytest.raises(InputError, match="name the checkpoint to start from"):
        training.train_glosser(TEXTS, None, ["glosslm"], tmp_path, QUICK)
    with pytest.raises(ModelFileError, match="there is no folder"):
        training.train_glosser(TEXTS, None, ["glosslm"], tmp_path, QUICK, model=tmp_path / "no")


def test_nothing_is_learned_from_what_speakers_reject_unless_told(tmp_path, caplog):
    texts = [*TEXTS, TEXTS[0].replace(transcription="zzz", metadata={"judgment": "*"})]

    def learned(name, **options):
        folder = tmp_path / name
        trained = training.train_glosser(
            texts, None, ["glosslm"], folder, QUICK, tiny=True, **options
        )
        return trained.result["examples"]

    with caplog.at_level("WARNING"):
        left = learned("left")
    assert f"leaves out 1 of {len(texts)} texts, which are marked as ungrammatical" in caplog.text
    assert learned("all", ungrammatical=True) == left + 2  # with the translation and without


def test_a_format_that_learns_is_trained_and_saved_with_what_it_has_learned(tmp_path):
    settings = attrs.evolve(QUICK, steps=2)
    trained = training.train_glosser(TEXTS, None, ["word"], tmp_path, settings, tiny=True)
    learned = formats.get("word").learn(TEXTS)
    assert trained.glosser("word").format == learned
    assert trained.result["examples"] > len(TEXTS)
    assert all(each["word"] > 1 for each in trained.perplexities(TEXTS[:3], ["word"]).values())
    assert load_glosser(tmp_path).format == learned


def test_the_word_format_learns_from_dev_what_its_counts_weigh_beside_the_model(tmp_path):
    settings = attrs.evolve(QUICK, steps=2)
    trained = training.train_glosser(TEXTS, TEXTS[:3], ["word"], tmp_path, settings, tiny=True)
    learned = formats.get("word").learn(TEXTS)
    [checkpoint] = tmp_path.glob("checkpoint-*")
    assert load_glosser(checkpoint).format == learned
    glosser = load_glosser(tmp_path)
    assert glosser.format == trained.glosser("word").format != learned
    assert glosser.format == load_glosser(checkpoint).weigh(TEXTS[:3]).format


def test_a_report_is_computed_in_the_type_that_is_asked_for():
    trained = training.Trained(small_model(), ByteTokenizer(), None, {})
    parts = (trained.glosser("multitask", ["t2s"]), trained.glosser("multitask", ["t2g"]))
    for glosser in (trained.glosser("glosslm"), SeparateGlosser(*parts)):
        trained.model.float()
        asked = {"max_new_tokens": 4, "num_beams": 1}
        found = training.report(glosser, TEXTS[:2], dtype="bfloat16", **asked)
        assert (found["predictions"], trained.model.dtype) == (2, torch.bfloat16)
    with pytest.raises(InputError, match="int8"):
        training.report(glosser, TEXTS[:2], dtype="int8")
