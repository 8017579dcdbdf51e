r"""Pretrain a byte model of 30 million parameters in ten minutes of one GPU, and score it.

    python benchmarks/ten_minutes.py OUTPUT --data Odin=odin.txt Tsez=ddo-train.txt ... \\
        --dev Tsez=ddo-dev.txt Lezgi=lez-dev.txt ...

Learns from everything that --data names, in the interleaved format and in bfloat16, for as many
steps as --minutes hold by a trial of twenty. Then it saves the weights, in bfloat16 and in files of
at most 16 MB, as a glosser; and scores the texts of each file that --dev names. ``--tiny`` tries it
out with a toy, the sample corpus and a dozen steps, in a minute of a CPU.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import torch

from igtkit.formats import get
from igtkit.models._checkpoints import staged
from igtkit.models.prompted.saving import mend_config
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.training import (
    TrainingSettings,
    encode_examples,
    main_figures,
    make_examples,
    read_corpora,
    report,
    train_model,
    write_results,
)

MODEL = {"width": 512, "inner_width": 1024, "encoder_layers": 6, "decoder_layers": 4, "heads": 8}
TOY = {"width": 32, "inner_width": 48, "encoder_layers": 1, "decoder_layers": 1, "heads": 4}
TRIAL = 20
FORMAT = "interleaved"


def save_in_shards(glosser: Seq2SeqGlosser, folder: Path) -> None:
    """Save a glosser in bfloat16, in files that any repository takes."""
    settings = {"format": FORMAT, "tasks": list(glosser.tasks), "max_input_length": 1024}
    model = glosser.backend.model.to(torch.bfloat16)
    with staged(folder, "Seq2SeqGlosser", settings) as path:
        model.save_pretrained(path, max_shard_size="16MB")
        mend_config(path)
        glosser.tokenizer.save(path)


def main() -> None:
    """Train, save and score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--data", nargs="+", default=["sample:train"])
    parser.add_argument("--dev", nargs="+", default=["sample:dev"])
    parser.add_argument("--minutes", type=float, default=8.0, help="for the steps alone")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--tiny", action="store_true")
    options = parser.parse_args()
    texts = read_corpora(options.data)
    texts = texts[:64] if options.tiny else texts
    examples = encode_examples(make_examples(texts, [FORMAT]), max_length=512)
    settings = TrainingSettings(
        learning_rate=options.learning_rate,
        batch_size=4 if options.tiny else options.batch_size,
        steps=4 if options.tiny else TRIAL,
        beta2=0.98,
        bf16=torch.cuda.is_available(),
    )
    shape = TOY if options.tiny else MODEL
    with TemporaryDirectory() as folder:  # how long a step takes, the first of all left out
        train_model(new_model(**shape), examples, None, folder, attrs.evolve(settings, steps=1))
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        train_model(new_model(**shape), examples, None, folder, settings)
        step = (time.perf_counter() - started) / (settings.steps or 1)
    steps = 12 if options.tiny else max(1, int(60 * options.minutes / step))
    print(f"{len(examples)} examples, {step:.3f} s a step, {steps} steps", flush=True)
    model = new_model(**shape)
    with TemporaryDirectory() as folder:
        result = train_model(model, examples, None, folder, attrs.evolve(settings, steps=steps))
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model), get(FORMAT))
    save_in_shards(glosser, options.output)
    loaded = Seq2SeqGlosser.from_pretrained(options.output)
    scores = {}
    for name in options.dev:
        dev = read_corpora([name])
        scores[name] = report(
            loaded, dev[:4] if options.tiny else dev, preset="published", num_beams=1
        )
        print(name, main_figures(scores[name])["all"], flush=True)
    parameters = sum(weight.numel() for weight in model.parameters())
    write_results(
        options.output / "metrics.json",
        {"parameters": parameters, "training": result, "dev": scores},
    )


if __name__ == "__main__":
    main()
