"""The settings of a training."""

from __future__ import annotations

import attrs

from igtkit.errors import InputError
from igtkit.models._fields import check_positive

__all__ = ["TrainingSettings"]


_POSITIVE_OR_NONE = attrs.validators.optional(check_positive)


@attrs.frozen(kw_only=True)
class TrainingSettings:
    """The settings of a training; the defaults are the paper's (PolyGloss, section 4.2).

    The training scripts have an option for each, described as here.

    Attributes:
        learning_rate: Peak of the learning rate of AdamW.
        min_learning_rate: Where the learning rate ends; it falls from the peak along a cosine.
        batch_size: Examples in one optimizer step, over all processes.
        micro_batch_size: Examples that a process takes at a time; gradients are accumulated up to
            a step. As many as make the step without accumulation if not given.
        epochs: Times to go through the examples.
        steps: Optimizer steps to stop after, instead of epochs.
        warmup: Share of the steps in which the learning rate rises.
        clip: Gradients are scaled down to this norm.
        weight_decay: Weight decay of AdamW.
        beta2: AdamW's decay of squared gradients; lower forgets the first, large ones sooner, which
            helps a model that starts from random weights.
        bf16: Compute in bfloat16 where that is safe (weights stay in float32).
        gradient_checkpointing: Compute activations twice instead of keeping them: less memory, more
            time, the same steps.
        patience: Epochs without a better dev loss to stop after. To the end if not given.
        min_epochs: Epochs before which patience stops nothing.
        save_steps: Keep a checkpoint after every so many steps, too; there is one after each epoch.
        eval_batch_size: Examples of dev, and prompts of a report, that a process takes at a time.
            As in training, and 32 prompts, if not given.
        max_length: Longer prompts and targets, in bytes (tokens of a chat model), are left out and
            counted, never cut.
        seed: Of the order of examples and of dropout.

    Raises:
        InputError: If a number is not in its range.
    """

    learning_rate: float = attrs.field(default=5e-5, validator=check_positive)
    min_learning_rate: float = 0.0
    batch_size: int = attrs.field(default=64, validator=check_positive)
    micro_batch_size: int | None = attrs.field(default=None, validator=_POSITIVE_OR_NONE)
    epochs: float = attrs.field(default=15.0, validator=check_positive)
    steps: int | None = attrs.field(default=None, validator=_POSITIVE_OR_NONE)
    warmup: float = 0.03
    clip: float = attrs.field(default=1.0, validator=check_positive)
    weight_decay: float = 0.01
    beta2: float = 0.999
    bf16: bool = True
    gradient_checkpointing: bool = False
    patience: int | None = attrs.field(default=None, validator=_POSITIVE_OR_NONE)
    min_epochs: int = 0
    save_steps: int | None = attrs.field(default=None, validator=_POSITIVE_OR_NONE)
    eval_batch_size: int | None = attrs.field(default=None, validator=_POSITIVE_OR_NONE)
    max_length: int = attrs.field(default=1024, validator=check_positive)
    seed: int = 0

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.warmup < 1:
            raise InputError(f"warmup must be a share of the steps, from 0 to 1, not {self.warmup}")
        if not 0 <= self.min_learning_rate <= self.learning_rate:
            raise InputError(
                f"min_learning_rate must be from 0 to learning_rate, not {self.min_learning_rate}"
            )
        for name in ("weight_decay", "min_epochs"):
            if not getattr(self, name) >= 0:
                raise InputError(f"{name} must be 0 or more, not {getattr(self, name)}")

    def split_batch(self, processes: int = 1) -> tuple[int, int]:
        """Return how one optimizer step is made up.

        Args:
            processes: How many processes train.

        Returns:
            Examples that a process takes at a time, and how often it does so before the step.

        Raises:
            InputError: If `batch_size` is no multiple of what the processes take at a time.

        Example:
            >>> TrainingSettings(batch_size=64, micro_batch_size=8).split_batch(processes=2)
            (8, 4)
        """
        micro = self.micro_batch_size or max(1, self.batch_size // processes)
        steps, rest = divmod(self.batch_size, micro * processes)
        if rest or not steps:
            raise InputError(
                f"a batch of {self.batch_size} cannot be made of {processes} processes that take "
                f"{micro} examples at a time; make batch_size a multiple of {micro * processes}"
            )
        return micro, steps
