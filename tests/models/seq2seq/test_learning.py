"""A model that is trained learns: a tiny one knows by heart what it was shown, in every format."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import formats, load_sample  # noqa: E402
from igtkit.metrics import evaluate  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402
from igtkit.models.training import TrainingSettings, encode_examples, make_examples, train_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def learn(name, texts, folder, steps):
    model = new_model(
        width=64, inner_width=128, encoder_layers=1, decoder_layers=1, heads=4, dropout=0, seed=1
    )
    examples = encode_examples(make_examples(texts, [name], training=False))
    settings = TrainingSettings(
        learning_rate=5e-3, batch_size=10, steps=steps, warmup=0.05, beta2=0.98, bf16=False,
        weight_decay=0,  # what is learned by heart shall not fade
    )  # fmt: skip
    train_model(model, examples, None, folder, settings)
    return Seq2SeqGlosser(Seq2SeqBackend(model), formats.get(name))


def short_texts(count):
    """The shortest texts of the sample, each transcription once."""
    texts = {text.transcription: text for text in load_sample().split("train")}
    return sorted(texts.values(), key=lambda text: (len(text.glosses), text.transcription))[:count]


def error_rate(glosser, texts, level="morpheme"):
    predictions = glosser.predict(texts, max_new_tokens=160)
    return evaluate(predictions=predictions, references=texts)[f"glossing.{level}.error_rate"]


def test_a_few_words_are_learned_by_heart(tmp_path):
    texts = short_texts(5)
    assert error_rate(learn("interleaved", texts, tmp_path, 120), texts) < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("name", formats.FORMATS)
def test_thirty_texts_are_learned_by_heart(name, tmp_path):
    texts = short_texts(30)
    steps = 750 if name == "multitask" else 600  # a text gives it two examples
    # an answer of one word that was not learned may go round (kır-lar-lar-lar-…): it counts once
    level = "word" if name == "word" else "morpheme"
    assert error_rate(learn(name, texts, tmp_path, steps), texts, level) < 0.05
