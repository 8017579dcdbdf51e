"""The training loop: ``transformers.Seq2SeqTrainer``; under ``torchrun`` in several processes."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models._transformers import quiet
from igtkit.models.prompted.saving import save_model
from igtkit.models.training.callbacks import (
    course_callback,
    dev_losses,
    finish_checkpoints,
    learning_curve,
    stop_early,
)
from igtkit.models.training.examples import TrainingSet, collate
from igtkit.models.training.resuming import finish_run, start_run
from igtkit.models.training.settings import TrainingSettings
from igtkit.models.training.trainer import trainer_class

__all__ = ["TRACKERS", "train_model"]

TRACKERS = ("tensorboard", "wandb")
"""The programs that the course of a training can be shown in."""


def train_model(
    model: Any,
    examples: TrainingSet,
    dev: TrainingSet | None,
    directory: str | os.PathLike[str],
    settings: TrainingSettings,
    *,
    resume: bool = False,
    callbacks: Sequence[Any] = (),
    report_to: Sequence[str] = (),
    save: Callable[[Any, Path], None] = save_model,
    beside: Callable[[Path, dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Train a model, in place, and save it.

    Args:
        model: The model, as `load_model` or `new_model` of `igtkit.models.seq2seq.checkpoint` gives
            it, or one that only decodes, as `igtkit.models.causal.load_chat_model` does.
        examples: What to learn from.
        dev: What the loss is computed on after every epoch; needed where `settings` has patience.
            The model with the best is the one that is kept.
        directory: Where the model goes. Its subfolders ``checkpoint-<step>``, the last and the
            best, hold what it takes to go on with training.
        settings: How to train.
        resume: Whether to go on from the last checkpoint in `directory`, where there is one. More
            epochs than before may be asked for; the rest must be as the run was begun.
        callbacks: More ``transformers.TrainerCallback`` to call.
        report_to: Where to show the course of the training, of `TRACKERS`. Each has settings of
            its own in the environment (``TENSORBOARD_LOGGING_DIR``, ``WANDB_PROJECT``).
        save: Writes the model to `directory` at the end.
        beside: Called with the folder of each checkpoint and ``steps``, ``epochs`` and ``curve`` so
            far; writes what stands there beside the weights.

    Returns:
        ``steps``, ``epochs``, ``train_loss`` and ``dev_loss`` (the best; None without dev), both in
        nats a token, ``curve`` (see `igtkit.models.training.learning_curve`), ``seconds`` (of the
        whole run, however often it was resumed, as is the loss), ``processes``,
        ``micro_batch_size``, ``accumulated`` (micro batches in a step) and ``left_out`` (examples
        too long).

    Raises:
        FinishedRunError: If the run that shall go on has reached its end.
        InputError: If there is patience but no dev, the batch cannot be split up, one process has
            several GPUs, the folder holds another run, or `report_to` names what is no tracker, or
            one that is not installed.
        MissingExtraError: If torch, transformers or accelerate are not installed.
    """
    torch, transformers = require("torch", "train"), require("transformers", "train")
    require("accelerate", "train")
    if settings.patience is not None and dev is None:
        raise InputError("patience needs a dev set to watch")
    _require_trackers(report_to)
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    micro, accumulated = settings.split_batch(processes)
    on_gpu = torch.cuda.is_available()
    if processes == 1 and on_gpu and torch.cuda.device_count() > 1:
        count = torch.cuda.device_count()
        raise InputError(
            f"one process has {count} GPUs, and would make steps {count} times as large: start the "
            f"script with torchrun --nproc-per-node {count}, or set CUDA_VISIBLE_DEVICES=0"
        )
    is_first = int(os.environ.get("RANK", "0")) == 0
    last = start_run(directory, settings, examples, dev, resume=resume, write=is_first)
    arguments = transformers.Seq2SeqTrainingArguments(
        output_dir=os.fspath(directory),
        per_device_train_batch_size=micro,
        per_device_eval_batch_size=settings.eval_batch_size or micro,
        gradient_accumulation_steps=accumulated,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="cosine_with_min_lr",
        lr_scheduler_kwargs={"min_lr": settings.min_learning_rate},
        warmup_steps=settings.warmup,
        num_train_epochs=settings.epochs,
        max_steps=settings.steps or -1,
        max_grad_norm=settings.clip,
        weight_decay=settings.weight_decay,
        adam_beta2=settings.beta2,
        bf16=settings.bf16,
        use_cpu=not on_gpu,
        ddp_backend=None if on_gpu or processes == 1 else "gloo",
        eval_strategy="no" if dev is None else "epoch",
        save_strategy="epoch",
        save_total_limit=2,
        load_best_model_at_end=dev is not None,
        metric_for_best_model=None if dev is None else "eval_loss",
        greater_is_better=False,
        dataloader_pin_memory=on_gpu,
        logging_steps=50,
        seed=settings.seed,
        report_to=list(report_to),
        disable_tqdm=True,
        remove_unused_columns=False,
        label_names=["labels"],
    )
    watching = [] if settings.patience is None else [stop_early(settings)]
    trainer = trainer_class(settings.batch_size, settings.seed)(
        model=model,
        args=arguments,
        train_dataset=examples,
        eval_dataset=dev,
        data_collator=collate,
        callbacks=[finish_checkpoints(beside), *watching, *callbacks],
    )
    trainer.add_callback(course_callback(trainer, settings.save_steps))
    if settings.gradient_checkpointing:
        _checkpoint_activations(model)
    with quiet():
        trainer.train(resume_from_checkpoint=last)
    if trainer.state.best_model_checkpoint and hasattr(model, "peft_config"):
        _restore_adapter(model, Path(trainer.state.best_model_checkpoint))
    trainer.note_learned()
    train_loss, seconds = trainer.learned()
    # Training wraps the model's forward pass to compute in bfloat16.
    model = trainer.accelerator.unwrap_model(trainer.model, keep_fp32_wrapper=False).eval()
    if trainer.is_world_process_zero():
        save(model, Path(directory))
    trainer.accelerator.wait_for_everyone()
    outcome = {
        "steps": trainer.state.global_step,
        "epochs": trainer.state.epoch,
        "train_loss": train_loss,
        "dev_loss": min(dev_losses(trainer.state.log_history), default=None),
        "curve": learning_curve(trainer.state.log_history),
        "seconds": round(seconds, 1),
        "processes": processes,
        "micro_batch_size": micro,
        "accumulated": accumulated,
        "left_out": examples.left_out,
    }
    if is_first:
        finish_run(directory, outcome)
    return outcome


def _require_trackers(names: Sequence[str]) -> None:
    for name in names:
        if name not in TRACKERS:
            raise InputError(f"there is no tracker {name!r}; there are: {', '.join(TRACKERS)}")
        if importlib.util.find_spec(name) is None:
            raise InputError(f"the package {name} is not installed; run: pip install {name}")


def _checkpoint_activations(model: Any) -> None:
    """Let a model compute its activations again in the backward pass."""
    inside = model.get_base_model() if hasattr(model, "get_base_model") else model  # of adapters
    options = {"use_reentrant": False}  # so that gradients pass inputs that have none
    if hasattr(inside, "activation_checkpointing_enable"):  # the name since transformers 5.24
        inside.activation_checkpointing_enable(activation_checkpointing_kwargs=options)
    else:
        inside.gradient_checkpointing_enable(gradient_checkpointing_kwargs=options)


def _restore_adapter(model: Any, checkpoint: Path) -> None:
    """Take an adapter back to how it was at a checkpoint: the trainer does not find it there."""
    name = model.active_adapter
    file = checkpoint / name / "adapter_model.safetensors"  # peft gives each a folder of its name
    state = require("safetensors.torch", "train").load_file(file)
    require("peft", "train").set_peft_model_state_dict(model, state, adapter_name=name)
