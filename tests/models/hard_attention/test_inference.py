"""Lines and predictions, by a network that has learned nothing: what holds of any."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="needs torch (the extra models)")

import torch

from igtkit import IGT, check
from igtkit.models.hard_attention.data import Vocabulary
from igtkit.models.hard_attention.inference import Inference
from igtkit.models.hard_attention.network import Network, Size

VOCABULARY = Vocabulary(tuple("adelrsuv "), ("house", "PL", "=LOC"), apart=(".",))


@pytest.fixture(scope="module")
def inference():
    torch.manual_seed(0)
    size = Size(characters=11, labels=3, hidden_size=8, layers=1, dropout=0.0, max_morphemes=3)
    return Inference(Network(size), VOCABULARY, "cpu")


def gloss(inference, *lines, segmented=False):
    return inference.gloss(lines, segmented=segmented, progress=False)


def test_each_line_has_its_prediction_whatever_its_length(inference):
    lines = [" ".join(["evler"] * (n % 7)) for n in range(70)]  # more than one batch
    made = gloss(inference, *lines)
    for line, prediction in zip(lines, made, strict=True):
        assert len(prediction.words) == len(line.split())
        spelled = prediction.segmentation.replace("-", "").replace("=", "")
        assert spelled == line


def test_segments_and_glosses_pair_up(inference):
    made = gloss(inference, "evler suda", "x yy zzz")
    assert [check(IGT(None, each.segmentation, each.glosses)) for each in made] == [(), ()]


def test_a_mark_that_stands_apart_is_written_as_the_text_has_it(inference):
    apart, attached = gloss(inference, "evler .", "evler.")
    assert attached.segmentation == apart.segmentation.replace(" .", ".")
    assert attached.glosses == apart.glosses.replace(" .", ".")


def test_a_segmentation_is_kept_and_glossed_morpheme_by_morpheme(inference):
    (made,) = gloss(inference, "ev-ler=de su .", segmented=True)
    assert made.segmentation == "ev-ler=de su ."
    first, second, last = made.glosses.split()
    assert (first.count("-"), first.count("="), last) == (1, 1, ".")
    assert second.strip("=") in {"house", "PL", "LOC"}


def test_the_score_is_the_product_of_the_probabilities_of_words(inference):
    (made,) = gloss(inference, "evler . suda")
    first, mark, last = (word.probability for (word,) in made.words)
    assert mark is None
    assert made.score == pytest.approx(first * last)
