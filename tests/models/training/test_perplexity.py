"""Perplexity of sentences and languages, against a computation one example at a time."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import small_model  # noqa: E402

from igtkit import IGT, Language, load_sample  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models import training  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")

TURKISH, TSEZ = Language("nucl1301"), Language("dido1241")
TEXTS = [
    *(igt.replace(language=TURKISH) for igt in load_sample().split("train")[:3]),
    IGT("besuro", "besuro", "fish", language=TSEZ),
    IGT("ev", language=TSEZ),  # nothing to foresee
    IGT("ev", "ev", "house", language="Turkish"),  # no glottocode
]


@pytest.fixture(scope="module")
def model():
    return new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2, seed=5)


def by_hand(model, text, names):
    """Summed negative log-likelihood and number of tokens, one example after the other."""
    total, count = 0.0, 0
    examples = training.encode_examples(training.make_examples([text], names))
    for row in examples.rows:
        with torch.no_grad():
            scores = model.eval()(**training.collate([row])).logits[0].log_softmax(1)
        labels = row["labels"]
        total -= sum(scores[at, label].item() for at, label in enumerate(labels))
        count += len(labels)
        assert labels[-1] == 1  # the end counts
    return total, count


@pytest.mark.parametrize("names", [["interleaved"], ["multitask", "concatenated"]])
def test_sentences(model, names):
    found = training.sentence_perplexities(model, TEXTS, names)
    assert found[4] is None
    for text, each in zip(TEXTS, found, strict=True):
        if each is not None:
            total, count = by_hand(model, text, names)
            assert each.tokens == count
            assert each.negative_log_likelihood == pytest.approx(total, rel=1e-4)
            assert each.perplexity == pytest.approx(math.exp(total / count), rel=1e-4)


def test_languages(model):
    found = training.glottocode_perplexities(model, TEXTS, ["interleaved"])
    assert list(found) == ["dido1241", "nucl1301"]
    parts = [by_hand(model, text, ["interleaved"]) for text in TEXTS[:3]]
    total, count = (sum(column) for column in zip(*parts, strict=True))
    assert found["nucl1301"] == pytest.approx(math.exp(total / count), rel=1e-4)


def test_nothing_to_foresee(model):
    with pytest.raises(InputError, match="none of 1 texts gives an example"):
        training.sentence_perplexities(model, [IGT("ev")], ["interleaved"])
    with pytest.raises(InputError, match="none of 1 texts has a glottocode"):
        training.glottocode_perplexities(model, [IGT("ev", "ev", "house")], ["interleaved"])
    with pytest.raises(InputError, match="nothing to foresee"):
        training.pooled([])


def test_perplexity_is_that_of_every_byte(examples):
    model = small_model().eval()
    total, count = 0.0, 0
    for row in examples.rows:
        with torch.no_grad():
            loss = model(**training.collate([row])).loss.item()  # the oracle: one example at a time
        total += loss * len(row["labels"])
        count += len(row["labels"])
    for size in (1, 5, 32):
        found = training.perplexity(model, examples, batch_size=size)
        assert found.tokens == count
        assert found.perplexity == pytest.approx(math.exp(total / count), rel=1e-4)
