"""The trainer of transformers, mended where a result would depend on how work is shared out."""

from __future__ import annotations

import importlib
import time
from typing import Any

from igtkit._optional import require
from igtkit.models.training.callbacks import LEARNED
from igtkit.models.training.examples import IGNORED, TrainingSet, forward
from igtkit.models.training.perplexity import perplexities

__all__ = ["trainer_class"]


def trainer_class(batch_size: int, seed: int) -> Any:
    """The class of a trainer whose steps and losses are the same in one process or several.

    A T5 averages the loss over what it is given at a time, and the trainer takes that for the share
    of a step: with accumulation or processes, gradients were sums of averages. Losses are averages
    over tokens here, of all processes; and the order of examples hangs on the seed and the epoch
    alone, since processes draw different numbers where there is dropout.

    Args:
        batch_size: Examples in a step.
        seed: Of the order of the examples.
    """
    torch, transformers = require("torch", "train"), require("transformers", "train")
    grouped = importlib.import_module("transformers.trainer_pt_utils").LengthGroupedSampler

    class EpochSampler(torch.utils.data.Sampler):  # type: ignore[misc, name-defined]
        """Batches of like length, in an order of each epoch's own."""

        def __init__(self, lengths: list[int]) -> None:
            self.lengths, self.epoch = lengths, 0

        def set_epoch(self, epoch: int) -> None:
            self.epoch = epoch

        def __len__(self) -> int:
            return len(self.lengths)

        def __iter__(self) -> Any:
            generator = torch.Generator()
            generator.manual_seed((seed * 1_000_003 + self.epoch) & 0x7FFF_FFFF)
            return iter(grouped(batch_size, lengths=self.lengths, generator=generator))

    class Trainer(transformers.Seq2SeqTrainer):  # type: ignore[misc, name-defined]
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.model_accepts_loss_kwargs = True  # so that it tells `compute_loss` the step's size
            self._summed = [0.0, 0.0]  # loss and tokens since the last note
            self._since = time.perf_counter()

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
            tokens = (labels != IGNORED).sum()
            self._summed[0] += total.detach()
            self._summed[1] += tokens
            if num_items_in_batch is None:
                loss = total / tokens
            else:  # gradients are averaged over processes
                loss = total / num_items_in_batch * self.accelerator.num_processes
            return (loss, {"logits": logits}) if return_outputs else loss

        def evaluate(
            self,
            eval_dataset: Any = None,
            ignore_keys: Any = None,
            metric_key_prefix: str = "eval",
            **_: Any,
        ) -> dict[str, float]:
            """The loss over all tokens of dev, of which each process takes its share."""
            del ignore_keys
            rows = (self.eval_dataset if eval_dataset is None else eval_dataset).rows
            mine = TrainingSet(rows[self.args.process_index :: self.args.world_size])
            with self.compute_loss_context_manager():
                found = perplexities(self.model, mine, batch_size=self.args.eval_batch_size)
            total, tokens = self._over_processes(
                sum(each.negative_log_likelihood for each in found),
                sum(each.tokens for each in found),
            )
            metrics = {f"{metric_key_prefix}_loss": total / tokens}
            self.log(metrics)
            self.control: Any = self.callback_handler.on_evaluate(
                self.args, self.state, self.control, metrics
            )
            return metrics

        def note_learned(self) -> None:
            """Keep in the log, and so in the next checkpoint, what was learned since the last."""
            loss, tokens = self._over_processes(*self._summed)
            now = time.perf_counter()
            if tokens:
                place = {"step": self.state.global_step, "epoch": self.state.epoch}
                learned = {"learned_loss": loss, LEARNED: tokens, "seconds": now - self._since}
                self.state.log_history.append({**place, **learned})
            self._summed, self._since = [0.0, 0.0], now

        def learned(self) -> tuple[float, float]:
            """The loss per token, and the seconds, of the whole run, however often resumed."""
            notes = [entry for entry in self.state.log_history if LEARNED in entry]
            tokens = sum(entry[LEARNED] for entry in notes)
            loss = sum(entry["learned_loss"] for entry in notes) / tokens if tokens else 0.0
            return loss, sum(entry["seconds"] for entry in notes)

        def get_decay_parameter_names(self, model: Any) -> list[str]:
            """All of them, as torch's AdamW has it by itself."""
            return [name for name, _ in model.named_parameters()]

        def _over_processes(self, *sums: Any) -> list[float]:
            mine = torch.tensor([float(each) for each in sums], device=self.args.device)
            summed: list[float] = self.accelerator.reduce(mine, reduction="sum").tolist()
            return summed

        def _get_train_sampler(self, train_dataset: Any = None) -> Any:
            data = self.train_dataset if train_dataset is None else train_dataset
            self.order = EpochSampler([len(row["input_ids"]) for row in data.rows])
            return self.order

    return Trainer
