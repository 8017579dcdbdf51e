"""The figures that come out of training."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    TEXTS,
    small_model,
)

from igtkit import IGT, Prediction  # noqa: E402
from igtkit.models import training  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_perplexity_by_language_leaves_out_what_there_is_nothing_of():
    texts = [*TEXTS[:2], IGT("x", None, "Y", language="Lezgi"), IGT("x", language="Tsez")]
    found = training.language_perplexities(small_model(), texts, ["interleaved", "glosslm"])
    assert set(found["Turkish"]) == {"interleaved", "glosslm"}
    assert set(found["Lezgi"]) == {"interleaved", "glosslm"}  # of its glosses alone
    assert found["Tsez"] == {}


def test_what_no_prediction_has_is_not_scored():
    gold = [text.replace(language="A") for text in TEXTS[:3]]
    glosses_only = [Prediction(None, text.glosses) for text in gold]
    report = training.score_predictions(glosses_only, gold)
    assert report["not_scored"] == ["segmentation", "alignment"]
    assert (report["n"]["glossing"], report["n"]["segmentation"]) == (3, 0)
    assert report["groups"]["A"]["glossing"]["morpheme"]["error_rate"] == 0
    both = [Prediction(text.segmentation, text.glosses) for text in gold]
    assert training.score_predictions(both, gold)["not_scored"] == []
