"""Gloss sentences with a small chat model, by example: what it gives, and how long it takes.

    python benchmarks/in_context.py MODEL --sentences 20 --examples 0 10
    python benchmarks/in_context.py FOLDER --gguf-file smollm2.gguf --constrained

MODEL is a folder with a decoder-only chat model. Scored on the first sentences of the dev part of
Nyangbo (SIGMORPHON 2023 shared task), with examples from its training part, beside LookupGlosser.
The figures stand in in_context.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

import igtkit
from igtkit import Language
from igtkit.metrics import evaluate
from igtkit.models import InContextGlosser, LocalChat, LookupGlosser

PLAIN = (
    "{{ bos_token }}{% for m in messages %}{{ m.content + '\\n' }}"
    "{{ 'Glosses:\\n' if m.role == 'user' else '\\n' }}{% endfor %}"
)
FIGURES = ("glossing.morpheme.error_rate", "segmentation.f1", "alignment")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", metavar="MODEL", help="folder of the chat model")
    parser.add_argument("--gguf-file", metavar="NAME", help="GGUF file in that folder")
    parser.add_argument("--sentences", type=int, default=20)
    parser.add_argument("--examples", type=int, nargs="+", default=[0, 10])
    parser.add_argument("--plain", action="store_true",
                        help="the model knows no turns: put one after the other")  # fmt: skip
    parser.add_argument("--constrained", action="store_true")
    parser.add_argument("--max-new-tokens", type=int, default=128)
    parser.add_argument("--batch-size", type=int, default=4)
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    options = parser.parse_args()
    torch.set_num_threads(1)
    train, dev = (read(options, split) for split in ("train", "dev"))
    dev = dev[: options.sentences]
    print("| system | examples | morpheme error rate | segmentation F1 | alignment "
          "| with problems | seconds a sentence |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    row("LookupGlosser", "", LookupGlosser().fit(train), dev)
    chat = LocalChat(
        options.model,
        gguf_file=options.gguf_file,
        **({"chat_template": PLAIN, "stop": ["\n"]} if options.plain else {}),
        constrained=options.constrained,
        max_new_tokens=options.max_new_tokens,
        batch_size=options.batch_size,
        dtype="float32",
    )
    name = "constrained" if options.constrained else "free"
    for count in options.examples:
        row(name, count, InContextGlosser(chat, examples=count).fit(train), dev)


def read(options, split):
    path = options.shared / "data" / "sigmorphon2023" / "nyb" / f"nyb-{split}-track2-uncovered"
    corpus = igtkit.read(path, "sigmorphon", language=Language("nyan1302", "Nyangbo", "nyb"))
    return corpus.map(lambda igt: igtkit.normalize(igt, "polygloss"))


def row(name, count, glosser, dev):
    start = time.process_time()
    predictions = glosser.predict(dev)
    seconds = (time.process_time() - start) / len(dev)
    report = evaluate(predictions=predictions, references=dev, preset="published", empty="skip")
    figures = " | ".join(f"{report[figure]:.3f}" for figure in FIGURES)
    wrong = sum(bool(each.problems) for each in predictions)
    print(f"| {name} | {count} | {figures} | {wrong} of {len(dev)} | {seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
