"""The order of examples and the losses, whatever dropout draws and however work is shared out."""

from __future__ import annotations

import json
import math
import os
import runpy
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from models.tiny_training import small_model, weights  # noqa: E402

from igtkit.models import training  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model  # noqa: E402
from igtkit.models.training import TrainingSettings  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")

SEEN = """
import json, os, sys
import torch
from igtkit import load_sample
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import TrainingSettings, encode_examples, make_examples, start_processes
from igtkit.models.training import loop, trainer

rank, _ = start_processes()
examples = encode_examples(make_examples(load_sample()[:30], ["glosslm"]))
places = {tuple(row["input_ids"]): n for n, row in enumerate(examples.rows)}
seen, collate = [], loop.collate

def watch(rows):
    seen.extend(places[tuple(row["input_ids"])] for row in rows)
    return collate(rows)

loop.collate = watch
model = new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2, dropout=0.3)
torch.manual_seed(rank)  # processes have drawn different numbers
settings = TrainingSettings(batch_size=6, epochs=3, bf16=False)
result = loop.train_model(model, examples, examples, sys.argv[1], settings)
with open(f"{sys.argv[1]}/seen-{rank}.json", "w", encoding="utf-8") as file:
    json.dump([seen, len(examples), result["dev_loss"]], file)
"""


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_every_example_is_seen_once_an_epoch(tmp_path, processes, monkeypatch):
    script, folder = tmp_path / "script.py", tmp_path / "run"
    script.write_text(SEEN, encoding="utf-8")
    folder.mkdir()
    if processes == 1:
        monkeypatch.setattr(sys, "argv", [str(script), str(folder)])
        monkeypatch.setattr(training.loop, "collate", training.loop.collate)  # as it is afterwards
        runpy.run_path(str(script), run_name="__main__")
    else:
        command = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
        subprocess.run(
            [sys.executable, *command, script, folder],
            check=True,
            timeout=280,
            env={**os.environ, "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"},
        )
    shares = [
        json.loads((tmp_path / "run" / f"seen-{rank}.json").read_text())
        for rank in range(processes)
    ]
    count = shares[0][1]
    per_epoch = [len(seen) // 3 for seen, _, _ in shares]
    for epoch in range(3):
        part = [
            number
            for (seen, _, _), size in zip(shares, per_epoch, strict=True)
            for number in seen[epoch * size : (epoch + 1) * size]
        ]
        assert set(part) == set(range(count))
    assert len({dev_loss for _, _, dev_loss in shares}) == 1


GOES_ON = """
import sys
import transformers
from igtkit import load_sample
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import TrainingSettings, encode_examples, loop, make_examples, start_processes

start_processes()
folder, stop, resume = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "resume"
examples = encode_examples(make_examples(load_sample()[:30], ["glosslm"]))
model = new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2, dropout=0.3)

class Stop(transformers.TrainerCallback):
    def on_save(self, args, state, control, **kwargs):
        if state.global_step == stop:
            sys.exit(0)

settings = TrainingSettings(batch_size=6, epochs=2, bf16=False, save_steps=1, learning_rate=1e-2)
loop.train_model(model, examples, None, folder, settings, resume=resume, callbacks=[Stop()])
"""


@pytest.mark.slow
def test_two_processes_go_on_within_an_epoch(tmp_path):
    """Seven steps of ten are behind them, two of them in the second epoch."""
    script = tmp_path / "script.py"
    script.write_text(GOES_ON, encoding="utf-8")
    for folder, stop, resume in (("a", 0, ""), ("b", 7, ""), ("b", 0, "resume")):
        subprocess.run(
            [
                sys.executable, "-m", "torch.distributed.run", "--standalone",
                "--nproc-per-node=2", script, tmp_path / folder, str(stop), resume,
            ],
            check=True,
            timeout=580,
            env={**os.environ, "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
    one, other = (weights(load_model(tmp_path / folder)) for folder in "ab")
    assert torch.allclose(one, other, atol=1e-6)


def test_the_order_hangs_on_seed_and_epoch(examples):
    def order(seed, epoch):
        made = training.trainer.trainer_class(4, seed)._get_train_sampler(_WithData(examples))
        made.set_epoch(epoch)
        torch.rand(3)
        return list(made)

    assert order(0, 1) == order(0, 1)
    assert order(0, 1) != order(0, 2)
    assert order(0, 1) != order(1, 1)
    assert sorted(order(3, 5)) == list(range(len(examples)))


class _WithData:
    def __init__(self, data):
        self.train_dataset = data


def test_the_dev_loss_is_that_of_all_tokens(examples, tmp_path):
    """Not the average of averages, which hangs on what is taken at a time."""
    losses = []
    for micro in (1, 4):
        model = small_model()
        settings = TrainingSettings(
            learning_rate=1e-2, batch_size=4, micro_batch_size=micro, epochs=1, bf16=False
        )
        result = training.train_model(model, examples, examples, tmp_path / str(micro), settings)
        losses.append(result["dev_loss"])
        found = training.perplexity(model, examples).perplexity
        assert result["dev_loss"] == pytest.approx(math.log(found), abs=1e-4)
    assert losses[0] == pytest.approx(losses[1], abs=1e-3)


def test_a_resumed_run_reports_the_whole_run(examples, tmp_path):
    import attrs
    import transformers

    class Stopped(Exception):  # noqa: N818
        pass

    class Stop(transformers.TrainerCallback):
        def on_save(self, args, state, control, **kwargs):
            raise Stopped

    settings = TrainingSettings(learning_rate=1e-2, batch_size=4, epochs=2, bf16=False)
    through = training.train_model(small_model(), examples, None, tmp_path / "a", settings)
    with pytest.raises(Stopped):
        training.train_model(
            small_model(), examples, None, tmp_path / "b", settings, callbacks=[Stop()]
        )
    resumed = training.train_model(
        small_model(), examples, None, tmp_path / "b", settings, resume=True
    )
    assert resumed["train_loss"] == pytest.approx(through["train_loss"], abs=1e-4)
    one = training.train_model(
        small_model(), examples, None, tmp_path / "c", attrs.evolve(settings, epochs=1)
    )
    assert one["train_loss"] > through["train_loss"]


def test_one_process_with_several_gpus_is_refused(examples, tmp_path, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 4)
    with pytest.raises(training.loop.InputError, match="torchrun --nproc-per-node 4"):
        training.train_model(small_model(), examples, None, tmp_path, TrainingSettings())
