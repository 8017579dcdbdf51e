"""Group relative policy optimization for seq2seq models (PolyGloss, section 9).

For each prompt a group of outputs is sampled. Those that are rewarded above the average of their
group become likelier, the others less likely, while the model is kept near to what it was.

Source: Shao et al. (2024), DeepSeekMath: Pushing the limits of mathematical reasoning in open
language models. TRL has the same for decoder-only models, and takes the rewards of
`igtkit.models.rewards`.
"""

from __future__ import annotations

import copy
import math
import os
import random
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import torch
from torch import Tensor

from igtkit._optional import require
from igtkit._progress import Progress
from igtkit.errors import InputError
from igtkit.models.byt5 import END, PAD, decode, encode, pad
from igtkit.models.rewards import Reward

__all__ = [
    "GrpoSettings",
    "completion_mask",
    "group_advantages",
    "grpo_loss",
    "kl_estimate",
    "train_grpo",
]


@attrs.frozen
class GrpoSettings:
    """The settings of a training by rewards; the defaults are the paper's.

    Attributes:
        learning_rate: Learning rate of AdamW, constant.
        beta: Weight of the distance to the model at the beginning.
        prompts: Prompts in a step, over all processes.
        micro_prompts: Prompts that a process takes at a time; 0 for all of its share.
        group: Outputs sampled for each prompt.
        epochs: How often each prompt is seen.
        temperature: Temperature of sampling.
        top_p: Share of the probability that is sampled from.
        repetition_penalty: As for ``generate`` of transformers.
        max_new_tokens: The longest output, in tokens.
        clip: The largest norm of a gradient; 0 for any.
        bf16: Compute in bfloat16 where that is safe (weights stay in float32).
        seed: Of the order of the prompts and of sampling.

    Raises:
        InputError: If a setting makes no sense.
    """

    learning_rate: float = 5e-5
    beta: float = 0.1
    prompts: int = 8
    micro_prompts: int = 0
    group: int = 8
    epochs: int = 50
    temperature: float = 0.6
    top_p: float = 0.9
    repetition_penalty: float = 1.05
    max_new_tokens: int = 512
    clip: float = 1.0
    bf16: bool = False
    seed: int = 0

    def __attrs_post_init__(self) -> None:
        """Refuse what makes no sense."""
        for name in (
            "learning_rate",
            "prompts",
            "epochs",
            "temperature",
            "top_p",
            "max_new_tokens",
        ):
            if getattr(self, name) <= 0:
                raise InputError(f"{name} must be above 0, not {getattr(self, name)!r}")
        if self.group < 2 or min(self.beta, self.micro_prompts, self.clip) < 0:
            raise InputError(
                "a group needs 2 outputs or more, and beta, micro_prompts and clip cannot be "
                "negative"
            )


def group_advantages(rewards: Tensor) -> Tensor:
    """Return how much better each output is than its group, in standard deviations of the group.

    Args:
        rewards: ``[prompts, outputs]``.

    Returns:
        The same shape; 0 where all outputs of a group are rewarded alike.

    Example:
        >>> found = group_advantages(torch.tensor([[0.0, 1.0], [0.5, 0.5]]))
        >>> [[round(each, 2) for each in row] for row in found.tolist()]
        [[-0.71, 0.71], [0.0, 0.0]]
    """
    centered = rewards - rewards.mean(1, keepdim=True)
    return centered / (rewards.std(1, keepdim=True) + 1e-4)


def completion_mask(outputs: Tensor) -> Tensor:
    """Return which tokens of outputs count: all up to the first end, and that end.

    Args:
        outputs: Ids, ``[outputs, tokens]``.

    Example:
        >>> completion_mask(torch.tensor([[5, END, PAD], [5, 6, 7]])).tolist()
        [[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]
    """
    ends = (outputs == END).long()
    before: Tensor = ends.cumsum(1) - ends
    return (before == 0).float()


def kl_estimate(log_probabilities: Tensor, reference: Tensor) -> Tensor:
    """An estimate of the divergence from a reference at each token, never negative.

    Source: Schulman (2020), Approximating KL divergence: the estimator k3.
    """
    ratio = reference - log_probabilities
    return ratio.exp() - ratio - 1


def grpo_loss(
    log_probabilities: Tensor, reference: Tensor, advantages: Tensor, mask: Tensor, beta: float
) -> Tensor:
    """The loss of outputs that were sampled from the model as it is.

    Args:
        log_probabilities: Of each token under the model, ``[outputs, tokens]``.
        reference: The same under the model as it was at the beginning.
        advantages: Of each output, ``[outputs]``.
        mask: 1 for tokens that count, ``[outputs, tokens]``.
        beta: Weight of the divergence.

    Returns:
        The loss: averaged over the tokens of each output, then over outputs.
    """
    ratio = (log_probabilities - log_probabilities.detach()).exp()  # 1, but for its gradient
    gain = ratio * advantages[:, None]
    loss = beta * kl_estimate(log_probabilities, reference) - gain
    return ((loss * mask).sum(1) / mask.sum(1)).mean()


def train_grpo(
    model: Any,
    prompts: Sequence[str],
    reward: Reward,
    settings: GrpoSettings,
    *,
    columns: Mapping[str, Sequence[Any]] | None = None,
    progress: bool | None = None,
) -> list[dict[str, float]]:
    """Train a byte-level seq2seq model by rewards.

    Args:
        model: Changed in place; with adapters of peft only these are trained, and the reference is
            the model without them.
        prompts: What it is asked; nothing else is needed of the texts.
        reward: Called with ``prompts`` and ``completions``, and the columns.
        settings: How.
        columns: More of what the reward is told, by name, one for each prompt.
        progress: False: no progress bar. Otherwise one where standard error is a terminal and tqdm
            is installed.

    Returns:
        Average reward, divergence, loss and length of the outputs of each step.

    Raises:
        InputError: If there is no prompt, a column is of another length, the prompts of a step
            cannot be shared out to the processes, or a reward is no number for each output.
        MissingExtraError: If accelerate is not installed.
    """
    if not prompts:
        raise InputError("there is no prompt to train on")
    told = dict(columns or {})
    for name, column in told.items():
        if len(column) != len(prompts):
            raise InputError(f"{len(prompts)} prompts, but {len(column)} in the column {name!r}")
    learner = _Learner(model, prompts, reward, settings, told)
    shuffled = random.Random(settings.seed)  # noqa: S311 -- an order is no secret
    history = []
    order = list(range(len(prompts)))
    with torch.random.fork_rng(), Progress(settings.epochs * len(order), progress) as bar:
        torch.manual_seed(settings.seed + learner.accelerator.process_index)
        for _ in range(settings.epochs):
            shuffled.shuffle(order)
            for start in range(0, len(order), settings.prompts):
                chosen = order[start : start + settings.prompts]
                history.append(learner.step(chosen))
                bar.advance(len(chosen))
    return history


class _Learner:
    """A model that learns by rewards, and what it takes to do so."""

    def __init__(
        self,
        model: Any,
        prompts: Sequence[str],
        reward: Reward,
        settings: GrpoSettings,
        told: Mapping[str, Sequence[Any]],
    ) -> None:
        shared = int(os.environ.get("WORLD_SIZE", "1")) > 1
        self.accelerator = require("accelerate", "train").Accelerator(
            cpu=shared and not torch.cuda.is_available()  # else it sees no processes without GPUs
        )
        self._processes = self.accelerator.num_processes
        if settings.prompts % self._processes:
            raise InputError(
                f"{settings.prompts} prompts cannot be shared out to {self._processes} processes; "
                f"make prompts a multiple of {self._processes}"
            )
        self._prompts, self._reward, self._settings, self._told = prompts, reward, settings, told
        has_adapters = hasattr(model, "disable_adapter")
        device = self.accelerator.device
        self._reference = None if has_adapters else copy.deepcopy(model).eval().to(device)
        self._trained = [each for each in model.parameters() if each.requires_grad]
        optimizer = torch.optim.AdamW(self._trained, lr=settings.learning_rate)
        self._model, self._optimizer = self.accelerator.prepare(model, optimizer)
        self._model.eval()  # no dropout: sampled and scored outputs have to be those of one model

    def step(self, chosen: Sequence[int]) -> dict[str, float]:
        """Learn from some prompts, of which each process takes its share; the average figures."""
        size = math.ceil(len(chosen) / self._processes)
        share = chosen[self.accelerator.process_index :: self._processes]
        at_a_time = self._settings.micro_prompts or size
        self._optimizer.zero_grad()
        sums = torch.zeros(5, device=self.accelerator.device)
        for first in range(0, size, at_a_time):  # as often in every process
            part = share[first : first + at_a_time]
            loss, figures = self._learn(part or chosen[:1])
            weight = len(part) / len(chosen)
            # Gradients are averaged over processes. One without a prompt takes part with nothing.
            self.accelerator.backward(loss * weight * self._processes)
            if part:
                sums += torch.stack([loss.detach() * weight, *figures])
        if self._settings.clip:
            self.accelerator.clip_grad_norm_(self._trained, self._settings.clip)
        self._optimizer.step()
        loss_, reward, divergence, tokens, outputs = self.accelerator.reduce(sums).tolist()
        return {
            "reward": reward / outputs,
            "divergence": divergence / tokens,
            "loss": loss_,
            "length": tokens / outputs,
        }

    def _learn(self, chosen: Sequence[int]) -> tuple[Tensor, list[Tensor]]:
        """The loss of prompts, and sums: rewards, divergence, tokens and outputs."""
        settings = self._settings
        asked = [self._prompts[index] for index in chosen]
        bare = self.accelerator.unwrap_model(self._model)
        with torch.autocast(self.accelerator.device.type, torch.bfloat16, enabled=settings.bf16):
            batch, outputs = _sample(bare, asked, settings)
            mine = _score(self._model, batch, outputs, settings.temperature)
            with torch.no_grad():
                if self._reference is None:
                    with bare.disable_adapter():
                        theirs = _score(self._model, batch, outputs, settings.temperature)
                else:
                    theirs = _score(self._reference, batch, outputs, settings.temperature)
        rewards = self._rewards(chosen, outputs)
        mask = completion_mask(outputs)
        advantages = group_advantages(rewards.view(len(asked), settings.group)).flatten()
        loss = grpo_loss(mine, theirs, advantages, mask, settings.beta)
        divergence = (kl_estimate(mine.detach(), theirs) * mask).sum()
        return loss, [rewards.sum(), divergence, mask.sum(), mask.new_tensor(len(outputs))]

    def _rewards(self, chosen: Sequence[int], outputs: Tensor) -> Tensor:
        texts = [decode(row) for row in outputs.tolist()]
        repeated = {
            name: [column[index] for index in chosen for _ in range(self._settings.group)]
            for name, column in {**self._told, "prompts": self._prompts}.items()
        }
        rewards = torch.tensor(self._reward(completions=texts, **repeated), dtype=torch.float32)
        if rewards.shape != (len(texts),) or not torch.isfinite(rewards).all():
            raise InputError("the reward must give one finite number for each output")
        return rewards.to(outputs.device)


def _sample(
    model: Any, prompts: Sequence[str], settings: GrpoSettings
) -> tuple[dict[str, Tensor], Tensor]:
    """Sample outputs: the prompts as they are repeated for them, and the ids of the outputs."""
    ids = torch.from_numpy(pad([encode(prompt) for prompt in prompts]))
    ids = ids.repeat_interleave(settings.group, 0).to(model.device)
    batch = {"input_ids": ids, "attention_mask": (ids != PAD).long()}
    with torch.no_grad():
        outputs = model.generate(
            **batch,
            do_sample=True,
            temperature=settings.temperature,
            top_p=settings.top_p,
            top_k=0,
            repetition_penalty=settings.repetition_penalty,
            max_new_tokens=settings.max_new_tokens,
            use_cache=True,
        )
    return batch, outputs[:, 1:].contiguous()  # without the token that begins every output


def _score(model: Any, batch: dict[str, Tensor], outputs: Tensor, temperature: float) -> Tensor:
    """The log-probability of each token of outputs, ``[outputs, tokens]``."""
    logits = model(**batch, labels=outputs).logits.float() / temperature
    scores: Tensor = logits.log_softmax(2).gather(2, outputs[:, :, None]).squeeze(2)
    return scores
