"""A run goes on as it was begun, or not at all."""

from __future__ import annotations

import attrs
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")

from models.tiny_training import QUICK, TEXTS  # noqa: E402

from igtkit.errors import InputError  # noqa: E402
from igtkit.models.training import encode_examples, make_examples  # noqa: E402
from igtkit.models.training.resuming import FinishedRunError, finish_run, start_run  # noqa: E402


@pytest.fixture
def begun(tmp_path):
    """A run with a checkpoint."""
    encoded = encode_examples(make_examples(TEXTS, ["glosslm"]))
    other = encode_examples(make_examples(TEXTS[:3], ["glosslm"]))

    def start(settings=QUICK, examples=encoded, dev=None, *, resume=True):
        return start_run(tmp_path, settings, examples, dev, resume=resume, write=True)

    assert start(resume=False) is None
    assert start(resume=False) is None  # nothing is there that could be lost
    (tmp_path / "checkpoint-3").mkdir()
    start.folder, start.other = tmp_path, other
    return start


def test_it_goes_on_from_its_last_checkpoint(begun):
    assert begun() == str(begun.folder / "checkpoint-3")
    for more in ({"epochs": 9}, {"steps": 7}, {"micro_batch_size": 2}):
        assert begun(attrs.evolve(QUICK, **more)) is not None


def test_it_is_not_started_over(begun):
    with pytest.raises(InputError, match="has checkpoints of a run already; go on with it"):
        begun(resume=False)


def test_other_settings_and_other_data_are_refused(begun):
    with pytest.raises(InputError, match=r"begun with learning_rate 0.01, now 0.5; seed 0, now 4"):
        begun(attrs.evolve(QUICK, learning_rate=0.5, seed=4))
    with pytest.raises(InputError, match="begun with other data"):
        begun(examples=begun.other)
    with pytest.raises(InputError, match="begun with other dev"):
        begun(dev=begun.other)


def test_at_its_end_it_says_so_and_goes_on_for_more_epochs(begun):
    finish_run(begun.folder, {"epochs": 2.0, "steps": 6})
    with pytest.raises(FinishedRunError, match=r"has reached its end, after 2.0 epochs") as caught:
        begun()
    assert caught.value.result == {"epochs": 2.0, "steps": 6}
    assert begun(attrs.evolve(QUICK, epochs=3)) is not None


@pytest.mark.parametrize(
    "notes",
    ["[]", "[" * 10**5, '{"settings": 5}', '{"settings": {}, "end": {"steps": "x"}, "result": {}}'],
    ids=["list", "deep", "number", "text"],
)
def test_a_run_without_notes_goes_on(begun, notes):
    (begun.folder / "run.json").write_text(notes, encoding="utf-8")
    assert begun() is not None
