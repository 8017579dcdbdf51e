"""Ctrl-C while a glosser learns leaves it as it was."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

from igtkit import load_sample, normalize
from igtkit.models import InContextGlosser, LookupGlosser

TRAIN = load_sample().split("train")[:25]
OTHER = [  # of another corpus: its letters are decomposed
    normalize(text, unicode_form="NFD") for text in load_sample().split("train")[25:45]
]
ASKED = load_sample().split("dev")[:3]


def hard_attention():
    pytest.importorskip("torch")
    from igtkit.models import HardAttentionGlosser

    return HardAttentionGlosser(hidden_size=8, epochs=1)


STEPS = {  # what a glosser calls while it learns, stopped in turn
    "lookup": (LookupGlosser, ["igtkit.models.lookup._count", "igtkit.models.lookup._measure"]),
    "crf": (
        quick_glosser,
        ["igtkit.models.crf.learning.collect", "igtkit.models.crf.learning.train_crf"],
    ),
    "hard attention": (hard_attention, ["igtkit.models.hard_attention.glosser.train_network"]),
}


@pytest.mark.parametrize(
    ("name", "step"), [(name, step) for name, (_, steps) in STEPS.items() for step in steps]
)
def test_a_glosser_is_as_it_was(name, step, monkeypatch, tmp_path):
    def stop(*_, **__):
        raise KeyboardInterrupt

    glosser = STEPS[name][0]().fit(TRAIN)
    before, left_out = glosser.predict(ASKED), glosser.left_out
    with monkeypatch.context() as patch:
        patch.setattr(step, stop)
        with pytest.raises(KeyboardInterrupt):
            glosser.fit([*OTHER, ASKED[0].replace(glosses=None)])
    assert glosser.predict(ASKED) == before
    assert glosser.left_out == left_out
    glosser.save_pretrained(tmp_path)


def test_examples_are_as_they_were(monkeypatch):
    from models.in_context.test_glosser import Echo

    glosser = InContextGlosser(Echo(*["x(x)"] * 9), examples=1).fit(TRAIN)
    before = glosser._nearest(ASKED[0])

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("igtkit.models.in_context.glosser.ChrfIndex", stop)
        with pytest.raises(KeyboardInterrupt):
            glosser.fit(OTHER)
    assert glosser._nearest(ASKED[0]) == before
