"""The settings of a training, and how a step is made up."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")


from igtkit.errors import InputError  # noqa: E402
from igtkit.models.training import TrainingSettings  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_the_defaults_are_the_papers():
    settings = TrainingSettings()
    assert (settings.learning_rate, settings.batch_size, settings.epochs) == (5e-5, 64, 15)
    assert (settings.warmup, settings.clip, settings.bf16) == (0.03, 1.0, True)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"batch_size": 0}, "batch_size must be greater than 0"),
        ({"learning_rate": -1}, "learning_rate must be greater than 0"),
        ({"micro_batch_size": 0}, "micro_batch_size must be greater than 0"),
        ({"warmup": 1}, "warmup must be a share"),
    ],
)
def test_settings_out_of_range(values, message):
    with pytest.raises(InputError, match=message):
        TrainingSettings(**values)


@pytest.mark.parametrize(
    ("micro", "processes", "expected"),
    [(None, 1, (64, 1)), (None, 4, (16, 1)), (8, 1, (8, 8)), (8, 4, (8, 2))],
)
def test_a_step_is_made_up_of_micro_batches(micro, processes, expected):
    assert TrainingSettings(micro_batch_size=micro).split_batch(processes) == expected


@pytest.mark.parametrize(("micro", "processes"), [(7, 1), (8, 3), (128, 1), (None, 3)])
def test_a_batch_that_cannot_be_shared_out(micro, processes):
    with pytest.raises(InputError, match="make batch_size a multiple of"):
        TrainingSettings(micro_batch_size=micro).split_batch(processes)
