"""Measure what constrained decoding costs, and what it is for.

    python benchmarks/constraints.py [--steps N] [--batch N] [--tiny]

The model has the shape of byt5-small and random weights: the time of a step depends on the shape
alone, and no weights make it harder to write well-formed lines.
"""

from __future__ import annotations

import argparse
import platform
import time
from importlib import metadata
from typing import Any

import torch
from transformers import LogitsProcessor, T5Config, T5ForConditionalGeneration

import igtkit
from igtkit import formats
from igtkit.models import byt5
from igtkit.models.constraints import ConcatenatedConstraint, InterleavedConstraint

BYT5_SMALL = {
    "d_model": 1472,
    "d_kv": 64,
    "d_ff": 3584,
    "num_layers": 12,
    "num_decoder_layers": 4,
    "num_heads": 6,
    "feed_forward_proj": "gated-gelu",
}
TINY = {**BYT5_SMALL, "d_model": 64, "d_kv": 16, "d_ff": 128, "num_layers": 4, "num_heads": 2}


class Clock(LogitsProcessor):
    """A constraint, and the time that it takes."""

    def __init__(self, constraint: Any) -> None:
        self.constraint = constraint
        self.seconds = 0.0
        self.calls = 0

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Time the constraint; without one, rule the end token out, so that steps are as many."""
        start = time.perf_counter()
        if self.constraint is not None:
            scores = self.constraint(input_ids, scores)
        else:
            scores = scores.index_fill(1, torch.tensor([byt5.END]), -torch.inf)
        self.seconds += time.perf_counter() - start
        self.calls += 1
        return scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=96, help="new tokens")
    parser.add_argument("--batch", type=int, default=1, help="texts in a batch")
    parser.add_argument("--tiny", action="store_true", help="a small model, to try the script")
    options = parser.parse_args()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("torch", "transformers"))
    print(f"igtkit {igtkit.__version__}, Python {platform.python_version()}, {versions}")
    print(f"{torch.get_num_threads()} thread(s), {options.batch} text(s), {options.steps} tokens\n")
    torch.manual_seed(0)
    config = T5Config(
        vocab_size=byt5.VOCABULARY_SIZE,
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
        tie_word_embeddings=False,
        **(TINY if options.tiny else BYT5_SMALL),
    )
    model = T5ForConditionalGeneration(config).eval()
    building(options.steps)
    costs(model, options.steps, options.batch)
    well_formed(model, options.steps)


def building(steps: int) -> None:
    for kind in (InterleavedConstraint, ConcatenatedConstraint):
        start = time.perf_counter()
        kind(steps)(torch.zeros((1, 1), dtype=torch.long), torch.zeros((1, byt5.VOCABULARY_SIZE)))
        print(f"{kind.__name__}: tables built once in {time.perf_counter() - start:.2f} s")
    print()


def costs(model: Any, steps: int, batch: int) -> None:
    """The time of a step, and how much of it the constraint takes."""
    text = "Bu sabah okula giderken eski bir arkadaşımı gördüm"
    kinds: list[tuple[str, Any, dict[str, Any]]] = [
        ("none", None, {}),
        ("interleaved", InterleavedConstraint, {}),
        ("interleaved, words", InterleavedConstraint, {"words": [7] * batch}),
        ("interleaved, spell", InterleavedConstraint, {"spell": [text] * batch}),
        ("concatenated", ConcatenatedConstraint, {}),
        ("concatenated, words", ConcatenatedConstraint, {"words": [7] * batch}),
    ]
    print(f"{'constraint':<22}{'beams':>6}{'step, ms':>10}{'constraint, ms':>16}{'share':>8}")
    for beams in (1, 2, 4):
        for name, kind, given in kinds:
            limit = max(steps, 64)
            clock = Clock(kind and kind(limit, num_beams=beams, **given))
            prompts = torch.full((batch, 200), ord("a") + byt5.OFFSET)
            start = time.perf_counter()
            with torch.inference_mode():
                model.generate(
                    input_ids=prompts,
                    max_new_tokens=limit,
                    num_beams=beams,
                    do_sample=False,
                    logits_processor=[clock],
                )
            total = (time.perf_counter() - start) / clock.calls * 1000
            own = clock.seconds / clock.calls * 1000
            print(f"{name:<22}{beams:>6}{total:>10.1f}{own:>16.2f}{own / (total - own):>8.1%}")
    print()


def well_formed(model: Any, steps: int) -> None:
    """How many outputs of random weights align, with and without a constraint."""
    print(f"{'outputs that align':<28}{'without':>10}{'with':>10}")
    for name, kind in (
        ("interleaved", InterleavedConstraint),
        ("concatenated", ConcatenatedConstraint),
    ):
        for beams in (1, 2, 4):
            counts = []
            for constraint in (None, kind(steps, num_beams=beams)):
                torch.manual_seed(1)
                prompts = torch.randint(3, 259, (8, 60))
                with torch.inference_mode():
                    outputs = model.generate(
                        input_ids=prompts,
                        max_new_tokens=steps,
                        num_beams=beams,
                        do_sample=beams == 1,
                        logits_processor=[] if constraint is None else [constraint],
                    )
                counts.append(sum(aligns(name, row) for row in outputs[:, 1:].tolist()))
            how = "sampling" if beams == 1 else f"{beams} beams"
            print(f"{f'{name}, {how}':<28}{counts[0]:>8}/8{counts[1]:>8}/8")


def aligns(format_name: str, row: list[int]) -> bool:
    prediction = formats.get(format_name).decode(byt5.decode(row))
    score = igtkit.alignment_score(prediction.segmentation, prediction.glosses)
    return score == 1 and not prediction.problems and byt5.END in row


if __name__ == "__main__":
    main()
