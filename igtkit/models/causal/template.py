"""The tokenizer of a chat model: prompts and answers as turns of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from igtkit._optional import require
from igtkit.errors import ModelFileError
from igtkit.models.causal.rendering import render
from igtkit.models.prompted.tokenizer import SubwordTokenizer

__all__ = ["ChatTemplate"]

_PROMPT, _ANSWER = "PROMPTSTANDSHERE", "ANSWERSTANDSHERE"


class ChatTemplate(SubwordTokenizer):
    """A prompt as the user's turn, and the answer as the assistant's, without thinking.

    What comes before and after the prompt is read off the tokenizer's chat template once. The text
    of a prompt or an answer never becomes a special token, whatever stands in it.

    Args:
        tokenizer: A fast tokenizer of transformers with a chat template.

    Raises:
        ModelFileError: If it has no template, or one that does not show a prompt exactly once, or
            nothing says what ends an answer.
    """

    constrained_formats = ("interleaved",)

    def __init__(self, tokenizer: Any) -> None:
        if not tokenizer.chat_template:
            raise ModelFileError("the tokenizer has no chat template")
        self.pretrained = tokenizer
        user = {"role": "user", "content": _PROMPT}
        assistant = {"role": "assistant", "content": _ANSWER}
        options = {"enable_thinking": False}
        asked, told = render(
            tokenizer,
            [([user], options | {"add_generation_prompt": True}), ([user, assistant], options)],
        )
        if asked.count(_PROMPT) != 1:
            raise ModelFileError("the chat template does not show what the user says exactly once")
        before, after = asked.split(_PROMPT)
        self._before, self._after = self._ids(before), self._ids(after)
        self.end = self._find_end(told)
        self._guide: Any = None

    def encode(self, text: str) -> list[int]:
        """The ids of an answer, the token that ends its turn last."""
        return [*self._ids(text, split_special_tokens=True), self.end]

    def encode_prompt(self, text: str) -> list[int]:
        """The ids of a conversation up to where the answer begins."""
        return [*self._before, *self._ids(text, split_special_tokens=True), *self._after]

    def encode_pair(self, prompt: str, target: str) -> dict[str, list[int]]:
        """Return the ids of the conversation, and the id that each logit is to foresee.

        Returns:
            ``input_ids``: prompt and answer without its last token. ``labels``: for each of them
            the token that comes next, -100 where that is the prompt's.
        """
        asked, answer = self.encode_prompt(prompt), self.encode(target)
        return {
            "input_ids": asked + answer[:-1],
            "labels": [-100] * (len(asked) - 1) + answer,
        }

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids, up to the end token."""
        kept = list(ids)
        kept = kept[: kept.index(self.end)] if self.end in kept else kept
        text: str = self.pretrained.decode(
            kept, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def constraint(self, name: str, limit: int, num_beams: int, **options: Any) -> Any:
        """A logits processor that keeps interleaved answers well formed.

        Raises:
            MissingExtraError: If llguidance is not installed.
        """
        del name, options  # there is one format, and nothing else that it could be held to
        from igtkit.models.constraints.subword import SubwordConstraint  # noqa: PLC0415

        if self._guide is None:
            guidance = require("llguidance.hf", "llguidance")
            self._guide = guidance.from_tokenizer(self.pretrained, eos_token=self.end)
        return SubwordConstraint(self._guide, limit, num_beams=num_beams)

    def _find_end(self, told: str) -> int:
        """The id that ends an answer: as the template has it, or else the tokenizer.

        Gemma, for one, ends a turn otherwise than a text.
        """
        after = self._ids(told.split(_ANSWER, 1)[1]) if _ANSWER in told else []
        own = {*self.pretrained.all_special_ids, *self.pretrained.added_tokens_decoder}
        end = after[0] if after and after[0] in own else self.pretrained.eos_token_id
        if end is None:
            raise ModelFileError("neither chat template nor tokenizer says what ends an answer")
        return int(end)

    def _ids(self, text: str, **options: Any) -> list[int]:
        ids: list[int] = self.pretrained(text, add_special_tokens=False, **options)["input_ids"]
        return ids
