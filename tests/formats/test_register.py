"""Prompt formats of a user's own."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from igtkit import IGT, Prediction, formats
from igtkit.errors import InputError
from igtkit.formats import JointFormat, encode_corpus, get, register

TEXT = IGT("evde kim", "ev-de kim", "house-LOC who", "Who is at home?", language="Turkish")


class Slashes(JointFormat):
    """``ev-de/house-LOC kim/who``."""

    name = "slashes"
    prompts = MappingProxyType({"t2sg": "Analyze {text} ({language}; {translation})"})
    training_tasks = scored_tasks = ("t2sg",)

    def joint_target(self, igt):
        return " ".join(f"{word.form}/{word.gloss}" for word in igt.words), None

    def decode_joint(self, output, source, punctuation):
        pairs = [token.partition("/") for token in output.split()]
        return Prediction(
            " ".join(form for form, _, _ in pairs), " ".join(gloss for _, _, gloss in pairs)
        )


pytestmark = pytest.mark.usefixtures("registry_apart")


def test_a_registered_format_is_a_format_like_the_others():
    register(Slashes())
    own = get("slashes")
    assert formats.FORMATS["slashes"] is own
    example = own.encode(TEXT)
    assert example.prompt == "Analyze evde kim (Turkish; Who is at home?)"
    assert example.target == "ev-de/house-LOC kim/who"
    assert example.format == "slashes"
    found = own.decode(example.target, source=TEXT)
    assert (found.segmentation, found.glosses) == (TEXT.segmentation, TEXT.glosses)
    assert own.encode(TEXT.replace(glosses=None)).target is None
    misaligned = TEXT.replace(glosses="house-LOC")
    encoded = encode_corpus([TEXT, misaligned], own)
    assert encoded.counts == {"t2sg": 1}
    assert encoded.left_out_counts == {("t2sg", "misaligned"): 1}


def test_a_joint_format_of_ones_own_may_ask_for_one_line_too():
    class More(Slashes):
        prompts = MappingProxyType({**Slashes.prompts, "t2s": "Segment {text}"})
        training_tasks = ("t2sg", "t2s")

    joint, segmented = More().examples(TEXT)
    assert (segmented.task, segmented.target) == ("t2s", "ev-de kim")
    assert More().decode("ev-de kim", task="t2s") == Prediction("ev-de kim", None)
    assert More().decode(joint.target).glosses == TEXT.glosses


def test_a_model_of_a_registered_format_is_saved_and_loaded(tmp_path):
    pytest.importorskip("transformers")
    from igtkit.models import Seq2SeqGlosser
    from igtkit.models.seq2seq.backend import Seq2SeqBackend
    from igtkit.models.seq2seq.checkpoint import new_model
    from igtkit.models.training import make_examples

    register(Slashes())
    assert [example.target for example in make_examples([TEXT], ["slashes"])] == [
        "ev-de/house-LOC kim/who"
    ]
    model = new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2)
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model.eval()), get("slashes"))
    predicted = glosser.predict([TEXT], max_new_tokens=8)  # constrained=True has nothing to hold
    assert predicted == glosser.predict([TEXT], max_new_tokens=8, constrained=False)
    glosser.save_pretrained(tmp_path)
    assert Seq2SeqGlosser.from_pretrained(tmp_path).predict([TEXT], max_new_tokens=8) == predicted
    del formats._FORMATS["slashes"]
    with pytest.raises(InputError, match="no prompt format 'slashes'"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_what_is_registered_is_an_instance():
    for wrong in (Slashes, "own", None):
        with pytest.raises(InputError, match="instance of a subclass of PromptFormat"):
            register(wrong)


def test_what_cannot_be_registered_is_not():
    register(Slashes())
    for changes, message in (
        ({}, "there is a prompt format 'slashes' already"),
        ({"name": "glosslm"}, "there is a prompt format 'glosslm' already"),
        ({"name": "bad", "prompts": {}}, "Bad has no prompts"),
    ):
        with pytest.raises(InputError, match=message):
            register(type("Bad", (Slashes,), changes)())
    assert formats.FORMATS.keys() == {
        "multitask", "concatenated", "interleaved", "glosslm", "word", "slashes"
    }  # fmt: skip
