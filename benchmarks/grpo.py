"""Show that the alignment reward aligns: a small model that was taught to misalign, made better.

    python benchmarks/grpo.py FOLDER --output curve.png

A byte-level model is taught the first words of the sample corpus, two times out of three with a
boundary of the glosses left out. Then it is trained by the alignment score of what it samples, and
by nothing else. The figures stand in grpo.md.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import attrs
import torch
from matplotlib import pyplot as plt

from igtkit import IGT
from igtkit.formats import get
from igtkit.models import Seq2SeqGlosser, training
from igtkit.models.prompted.saving import save_model
from igtkit.models.prompted.tokenizer import ByteTokenizer
from igtkit.models.rewards import alignment_reward
from igtkit.models.seq2seq.checkpoint import load_model, new_model
from igtkit.models.training.grpo import GrpoSettings, train_grpo

FORMAT = get("concatenated")
FIGURES = ("alignment", "glossing.morpheme.error_rate", "segmentation.f1")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the models go")
    parser.add_argument("--output", metavar="FILE", help="draw the curve to this file")
    parser.add_argument("--words", type=int, default=8)
    parser.add_argument("--teaching-steps", type=int, default=700)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--learning-rate", type=float, default=2e-4)
    options = parser.parse_args()
    torch.set_num_threads(1)
    texts = first_words(options.words)
    start = time.process_time()
    model = teach(texts, options)
    print(f"taught in {time.process_time() - start:.0f} CPU seconds")
    report("before", options.folder / "taught", texts)
    start = time.process_time()
    prompts = [FORMAT.encode(plain(igt), "t2sg").prompt for igt in texts]
    settings = GrpoSettings(
        learning_rate=options.learning_rate, epochs=options.epochs, max_new_tokens=48
    )
    history = train_grpo(model, prompts, alignment_reward("concatenated"), settings)
    print(f"rewarded in {time.process_time() - start:.0f} CPU seconds")
    save(model, options.folder / "rewarded")
    report("after", options.folder / "rewarded", texts)
    rewards = [round(step["reward"], 3) for step in history]
    print(json.dumps({"reward": rewards, "divergence": round(history[-1]["divergence"], 3)}))
    if options.output:
        draw(rewards, options.output)


def first_words(count: int) -> list[IGT]:
    """Words of several morphemes that begin sentences, each once."""
    found: dict[str, IGT] = {}
    for igt in training.read_corpora(["sample:train"]):
        word = igt.words[0]
        if word.surface and word.form and word.gloss and "-" in word.form:
            found.setdefault(word.surface, IGT.from_words([word], language=igt.language))
    return list(found.values())[:count]


def plain(igt: IGT) -> IGT:
    return igt.replace(segmentation=None, glosses=None)


def teach(texts, options):
    """A model that leaves out a boundary of the glosses two times out of three."""
    examples = []
    for igt in texts:
        example = FORMAT.encode(plain(igt), "t2sg")
        for glosses in (igt.glosses, *2 * [igt.glosses.replace("-", ".", 1)]):
            answer = f"{igt.segmentation}\nGlosses: {glosses}"
            examples.append(attrs.evolve(example, target=answer))
    model = new_model(width=96, inner_width=192, encoder_layers=2, decoder_layers=2, heads=3,
                      dropout=0, seed=0)  # fmt: skip
    settings = training.TrainingSettings(
        learning_rate=3e-3,
        batch_size=24,
        steps=options.teaching_steps,
        bf16=False,
        warmup=0.1,
        weight_decay=0,
    )
    training.train_model(
        model, training.encode_examples(examples), None, options.folder / "run", settings
    )
    save(model, options.folder / "taught")
    return load_model(options.folder / "taught", dtype="float32")


def save(model, folder):
    save_model(model, folder)
    ByteTokenizer().save(folder)


def report(name, folder, texts):
    glosser = Seq2SeqGlosser.from_pretrained(folder, format="concatenated")
    found = training.report(glosser, texts, constrained=False, max_new_tokens=48, num_beams=1)
    glossing = found["glossing"]["morpheme"]["error_rate"]
    print(f"{name}: alignment {found['alignment']:.3f}, morpheme error rate {glossing:.3f}, "
          f"segmentation F1 {found['segmentation']['f1']:.3f}", flush=True)  # fmt: skip


def draw(rewards, path):
    _, ax = plt.subplots(figsize=(6, 3.5), layout="constrained")
    ax.plot(range(1, len(rewards) + 1), rewards, color="#0072B2")
    ax.set(xlabel="step", ylabel="alignment score of samples", ylim=(0, 1.02))
    ax.grid(visible=True, color="0.9", linewidth=0.8)
    ax.spines[["top", "right"]].set_visible(False)
    ax.figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
