"""Prediction shared out to processes."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import (  # noqa: E402
    TEXTS,
)

from igtkit.errors import InputError  # noqa: E402
from igtkit.models import LookupGlosser, training  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_one_process_predicts_everything():
    glosser = LookupGlosser().fit(TEXTS)
    assert training.predict_in_processes(glosser, TEXTS) == glosser.predict(TEXTS)
    assert training.report(glosser, TEXTS)["predictions"] == len(TEXTS)


@pytest.fixture
def gpus(monkeypatch):
    """Two GPUs, as far as anybody can see; what is done with them."""
    done = []
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "set_device", lambda number: done.append(("device", number)))
    distributed = torch.distributed
    monkeypatch.setattr(distributed, "is_initialized", lambda: False)
    monkeypatch.setattr(
        distributed, "init_process_group", lambda backend: done.append(("join", backend))
    )
    monkeypatch.setattr(distributed, "get_rank", lambda: 1)
    monkeypatch.setattr(distributed, "get_world_size", lambda: 2)
    return done


def test_each_process_has_a_gpu_of_its_own_before_it_joins(gpus, monkeypatch):
    monkeypatch.setenv("LOCAL_RANK", "1")
    assert training.start_processes() == (1, 2)
    assert gpus == [("device", 1), ("join", "nccl")]


def test_more_processes_than_gpus_are_refused(gpus, monkeypatch):
    monkeypatch.setenv("LOCAL_RANK", "2")
    with pytest.raises(InputError, match="process 2 has no GPU: there are 2; start torchrun with"):
        training.start_processes()
    assert gpus == []
