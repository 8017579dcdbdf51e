"""Backends say what they can do, and what they cannot is refused before they are asked."""

from __future__ import annotations

import pytest

from igtkit import IGT, formats
from igtkit.errors import InputError
from igtkit.models.byt5 import VOCABULARY_SIZE, encode
from igtkit.models.causal.backend import CausalBackend
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.ctranslate2 import CTranslate2Backend
from igtkit.models.seq2seq.glosser import Seq2SeqGlosser

FLAGS = ("can_constrain", "can_search", "takes_adapters")


class Simple:
    """A backend of somebody else's that can only write."""

    name = "pencil and paper"
    model = None
    can_constrain = False
    can_search = False
    takes_adapters = False
    vocabulary_size = VOCABULARY_SIZE

    def generate(self, prompts, *, limit, num_beams, constraint, early_stopping=None):
        assert constraint is None
        return [encode("house(ev)")[:limit] for _ in prompts]

    def score(self, prompts, answers):
        return [[-0.1] * len(answer) for answer in answers]


@pytest.fixture
def simple():
    return Seq2SeqGlosser(Simple(), formats.get("interleaved"))


def test_what_the_backends_can_do():
    assert [getattr(Seq2SeqBackend, flag) for flag in FLAGS] == [True] * 3
    assert [getattr(CausalBackend, flag) for flag in FLAGS] == [True] * 3
    assert [getattr(CTranslate2Backend, flag) for flag in FLAGS] == [False] * 3


def test_a_backend_needs_no_more_than_its_protocol(simple):
    (found,) = simple.predict([IGT("ev")], constrained=False)
    assert (found.segmentation, found.glosses) == ("ev", "house")
    assert found.score == pytest.approx(-0.1)
    assert not simple.can_constrain
    assert simple.adapters == ()


def test_what_it_cannot_do_is_refused_by_its_name(simple, tmp_path):
    under = "a model under pencil and paper"
    with pytest.raises(InputError, match=f"{under} cannot be constrained"):
        simple.predict([IGT("ev")])
    with pytest.raises(InputError, match=f"{under} always stops early"):
        simple.predict([IGT("ev")], constrained=False, early_stopping=False)
    with pytest.raises(InputError, match=f"{under} cannot be saved"):
        simple.save_pretrained(tmp_path)
    for ask in (
        lambda: simple.use_adapter("x"),
        lambda: simple.load_adapter(tmp_path, "x"),
        lambda: simple.save_adapter(tmp_path, "x"),
        lambda: simple.merge_adapter("x"),
    ):
        with pytest.raises(InputError, match=f"{under} takes no adapters"):
            ask()
