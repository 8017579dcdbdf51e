"""A tiny encoder-decoder model as a glosser, and one that says what it is told."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from igtkit import formats, load_sample  # noqa: E402
from igtkit.boundaries import is_word, split_words  # noqa: E402
from igtkit.models import byt5  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402

SMALL = {"width": 32, "inner_width": 48, "encoder_layers": 1, "decoder_layers": 1, "heads": 2}
TEXTS = list(load_sample().split("dev")[:6])
FAST = {"max_new_tokens": 40, "num_beams": 2}


def glosser_of(model, name, **options):
    return Seq2SeqGlosser(Seq2SeqBackend(model), formats.get(name), **options)


def lines(predictions):
    return [(each.segmentation, each.glosses) for each in predictions]


class Parrot(Seq2SeqBackend):
    """Answers each prompt with what a table says; scores with the model."""

    def __init__(self, model, answers):
        super().__init__(model)
        self.answers = {tuple(byt5.encode(prompt)): answer for prompt, answer in answers.items()}
        self.asked = []

    def generate(self, prompts, *, limit, num_beams, constraint, early_stopping):
        self.asked.append([tuple(prompt) for prompt in prompts])
        return [byt5.encode(self.answers[tuple(prompt)])[:limit] for prompt in prompts]


def gold(text, name, task, answer):
    """The prompt for a text, and an answer."""
    plain = text if task == "s2g" else text.replace(segmentation=None)
    return formats.get(name).encode(plain.replace(glosses=None), task).prompt, answer


def number_of_words(line):
    return sum(map(is_word, split_words(line)))


def words_of(line):
    return [token for token in split_words(line) if is_word(token)]


def logits(model):
    batch = {
        "input_ids": torch.tensor([byt5.encode("Text: evde")]),
        "labels": torch.tensor([byt5.encode("ev-de")]),
    }
    with torch.no_grad():
        return model(**batch).logits
