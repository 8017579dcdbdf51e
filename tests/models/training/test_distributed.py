"""Prediction shared out to processes."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    TEXTS,
)

from igtkit.models import LookupGlosser, training  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_one_process_predicts_everything():
    glosser = LookupGlosser().fit(TEXTS)
    assert training.predict_in_processes(glosser, TEXTS) == glosser.predict(TEXTS)
    assert training.report(glosser, TEXTS)["predictions"] == len(TEXTS)
