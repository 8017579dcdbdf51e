"""The backend of encoder-decoder models under torch: writes answers and scores them."""

from __future__ import annotations

from typing import Any

from packaging.version import Version

from igtkit._optional import require
from igtkit.models._transformers import quiet
from igtkit.models.byt5 import pad
from igtkit.models.prompted.backend import Rows, TorchBackend

__all__ = ["Seq2SeqBackend"]


class Seq2SeqBackend(TorchBackend):
    """The backend of a model of transformers that encodes a prompt and decodes an answer.

    Args:
        model: A ``transformers.PreTrainedModel`` that encodes and decodes.
    """

    def generate(
        self,
        prompts: Rows,
        *,
        limit: int,
        num_beams: int,
        constraint: Any,
        early_stopping: bool | None = None,
    ) -> list[list[int]]:
        """Return an answer to each prompt; see `Backend`."""
        import torch  # noqa: PLC0415  # torch takes a second to load

        inputs = self._tensor(prompts)
        asked = early_stopping is not None and num_beams > 1
        stopping = {"early_stopping": early_stopping} if asked else {}
        with torch.inference_mode(), quiet():
            outputs = self.model.generate(
                input_ids=inputs,
                attention_mask=self._mask(prompts),
                max_new_tokens=limit,
                num_beams=num_beams,
                do_sample=False,
                **self._cache(),
                **stopping,
                logits_processor=None if constraint is None else [constraint],
            )
        end = self.model.config.eos_token_id
        rows: list[list[int]] = []
        for output in outputs[:, 1:].tolist():  # without what the decoder starts from
            row = output[:limit]
            rows.append(row[: row.index(end) + 1] if end in row else row)
        return rows

    def score(self, prompts: Rows, answers: Rows) -> list[list[float]]:
        """The log-probability of each token of an answer; see `Backend`."""
        import torch  # noqa: PLC0415

        labels = self._tensor([row or [self.model.config.pad_token_id] for row in answers])
        with torch.inference_mode():
            logits = self.model(
                input_ids=self._tensor(prompts),
                attention_mask=self._mask(prompts),
                labels=labels,
            ).logits.float()
            chosen = logits.log_softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
        return [row[: len(answer)] for row, answer in zip(chosen.tolist(), answers, strict=True)]

    def _cache(self) -> dict[str, Any]:
        """A cache that grows; the one made by default has room for as many layers as encode."""
        transformers = require("transformers", "models")
        cache = transformers.EncoderDecoderCache(
            transformers.DynamicCache(), transformers.DynamicCache()
        )
        renamed = Version(transformers.__version__) >= Version("5.24")
        return {"cache" if renamed else "past_key_values": cache}

    def _tensor(self, rows: Rows) -> Any:
        import torch  # noqa: PLC0415

        self.require_known(rows)
        return torch.from_numpy(pad(rows, self.model.config.pad_token_id)).to(self.model.device)

    def _mask(self, rows: Rows) -> Any:
        import torch  # noqa: PLC0415

        return torch.from_numpy(pad([[1] * len(row) for row in rows])).to(self.model.device)
