"""Long texts in windows of whole words."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    glosser_of,
)

from igtkit import IGT, formats  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models import byt5  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_long_text_is_refused_and_the_limit_named(model):
    glosser = glosser_of(model, "interleaved", max_input_length=200)
    with pytest.raises(
        InputError, match=r"text 1 is \d+ tokens long.*max_input_length=200.*window"
    ):
        glosser.predict([IGT("gel"), IGT("gel " * 50)])


def test_a_long_text_is_glossed_in_windows(model):
    class Echo(Seq2SeqBackend):
        def generate(self, prompts, *, limit, num_beams, constraint, early_stopping):
            texts = [
                byt5.decode(prompt).split("language: ")[1].split("\n")[0] for prompt in prompts
            ]
            self.sizes = [len(prompt) for prompt in prompts]
            return [byt5.encode(text.upper()) for text in texts]

    text = IGT(" ".join(f"word{number}" for number in range(60)), translation="A long one.")
    glosser = Seq2SeqGlosser(Echo(model), formats.get("multitask"), max_input_length=250)
    prediction = glosser.predict([text], long_input="window")[0]
    assert prediction.glosses == text.transcription.upper() == prediction.segmentation
    assert len(prediction.words) == 60
    assert max(glosser.backend.sizes) <= 250


def test_a_word_over_the_limit_is_refused_in_windows_too(model):
    glosser = glosser_of(model, "interleaved", max_input_length=200)
    with pytest.raises(InputError, match=r"single word 'a{79}.*max_input_length=200"):
        glosser.predict([IGT("b " + "a" * 300)], long_input="window")


def test_what_is_spelled_in_windows_is_whole(model):
    text = IGT("evde kedi uyur " * 6)
    glosser = glosser_of(model, "interleaved", max_input_length=190)
    prediction = glosser.predict([text], spell=True, long_input="window", num_beams=1)[0]
    assert prediction.segmentation.replace("-", "").replace("=", "") == text.transcription.strip()
