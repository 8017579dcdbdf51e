"""Two models instead of one."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    FAST,
    TEXTS,
    Parrot,
    glosser_of,
    gold,
    lines,
)

from igtkit import IGT, formats  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.separate import NOT_GLOSSED, PipelineGlosser, SeparateGlosser  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def parrots(model, text, segmentation, glosses, given):
    segmenter = Parrot(model, dict([gold(text, "multitask", "t2s", segmentation)]))
    glosser = Parrot(model, dict([
        gold(text, "multitask", "t2g", glosses),
        gold(text.replace(segmentation=segmentation), "multitask", "s2g", given),
    ]))  # fmt: skip
    return (
        Seq2SeqGlosser(segmenter, formats.get("multitask"), tasks=["t2s"]),
        Seq2SeqGlosser(glosser, formats.get("multitask"), tasks=["t2g"]),
    )


def test_separate_models_answer_apart_and_a_pipeline_in_turn(model):
    text = IGT("evde")
    pair = parrots(model, text, "ev-de", "house", "house-LOC")
    separate = SeparateGlosser(*pair).predict([text])[0]
    assert (separate.segmentation, separate.glosses) == ("ev-de", "house")
    pipeline = PipelineGlosser(*pair).predict([text])[0]
    assert (pipeline.segmentation, pipeline.glosses) == ("ev-de", "house-LOC")
    for kind, prediction in (("SeparateGlosser", separate), ("PipelineGlosser", pipeline)):
        assert prediction.system == kind
        assert prediction.words[0][0].form == "ev-de"
        assert 0 < prediction.words[0][0].probability < 1


@pytest.mark.parametrize("kind", [SeparateGlosser, PipelineGlosser])
def test_two_models_take_what_is_given_and_come_back_from_a_folder(model, kind, tmp_path):
    glosser = kind(
        glosser_of(model, "multitask", tasks=["t2s"]), glosser_of(model, "multitask", tasks=["t2g"])
    )
    glosser.save_pretrained(tmp_path)
    again = load_glosser(tmp_path)
    assert type(again) is kind
    assert again.segmenter.tasks == ("t2s",)
    for given in (None, "segmentation", "partial"):
        expected = glosser.predict(TEXTS, given=given, **FAST)
        assert lines(again.predict(TEXTS, given=given, **FAST)) == lines(expected)
    kept = kind(again.segmenter, again.glosser).predict(TEXTS, given="segmentation", **FAST)
    assert [each.segmentation for each in kept] == [text.segmentation for text in TEXTS]
    with pytest.raises(InputError, match="list of texts is empty"):
        glosser.predict([])
    with pytest.raises(InputError, match="given must be"):
        glosser.predict(TEXTS[:1], given="glosses", **FAST)


def test_a_pipeline_survives_any_segmentation(model):
    for answer in ("", "a" * 3000):
        segmenter = Parrot(model, dict([gold(IGT("evde"), "multitask", "t2s", answer)]))
        glosser = PipelineGlosser(
            Seq2SeqGlosser(segmenter, formats.get("multitask"), tasks=["t2s"]),
            glosser_of(model, "multitask"),
        )
        prediction = glosser.predict([IGT("evde")], max_new_tokens=3001)[0]
        assert prediction.glosses == ""
        assert NOT_GLOSSED in prediction.problems


def test_a_glosslm_model_cannot_segment(model):
    with pytest.raises(InputError, match="glosslm model cannot segment"):
        SeparateGlosser(glosser_of(model, "glosslm"), glosser_of(model, "glosslm"))


def test_two_models_of_one_line_each_cannot_be_held_to_the_transcription(model):
    pair = (glosser_of(model, "multitask", tasks=[task]) for task in ("t2s", "t2g"))
    with pytest.raises(InputError, match="answers that hold both lines"):
        SeparateGlosser(*pair).predict(TEXTS, same_words=True)
