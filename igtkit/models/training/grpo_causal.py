"""Group relative policy optimization for chat models: the trainer of TRL (PolyGloss, section 9).

`igtkit.models.training.grpo` is the same for seq2seq models, which TRL does not take.
"""

from __future__ import annotations

import contextlib
import copy
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models._transformers import quiet
from igtkit.models.causal.template import ChatTemplate
from igtkit.models.prompted.saving import save_model
from igtkit.models.rewards import Reward
from igtkit.models.training.grpo import GrpoSettings

__all__ = ["train_grpo_causal"]

_LOGGED = {
    "reward": "reward",
    "divergence": "kl",
    "loss": "loss",
    "length": "completions/mean_length",
}


def train_grpo_causal(
    model: Any,
    tokenizer: ChatTemplate,
    prompts: Sequence[str],
    reward: Reward,
    settings: GrpoSettings,
    *,
    columns: Mapping[str, Sequence[Any]] | None = None,
) -> list[dict[str, float]]:
    """Train a chat model by rewards.

    Args:
        model: Changed in place; with adapters of peft only these are trained. The reference is the
            model as it is now.
        tokenizer: What it reads and writes.
        prompts: What the user says. In each epoch those that do not make up a step of
            ``settings.prompts`` are left for another; where there are fewer in all, a step has
            these.
        reward: Called with ``completions``, as conversations, and the columns.
        settings: How; TRL's own settings are set so that a step is that of
            `igtkit.models.training.grpo.train_grpo`.
        columns: More of what the reward is told, by name, one for each prompt.

    Returns:
        Average reward, divergence, loss and length of the outputs of each step.

    Raises:
        InputError: If there is no prompt, a column is of another length, or the prompts of a step
            cannot be shared out to the processes.
        MissingExtraError: If trl is not installed.
    """
    if not prompts:
        raise InputError("there is no prompt to train on")
    for name, column in (columns or {}).items():
        if len(column) != len(prompts):
            raise InputError(f"{len(prompts)} prompts, but {len(column)} in the column {name!r}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what TRL says of its own future
        trl = require("trl", "trl")
        torch, datasets = require("torch", "train"), require("datasets", "train")
        rows = {name: list(column) for name, column in (columns or {}).items()}
        rows["prompt"] = [[{"role": "user", "content": prompt}] for prompt in prompts]
        pretrained = copy.deepcopy(tokenizer.pretrained)
        pretrained.eos_token = pretrained.convert_ids_to_tokens(tokenizer.end)
        on_gpu = torch.cuda.is_available()
        micro, accumulated = _split_step(settings, len(prompts))
        with tempfile.TemporaryDirectory() as temporary, quiet(), _found_again(model, temporary):
            config = trl.GRPOConfig(
                output_dir=temporary,
                per_device_train_batch_size=micro * settings.group,
                gradient_accumulation_steps=accumulated,
                num_generations=settings.group,
                num_train_epochs=settings.epochs,
                max_completion_length=settings.max_new_tokens,
                learning_rate=settings.learning_rate,
                lr_scheduler_type="constant",
                weight_decay=0.01,  # as AdamW has it by itself
                max_grad_norm=settings.clip,
                beta=settings.beta,
                temperature=settings.temperature,
                top_p=settings.top_p,
                top_k=0,
                repetition_penalty=settings.repetition_penalty,
                loss_type="grpo",
                disable_dropout=True,
                chat_template_kwargs={"enable_thinking": False},
                seed=settings.seed,
                bf16=settings.bf16,
                gradient_checkpointing=False,
                use_cpu=not on_gpu,
                dataloader_pin_memory=on_gpu,
                logging_steps=1,
                save_strategy="no",
                report_to=[],
                disable_tqdm=True,
            )
            trainer = trl.GRPOTrainer(
                model=model,
                reward_funcs=[reward],
                args=config,
                train_dataset=datasets.Dataset.from_dict(rows),
                processing_class=pretrained,
            )
            trainer.remove_callback(require("transformers", "train").PrinterCallback)
            trainer.train()
    if "ref" in getattr(model, "peft_config", {}):  # where TRL kept the adapter as it was
        model.delete_adapter("ref")
    model.eval()
    return [
        {name: float(step[key]) for name, key in _LOGGED.items()}
        for step in trainer.state.log_history
        if "reward" in step
    ]


def _split_step(settings: GrpoSettings, count: int) -> tuple[int, int]:
    """Prompts that a process takes at a time, and how often it does so before a step."""
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    prompts = min(settings.prompts, count)
    micro = settings.micro_prompts or max(1, prompts // processes)
    accumulated, rest = divmod(prompts, micro * processes)
    if rest or not accumulated:
        raise InputError(
            f"{prompts} prompts cannot be shared out to {processes} processes that take {micro} at "
            f"a time; make prompts a multiple of {micro * processes}"
        )
    return micro, accumulated


@contextlib.contextmanager
def _found_again(model: Any, directory: str) -> Iterator[None]:
    """Save a model for a while to where its configuration says that it came from.

    TRL loads the reference from there, whatever has become of the model since.
    """
    if hasattr(model, "disable_adapter"):  # TRL copies the adapter, and loads nothing
        yield
        return
    folder = Path(directory) / "reference"
    save_model(model, folder)
    before, model.config._name_or_path = model.config._name_or_path, str(folder)  # noqa: SLF001
    try:
        yield
    finally:
        model.config._name_or_path = before  # noqa: SLF001
