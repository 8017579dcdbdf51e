"""Several processes: which one is first, and shares of what is to be predicted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.models.base import Glosser, require_texts

__all__ = ["is_main_process", "predict_in_processes", "start_processes"]


def start_processes() -> tuple[int, int]:
    """Join the processes that ``torchrun`` started, if it did.

    Each gets a GPU of its own where there are GPUs, so call it before anything is put on one.

    Returns:
        The number of this process, from 0, and how many there are.

    Raises:
        InputError: If there are fewer GPUs than processes on this computer.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return 0, 1
    torch = require("torch", "train")
    distributed = torch.distributed
    if not distributed.is_initialized():
        on_gpu = torch.cuda.is_available()
        if on_gpu:
            number, gpus = int(os.environ.get("LOCAL_RANK", "0")), torch.cuda.device_count()
            if number >= gpus:
                raise InputError(
                    f"process {number} has no GPU: there are {gpus}; start torchrun with "
                    f"--nproc-per-node {gpus}"
                )
            torch.cuda.set_device(number)
        distributed.init_process_group("nccl" if on_gpu else "gloo")
    return distributed.get_rank(), distributed.get_world_size()


def is_main_process() -> bool:
    """Whether this is the process that prints and writes files."""
    return int(os.environ.get("RANK", "0")) == 0


def predict_in_processes(
    glosser: Glosser, items: Iterable[IGT], **options: Any
) -> list[Prediction]:
    """Return the predictions of texts, of which each process makes its share.

    Args:
        glosser: The same glosser in every process.
        items: The same texts in every process.
        **options: For ``glosser.predict``.

    Returns:
        One prediction for each text, in order, in every process: none twice, however the texts
        divide by the processes.
    """
    texts = require_texts(items)
    rank, count = start_processes()
    if count == 1:
        return glosser.predict(texts, **options)
    share = texts[rank::count]
    mine = glosser.predict(share, **options) if share else []
    everything: list[list[Prediction]] = [[] for _ in range(count)]
    require("torch", "train").distributed.all_gather_object(everything, mine)
    return [everything[index % count][index // count] for index in range(len(texts))]
