"""Glossers learn from what speakers accept, unless they are told otherwise."""

from __future__ import annotations

import logging

import pytest
from models.quick import quick_glosser

from igtkit import IGT, load_sample
from igtkit.errors import InputError
from igtkit.models import LookupGlosser
from igtkit.models._learnable import texts_to_learn

TEXTS = [
    IGT("evler", "ev-ler", "house-PL"),
    IGT("evde", "ev-de", "house-WRONG", metadata={"judgment": "*"}),
    IGT("kedi", "kedi", "cat", metadata={"judgment": "?"}),
]


def test_ungrammatical_texts_are_left_out_and_that_is_said(caplog):
    with caplog.at_level(logging.WARNING):
        assert texts_to_learn(TEXTS, "X", ungrammatical=False) == [TEXTS[0], TEXTS[2]]
    assert "X leaves out 1 of 3 texts, which are marked as ungrammatical" in caplog.text
    caplog.clear()
    assert texts_to_learn(TEXTS, "X", ungrammatical=True) == TEXTS
    assert not caplog.records


@pytest.mark.parametrize("glosser", [LookupGlosser, quick_glosser])
def test_fit_leaves_them_out_unless_told(glosser):
    texts = [
        *load_sample()[:20],
        TEXTS[1].replace(transcription="zzz", segmentation="zzz", glosses="WRONG"),
    ]
    [guess] = glosser().fit(texts).predict([IGT("zzz")])
    assert guess.glosses != "WRONG"
    [guess] = glosser().fit(texts, ungrammatical=True).predict([IGT("zzz")])
    assert guess.glosses == "WRONG"


def test_only_ungrammatical_texts_teach_nothing():
    with pytest.raises(InputError):
        LookupGlosser().fit(TEXTS[1:2])
