"""The backend of decoder-only models under torch: writes answers and scores them."""

from __future__ import annotations

from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models._transformers import quiet
from igtkit.models.prompted.backend import Rows, TorchBackend

__all__ = ["CausalBackend"]


class CausalBackend(TorchBackend):
    """The backend of a model of transformers that goes on where a prompt ends.

    Args:
        model: A ``transformers.PreTrainedModel`` with a language modeling head.
        end: The id that ends an answer.
    """

    def __init__(self, model: Any, end: int) -> None:
        super().__init__(model)
        self.end = end

    def generate(
        self,
        prompts: Rows,
        *,
        limit: int,
        num_beams: int,
        constraint: Any,
        early_stopping: bool | None = None,
    ) -> list[list[int]]:
        """Return an answer to each prompt; see `igtkit.models.prompted.backend.Backend`.

        Raises:
            InputError: If a prompt and its answer are longer than the model can read.
        """
        import torch  # noqa: PLC0415  # torch takes a second to load

        length = max(map(len, prompts))
        longest = getattr(self.model.config, "max_position_embeddings", None)
        if longest is not None and length + limit > longest:
            raise InputError(
                f"a prompt of {length} tokens and an answer of {limit} are more than the {longest} "
                "that the model can read; lower max_new_tokens, or split the text"
            )
        inputs, mask = self._left(prompts)
        asked = early_stopping is not None and num_beams > 1
        # What the checkpoint says of sampling or penalties is for conversation.
        config = require("transformers", "models").GenerationConfig(
            max_new_tokens=limit,
            num_beams=num_beams,
            do_sample=False,
            eos_token_id=self.end,
            pad_token_id=self.end,
            **({"early_stopping": early_stopping} if asked else {}),
        )
        before, self.model.generation_config = self.model.generation_config, config
        try:
            with torch.inference_mode(), quiet():
                outputs = self.model.generate(
                    input_ids=inputs,
                    attention_mask=mask,
                    logits_processor=None if constraint is None else [constraint],
                )
        finally:
            self.model.generation_config = before
        rows: list[list[int]] = outputs[:, length:].tolist()
        return [row[: row.index(self.end) + 1] if self.end in row else row for row in rows]

    def score(self, prompts: Rows, answers: Rows) -> list[list[float]]:
        """The log-probability of each token of an answer; see `Backend`."""
        import torch  # noqa: PLC0415

        whole = [[*prompt, *answer] for prompt, answer in zip(prompts, answers, strict=True)]
        most = max(map(len, answers))
        if not most:
            return [[] for _ in answers]
        inputs, mask = self._left(whole)
        with torch.inference_mode():
            logits = self.model(
                input_ids=inputs,
                attention_mask=mask,
                position_ids=(mask.cumsum(1) - 1).clamp(min=0),
                logits_to_keep=most + 1,
            ).logits[:, -most - 1 : -1]
            chosen = logits.float().log_softmax(-1).gather(-1, inputs[:, -most:, None])[..., 0]
        return [
            row[most - len(answer) :] for row, answer in zip(chosen.tolist(), answers, strict=True)
        ]

    def _left(self, rows: Rows) -> tuple[Any, Any]:
        """Rows filled up on the left, so that answers begin at the same place, and their mask."""
        import torch  # noqa: PLC0415

        length = max(map(len, rows))
        device = self.model.device
        ids = [[self.end] * (length - len(row)) + list(row) for row in rows]
        mask = [[0] * (length - len(row)) + [1] * len(row) for row in rows]
        self.require_known(ids)
        return torch.tensor(ids, device=device), torch.tensor(mask, device=device)
