"""Initialization: random weights of a T5 that can copy from the first step.

From random weights a small model needs thousands of steps until it finds out that its answer stands
in the prompt, and where: several layers have to fit together before any of them is of use. Here
they fit together from the first step. The way is that of an induction head (Elhage et al. 2021,
"A mathematical framework for transformer circuits"; Olsson et al. 2022): what was written last is
looked for in the prompt, and what stands after it there is written next. That weights of attention
may begin with the structure that training would give them is due to Trockman and Kolter (2023),
"Mimetic initialization of self-attention layers". No data take part in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from igtkit._optional import require

__all__ = ["begin_copying"]

CONTEXT = (1.0, 0.7, 0.5)
"""How much the last byte, the one before, and the one before that count in finding a place."""

NEIGHBOR_BIAS = 8.0
NEIGHBOR_SCALE = 2.0
COPY_SCALE = 6.0
HEAD_SCALE = 0.04


def begin_copying(model: Any) -> None:
    """Write the weights of copying into a model with random ones, in place.

    A hidden state is divided into as many slots as there are heads, each a random subspace. The
    first holds a byte's code. The first heads of either stack look at the bytes before, and note
    their codes in the next slots. Two heads that look at the prompt compare these notes with the
    decoder's, and put the code of what they find into the last slot, which the head reads. All
    other weights, and all of these from the first step on, are free.

    Args:
        model: A new ``transformers.T5ForConditionalGeneration`` with a head of its own. With fewer
            than three attention heads there is no room: it stays as it is.
    """
    torch = require("torch", "models")
    config = model.config
    heads, size = config.num_heads, config.d_kv
    context = CONTEXT[: heads - 2]
    if not context:
        return
    axes = torch.linalg.qr(torch.randn(config.d_model, config.d_model))[0].T
    code, *before = slots = list(axes.reshape(heads, size, config.d_model))
    before, answer = before[: len(context)], slots[-1]
    turns = [torch.linalg.qr(torch.randn(size, size))[0] for _ in context]  # keep distances apart

    for stack, noted in ((model.encoder, before), (model.decoder, before[:-1])):
        attention = stack.block[0].layer[0].SelfAttention
        buckets = attention._relative_position_bucket(  # noqa: SLF001 -- where T5 has the weights
            -torch.arange(1, len(noted) + 1),
            bidirectional=stack is model.encoder,
            num_buckets=config.relative_attention_num_buckets,
            max_distance=config.relative_attention_max_distance,
        )
        biases = attention.relative_attention_bias.weight.data
        for head, (bucket, slot) in enumerate(zip(buckets, noted, strict=True)):
            rows = slice(head * size, (head + 1) * size)
            biases[:, head] = 0
            biases[bucket, head] = NEIGHBOR_BIAS
            attention.q.weight.data[rows] *= 0.1
            attention.v.weight.data[rows] = code
            attention.o.weight.data[:, rows] = NEIGHBOR_SCALE * slot.T

    pairs = list(zip(context, turns, strict=True))
    before_it = sum(w * turn @ slot for (w, turn), slot in zip(pairs, before, strict=True))
    written = sum(w * turn @ slot for (w, turn), slot in zip(pairs, [code, *before], strict=False))
    for block in model.decoder.block:
        attention = block.layer[1].EncDecAttention
        for start, end in pairwise((0, size, 2 * size)):
            attention.k.weight.data[start:end] = before_it
            attention.q.weight.data[start:end] = written
            attention.v.weight.data[start:end] = code
            attention.o.weight.data[:, start:end] = COPY_SCALE / 2 * answer.T
    model.lm_head.weight.data += HEAD_SCALE * (model.shared.weight.data @ code.T) @ answer
