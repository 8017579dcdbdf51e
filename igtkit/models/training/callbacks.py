"""What happens in the course of a training: notes, checkpoints that can be loaded, an early end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.models.prompted.saving import mend_config
from igtkit.models.training.settings import TrainingSettings

__all__ = ["course_callback", "dev_losses", "finish_checkpoints", "learning_curve", "stop_early"]

LEARNED = "learned_tokens"
"""In the history of a trainer: an entry that says what was learned since the last one."""


def course_callback(trainer: Any, save_steps: int | None) -> Any:
    """Keep the order of an epoch, note what was learned, and ask for checkpoints within epochs.

    A note goes before each checkpoint, so that a run that goes on from there knows of it.

    Args:
        trainer: The trainer of a class that `igtkit.models.training.trainer.trainer_class` made.
        save_steps: Steps between checkpoints besides those after epochs; None for no others.
    """
    transformers = require("transformers", "train")

    class Course(transformers.TrainerCallback):  # type: ignore[misc, name-defined]
        def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            del args, control
            trainer.order.set_epoch(int(state.epoch or 0))

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            del args
            within = not float(state.epoch).is_integer() and not control.should_training_stop
            if save_steps and state.global_step % save_steps == 0 and within:
                trainer.note_learned()
                control.should_save = True

        def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            del args, state, control
            trainer.note_learned()

    return Course()


def stop_early(settings: TrainingSettings) -> Any:
    """End the training after ``settings.patience`` epochs without a better dev loss.

    It counts in the history of the run, which its checkpoints hold, so that a run that goes on ends
    where it would have ended.
    """
    transformers = require("transformers", "train")
    assert settings.patience is not None
    patience = settings.patience

    class StopEarly(transformers.TrainerCallback):  # type: ignore[misc, name-defined]
        def on_evaluate(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            del args
            losses = dev_losses(state.log_history)
            since_best = len(losses) - 1 - losses.index(min(losses))
            if since_best >= patience and len(losses) >= settings.min_epochs:
                control.should_training_stop = True

    return StopEarly()


def finish_checkpoints(beside: Callable[[Path, dict[str, Any]], None] | None) -> Any:
    """Make of each checkpoint that the trainer writes one that loads as the final model does.

    Args:
        beside: Called with the folder of a checkpoint and what is known of the run; writes what
            stands beside the weights.
    """
    transformers = require("transformers", "train")

    class FinishCheckpoints(transformers.TrainerCallback):  # type: ignore[misc, name-defined]
        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            del control
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            if not state.is_world_process_zero or not (folder / "config.json").exists():
                return  # an adapter has no config.json, and needs nothing else
            mend_config(folder)
            if beside is not None:
                course = {
                    "steps": state.global_step,
                    "epochs": state.epoch,
                    "curve": learning_curve(state.log_history),
                }
                beside(folder, course)

    return FinishCheckpoints()


def dev_losses(history: list[dict[str, Any]]) -> list[float]:
    """The losses on dev in the history of a trainer, in nats a token."""
    return [entry["eval_loss"] for entry in history if "eval_loss" in entry]


def learning_curve(history: list[dict[str, Any]]) -> list[dict[str, float]]:
    """The course of the losses in the history of a trainer.

    Returns:
        A point for each epoch, and for each checkpoint within one: ``step``, ``epoch``,
        ``train_loss`` since the point before, and ``dev_loss`` where it was computed; in nats a
        token.

    Example:
        >>> learned = {"step": 3, "epoch": 1.0, "learned_loss": 4.5, "learned_tokens": 9}
        >>> learning_curve([learned, {"step": 3, "epoch": 1.0, "eval_loss": 0.75}])
        [{'step': 3, 'epoch': 1.0, 'train_loss': 0.5, 'dev_loss': 0.75}]
    """
    points: dict[int, dict[str, float]] = {}
    for entry in history:
        found = {}
        if LEARNED in entry:
            found["train_loss"] = entry["learned_loss"] / entry[LEARNED]
        if "eval_loss" in entry:
            found["dev_loss"] = entry["eval_loss"]
        if found:
            point = {"step": entry["step"], "epoch": entry["epoch"]}
            points.setdefault(entry["step"], point).update(found)
    return list(points.values())
