"""The training loop: ``transformers.Seq2SeqTrainer``; under ``torchrun`` in several processes."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models._transformers import quiet
from igtkit.models.prompted.saving import save_model, write_head_setting
from igtkit.models.training.examples import IGNORED, TrainingSet, collate, forward
from igtkit.models.training.settings import TrainingSettings

__all__ = ["train_model"]


def train_model(
    model: Any,
    examples: TrainingSet,
    dev: TrainingSet | None,
    directory: str | os.PathLike[str],
    settings: TrainingSettings,
    *,
    resume: bool = False,
    callbacks: Sequence[Any] = (),
    save: Callable[[Any, Path], None] = save_model,
) -> dict[str, Any]:
    """Train a model, in place, and save it.

    Args:
        model: The model, as `load_model` or `new_model` of `igtkit.models.seq2seq.checkpoint` gives
            it, or one that only decodes, as `igtkit.models.causal.load_chat_model` does.
        examples: What to learn from.
        dev: What the loss is computed on after every epoch; needed where `settings` has patience.
        directory: Where the model goes. Its subfolders ``checkpoint-<step>`` hold what it takes to
            go on with training.
        settings: How to train.
        resume: Whether to go on from the last checkpoint in `directory`, where there is one.
        callbacks: More ``transformers.TrainerCallback`` to call.
        save: Writes the model to `directory` at the end.

    Returns:
        ``steps``, ``epochs``, ``train_loss``, ``dev_loss`` (the last, or the best with patience;
        None without dev), ``seconds``, ``processes``, ``micro_batch_size``,
        ``accumulated`` (micro batches in a step) and ``left_out`` (examples too long).

    Raises:
        InputError: If there is patience but no dev, or the batch cannot be split up.
        MissingExtraError: If torch, transformers or accelerate are not installed.
    """
    torch, transformers = require("torch", "train"), require("transformers", "train")
    require("accelerate", "train")
    if settings.patience is not None and dev is None:
        raise InputError("patience needs a dev set to watch")
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    micro, accumulated = settings.split_batch(processes)
    on_gpu = torch.cuda.is_available()
    arguments = transformers.Seq2SeqTrainingArguments(
        output_dir=os.fspath(directory),
        per_device_train_batch_size=micro,
        per_device_eval_batch_size=micro,
        gradient_accumulation_steps=accumulated,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="cosine",
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
        load_best_model_at_end=settings.patience is not None,
        metric_for_best_model=None if dev is None else "eval_loss",
        greater_is_better=False,
        dataloader_pin_memory=on_gpu,
        logging_steps=50,
        seed=settings.seed,
        report_to=[],
        disable_tqdm=True,
        remove_unused_columns=False,
        label_names=["labels"],
    )
    stop_early = (
        [] if settings.patience is None else [transformers.EarlyStoppingCallback(settings.patience)]
    )
    trainer = _trainer_class(settings.batch_size)(
        model=model,
        args=arguments,
        train_dataset=examples,
        eval_dataset=dev,
        data_collator=collate,
        callbacks=[_head_setting_callback(), *stop_early, *callbacks],
    )
    last = (
        transformers.trainer_utils.get_last_checkpoint(directory)
        if resume and Path(directory).is_dir()
        else None
    )
    with quiet():
        result = trainer.train(resume_from_checkpoint=last)
    # Training wraps the model's forward pass to compute in bfloat16.
    model = trainer.accelerator.unwrap_model(trainer.model, keep_fp32_wrapper=False).eval()
    if trainer.is_world_process_zero():
        save(model, Path(directory))
    trainer.accelerator.wait_for_everyone()
    losses = [entry["eval_loss"] for entry in trainer.state.log_history if "eval_loss" in entry]
    return {
        "steps": trainer.state.global_step,
        "epochs": trainer.state.epoch,
        "train_loss": result.training_loss,
        "dev_loss": (min(losses) if settings.patience else losses[-1]) if losses else None,
        "seconds": round(result.metrics["train_runtime"], 1),
        "processes": processes,
        "micro_batch_size": micro,
        "accumulated": accumulated,
        "left_out": examples.left_out,
    }


def _trainer_class(batch_size: int) -> Any:
    """The trainer, mended where one step would depend on how it is shared out.

    A T5 averages the loss over what it is given at a time, and the trainer takes that for the share
    of a step: with accumulation or processes, gradients were sums of averages.
    """
    torch, transformers = require("torch", "train"), require("transformers", "train")
    sampler = importlib.import_module("transformers.trainer_pt_utils").LengthGroupedSampler

    class Trainer(transformers.Seq2SeqTrainer):  # type: ignore[misc, name-defined]
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.model_accepts_loss_kwargs = True  # so that it tells `compute_loss` the step's size

        def compute_loss(
            self,
            model: Any,
            inputs: Any,
            return_outputs: bool = False,
            num_items_in_batch: Any = None,
        ) -> Any:
            """A micro batch's share of the step's loss: summed, over all tokens of the step."""
            logits = forward(model, inputs)
            labels = inputs["labels"].flatten()
            total = torch.nn.functional.cross_entropy(
                logits.flatten(0, 1).float(),
                labels,
                ignore_index=IGNORED,
                reduction="sum",
            )
            if num_items_in_batch is None:
                loss = total / (labels != IGNORED).sum()
            else:  # gradients, and losses in the log, are averaged over processes
                loss = total / num_items_in_batch * self.accelerator.num_processes
            return (loss, {"logits": logits}) if return_outputs else loss

        def _get_train_sampler(self, train_dataset: Any = None) -> Any:
            """Batches of like length, the same however they are shared out."""
            data = self.train_dataset if train_dataset is None else train_dataset
            return sampler(batch_size, lengths=[len(row["input_ids"]) for row in data.rows])

    return Trainer


def _head_setting_callback() -> Any:
    """After every checkpoint that the trainer writes, mend what it says of the head."""
    transformers = require("transformers", "train")

    class WriteHeadSetting(transformers.TrainerCallback):  # type: ignore[misc, name-defined]
        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            del control
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            if state.is_world_process_zero and (folder / "config.json").exists():  # no adapter
                write_head_setting(folder)

    return WriteHeadSetting()
